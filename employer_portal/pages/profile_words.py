"""The fields of a company profile in words: what stands there, and what was changed when and by whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from eligibility.templatetags.site import in_words
from employer_portal.models import Employer, Membership
from employer_portal.profile_fields import PROFILE_FIELDS

MOST_CHANGES = 100
ALWAYS = frozenset({"has_barred_activity"})
HIDDEN = frozenset({"has_other_mailing_address"})
SHOWN_FIELDS = tuple(name for name in (*PROFILE_FIELDS, "standing", "ineligible_until") if name not in HIDDEN)


@dataclass(frozen=True)
class Line:
    """One field and its value, in words."""

    label: str
    value: str


@dataclass(frozen=True)
class FieldChange:
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """What one save changed; `by` is empty where nobody is known."""

    at: datetime
    by: str
    is_first: bool
    fields: list[FieldChange]


def label_of(name: str) -> str:
    return str(capfirst(Employer._meta.get_field(name).verbose_name))  # type: ignore[union-attr]


def value_of(name: str, value: Any) -> str:
    """Say a value of a field; a dash for none."""
    if value in (None, ""):
        return "–"
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, date):
        return in_words(value)
    choices = dict(Employer._meta.get_field(name).flatchoices)  # type: ignore[union-attr]
    return str(choices.get(value, value))


def lines_of(employer: Employer, names: Iterable[str] = PROFILE_FIELDS) -> list[Line]:
    """Return the filled fields of a profile."""
    values = {name: getattr(employer, name) for name in names}
    filled = {name: value for name, value in values.items() if name in ALWAYS or value not in (None, "", False)}
    return [Line(label_of(name), value_of(name, value)) for name, value in filled.items()]


def changes_of(employer: Employer) -> list[Change]:
    """Return what was changed in the profile, newest first.

    A person is named only where they belong or belonged to the employer; all others are this site's staff.
    """
    records = list(employer.history.select_related("history_user").order_by("-history_date", "-history_id"))
    known = set(Membership.objects.filter(employer=employer).values_list("user_id", flat=True))
    found = []
    for newer, older in zip(records, [*records[1:], None], strict=True):
        fields = _compare(older, newer) if older else []
        if older is None or fields:
            found.append(Change(newer.history_date, _name(newer.history_user, known), older is None, fields))
    return found[:MOST_CHANGES]


def _compare(older: Any, newer: Any) -> list[FieldChange]:
    pairs = ((name, getattr(older, name), getattr(newer, name)) for name in SHOWN_FIELDS)
    return [
        FieldChange(label_of(name), value_of(name, before), value_of(name, after))
        for name, before, after in pairs
        if before != after
    ]


def _name(user: Any, known: set[int]) -> str:
    if user is None:
        return ""
    return str(user.email) if user.pk in known else _("staff of this site")
