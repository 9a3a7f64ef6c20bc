"""Conditions ready to be evaluated: lists, tables and parameters of a day put in, negation and disputes kept."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from exemption_codes.catalogue import documents as doc

if TYPE_CHECKING:
    from exemption_codes.catalogue.rulebook import Rulebook

FACT_OPERATORS = (
    ("is_", "is"), ("is_not", "is_not"), ("one_of", "one_of"), ("none_of", "none_of"), ("includes_any", "includes_any"),
    ("includes_none", "includes_none"), ("at_least", "at_least"), ("more_than", "more_than"), ("at_most", "at_most"),
    ("less_than", "less_than"),
)  # fmt: skip
LIST_TYPES = ("several_of", "countries")


@dataclass(frozen=True)
class Leaf:
    """One fact against one value; `rank` orders the values of a ranked choice."""

    fact: str
    operator: str
    value: Any
    rank: tuple[str, ...] = ()


@dataclass(frozen=True)
class Compare:
    """One fact against another: at_least_fact or same_as_fact."""

    fact: str
    operator: str
    other: str


@dataclass(frozen=True)
class AllOf:
    parts: tuple["Node", ...]


@dataclass(frozen=True)
class AnyOf:
    parts: tuple["Node", ...]


@dataclass(frozen=True)
class Negation:
    part: "Node"


@dataclass(frozen=True)
class Disputed:
    """Never settled by any fact: official sources conflict, or guidance only usually asks for it."""

    reason: str


Node = Leaf | Compare | AllOf | AnyOf | Negation | Disputed
NEVER = AnyOf(())


def facts_of(node: Node) -> Iterator[str]:
    """Yield the facts a condition reads, in the order of writing, with repeats."""
    match node:
        case Leaf(fact):
            yield fact
        case Compare(fact, _, other):
            yield fact
            yield other
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from facts_of(part)
        case Negation(part):
            yield from facts_of(part)


def leaves_of(node: Node) -> Iterator[Leaf | Compare]:
    """Yield the tests of single facts in a condition."""
    match node:
        case Leaf() | Compare():
            yield node
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from leaves_of(part)
        case Negation(part):
            yield from leaves_of(part)


def resolve(condition: Any, rulebook: "Rulebook", on: date, row: dict[str, Any] | None = None) -> Node:
    """Turn a written condition into its evaluable form for one day.

    `row` gives the values that {column: ...} stands for.
    Raises KeyError when the condition reads a column that the row lacks.
    """
    match condition:
        case doc.AllOf(all=parts):
            return AllOf(tuple(resolve(part, rulebook, on, row) for part in parts))
        case doc.AnyOf(any=parts):
            return AnyOf(tuple(resolve(part, rulebook, on, row) for part in parts))
        case doc.Negation(not_=part):
            return Negation(resolve(part, rulebook, on, row))
        case doc.Disputed(disputed=reason):
            return Disputed(reason)
        case doc.RowOf():
            return _rows(condition, rulebook, on)
        case doc.FactTest():
            return _fact_test(condition, rulebook, on, row)
    raise TypeError(f"not a condition: {condition!r}")


def _fact_test(test: doc.FactTest, rulebook: "Rulebook", on: date, row: dict[str, Any] | None) -> Node:
    fact = rulebook.facts[test.fact]
    rank = tuple(fact.choices or ()) if fact.ordered else ()
    parts: list[Node] = []
    for attribute, operator in FACT_OPERATORS:
        written = getattr(test, attribute)
        if written is not None:
            value = _value(written, rulebook, on, row)
            parts.append(Leaf(test.fact, operator, tuple(value) if isinstance(value, list) else value, rank))
    if test.at_least_fact:
        parts.append(Compare(test.fact, "at_least", test.at_least_fact))
    if test.same_as_fact:
        parts.append(Compare(test.fact, "is", test.same_as_fact))
    if test.in_list:
        parts.append(_in_list(test.fact, fact, rulebook.edition(test.in_list, on), test.in_list, rulebook, on))
    return parts[0] if len(parts) == 1 else AllOf(tuple(parts))


def _value(written: Any, rulebook: "Rulebook", on: date, row: dict[str, Any] | None) -> Any:
    if isinstance(written, doc.ParameterRef):
        return rulebook.parameter(written.parameter, on)
    if isinstance(written, doc.ColumnRef):
        return (row or {})[written.column]
    return written


def _in_list(
    fact: str, spec: doc.FactDocument, edition: doc.Edition | None, list_id: str, rulebook: "Rulebook", on: date
) -> Node:
    if edition is None:
        return NEVER
    operator = "includes_any" if spec.type in LIST_TYPES else "one_of"
    members = rulebook.members(list_id, on)
    sure = Leaf(fact, operator, tuple(members))
    open_members = rulebook.undetermined_members(list_id, on)
    if not open_members:
        return sure
    return AnyOf((sure, AllOf((Leaf(fact, operator, tuple(open_members)), Disputed(list_id)))))


def _rows(condition: doc.RowOf, rulebook: "Rulebook", on: date) -> Node:
    edition = rulebook.edition(condition.row_of, on)
    if edition is None:
        return NEVER
    branches: list[Node] = []
    always: list[Any] = []
    for row in edition.rows:
        picked = Leaf(condition.by, "is", row["key"])
        if condition.holds is not None:
            if condition.holds in row:
                branches.append(AllOf((picked, resolve(row[condition.holds], rulebook, on, row))))
        elif condition.check is not None:
            try:
                branches.append(AllOf((picked, resolve(condition.check, rulebook, on, row))))
            except KeyError:
                continue
        else:
            always.append(row["key"])
    if condition.holds is None and condition.check is None:
        return Leaf(condition.by, "one_of", tuple(always))
    return AnyOf(tuple(branches))
