"""The time line of a case: numbered, sealed one over the other, encrypted, and erased with its case."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from eligibility.casework import kinds
from eligibility.casework.case_kinds import SUBMITTED
from eligibility.casework.event_models import CaseEvent
from eligibility.casework.events import judged_digest, record_event, tampering
from eligibility.models import Screening
from exemption_codes.append_only import AppendOnlyError
from tests.eligibility.factories import UserFactory

TRIED = kinds.register("tried_in_tests", "Tried")
OTHER = kinds.register("other_in_tests", "Other")


@pytest.fixture
def case(db: None) -> Screening:
    """A case of four events: sent, and three of the tests."""
    day, source = date(2026, 11, 22), Screening.objects.create().pk
    answers = {"applicant.citizenships": ["BR"]}
    case = Screening.objects.create(source=source, submitted_at=timezone.now(), submitted_as_of=day, answers=answers)
    record_event(case, SUBMITTED, None, {"judged": judged_digest(case)})
    somebody = UserFactory.create(username="somebody")
    record_event(case, TRIED, somebody, {"said": "le café de Fictive", "list": [1, 2.5, None, True]})
    record_event(case, TRIED, None)
    record_event(case, OTHER, somebody, {"reason": "fictional"})
    return case


def test_events_are_numbered_told_and_untouched(case: Screening) -> None:
    case.refresh_from_db()
    events = list(case.events.all())
    assert [(event.number, event.kind, event.actor) for event in events] == [
        (1, "submitted", ""),
        (2, TRIED, "somebody"),
        (3, TRIED, ""),
        (4, OTHER, "somebody"),
    ]
    assert events[1].data == {"said": "le café de Fictive", "list": [1, 2.5, None, True]}
    assert tampering(case) == []


def test_what_an_event_says_cannot_be_read_in_the_database(case: Screening) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM eligibility_caseevent")
        stored = " ".join(row[0] for row in cursor.fetchall())
    assert "Fictive" not in stored
    assert "reason" not in stored


def _overwrite(event: CaseEvent, **values: Any) -> None:
    """Change a row behind the model's back, as somebody with the database could."""
    CaseEvent._base_manager.filter(pk=event.pk).update(**values)


def _swap(case: Screening) -> None:
    """Let two events change places in full, seals and all."""
    second, third = case.events.filter(number__in=(2, 3))
    _overwrite(second, number=99)
    _overwrite(third, number=2)
    _overwrite(second, number=3)


TAMPERINGS: dict[str, tuple[Callable[[Screening], Any], set[int]]] = {
    "kind": (lambda case: _overwrite(case.events.get(number=2), kind=OTHER), {2}),
    "actor": (lambda case: _overwrite(case.events.get(number=2), actor="else"), {2}),
    "number": (lambda case: _overwrite(case.events.get(number=4), number=5), {5}),
    "at": (lambda case: _overwrite(e := case.events.get(number=3), at=e.at + timedelta(microseconds=1)), {3}),
    "content": (lambda case: _overwrite(e := case.events.get(number=4), content={**e.content, "data": {}}), {4}),
    "seal": (lambda case: _overwrite(case.events.get(number=2), seal="1" * 64), {2, 3}),
    "previous seal": (lambda case: _overwrite(case.events.get(number=2), previous_seal="2" * 64), {2}),
    "case": (lambda case: _overwrite(case.events.get(number=2), screening_id=case.source), {3, 0}),
    "order": (_swap, {2, 3, 4}),
    "one taken out": (lambda case: CaseEvent._base_manager.filter(number=2).delete(), {3, 0}),
    "the last cut off": (lambda case: CaseEvent._base_manager.filter(number=4).delete(), {0}),
    "all taken out": (lambda case: CaseEvent._base_manager.all().delete(), {0}),
    "the count": (lambda case: Screening.objects.filter(pk=case.pk).update(event_count=3), {0}),
    "the answers": (lambda case: Screening.objects.filter(pk=case.pk).update(answers={}), {0}),
    "the outcome": (lambda case: Screening.objects.filter(pk=case.pk).update(best_outcome="eligible"), {0}),
    "the day": (lambda case: Screening.objects.filter(pk=case.pk).update(submitted_as_of=date(2026, 1, 1)), {0}),
    "the last seal": (lambda case: Screening.objects.filter(pk=case.pk).update(last_seal="3" * 64), {0}),
}


@pytest.mark.parametrize("what", TAMPERINGS)
def test_tampering_is_found(case: Screening, what: str) -> None:
    tamper, found = TAMPERINGS[what]
    tamper(case)
    case.refresh_from_db()
    assert {one.number for one in tampering(case)} >= found


def test_events_are_never_changed_or_deleted(case: Screening) -> None:
    event = case.events.get(number=2)
    with pytest.raises(AppendOnlyError):
        event.save()
    with pytest.raises(AppendOnlyError):
        event.delete()
    with pytest.raises(AppendOnlyError):
        CaseEvent.objects.update(actor="else")
    with pytest.raises(AppendOnlyError):
        CaseEvent.objects.all().delete()


def test_the_events_of_a_case_are_erased_with_it(case: Screening) -> None:
    other = Screening.objects.create(submitted_at=case.submitted_at)
    record_event(other, TRIED, None)
    case.delete()
    assert [event.screening_id for event in CaseEvent.objects.all()] == [other.pk]


def test_a_kind_that_nobody_knows_is_refused(case: Screening) -> None:
    with pytest.raises(kinds.UnknownKind, match="never_heard_of"):
        record_event(case, "never_heard_of", None)
    case.refresh_from_db()
    assert case.event_count == 4
