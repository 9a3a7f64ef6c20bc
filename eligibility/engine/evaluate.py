"""The reference reader: walks a condition as its author wrote it."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from datetime import date
from typing import Any

from eligibility.engine.verdict import Outcome, Status, Verdict, all_of, any_of, met_if, negate
from exemption_codes.catalogue.conditions import AllOf, AnyOf, Compare, Disputed, Leaf, Negation, Node, facts_of

NOBODY: frozenset[str] = frozenset()
BY_OFFICER = ""
"""Stands where a fact's name stands, for what an officer weighs without any fact; always among the judged facts."""
OFFICER_WEIGHS = Leaf(BY_OFFICER, "is", True)


def evaluate(
    node: Node,
    values: Mapping[str, Any],
    judged: AbstractSet[str] = NOBODY,
    officer: Verdict = Verdict.UNKNOWN,
) -> Verdict:
    """Return the verdict of a condition on known values; a fact that is absent is unknown.

    `officer` is what a test of an absent `judged` fact counts as: MET asks what holds if an officer always finds for
    the person, NOT_MET what holds if never.
    """
    match node:
        case Leaf(fact):
            if fact in values:
                return met_if(leaf_holds(node, values[fact]))
            return officer if fact in judged else Verdict.UNKNOWN
        case Compare(fact, _, other):
            if fact not in values or other not in values:
                return Verdict.UNKNOWN
            return met_if(comparison_holds(node, values[fact], values[other]))
        case AllOf(parts):
            return all_of(evaluate(part, values, judged, officer) for part in parts)
        case AnyOf(parts):
            return any_of(evaluate(part, values, judged, officer) for part in parts)
        case Negation(part):
            return negate(evaluate(part, values, judged, negate(officer)))
        case Disputed():
            return Verdict.UNKNOWN
    raise TypeError(f"not a condition: {node!r}")


def status_of(node: Node | None, values: Mapping[str, Any], judged: AbstractSet[str]) -> Status:
    """Return how a criterion comes out; None is a criterion that is always left to an officer.

    OFFICER when nothing but an officer's finding decides: met if it is for the person, not met if it is against.
    """
    if node is None:
        return Status.OFFICER
    verdict = evaluate(node, values)
    if verdict is Verdict.UNKNOWN and judged:
        granted = evaluate(node, values, judged, Verdict.MET)
        refused = evaluate(node, values, judged, Verdict.NOT_MET)
        if granted is Verdict.MET and refused is Verdict.NOT_MET:
            return Status.OFFICER
    return Status(verdict.value)


def outcome_of_all(criteria: Iterable[Node | None], values: Mapping[str, Any], judged: AbstractSet[str]) -> Outcome:
    """Return how a category comes out all of whose criteria must hold: as their conjunction does.

    So an officer's judgement is all that remains also where a criterion is open that the officer's can no longer help.
    """
    return Outcome.of(status_of(AllOf(tuple(node or OFFICER_WEIGHS for node in criteria)), values, judged))


def open_facts(node: Node, values: Mapping[str, Any]) -> list[str]:
    """Return the unknown facts that can still change a condition, in its order; none when it is settled."""
    verdict, found = _verdict_and_open(node, values)
    return list(dict.fromkeys(found)) if verdict is Verdict.UNKNOWN else []


def _verdict_and_open(node: Node, values: Mapping[str, Any]) -> tuple[Verdict, list[str]]:
    match node:
        case Leaf() | Compare():
            return evaluate(node, values), [name for name in facts_of(node) if name not in values]
        case AllOf(parts) | AnyOf(parts):
            settling = Verdict.NOT_MET if isinstance(node, AllOf) else Verdict.MET
            verdict, found = negate(settling), list[str]()
            for part in parts:
                inner, names = _verdict_and_open(part, values)
                if inner is settling:
                    return settling, []
                if inner is Verdict.UNKNOWN:
                    verdict = inner
                    found += names
            return verdict, found
        case Negation(part):
            inner, names = _verdict_and_open(part, values)
            return negate(inner), names
    return evaluate(node, values), []


def leaf_holds(leaf: Leaf, value: Any) -> bool:
    """Tell whether a known value passes one test."""
    wanted = leaf.value
    match leaf.operator:
        case "is":
            return bool(value == wanted)
        case "is_not":
            return bool(value != wanted)
        case "one_of":
            return value in wanted
        case "none_of":
            return value not in wanted
        case "includes_any":
            return not set(wanted).isdisjoint(value)
        case "includes_none":
            return set(wanted).isdisjoint(value)
    left, right = _ordinal(leaf, value), _ordinal(leaf, wanted)
    match leaf.operator:
        case "at_least":
            return bool(left >= right)
        case "more_than":
            return bool(left > right)
        case "at_most":
            return bool(left <= right)
        case "less_than":
            return bool(left < right)
    raise ValueError(f"unknown operator {leaf.operator}")


def comparison_holds(compare: Compare, left: Any, right: Any) -> bool:
    """Tell whether two known facts compare as wanted."""
    return bool(left == right if compare.operator == "is" else left >= right)


def _ordinal(leaf: Leaf, value: Any) -> Any:
    return leaf.rank.index(value) if leaf.rank else value.toordinal() if isinstance(value, date) else value
