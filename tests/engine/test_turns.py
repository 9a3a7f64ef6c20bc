"""Turning days: the outcome turns on that very day, for the reason that is said."""

from datetime import date, timedelta
from typing import Any

import pytest

from eligibility.engine.cases import run_cases
from eligibility.engine.derive import add_months, derive, whole_months_between
from eligibility.engine.determine import Outcome, Result
from eligibility.engine.turns import ordinal, turn_in_words, turns
from exemption_codes.catalogue.rulebook import Rulebook
from tests.engine.people import facts_of_case, judged

A_DAY = timedelta(days=1)


def outcome_on(rulebook: Rulebook, facts: dict[str, Any], category: str, on: date) -> Outcome | None:
    try:
        return judged(rulebook, facts, category, on)[0].outcome
    except StopIteration:
        return None


def turns_of(rulebook: Rulebook, facts: dict[str, Any], category: str, on: date) -> list[tuple[date, Outcome, str]]:
    determination, result = judged(rulebook, facts, category, on)
    found = turns(determination, result)
    return [(turn.on, turn.outcome, turn_in_words(turn, rulebook, "en")) for turn in found]


def test_a_transfer_opens_on_the_day_that_fills_the_twelfth_month(rulebook: Rulebook, today: date) -> None:
    facts = facts_of_case(rulebook, "transferee-manager", transfer__months_with_foreign_enterprise=None)
    facts["transfer.employed_since"] = date(2026, 3, 31)
    ((day, outcome, words),) = turns_of(rulebook, facts, "transferee-manager", today)
    assert (day, outcome) == (date(2027, 3, 31), Outcome.OFFICER_JUDGEMENT)
    assert words.startswith("From March 31, 2027, only an officer")
    assert words.endswith(": 12 months.")
    assert outcome_on(rulebook, facts, "transferee-manager", day) is Outcome.OFFICER_JUDGEMENT
    assert outcome_on(rulebook, facts, "transferee-manager", day - A_DAY) is Outcome.NOT_ELIGIBLE


@pytest.mark.parametrize("months", [3, 11])
def test_months_given_as_a_number_fill_up_as_well(rulebook: Rulebook, today: date, months: int) -> None:
    facts = facts_of_case(rulebook, "transferee-manager", transfer__months_with_foreign_enterprise=months)
    ((day, _, _),) = turns_of(rulebook, facts, "transferee-manager", today)
    assert months + whole_months_between(today, day) == 12
    assert months + whole_months_between(today, day - A_DAY) == 11


def test_a_partner_is_told_when_too_few_months_are_left(rulebook: Rulebook, today: date) -> None:
    facts = facts_of_case(rulebook, "spouse-of-skilled-worker", principal__months_left_at_application=None)
    facts |= {"principal.work_authorised_until": date(2029, 1, 15), "application.renewal_aligned_with_principal": False}
    for day, outcome, _ in turns_of(rulebook, facts, "spouse-of-skilled-worker", today):
        assert outcome_on(rulebook, facts, "spouse-of-skilled-worker", day) is outcome
        assert outcome_on(rulebook, facts, "spouse-of-skilled-worker", day - A_DAY) is not outcome


def test_months_left_as_a_number_promise_no_day_more_than_their_last_day(rulebook: Rulebook, today: date) -> None:
    facts = facts_of_case(rulebook, "spouse-of-skilled-worker", application__renewal_aligned_with_principal=False)
    facts |= {"principal.transitioning_to_pr": False, "principal.months_left_at_application": 20}
    by_number = turns_of(rulebook, facts, "spouse-of-skilled-worker", today)
    until = {**facts, "principal.work_authorised_until": add_months(today, 20)}
    del until["principal.months_left_at_application"]
    by_day = turns_of(rulebook, until, "spouse-of-skilled-worker", today)
    assert [day for day, _, _ in by_number] == [add_months(today, 4) + A_DAY]
    assert [day for day, _, _ in by_day] == [add_months(today, 4) + A_DAY]


@pytest.mark.parametrize(
    ("born", "day", "words"),
    [
        (date(1991, 3, 1), date(2027, 3, 1), "the invitation must come before your 36th birthday"),
        (date(1990, 11, 23), date(2026, 11, 23), "the invitation must come before your 36th birthday"),
        (date(2009, 1, 5), date(2027, 1, 5), "it is your 18th birthday"),
    ],
)
def test_youth_exchange_ends_or_begins_with_a_birthday(
    rulebook: Rulebook, today: date, born: date, day: date, words: str
) -> None:
    facts = facts_of_case(rulebook, "iec-working-holiday", iec__age_on_invitation=None, iec__invited_on=None)
    facts |= {"applicant.date_of_birth": born, "iec.country": "IE"}
    determination, result = judged(rulebook, facts, "iec-working-holiday", today)
    (turn,) = turns(determination, result)
    assert turn.on == day
    assert words in turn_in_words(turn, rulebook, "en")
    for on, outcome in ((day, turn.outcome), (day - A_DAY, turn.before)):
        assert outcome_on(rulebook, {**facts, "iec.invited_on": on}, "iec-working-holiday", on) is outcome


def test_an_age_at_an_invitation_of_the_past_no_longer_changes(rulebook: Rulebook, today: date) -> None:
    facts = facts_of_case(rulebook, "iec-working-holiday", iec__age_on_invitation=None)
    facts |= {"applicant.date_of_birth": date(1991, 3, 1), "iec.country": "IE", "iec.invited_on": date(2026, 11, 1)}
    assert turns_of(rulebook, facts, "iec-working-holiday", today) == []


def test_somebody_born_on_a_leap_day_has_the_birthday_on_the_first_of_march(rulebook: Rulebook) -> None:
    on = date(2025, 11, 22)
    facts = facts_of_case(rulebook, "iec-working-holiday", iec__age_on_invitation=None, iec__invited_on=None)
    facts |= {"applicant.date_of_birth": date(2008, 2, 29), "iec.country": "IE"}
    ((day, outcome, _), *_) = turns_of(rulebook, facts, "iec-working-holiday", on)
    assert (day, outcome) == (date(2026, 3, 1), Outcome.ELIGIBLE)


def test_a_category_that_ends_turns_only_for_those_it_was_open_to(rulebook: Rulebook) -> None:
    on, category = date(2026, 11, 22), "policy-r01-iran-2026"
    facts = facts_of_case(rulebook, category)
    ((day, outcome, words), *_) = turns_of(rulebook, facts, category, on)
    assert (day, outcome) == (date(2027, 4, 1), Outcome.NOT_ELIGIBLE)
    assert words.endswith("the category ends.")
    assert outcome_on(rulebook, facts, category, day) is None
    assert turns_of(rulebook, {**facts, "applicant.citizenships": ["FR"]}, category, on) == []


def test_a_change_of_the_rules_names_the_rule(rulebook: Rulebook) -> None:
    facts = facts_of_case(rulebook, "business-owner", business__ownership_percent=50)
    day, outcome, words = turns_of(rulebook, facts, "business-owner", date(2025, 5, 26))[0]
    assert (day, outcome) == (date(2025, 5, 27), Outcome.NOT_ELIGIBLE)
    assert "the rules change on that day (" in words


def test_every_turn_of_the_worked_examples_falls_on_its_very_day(rulebook: Rulebook) -> None:
    seen = 0
    for run in run_cases(rulebook, sorted(rulebook.cases)[::4]):
        if run.determination is None or "application.date" in run.facts:
            continue
        if any(rulebook.facts[name].elapses for name in run.facts):
            continue  # a number given for today is another on another day
        result = Result(run.as_of, rulebook, derive(run.facts, run.as_of, rulebook), (run.determination,), ())
        for turn in turns(run.determination, result):
            on_day, on_eve = (outcome_on(rulebook, run.facts, run.category, day) for day in (turn.on, turn.on - A_DAY))
            assert (on_eve, on_day or Outcome.NOT_ELIGIBLE) == (turn.before, turn.outcome)
            seen += 1
    assert seen > 5


@pytest.mark.parametrize(
    ("number", "english", "french"),
    [(1, "1st", "1er"), (2, "2nd", "2e"), (11, "11th", "11e"), (23, "23rd", "23e"), (36, "36th", "36e")],
)
def test_birthdays_are_numbered(number: int, english: str, french: str) -> None:
    assert (ordinal(number, "en"), ordinal(number, "fr")) == (english, french)
