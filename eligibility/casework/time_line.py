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
    known = kind(event.kind)
    site = _("the applicant") if event.kind in BY_APPLICANT else _("the site")
    told = known.tell(event.data)
    return Entry(event.number, event.at, event.kind, str(known.words), event.actor or site, told)
