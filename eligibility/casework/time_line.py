"""The time line of a case in words, the latest first, and whether anybody has tampered with it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from eligibility.casework import case_kinds
from eligibility.casework.kinds import kind
from eligibility.models import CaseEvent

BY_APPLICANT = (case_kinds.SUBMITTED, case_kinds.ANSWERED)


@dataclass(frozen=True)
class Entry:
    """One event as people read it."""

    number: int
    at: datetime
    name: str
    words: str
    who: str
    told: str


def entries(events: Iterable[CaseEvent]) -> list[Entry]:
    return [entry_of(event) for event in events][::-1]


def entry_of(event: CaseEvent) -> Entry:
    site = _("the applicant") if event.kind in BY_APPLICANT else _("the site")
    words, told = told_of(event)
    return Entry(event.number, event.at, event.kind, words, event.actor or site, told)


def told_of(event: CaseEvent) -> tuple[str, str]:
    """Return the words of an event and what its data say; of one that was changed in the database, only that it was."""
    if not event.is_as_sealed:
        return _("Changed outside the site"), ""
    known = kind(event.kind)
    return str(known.words), known.tell(event.data)
