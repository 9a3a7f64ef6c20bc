"""The history of what staff edit, for auditors: who changed what, when, and how it was before. Read only."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin
from unfold.decorators import display

from exemption_codes.staff import ReadOnly
from imp_site.models import HISTORIES

KINDS = {"+": gettext_lazy("Made"), "~": gettext_lazy("Changed"), "-": gettext_lazy("Deleted")}
KIND_LABELS = {"+": "success", "~": "info", "-": "danger"}


@dataclass(frozen=True)
class FieldChange:
    """One field as it was and as it is."""

    label: str
    before: str
    after: str


class HistoryAdmin(ReadOnly, ModelAdmin):
    list_display = ("object_shown", "kind_shown", "history_date", "who_shown")
    list_display_links = ("object_shown",)
    list_filter = ("history_type", ("history_date", admin.DateFieldListFilter))
    ordering = ("-history_date", "-history_id")
    change_form_template = "admin/imp_site/history.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("history_user")

    @display(description=gettext_lazy("what"))
    def object_shown(self, record: Any) -> str:
        return str(getattr(record, "username", "") or getattr(record, "name", "") or record.pk)

    @display(description=gettext_lazy("event"), ordering="history_type", label=KIND_LABELS)
    def kind_shown(self, record: Any) -> tuple[str, Any]:
        return record.history_type, KINDS[record.history_type]

    @display(description=gettext_lazy("made by"))
    def who_shown(self, record: Any) -> str:
        return record.history_user.get_username() if record.history_user else _("The site itself")

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        record: Any = self.get_object(request, object_id)
        context = dict(extra_context or {})
        if record:
            context |= {
                "record": record,
                "name": self.object_shown(record),
                "kind": KINDS[record.history_type],
                "who": self.who_shown(record),
                "changes": list(_changes(record)),
            }
        return super().change_view(request, object_id, form_url, context)


def _changes(record: Any) -> Iterator[FieldChange]:
    """Yield what differs from the record before; of the first one, everything."""
    before = record.prev_record
    fields = {field.name: field for field in record.tracked_fields}
    names = [*fields, *(field.name for field in record._history_m2m_fields)]
    for name in names:
        old, new = (_value(one, name) if one is not None else "" for one in (before, record))
        if old != new:
            yield FieldChange(str(_label(record, name)), old, new)


def _label(record: Any, name: str) -> Any:
    return record.instance_type._meta.get_field(name).verbose_name


def _value(record: Any, name: str) -> str:
    """Say the value of a field; of several others, their names."""
    if any(field.name == name for field in record._history_m2m_fields):
        field = record.instance_type._meta.get_field(name)
        rows = getattr(record, name).values_list(field.m2m_reverse_field_name(), flat=True)
        return ", ".join(sorted(str(one) for one in field.related_model.objects.filter(pk__in=list(rows))))
    value = getattr(record, record.instance_type._meta.get_field(name).attname)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "" if value is None else str(value)


for model in HISTORIES:
    admin.site.register(model, HistoryAdmin)
