from datetime import date

import pytest

from employer_portal.duties import DUTIES, WorkerCase, duties_for, retention_ends_on, years_later
from employer_portal.penalties import employer_conditions
from exemption_codes.catalogue.rulebook import Rulebook

ON = date(2026, 11, 24)
CASE = WorkerCase(
    permit_issued_on=date(2026, 3, 1),
    permit_expires_on=date(2027, 2, 28),
    first_day_on=date(2026, 3, 20),
    period_starts_on=date(2026, 3, 15),
)


def due(rulebook: Rulebook, case: WorkerCase = CASE, on: date = ON) -> dict[str, date | None]:
    return {dated.duty.key: dated.due_on for dated in duties_for(case, on, rulebook)}


def test_rights_information_is_due_by_the_first_day_of_work(rulebook: Rulebook) -> None:
    assert due(rulebook)["rights_information"] == date(2026, 3, 20)
    assert due(rulebook, WorkerCase(period_starts_on=date(2026, 3, 15)))["rights_information"] == date(2026, 3, 15)


def test_records_are_kept_six_years_from_the_later_start(rulebook: Rulebook) -> None:
    assert due(rulebook)["keep_records"] == date(2032, 3, 15)
    assert retention_ends_on(WorkerCase(permit_issued_on=date(2026, 5, 1), period_starts_on=date(2026, 3, 1)), 6) == (
        date(2032, 5, 1)
    )
    assert retention_ends_on(WorkerCase(), 6) is None


def test_the_last_day_of_february_is_kept() -> None:
    assert years_later(date(2024, 2, 29), 6) == date(2030, 2, 28)
    assert years_later(date(2024, 2, 29), 4) == date(2028, 2, 29)


def test_renewal_is_thought_of_four_months_before_the_permit_ends(rulebook: Rulebook) -> None:
    assert due(rulebook)["renewal"] == date(2026, 10, 28)
    assert due(rulebook)["permit_conditions"] == date(2027, 2, 28)


def test_dated_duties_come_first_in_order_and_standing_ones_last(rulebook: Rulebook) -> None:
    days = [dated.due_on for dated in duties_for(CASE, ON, rulebook)]
    dated = [day for day in days if day]
    assert dated == sorted(dated)
    assert days[len(dated) :] == [None] * (len(days) - len(dated))


def test_duties_of_2022_did_not_bind_before(rulebook: Rulebook) -> None:
    assert "rights_information" not in due(rulebook, on=date(2022, 9, 25))
    assert "rights_information" in due(rulebook, on=date(2022, 9, 26))


def test_nothing_is_dated_while_nothing_is_known(rulebook: Rulebook) -> None:
    assert set(due(rulebook, WorkerCase()).values()) == {None}


@pytest.mark.parametrize("duty", DUTIES, ids=lambda duty: duty.key)
def test_every_duty_cites_a_provision_that_exists_and_its_own_violation(rulebook: Rulebook, duty: object) -> None:
    assert duty.provision in rulebook.provisions.labels  # type: ignore[attr-defined]
    items = {condition.item for condition in employer_conditions(ON, rulebook)}
    assert duty.violation in items | {0}  # type: ignore[attr-defined]


def test_every_condition_of_these_employers_is_a_duty(rulebook: Rulebook) -> None:
    # Items 5 to 7 (inspections) and 18 to 20 (public health) are one duty each.
    covered = {duty.violation for duty in DUTIES} | {5, 6, 19, 20}
    assert {condition.item for condition in employer_conditions(ON, rulebook)} <= covered
