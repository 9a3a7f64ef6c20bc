"""The history of what staff edit: their accounts and groups, and the queues they save. Of other people none is kept.

What staff do with cases, releases and offers is an event that is never changed; docs/staff.md tells which is which.
"""

from typing import Any

from django.contrib.auth.models import Group, User
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from simple_history import register
from simple_history.models import HistoricalRecords

from eligibility.models import SavedQueue

NEVER_KEPT = ["password", "last_login"]


class NamedRecords(HistoricalRecords):
    """Records whose versions are called by name and moment, in the reader's language."""

    def get_extra_fields(self, model: Any, fields: Any) -> dict[str, Any]:
        return {**super().get_extra_fields(model, fields), "__str__": _name_of_version}


def _name_of_version(record: Any) -> str:
    name = getattr(record, "username", "") or getattr(record, "name", "")
    return f"{name} · {date_format(timezone.localtime(record.history_date), 'DATETIME_FORMAT')}"


class StaffRecords(NamedRecords):
    """Records the accounts of staff, and of those who were staff; neither passwords nor who signed in when."""

    def post_save(self, instance: Any, created: bool, using: str | None = None, **kwargs: Any) -> None:
        saved = set(kwargs.get("update_fields") or ())
        if saved and saved <= set(NEVER_KEPT):
            return
        if self._is_recorded(instance):
            super().post_save(instance, created, using=using, **kwargs)

    def post_delete(self, instance: Any, using: str | None = None, **kwargs: Any) -> None:
        if self._is_recorded(instance):
            super().post_delete(instance, using=using, **kwargs)

    def m2m_changed(self, instance: Any, action: str, attr: str, pk_set: Any, reverse: bool, **kwargs: Any) -> None:
        if not reverse and self._is_recorded(instance):
            super().m2m_changed(instance, action, attr, pk_set, reverse, **kwargs)

    def _is_recorded(self, user: Any) -> bool:
        return bool(user.is_staff) or user.history.filter(id=user.pk).exists()


register(
    User,
    app="imp_site",
    records_class=StaffRecords,
    excluded_fields=NEVER_KEPT,
    m2m_fields=["groups", "user_permissions"],
    verbose_name=_("version of an account"),
    verbose_name_plural=_("history of accounts"),
)
register(
    Group,
    app="imp_site",
    records_class=NamedRecords,
    m2m_fields=["permissions"],
    verbose_name=_("version of a group"),
    verbose_name_plural=_("history of groups"),
)
register(
    SavedQueue,
    app="imp_site",
    records_class=NamedRecords,
    verbose_name=_("version of a saved queue"),
    verbose_name_plural=_("history of saved queues"),
)
HISTORIES: tuple[Any, ...] = (User.history.model, Group.history.model, SavedQueue.history.model)  # type: ignore[attr-defined]
