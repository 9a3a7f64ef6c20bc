"""The reference reader: walks a condition as its author wrote it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from eligibility.engine.verdict import Verdict, all_of, any_of, met_if, negate
from exemption_codes.catalogue.conditions import AllOf, AnyOf, Compare, Disputed, Leaf, Negation, Node


def evaluate(node: Node, values: Mapping[str, Any]) -> Verdict:
    """Return the verdict of a condition on known values; a fact that is absent is unknown."""
    match node:
        case Leaf(fact):
            return met_if(leaf_holds(node, values[fact])) if fact in values else Verdict.UNKNOWN
        case Compare(fact, operator, other):
            if fact not in values or other not in values:
                return Verdict.UNKNOWN
            left, right = values[fact], values[other]
            return met_if(left == right if operator == "is" else left >= right)
        case AllOf(parts):
            return all_of(evaluate(part, values) for part in parts)
        case AnyOf(parts):
            return any_of(evaluate(part, values) for part in parts)
        case Negation(part):
            return negate(evaluate(part, values))
        case Disputed():
            return Verdict.UNKNOWN
    raise TypeError(f"not a condition: {node!r}")


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


def _ordinal(leaf: Leaf, value: Any) -> Any:
    return leaf.rank.index(value) if leaf.rank else value.toordinal() if isinstance(value, date) else value
