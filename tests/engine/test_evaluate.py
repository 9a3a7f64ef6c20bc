"""The reference reader: three values, an officer's share, and what never changes."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eligibility.engine.evaluate import evaluate, leaf_holds, open_facts, outcome_of_all, status_of
from eligibility.engine.verdict import Outcome, Status, Verdict
from exemption_codes.catalogue.conditions import AllOf, AnyOf, Compare, Disputed, Leaf, Negation, Node
from tests.engine.trees import JUDGED, NUMBERS, completions, conditions, every_value, facts, ordinary_facts

LEVEL = {Verdict.NOT_MET: -1, Verdict.UNKNOWN: 0, Verdict.MET: 1}


def recomputed(node: Node, known: dict[str, Any]) -> int:
    """The verdict from the verdicts of the tests alone: the worst of an `all`, the best of an `any`."""
    match node:
        case AllOf(parts):
            return min((recomputed(part, known) for part in parts), default=1)
        case AnyOf(parts):
            return max((recomputed(part, known) for part in parts), default=-1)
        case Negation(part):
            return -recomputed(part, known)
        case Compare(fact, operator, other):
            if fact not in known or other not in known:
                return 0
            holds = known[fact] == known[other] if operator == "is" else known[fact] >= known[other]
            return 1 if holds else -1
        case Leaf(fact):
            return 0 if fact not in known else 1 if leaf_holds(node, known[fact]) else -1
        case Disputed():
            return 0


@given(conditions, facts)
def test_the_tests_recomputed_give_the_verdict(node: Node, known: dict[str, Any]) -> None:
    assert LEVEL[evaluate(node, known)] == recomputed(node, known)


@given(conditions, facts)
def test_a_settled_verdict_holds_whatever_else_is_answered(node: Node, known: dict[str, Any]) -> None:
    before = evaluate(node, known)
    if before is not Verdict.UNKNOWN:
        names = [name for name in ordinary_facts([node]) if name in NUMBERS]
        assert all(evaluate(node, more) is before for more in completions(names, known))


@given(conditions, facts, st.sampled_from([*NUMBERS, "j", "m"]), st.data())
def test_one_more_fact_never_changes_a_settled_verdict(
    node: Node, known: dict[str, Any], name: str, data: st.DataObject
) -> None:
    more = {name: data.draw(st.sampled_from(every_value(name))), **known}
    assert evaluate(node, known) in (Verdict.UNKNOWN, evaluate(node, more))


@given(conditions, facts)
def test_the_order_of_facts_never_matters(node: Node, known: dict[str, Any]) -> None:
    turned = dict(reversed(known.items()))
    assert evaluate(node, turned) is evaluate(node, known)
    assert status_of(node, turned, JUDGED) is status_of(node, known, JUDGED)


@given(conditions, facts, st.sampled_from(NUMBERS), st.data())
def test_what_only_an_officer_decides_stays_with_the_officer(
    node: Node, known: dict[str, Any], name: str, data: st.DataObject
) -> None:
    if status_of(node, known, JUDGED) is Status.OFFICER:
        more = {name: data.draw(st.sampled_from(every_value(name))), **known}
        assert status_of(node, more, JUDGED) is Status.OFFICER


@given(conditions, facts)
def test_only_an_open_fact_can_change_a_verdict(node: Node, known: dict[str, Any]) -> None:
    before, open_now = evaluate(node, known), set(open_facts(node, known))
    for name in NUMBERS:
        if name not in known and name not in open_now:
            assert all(evaluate(node, {**known, name: value}) is before for value in every_value(name))


HOLDS = Leaf("a", "is", 1)
OFFICER, OTHER = Leaf("j", "is", True), Leaf("k", "is", False)


@pytest.mark.parametrize(
    ("node", "known", "status"),
    [
        (None, {}, Status.OFFICER),
        (OFFICER, {}, Status.OFFICER),
        (OTHER, {}, Status.OFFICER),
        (Negation(OFFICER), {}, Status.OFFICER),
        (OFFICER, {"j": True}, Status.MET),
        (OFFICER, {"j": False}, Status.NOT_MET),
        (AllOf((HOLDS, OFFICER)), {}, Status.UNKNOWN),
        (AllOf((HOLDS, OFFICER)), {"a": 1}, Status.OFFICER),
        (AllOf((HOLDS, OFFICER)), {"a": 2}, Status.NOT_MET),
        (AnyOf((HOLDS, OFFICER)), {}, Status.UNKNOWN),
        (AnyOf((HOLDS, OFFICER)), {"a": 1}, Status.MET),
        (AnyOf((HOLDS, OFFICER)), {"a": 2}, Status.OFFICER),
        (AllOf((OFFICER, OTHER)), {}, Status.OFFICER),
        (AllOf((OFFICER, Disputed("K1"))), {}, Status.UNKNOWN),
        (AnyOf((OFFICER, Disputed("K1"))), {"j": False}, Status.UNKNOWN),
    ],
)
def test_an_officer_weighs_only_what_nothing_else_decides(
    node: Node | None, known: dict[str, Any], status: Status
) -> None:
    assert status_of(node, known, JUDGED) is status


@pytest.mark.parametrize(
    ("criteria", "known", "outcome"),
    [
        ([], {}, Outcome.ELIGIBLE),
        ([HOLDS, HOLDS], {"a": 1}, Outcome.ELIGIBLE),
        ([HOLDS, None], {"a": 1}, Outcome.OFFICER_JUDGEMENT),
        ([HOLDS, OFFICER], {}, Outcome.UNDETERMINED),
        ([HOLDS, OFFICER, Disputed("K1")], {"a": 2}, Outcome.NOT_ELIGIBLE),
        ([OFFICER, AnyOf((OTHER, HOLDS))], {}, Outcome.OFFICER_JUDGEMENT),
        ([AnyOf((OTHER, HOLDS))], {}, Outcome.UNDETERMINED),
    ],
)
def test_the_criteria_together_give_the_outcome(
    criteria: list[Node | None], known: dict[str, Any], outcome: Outcome
) -> None:
    assert outcome_of_all(criteria, known, JUDGED) is outcome
