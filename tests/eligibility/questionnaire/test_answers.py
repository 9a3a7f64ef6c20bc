"""The walk through the pages: what counts, what is asked next, whatever the order of the answers."""

from datetime import date
from itertools import islice, permutations
from typing import Any

import pytest

from eligibility.engine.determine import Outcome
from eligibility.questionnaire.answers import ticked_page, walk
from exemption_codes.catalogue.rulebook import Rulebook
from tests.journeys.people import SENEGALESE_COOK, indian_manager

ON = date(2026, 11, 22)


def every_situation(rulebook: Rulebook, ticked: set[str]) -> dict[str, bool]:
    return {name: name in ticked for page in rulebook.pages if page.kind == "ticks" for name in page.facts}


@pytest.fixture
def cook(rulebook: Rulebook) -> dict[str, Any]:
    return {**SENEGALESE_COOK, **every_situation(rulebook, {"offer.exists", "situation.speaks_french"})}


def test_with_no_answers_the_ticks_are_asked_first(rulebook: Rulebook) -> None:
    walked = walk(rulebook, {}, set(), ON)
    assert walked.next is not None
    assert walked.next.page.kind == "ticks"
    assert walked.open_categories == walked.all_categories


def test_a_finished_walk_has_nothing_left_to_ask(rulebook: Rulebook, cook: dict[str, Any]) -> None:
    unknown = set(rulebook.facts) - set(cook)
    walked = walk(rulebook, cook, unknown, ON)
    assert walked.next is None
    assert walked.fitting_categories >= 1


def test_the_order_of_the_answers_never_matters(rulebook: Rulebook, cook: dict[str, Any]) -> None:
    expected = walk(rulebook, cook, set(), ON)
    for order in islice(permutations(cook), 0, 500, 100):
        found = walk(rulebook, {name: cook[name] for name in order}, set(), ON)
        assert (found.counting, found.outcomes) == (expected.counting, expected.outcomes)


@pytest.mark.parametrize("is_transferred", [True, False])
def test_an_answer_counts_only_while_its_question_is_asked(rulebook: Rulebook, is_transferred: bool) -> None:
    ticked = {"offer.exists", *(["situation.intra_company_transfer"] if is_transferred else [])}
    answers = {**indian_manager(12), **every_situation(rulebook, ticked)}
    assert ("transfer.relationship" in walk(rulebook, answers, set(), ON).counting) is is_transferred


def test_an_answer_given_ahead_of_its_page_counts(rulebook: Rulebook, cook: dict[str, Any]) -> None:
    ahead = {name: value for name, value in cook.items() if name != "applicant.citizenships"}
    walked = walk(rulebook, ahead, set(), ON)
    assert walked.counting["applicant.french.speaking_nclc"] == 8
    assert walked.next is not None
    assert "applicant.citizenships" in [fact.name for fact in walked.next.facts]


def test_only_what_is_unanswered_is_asked(rulebook: Rulebook, cook: dict[str, Any]) -> None:
    partly = {
        name: value for name, value in cook.items() if name not in ("offer.wage_hourly", "offer.minimum_wage_hourly")
    }
    walked = walk(rulebook, partly, set(rulebook.facts) - set(cook), ON)
    assert walked.next is not None
    assert {fact.name for fact in walked.next.facts} <= {"offer.wage_hourly", "offer.minimum_wage_hourly"}


def test_limited_to_one_category_only_its_facts_are_asked(rulebook: Rulebook) -> None:
    walked = walk(rulebook, {}, set(), ON, only="francophone-mobility")
    assert walked.all_categories == 1
    assert walked.next is not None
    assert all(fact.categories == ("francophone-mobility",) for fact in walked.next.facts)


def test_every_question_says_which_categories_wait_for_it(rulebook: Rulebook, cook: dict[str, Any]) -> None:
    walked = walk(rulebook, cook, set(), ON)
    assert all(walked.waiting_for(fact) for step in walked.steps for fact in step.waiting)
    assert walked.waiting_for("no.such_fact") == ()


def test_the_tally_adds_up(rulebook: Rulebook, cook: dict[str, Any]) -> None:
    walked = walk(rulebook, cook, set(), ON)
    closed = walked.outcomes.get(Outcome.NOT_ELIGIBLE, 0)
    assert walked.open_categories + walked.fitting_categories + closed == walked.all_categories


def test_a_box_left_empty_is_no_unless_another_tick_leaves_it_open(rulebook: Rulebook) -> None:
    page = rulebook.pages[0]
    assert ticked_page(page, set())["offer.exists"] is False
    said = ticked_page(page, {"situation.own_business"})
    assert said["offer.exists"] is None
    assert said["situation.own_business"] is True
    assert said["situation.youth_exchange"] is False
