"""Facts worked out from others."""

from datetime import date
from pathlib import Path

import pytest

from eligibility.engine.derive import add_months, age_on, derive, whole_months_between
from exemption_codes.catalogue.reader import read_rulebook
from exemption_codes.catalogue.rulebook import Rulebook

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return read_rulebook(Path(__file__).parents[2] / "rules")


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (date(2026, 1, 31), date(2026, 2, 28), 1),
        (date(2026, 1, 31), date(2026, 2, 27), 0),
        (date(2025, 11, 23), TODAY, 11),
        (date(2025, 11, 22), TODAY, 12),
        (TODAY, date(2025, 1, 1), 0),
    ],
)
def test_only_whole_months_count(start: date, end: date, months: int) -> None:
    assert whole_months_between(start, end) == months


def test_months_end_on_the_last_day_of_a_shorter_month() -> None:
    assert add_months(date(2026, 10, 31), 1) == date(2026, 11, 30)
    assert add_months(date(2026, 12, 31), 2) == date(2027, 2, 28)


def test_a_birthday_changes_the_age_on_its_day() -> None:
    assert age_on(date(1990, 11, 23), TODAY) == 35
    assert age_on(date(1990, 11, 22), TODAY) == 36


def test_teer_follows_from_the_occupation_and_a_given_value_wins(rulebook: Rulebook) -> None:
    assert derive({"offer.noc": "21231"}, TODAY, rulebook).values["offer.teer"] == 1
    known = derive({"offer.noc": "21231", "offer.teer": 3}, TODAY, rulebook)
    assert known.values["offer.teer"] == 3
    assert "offer.teer" in known.overriding


def test_a_gate_answered_no_settles_what_it_says(rulebook: Rulebook) -> None:
    known = derive({"situation.intra_company_transfer": False}, TODAY, rulebook)
    assert known.values["transfer.relationship"] == "none"
    assert known.derived_from["transfer.relationship"] == ("situation.intra_company_transfer",)


def test_the_application_is_made_on_the_day_looked_at_unless_given(rulebook: Rulebook) -> None:
    assert derive({}, TODAY, rulebook).on == TODAY
    assert derive({"application.date": date(2025, 1, 20)}, TODAY, rulebook).on == date(2025, 1, 20)


def test_only_a_citizen_of_the_united_states_is_asked_for_a_territory(rulebook: Rulebook) -> None:
    territory = "applicant.us_citizenship_territory"
    assert derive({"applicant.citizenships": ["MX"]}, TODAY, rulebook).values[territory] == "none"
    assert territory not in derive({"applicant.citizenships": ["MX", "US"]}, TODAY, rulebook)
    assert territory not in derive({}, TODAY, rulebook)


def test_years_in_the_sector_stand_for_years_in_the_profession_where_nothing_else_is_told(rulebook: Rulebook) -> None:
    sector = {"applicant.years_experience_in_sector": 4}
    assert derive(sector, TODAY, rulebook).values["applicant.years_in_profession"] == 4
    told = derive({**sector, "applicant.years_in_profession": 1}, TODAY, rulebook)
    assert told.values["applicant.years_in_profession"] == 1
    assert "applicant.years_in_profession" in told.overriding


def test_studies_that_ended_some_days_ago_are_over(rulebook: Rulebook) -> None:
    assert derive({"study.days_since_completion_confirmed": 0}, TODAY, rulebook).values["study.completed"] is True
    assert "study.completed" not in derive({}, TODAY, rulebook)


@pytest.mark.parametrize(("is_filed", "is_settled"), [(True, True), (False, None)])
def test_a_filed_offer_has_its_fee_settled(rulebook: Rulebook, is_filed: bool, is_settled: bool | None) -> None:
    values = derive({"offer.submitted_in_employer_portal": is_filed}, TODAY, rulebook).values
    assert values.get("offer.fee_paid_or_exempt") is is_settled
