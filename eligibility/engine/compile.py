"""Conditions to callables, once per release and stretch of dates; verdicts as 1 met, 0 unknown, -1 not met."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from eligibility.engine.evaluate import leaf_holds
from exemption_codes.catalogue import documents as doc
from exemption_codes.catalogue.conditions import (
    AllOf,
    AnyOf,
    Compare,
    Disputed,
    Leaf,
    Negation,
    Node,
    facts_of,
    resolve,
)
from exemption_codes.catalogue.rulebook import Rulebook

Compiled = Callable[[Mapping[str, Any]], int]
MET, UNKNOWN, NOT_MET = 1, 0, -1
USUAL = Disputed("usual")


@dataclass(frozen=True, eq=False)
class CompiledRule:
    """One criterion or general rule, ready to run; `node` is None where an officer decides everything."""

    rule: doc.Criterion | doc.GeneralRule
    node: Node | None
    run: Compiled
    applies: Compiled
    facts: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class CompiledCategory:
    category: doc.Category
    code: str
    key: str
    rules: tuple[CompiledRule, ...]
    facts: frozenset[str]


@dataclass(frozen=True, eq=False)
class Plan:
    """All rules in force in one stretch of dates."""

    rulebook: Rulebook
    categories: tuple[CompiledCategory, ...]
    general: tuple[CompiledRule, ...]


def plan_for(rulebook: Rulebook, on: date) -> Plan:
    """Return the compiled rules in force on a day; the same object for every day of one stretch."""
    return _plan(rulebook, rulebook.period_start(on))


@lru_cache(maxsize=64)
def _plan(rulebook: Rulebook, on: date) -> Plan:
    categories = tuple(_compile_category(category, rulebook, on) for category in rulebook.in_force(on))
    general = tuple(_compile_rule(rule, rulebook, on) for rule in rulebook.general if rule.in_force.holds(on))
    return Plan(rulebook, categories, general)


def _compile_category(category: doc.Category, rulebook: Rulebook, on: date) -> CompiledCategory:
    code = category.code_on(on) or ""
    rules = tuple(_compile_rule(rule, rulebook, on) for rule in category.criteria if rule.in_force.holds(on))
    key = f"{code}/{category.variant}" if category.variant else code
    return CompiledCategory(category, code, key, rules, frozenset(fact for rule in rules for fact in rule.facts))


def _compile_rule(rule: doc.Criterion | doc.GeneralRule, rulebook: Rulebook, on: date) -> CompiledRule:
    if rule.when is None:
        return CompiledRule(rule, None, lambda values: UNKNOWN, lambda values: MET, ())
    node = resolve(rule.when, rulebook, on)
    if isinstance(rule, doc.Criterion) and rule.weight == "usual":
        node = AnyOf((node, USUAL))
    applies: Compiled = lambda values: MET  # noqa: E731
    if rule.applies_when is not None:
        applies_node = resolve(rule.applies_when, rulebook, on)
        applies = compile_node(applies_node)
        node = AnyOf((Negation(applies_node), node))
    return CompiledRule(rule, node, compile_node(node), applies, tuple(dict.fromkeys(facts_of(node))))


def compile_node(node: Node) -> Compiled:
    """Return a callable that gives the verdict of a condition on known values."""
    match node:
        case Leaf():
            return _leaf(node)
        case Compare(fact, operator, other):
            return _compare(fact, operator, other)
        case AllOf(parts):
            return _all([compile_node(part) for part in parts])
        case AnyOf(parts):
            return _switch(parts) or _any([compile_node(part) for part in parts])
        case Negation(part):
            inner = compile_node(part)
            return lambda values: -inner(values)
        case Disputed():
            return lambda values: UNKNOWN
    raise TypeError(f"not a condition: {node!r}")


def _leaf(leaf: Leaf) -> Compiled:
    fact, wanted = leaf.fact, leaf.value
    holds: Callable[[Any], bool] = lambda value: leaf_holds(leaf, value)  # noqa: E731
    if leaf.operator == "is":
        holds = lambda value: bool(value == wanted)  # noqa: E731
    elif leaf.operator == "one_of":
        members = frozenset(wanted)
        holds = lambda value: value in members  # noqa: E731
    elif leaf.operator == "includes_any":
        group = frozenset(wanted)
        holds = lambda value: not group.isdisjoint(value)  # noqa: E731

    def run(values: Mapping[str, Any]) -> int:
        value = values.get(fact)
        if value is None:
            return UNKNOWN
        return MET if holds(value) else NOT_MET

    return run


def _compare(fact: str, operator: str, other: str) -> Compiled:
    def run(values: Mapping[str, Any]) -> int:
        left, right = values.get(fact), values.get(other)
        if left is None or right is None:
            return UNKNOWN
        return MET if (left == right if operator == "is" else left >= right) else NOT_MET

    return run


def _all(parts: list[Compiled]) -> Compiled:
    def run(values: Mapping[str, Any]) -> int:
        result = MET
        for part in parts:
            verdict = part(values)
            if verdict < result:
                if verdict == NOT_MET:
                    return NOT_MET
                result = verdict
        return result

    return run


def _any(parts: list[Compiled]) -> Compiled:
    def run(values: Mapping[str, Any]) -> int:
        result = NOT_MET
        for part in parts:
            verdict = part(values)
            if verdict > result:
                if verdict == MET:
                    return MET
                result = verdict
        return result

    return run


def _switch(parts: tuple[Node, ...]) -> Compiled | None:
    """A table's rows, each picked by another value of one fact: look the row up instead of trying all."""
    branches: dict[Any, Compiled] = {}
    by = ""
    for part in parts:
        match part:
            case AllOf((Leaf(fact, "is", key), inner)) if key not in branches and by in ("", fact):
                by, branches[key] = fact, compile_node(inner)
            case _:
                return None
    if len(branches) < 2:
        return None

    def run(values: Mapping[str, Any]) -> int:
        key = values.get(by)
        if key is not None:
            branch = branches.get(key)
            return branch(values) if branch else NOT_MET
        possible = any(branch(values) != NOT_MET for branch in branches.values())
        return UNKNOWN if possible else NOT_MET

    return run
