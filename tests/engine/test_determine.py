"""Four outcomes on real rules, by the day of the application, with reasons."""

from datetime import date
from typing import Any

import pytest

from eligibility.engine.compile import category_on, plan_for
from eligibility.engine.determine import Outcome, Status, determine, outcomes
from eligibility.engine.evaluate import outcome_of_all, status_of
from exemption_codes.catalogue.problems import DateNotCovered
from exemption_codes.catalogue.rulebook import Rulebook
from tests.engine.people import facts_of_case, judged


def test_significant_benefit_is_never_a_plain_yes(rulebook: Rulebook, today: date) -> None:
    facts = facts_of_case(rulebook, "significant-benefit")
    facts |= {name: True for name, fact in rulebook.facts.items() if fact.judged}
    assert judged(rulebook, facts, "significant-benefit", today)[0].outcome is Outcome.OFFICER_JUDGEMENT


@pytest.mark.parametrize(
    ("finding", "outcome"),
    [(None, Outcome.OFFICER_JUDGEMENT), (True, Outcome.ELIGIBLE), (False, Outcome.NOT_ELIGIBLE)],
)
def test_an_officers_finding_that_is_given_counts(
    rulebook: Rulebook, today: date, finding: bool | None, outcome: Outcome
) -> None:
    told = {"applicant__relationship_genuine": finding}
    facts = facts_of_case(rulebook, "spouse-of-skilled-worker", **told)
    assert judged(rulebook, facts, "spouse-of-skilled-worker", today)[0].outcome is outcome


def test_what_is_missing_is_named_only_while_it_can_settle_something(rulebook: Rulebook, today: date) -> None:
    changes = {"applicant__french__speaking_nclc": None, "application__c16_renewal": False}
    lacking = facts_of_case(rulebook, "francophone-mobility", **changes)
    undetermined, _ = judged(rulebook, lacking, "francophone-mobility", today)
    assert (undetermined.outcome, undetermined.missing) == (Outcome.UNDETERMINED, ("applicant.french.speaking_nclc",))
    closed, _ = judged(rulebook, {**lacking, "offer.province": "QC"}, "francophone-mobility", today)
    assert (closed.outcome, closed.missing) == (Outcome.NOT_ELIGIBLE, ())


def test_the_rules_of_the_day_of_the_application_count(rulebook: Rulebook, today: date) -> None:
    facts = facts_of_case(rulebook, "transferee-manager")
    codes = {
        day: judged(rulebook, {**facts, "application.date": day}, "transferee-manager", today)[0].compiled.code
        for day in (date(2022, 12, 14), date(2022, 12, 15))
    }
    assert list(codes.values()) == ["C12", "C62"]


@pytest.mark.parametrize(("as_of", "day"), [(date(2013, 12, 31), None), (date(2026, 11, 22), date(2035, 1, 1))])
def test_a_day_that_is_not_covered_is_an_error(rulebook: Rulebook, as_of: date, day: date | None) -> None:
    with pytest.raises(DateNotCovered):
        determine(rulebook, {"application.date": day} if day else {}, as_of)


def test_a_category_stays_the_same_object_while_nothing_it_reads_changes(rulebook: Rulebook) -> None:
    one, other = (category_on(rulebook, "transferee-manager", day) for day in (date(2025, 3, 1), date(2026, 11, 1)))
    assert one is other
    assert one is not category_on(rulebook, "transferee-manager", date(2024, 10, 2))


def test_all_categories_come_out_as_the_reference_says(rulebook: Rulebook, today: date) -> None:
    plan = plan_for(rulebook, today)
    for category in sorted(rulebook.cases)[::3]:
        result = determine(rulebook, facts_of_case(rulebook, category), today)
        assert [one.outcome for one in (*result.determinations, *result.permit_free)] == [
            outcome_of_all(
                [rule.node for rule in one.compiled.rules],
                result.known.values,
                frozenset[str]().union(*(rule.judged for rule in one.compiled.rules)),
            )
            for one in (*result.determinations, *result.permit_free)
        ]
        for one in result.determinations[::10]:
            for finding in one.findings:
                node, known = finding.compiled.node, result.known.values
                assert finding.status is status_of(node, known, finding.compiled.judged)
        assert set(outcomes(plan, result.known.values)) == {compiled.category.id for compiled in plan.categories}


def test_a_criterion_that_is_not_needed_is_met_and_says_so(rulebook: Rulebook, today: date) -> None:
    renewal = facts_of_case(rulebook, "francophone-mobility", application__c16_renewal=True)
    determination, _ = judged(rulebook, renewal, "francophone-mobility", today)
    finding = next(one for one in determination.findings if one.rule.id == "speaks_french")
    assert (finding.status, finding.applies) == (Status.MET, False)


def general(rulebook: Rulebook, facts: dict[str, Any], on: date) -> dict[str, Any]:
    return {finding.rule.id: finding for finding in determine(rulebook, facts, on).general}


def test_a_general_rule_does_not_bind_the_codes_it_spares(rulebook: Rulebook, today: date) -> None:
    facts = {"applicant.had_unauthorized_work_or_study": True, "applicant.months_since_unauthorized_work_or_study": 2}
    result = determine(rulebook, facts, today)
    by_key = {one.compiled.key: one for one in result.determinations}

    def failing(key: str) -> list[str]:
        found = result.general_for(by_key[key])
        return [finding.rule.id for finding in found if finding.status is Status.NOT_MET]

    assert "no_unauthorized_work" in failing("C16")
    for key in ("S61", "S62", "A72", "A72/family"):
        assert "no_unauthorized_work" not in failing(key)


def test_a_rule_of_offers_binds_no_open_permit(rulebook: Rulebook, today: date) -> None:
    result = determine(rulebook, {}, today)
    by_key = {one.compiled.key: one for one in result.determinations}
    assert "genuine_offer" in {finding.rule.id for finding in result.general_for(by_key["C16"])}
    assert "genuine_offer" not in {finding.rule.id for finding in result.general_for(by_key["C41"])}
    assert "genuine_offer" not in general(rulebook, {"offer.exists": False}, today)
