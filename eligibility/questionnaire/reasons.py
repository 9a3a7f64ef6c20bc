"""Why a question is asked, from the rules themselves: the categories that wait for it, and what they require."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from eligibility.engine.compile import CompiledCategory, Plan
from eligibility.engine.derive import RULES, KnownFacts
from eligibility.engine.looked_up import read_by
from eligibility.engine.remainder import remainder
from eligibility.questionnaire.summaries import shown_key
from exemption_codes.catalogue.conditions import Leaf, leaves_of

MOST_REASONS = 6
MOST_NAMED = 3


@dataclass(frozen=True)
class Reason:
    """One category that waits for a fact, and its criterion that reads it (empty where only a gate leads there)."""

    key: str
    name: str
    requirement: str


@dataclass(frozen=True)
class Why:
    """The categories that wait for a fact: the first few with their criteria, and how many there are in all."""

    count: int
    reasons: tuple[Reason, ...]

    @property
    def is_short(self) -> bool:
        """Whether the codes can be named instead of counted."""
        return self.count <= MOST_NAMED

    @property
    def keys(self) -> list[str]:
        return list(dict.fromkeys(reason.key for reason in self.reasons))

    @property
    def more(self) -> int:
        return self.count - len(self.reasons)


def why_asked(fact: str, waiting: Collection[str], plan: Plan, language: str) -> Why:
    """Return the categories among `waiting` with the criterion of each that reads the fact."""
    categories = sorted((c for c in plan.categories if c.category.id in waiting), key=lambda c: c.key)
    read_for = _facts_that_follow(fact, plan)
    reasons = tuple(_reason(compiled, read_for, language) for compiled in categories[:MOST_REASONS])
    return Why(len(categories), reasons)


def values_read(fact: str, waiting: Collection[str], plan: Plan, known: KnownFacts) -> set[Any]:
    """Return the values of a fact that what is left of the waiting categories names."""
    rules = [
        rule
        for compiled in plan.categories
        if compiled.category.id in waiting
        for rule in remainder(compiled, known.values).rules
    ]
    tests = [test for rule in rules for test in leaves_of(rule) if isinstance(test, Leaf) and test.fact == fact]
    return {value for test in tests for value in (test.value if isinstance(test.value, tuple) else (test.value,))}


def _facts_that_follow(fact: str, plan: Plan) -> set[str]:
    """A fact, what is worked out from it or looked up by it, and what it settles as a gate."""
    derived = {name for name, (bases, _) in RULES.items() if fact in bases}
    return {fact, *derived, *read_by(fact), *plan.rulebook.facts[fact].when_false}


def _reason(compiled: CompiledCategory, facts: set[str], language: str) -> Reason:
    rule = next((rule.rule for rule in compiled.rules if not facts.isdisjoint(rule.facts)), None)
    requirement = rule.text.in_language(language) if rule else ""
    return Reason(shown_key(compiled, language), compiled.category.name.in_language(language), requirement)
