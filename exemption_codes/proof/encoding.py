"""Conditions as formulas for z3: each becomes a pair, surely true and surely false; a dispute is neither."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import z3

from eligibility.engine.evaluate import BY_OFFICER, leaf_holds
from exemption_codes.catalogue.conditions import AllOf, AnyOf, Compare, Disputed, Leaf, Negation, Node, leaves_of
from exemption_codes.catalogue.fact_values import EARLIEST_DAY, LARGEST_NUMBER, LATEST_DAY, LIST_TYPES
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.proof.domains import NUMBERS, Tests, choices
from exemption_codes.proof.ties import Ties, ties_between

Formula = Any
COMPARISONS = {
    "is": lambda left, right: left == right,
    "is_not": lambda left, right: left != right,
    "at_least": lambda left, right: left >= right,
    "more_than": lambda left, right: left > right,
    "at_most": lambda left, right: left <= right,
    "less_than": lambda left, right: left < right,
}


@dataclass(frozen=True)
class Pair:
    """When a condition surely holds, and when it surely does not."""

    holds: Formula
    fails: Formula

    def opposite(self) -> "Pair":
        return Pair(self.fails, self.holds)


class Encoding:
    """The facts that some conditions read as variables of z3, in the bounds of the vocabulary, tied where one follows
    from another on the day `on`; `known` are facts whose values stand for themselves, `also` names facts to have
    although no condition reads them.
    """

    def __init__(
        self,
        rulebook: Rulebook,
        nodes: Iterable[Node],
        on: date,
        known: Mapping[str, Any] | None = None,
        also: Iterable[str] = (),
    ) -> None:
        self.rulebook, self.on = rulebook, on
        self.tests = Tests.of(test for node in nodes for test in leaves_of(node))
        wanted = list(dict.fromkeys([*self.tests.facts(), *also]))
        self.ties: Ties = ties_between(rulebook, self.tests, wanted, on)
        self.facts = list(dict.fromkeys([*wanted, *self.ties.bases]))
        self.values = choices(rulebook, self.tests, self.facts, self.ties.alike, known or {})
        self.variables = {fact: self._variable(fact) for fact in self.facts}
        self.officer = z3.Bool("an officer finds for the person")
        self.ranges: list[Formula] = [bound for fact in self.facts for bound in self._range(fact)]
        self.bounds: list[Formula] = [*self.ranges, *self.ties.formulas(self)]

    def _variable(self, fact: str) -> Any:
        kind = self.rulebook.facts[fact].type
        if kind == "boolean":
            return z3.Bool(fact)
        if kind in LIST_TYPES:
            return {value: z3.Bool(f"{fact} has {value}") for value in self.values[fact]}
        return z3.Real(fact) if kind == "decimal" else z3.Int(fact)

    def _range(self, fact: str) -> Iterator[Formula]:
        document, variable = self.rulebook.facts[fact], self.variables[fact]
        if document.type == "date":
            yield from (variable >= EARLIEST_DAY.toordinal(), variable <= LATEST_DAY.toordinal())
        elif document.type in NUMBERS:
            low = document.bounds.min if document.bounds else None
            high = document.bounds.max if document.bounds else None
            yield variable >= number(-LARGEST_NUMBER if low is None else low)
            yield variable <= number(LARGEST_NUMBER if high is None else high)
        elif document.type not in LIST_TYPES and document.type != "boolean":
            yield from (variable >= 0, variable < len(self.values[fact]))

    def kind(self, fact: str) -> str:
        return self.rulebook.facts[fact].type

    def parts(self, fact: str) -> list[Formula]:
        """Return the variables of z3 that stand for a fact: one, or one for each member of a list."""
        variable = self.variables[fact]
        return list(variable.values()) if isinstance(variable, dict) else [variable]

    def equals(self, fact: str, value: Any) -> Formula:
        """Say that a fact has a value; a value that no condition tells apart is taken for one that it equals."""
        variable, kind = self.variables[fact], self.kind(fact)
        if kind in LIST_TYPES:
            like = {self.stand_in(fact, member) for member in value}
            return z3.And(*(part if member in like else z3.Not(part) for member, part in variable.items()))
        if kind == "boolean":
            return variable if value else z3.Not(variable)
        if kind in NUMBERS:
            return variable == number(value)
        return variable == self.values[fact].index(self.stand_in(fact, value))

    def stand_in(self, fact: str, value: Any) -> Any:
        """Return the value of the choice that passes the same tests as another."""
        if value in self.values[fact]:
            return value
        group = [name for name in self.facts if self.ties.alike.get(name, name) == self.ties.alike.get(fact, fact)]
        return next(word for word in self.values[fact] if self._kind_of(group, word) == self._kind_of(group, value))

    def _kind_of(self, group: list[str], value: Any) -> tuple[Any, ...]:
        tried = [value] if self.kind(group[0]) in LIST_TYPES else value
        leaves = (leaf for fact in group for leaf in self.tests.leaves.get(fact, ()))
        marks = (mark for fact in group for mark in self.tests.marks.get(fact, ()))
        return (*(leaf_holds(leaf, tried) for leaf in leaves), *(mark(value) for mark in marks))

    def pair(self, node: Node | None) -> Pair:
        """Return when a condition surely holds and when it surely fails.

        None is what an officer weighs: it never fails by itself, and holds where an officer finds for the person.
        """
        match node:
            case None | Leaf(fact="", operator="is", value=True):
                return Pair(self.officer, z3.BoolVal(False))
            case Leaf():
                return _settled(self._leaf(node))
            case Compare():
                return _settled(self._compare(node))
            case AllOf(parts) | AnyOf(parts):
                pairs = [self.pair(part) for part in parts]
                holds, fails = [pair.holds for pair in pairs], [pair.fails for pair in pairs]
                if isinstance(node, AllOf):
                    return Pair(z3.And(*holds), z3.Or(*fails))
                return Pair(z3.Or(*holds), z3.And(*fails))
            case Negation(part):
                return self.pair(part).opposite()
            case Disputed():
                return Pair(z3.BoolVal(False), z3.BoolVal(False))
        raise TypeError(f"not a condition: {node!r}")

    def _leaf(self, leaf: Leaf) -> Formula:
        kind, variable = self.kind(leaf.fact), self.variables[leaf.fact]
        if kind in LIST_TYPES:
            found = z3.Or(*(part for member, part in variable.items() if member in leaf.value))
            return found if leaf.operator == "includes_any" else z3.Not(found)
        if kind == "boolean":
            return z3.Or(*(self.equals(leaf.fact, value) for value in (False, True) if leaf_holds(leaf, value)))
        if kind in NUMBERS:
            return _number_leaf(leaf, variable)
        return z3.Or(*(variable == i for i, value in enumerate(self.values[leaf.fact]) if leaf_holds(leaf, value)))

    def _compare(self, compare: Compare) -> Formula:
        left, right = self.variables[compare.fact], self.variables[compare.other]
        if isinstance(left, dict):
            return z3.And(*(part == right[member] for member, part in left.items()))
        return COMPARISONS[compare.operator](left, right)


def _settled(formula: Formula) -> Pair:
    return Pair(formula, z3.Not(formula))


def _number_leaf(leaf: Leaf, variable: Formula) -> Formula:
    if leaf.operator in ("one_of", "none_of"):
        found = z3.Or(*(variable == number(value) for value in leaf.value))
        return found if leaf.operator == "one_of" else z3.Not(found)
    return COMPARISONS[leaf.operator](variable, number(leaf.value))


def number(value: Any) -> Any:
    """Return a value as z3 counts it: days by their ordinal, decimals exactly as written."""
    if isinstance(value, date):
        return value.toordinal()
    return z3.RealVal(str(value)) if isinstance(value, float) else value


def conditions_of(nodes: Iterable[Node | None]) -> list[Node]:
    return [node for node in nodes if node is not None and node != Leaf(BY_OFFICER, "is", True)]
