"""What is asked next: pages in their order, the weighty questions first, nothing idle."""

from datetime import date

import pytest

from eligibility.engine.compile import Plan, plan_for
from eligibility.engine.derive import derive
from eligibility.engine.determine import determine
from eligibility.engine.questions import OpenQuestions, next_page, ranked_open_facts, reached_by
from exemption_codes.catalogue.rulebook import Rulebook
from tests.engine.people import facts_of_case

LIMIT = 6


@pytest.fixture(scope="module")
def plan(rulebook: Rulebook) -> Plan:
    return plan_for(rulebook, date(2026, 11, 22))


def no_boxes(rulebook: Rulebook, *ticked: str) -> dict[str, bool]:
    return {name: name in ticked for page in rulebook.pages if page.kind == "ticks" for name in page.facts}


def test_boxes_come_first_and_stand_together(plan: Plan, rulebook: Rulebook, today: date) -> None:
    page = next_page(plan, derive({}, today, rulebook).values, frozenset(), LIMIT)
    assert page is not None
    assert page.page is rulebook.pages[0]
    assert len(page.facts) > LIMIT


def test_gates_and_what_many_wait_for_come_before_the_rest(plan: Plan, rulebook: Rulebook, today: date) -> None:
    values = derive(no_boxes(rulebook, "offer.exists", "situation.listed_profession"), today, rulebook).values
    page = next_page(plan, values, frozenset(), LIMIT)
    assert page is not None
    assert page.facts[0].name == "applicant.citizenships"
    assert len(page.facts) <= LIMIT
    for fact in page.facts:
        assert rulebook.facts[fact.name].gate or len(fact.categories) >= 2


def test_what_can_still_be_filed_is_asked_when_nothing_else_is_open(
    plan: Plan, rulebook: Rulebook, today: date
) -> None:
    last = rulebook.pages[-1].facts
    facts = facts_of_case(rulebook, "francophone-mobility", offer__submitted_in_employer_portal=None)
    facts |= no_boxes(rulebook, "offer.exists", "situation.speaks_french")
    only = "francophone-mobility"
    page = next_page(plan, derive({**facts, "offer.province": "MB"}, today, rulebook).values, frozenset(), LIMIT, only)
    assert page is not None
    assert [fact.name for fact in page.facts] == ["offer.submitted_in_employer_portal"]
    del facts["offer.province"]
    page = next_page(plan, derive(facts, today, rulebook).values, frozenset(), LIMIT, only)
    assert page is not None
    assert not {fact.name for fact in page.facts} & set(last)


def test_a_skipped_question_is_not_asked_again(plan: Plan, rulebook: Rulebook, today: date) -> None:
    values = derive(no_boxes(rulebook, "offer.exists"), today, rulebook).values
    skipped: set[str] = set()
    while page := next_page(plan, values, skipped, LIMIT):
        names = {fact.name for fact in page.facts}
        assert not names & skipped
        skipped |= names


def test_only_one_category_asks_only_for_itself(plan: Plan, rulebook: Rulebook, today: date) -> None:
    page = next_page(plan, derive({}, today, rulebook).values, frozenset(), LIMIT, "spouse-of-skilled-worker")
    assert page is not None
    assert all(fact.categories == ("spouse-of-skilled-worker",) for fact in page.facts)


def test_an_officers_fact_is_never_asked(plan: Plan, rulebook: Rulebook, today: date) -> None:
    questions = OpenQuestions(plan, derive({}, today, rulebook).values)
    judged = [name for name, fact in rulebook.facts.items() if fact.judged]
    assert [name for name in judged if questions.waiting_for(name)] == []


def test_a_box_can_settle_what_an_officer_would_find(plan: Plan, rulebook: Rulebook, today: date) -> None:
    facts = facts_of_case(rulebook, "vulnerable-worker", abuse__reasonable_grounds=None)
    open_fact = OpenQuestions(plan, derive(facts, today, rulebook).values).open_fact("situation.abuse_at_work")
    assert open_fact is not None
    assert "vulnerable-worker" in open_fact.categories


def test_what_is_known_or_settled_by_a_box_is_not_open(plan: Plan, rulebook: Rulebook, today: date) -> None:
    questions = OpenQuestions(plan, derive({"situation.intra_company_transfer": False}, today, rulebook).values)
    assert questions.open_fact("situation.intra_company_transfer") is None
    assert questions.open_fact("transfer.relationship") is None
    assert questions.open_fact("transfer.months_with_foreign_enterprise") is None


def test_a_fact_reaches_what_follows_from_it_and_what_it_is_a_gate_to(rulebook: Rulebook) -> None:
    assert "offer.teer" in reached_by("offer.noc", rulebook)
    assert "principal.permit_code" in reached_by("situation.partner_works_in_canada", rulebook)


def test_open_facts_are_ranked_gates_first(rulebook: Rulebook, today: date) -> None:
    ranked = ranked_open_facts(determine(rulebook, {}, today))
    gates = [rulebook.facts[name].gate for name in ranked]
    assert gates == sorted(gates, reverse=True)
    assert len(ranked) == len(set(ranked)) > 100
