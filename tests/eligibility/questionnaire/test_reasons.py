"""Why a question is asked, from the rules."""

from datetime import date

import pytest

from eligibility.engine.compile import Plan, plan_for
from eligibility.engine.derive import derive
from eligibility.questionnaire.reasons import MOST_REASONS, values_read, why_asked
from exemption_codes.catalogue.rulebook import Rulebook

ON = date(2026, 11, 22)


@pytest.fixture
def plan(rulebook: Rulebook) -> Plan:
    return plan_for(rulebook, ON)


def test_the_criterion_that_reads_the_fact_is_the_reason(plan: Plan) -> None:
    why = why_asked("offer.province", ["francophone-mobility"], plan, "en")
    assert (why.count, why.more) == (1, 0)
    assert why.keys == ["C16"]
    assert "other than Quebec" in why.reasons[0].requirement


def test_an_occupation_is_asked_for_the_level_that_follows_from_it(plan: Plan) -> None:
    assert "TEER" in why_asked("offer.noc", ["francophone-mobility"], plan, "en").reasons[0].requirement


def test_of_many_reasons_the_first_are_named_and_the_rest_counted(plan: Plan) -> None:
    everybody = [compiled.category.id for compiled in plan.categories]
    why = why_asked("applicant.citizenships", everybody, plan, "fr")
    assert len(why.reasons) == MOST_REASONS
    assert why.more == why.count - MOST_REASONS > 0
    assert not why.is_short


def test_the_credentials_of_the_chosen_profession_come_first(plan: Plan, rulebook: Rulebook) -> None:
    known = derive({"offer.cusma_profession": "Engineer"}, ON, rulebook)
    read = values_read("applicant.credentials", ["cusma-professional"], plan, known)
    assert "degree" in read
    assert 0 < len(read) < len(rulebook.facts["applicant.credentials"].choices or {})
