"""What stands on one page: nothing that an answer beside it may spare."""

from datetime import date
from typing import Any

import pytest

from eligibility.engine.derive import derive
from eligibility.engine.questions import OpenQuestions
from eligibility.questionnaire.answers import Walk, walk
from eligibility.questionnaire.next_questions import is_gate
from exemption_codes.catalogue.rulebook import Rulebook
from tests.journeys.people import people

ON = date(2026, 11, 22)


def pages_of(facts: dict[str, Any], rulebook: Rulebook) -> list[Walk]:
    """Every state of a walk, from the first question to the last."""
    answers: dict[str, Any] = {}
    skipped: set[str] = set()
    states: list[Walk] = []
    while (walked := walk(rulebook, answers, skipped, ON)).next is not None:
        states.append(walked)
        for name in [fact.name for fact in walked.next.facts] if walked.next else []:
            is_box = walked.next is not None and walked.next.page.kind == "ticks"
            value = facts.get(name, False if is_box else None)
            if value is None:
                skipped.add(name)
            else:
                answers[name] = value
    return states


@pytest.fixture(scope="module")
def states(rulebook: Rulebook) -> list[Walk]:
    some = [person for person in people(ON) if person.name in ("US engineer", "Irish graduate of 35")]
    return [state for person in some for state in pages_of(dict(person.facts), rulebook)]


def test_no_page_is_longer_than_six_questions(states: list[Walk]) -> None:
    asked = [state.next for state in states if state.next and state.next.page.kind != "ticks"]
    assert max(len(page.facts) for page in asked) <= 6


def test_answering_where_one_is_never_spares_a_question_beside_it(states: list[Walk], rulebook: Rulebook) -> None:
    for state in states:
        names = [fact.name for fact in state.next.facts] if state.next else []
        if "applicant.location" not in names:
            continue
        for place in rulebook.facts["applicant.location"].choices or {}:
            known = derive({**state.counting, "applicant.location": place}, ON, rulebook)
            questions = OpenQuestions(state.plan, known.values)
            assert all(questions.open_fact(name) for name in names if name != "applicant.location")


def test_what_a_criterion_applies_by_is_a_gate(states: list[Walk]) -> None:
    plan = states[0].plan
    assert is_gate("applicant.location", plan)
    assert is_gate("applicant.credential_used", plan)
    assert not is_gate("applicant.able_to_do_work", plan)


def test_every_question_on_a_page_can_still_change_something(states: list[Walk]) -> None:
    for state in states:
        questions = OpenQuestions(state.plan, state.known.values)
        assert state.next is not None
        assert all(questions.open_fact(fact.name) for fact in state.next.facts)


def asked_of(facts: dict[str, Any], rulebook: Rulebook) -> set[str]:
    return {fact.name for state in pages_of(facts, rulebook) for fact in (state.next.facts if state.next else ())}


def test_who_takes_part_in_a_youth_exchange_for_the_first_time_is_not_asked_when_the_last_one_ended(
    rulebook: Rulebook,
) -> None:
    (graduate,) = [person for person in people(ON) if person.name == "Irish graduate of 35"]
    ended = "iec.months_since_last_iec_permit"
    assert ended not in asked_of(dict(graduate.facts), rulebook)
    again = {
        **graduate.facts,
        "iec.country": "LV",
        "applicant.citizenships": ["LV"],
        "applicant.country_of_residence": "LV",
        "iec.prior_participations": 1,
    }
    assert ended in asked_of(again, rulebook)


def test_only_who_comes_for_a_camp_is_asked_about_it(rulebook: Rulebook) -> None:
    (worker,) = [person for person in people(ON) if person.name == "Religious worker"]
    assert "camp.type" not in asked_of(dict(worker.facts), rulebook)
    assert "camp.type" in asked_of({**worker.facts, "situation.camp": True}, rulebook)


def test_who_has_no_job_offer_is_not_asked_what_kind_of_employer_it_is(rulebook: Rulebook) -> None:
    claimant = {
        "situation.protection_or_removal": True,
        "applicant.citizenships": ["IR"],
        "applicant.location": "in_canada",
        "applicant.work_permit_state": "none",
    }
    assert "employer.type" not in asked_of(claimant, rulebook)
    assert "employer.type" in asked_of({**claimant, "offer.exists": True}, rulebook)


def test_who_still_studies_is_not_asked_how_the_studies_ended(rulebook: Rulebook) -> None:
    student = {
        "situation.studied_or_studies_in_canada": True,
        "applicant.citizenships": ["NG"],
        "applicant.location": "in_canada",
        "applicant.work_permit_state": "none",
        "applicant.status": "student",
        "study.permit_state": "valid",
        "study.previous_pgwp": False,
    }
    after = {"study.days_since_completion_confirmed", "study.distance_percent", "study.dli_pgwp_eligible"}
    assert asked_of({**student, "study.completed": False}, rulebook).isdisjoint(after)
    assert after <= asked_of({**student, "study.completed": True}, rulebook)
