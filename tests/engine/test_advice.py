"""Near misses open a code, and nothing less than all of a near miss does."""

from datetime import date
from itertools import combinations
from typing import Any

from eligibility.engine.advice import Change, NearMiss, change_in_words, near_miss_in_words, near_misses
from eligibility.engine.cases import run_cases
from eligibility.engine.compile import judged_facts
from eligibility.engine.derive import derive
from eligibility.engine.determine import Determination, Outcome, Result, outcome_of
from exemption_codes.catalogue.rulebook import Rulebook
from tests.engine.people import facts_of_case, given, judged

FIRST_LETTERS_LEFT_OUT = 5
NEVER = ("citizenships", "date_of_birth", "permanent_residence_countries", "age_on_invitation")


def outcome_with(changes: tuple[Change, ...], determination: Determination, result: Result) -> Outcome:
    """Judge the facts as somebody would give them anew."""
    facts = {**given(result), **{change.fact: change.to for change in changes}}
    known = derive(facts, result.as_of, result.rulebook)
    return outcome_of(determination.compiled, known.values, judged_facts(result.rulebook))


def check(found: NearMiss, determination: Determination, result: Result) -> None:
    assert outcome_with(found.changes, determination, result) is found.outcome is not Outcome.NOT_ELIGIBLE
    for size in range(len(found.changes)):
        for part in combinations(found.changes, size):
            assert outcome_with(part, determination, result) is Outcome.NOT_ELIGIBLE


def test_every_near_miss_of_the_worked_examples_opens_its_code_and_nothing_less_does(rulebook: Rulebook) -> None:
    closed = 0
    for run in run_cases(rulebook, sorted(rulebook.cases)[::FIRST_LETTERS_LEFT_OUT]):
        if run.determination is None or run.determination.outcome is not Outcome.NOT_ELIGIBLE:
            continue
        known = derive(run.facts, run.as_of, rulebook)
        result = Result(run.as_of, rulebook, known, (run.determination,), ())
        for found in near_misses(run.determination, result):
            check(found, run.determination, result)
            closed += 1
            assert all(rulebook.facts[change.fact].changeable for change in found.changes)
            assert not any(change.fact.endswith(NEVER) for change in found.changes)
    assert closed > 50


def words(rulebook: Rulebook, category: str, on: date, language: str = "en", **changes: Any) -> list[str]:
    determination, result = judged(rulebook, facts_of_case(rulebook, category, **changes), category, on)
    return [near_miss_in_words(found, rulebook, language) for found in near_misses(determination, result)]


def test_a_number_is_said_as_the_rule_puts_it(rulebook: Rulebook, today: date) -> None:
    found = words(rulebook, "transferee-manager", today, transfer__months_with_foreign_enterprise=11)
    assert len(found) == 1
    assert found[0].endswith("at least 12 months.")


def test_a_wage_is_compared_with_the_prevailing_one(rulebook: Rulebook, today: date) -> None:
    below = {"offer__wage_hourly": 30, "offer__prevailing_wage_hourly": 41.5}
    assert words(rulebook, "transferee-specialist", today, **below)[0].endswith(
        "at least 41.5 Canadian dollars an hour."
    )
    assert words(rulebook, "transferee-specialist", today, "fr", **below)[0].endswith(
        "au moins 41,5 dollars canadiens de l’heure."
    )


def test_all_choices_that_are_enough_are_named_or_the_few_that_are_not(rulebook: Rulebook, today: date) -> None:
    assert words(rulebook, "francophone-mobility", today, offer__province="QC") == [
        "Province or territory of the job: anything but Quebec."
    ]
    levels = words(rulebook, "transferee-manager", today, offer__noc=None, offer__teer=2)
    assert any(found.endswith(": 0 or 1.") for found in levels)


def test_two_failures_ask_for_two_changes(rulebook: Rulebook, today: date) -> None:
    facts = facts_of_case(
        rulebook, "transferee-manager", transfer__months_with_foreign_enterprise=3, transfer__multinational_countries=1
    )
    determination, result = judged(rulebook, facts, "transferee-manager", today)
    (found,) = near_misses(determination, result)
    assert {change.fact for change in found.changes} == {
        "transfer.months_with_foreign_enterprise", "transfer.multinational_countries",
    }  # fmt: skip
    check(found, determination, result)


def test_nobody_is_advised_to_be_of_another_nationality(rulebook: Rulebook, today: date) -> None:
    assert words(rulebook, "cusma-professional", today, applicant__citizenships=["BR"]) == []


def test_what_a_box_left_empty_settles_is_not_turned_into_advice(rulebook: Rulebook, today: date) -> None:
    facts = {**facts_of_case(rulebook, "transferee-manager"), "situation.intra_company_transfer": False}
    for name in ("transfer.relationship", "transfer.currently_employed"):
        facts.pop(name, None)
    determination, result = judged(rulebook, facts, "transferee-manager", today)
    assert determination.outcome is Outcome.NOT_ELIGIBLE
    assert near_misses(determination, result) == ()


def test_a_code_of_which_little_is_known_is_not_near(rulebook: Rulebook, today: date) -> None:
    determination, result = judged(rulebook, {"offer.province": "QC"}, "francophone-mobility", today)
    assert determination.outcome is Outcome.NOT_ELIGIBLE
    assert near_misses(determination, result) == ()


def test_only_a_closed_code_has_near_misses(rulebook: Rulebook, today: date) -> None:
    for change in ({}, {"transfer__months_with_foreign_enterprise": None}):
        assert words(rulebook, "transferee-manager", today, **change) == []


def test_alternatives_are_joined_as_in_speech(rulebook: Rulebook) -> None:
    change = Change("offer.province", "QC", "ON", alternatives=("ON", "MB", "NB"))
    assert change_in_words(change, rulebook, "en").endswith(": Ontario, Manitoba or New Brunswick")
    assert change_in_words(change, rulebook, "fr").endswith(" : Ontario, Manitoba ou Nouveau-Brunswick")
