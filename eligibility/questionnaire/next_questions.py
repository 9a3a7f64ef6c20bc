"""Which open questions stand on the next page: those that stay open whatever its gates are answered.

"Which status do you hold in Canada?" is not asked beside "Where are you?", for most answers to the second spare the
first. What was worked out for a state of the answers is remembered for a while: each page walks the same path again.
"""

import hashlib
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import date
from functools import lru_cache
from typing import Any

from eligibility.engine.compile import Plan
from eligibility.engine.derive import KnownFacts, derive
from eligibility.engine.questions import OpenFact, OpenPage, OpenQuestions, next_page
from eligibility.engine.remainder import remainder
from eligibility.engine.trials import facts_read, trial_values
from exemption_codes.catalogue.conditions import facts_of, leaves_of, resolve

QUESTIONS_ON_A_PAGE = 6
MOST_REMEMBERED = 2000
MOST_ANSWERS_TRIED = 12

_remembered: dict[bytes, OpenPage | None] = {}


def open_page(
    plan: Plan, counting: Mapping[str, Any], values: Mapping[str, Any], passed: AbstractSet[str], only: str
) -> OpenPage | None:
    """Return the first page with open facts that are neither answered nor passed; None when all is asked."""
    key = _key(plan, counting, values, passed, only)
    if key not in _remembered:
        if len(_remembered) >= MOST_REMEMBERED:
            _remembered.clear()
        _remembered[key] = next_page(plan, values, passed, QUESTIONS_ON_A_PAGE, only or None)
    return _remembered[key]


def _key(
    plan: Plan, counting: Mapping[str, Any], values: Mapping[str, Any], passed: AbstractSet[str], only: str
) -> bytes:
    """A digest of a state, so that no answers are kept."""
    state = (plan.rulebook.digest, values["application.date"], only, sorted(counting.items()), sorted(passed))
    return hashlib.sha256(repr(state).encode()).digest()


def asked_together(page: OpenPage, plan: Plan, counting: Mapping[str, Any], on: date, only: str) -> OpenPage:
    """Leave out what some answer to a gate on the same page would make needless; it is asked afterwards."""
    if page.page.kind == "ticks":
        return page
    gates = [fact for fact in page.facts if is_gate(fact.name, plan)]
    if not gates or len(page.facts) == 1:
        return page
    known = derive(counting, on, plan.rulebook)
    after = {
        gate.name: [
            OpenQuestions(plan, derive({**counting, gate.name: value}, on, plan.rulebook).values, only or None)
            for value in _answers(gate, plan, known)
        ]
        for gate in gates
    }
    kept: list[OpenFact] = []
    for fact in page.facts:
        before = [name for name in after if name != fact.name and (fact not in gates or name in map(_name, kept))]
        if all(questions.open_fact(fact.name) for name in before for questions in after[name]):
            kept.append(fact)
    return OpenPage(page.page, tuple(kept))


def is_gate(name: str, plan: Plan) -> bool:
    """Tell whether a fact decides what else is asked: a gate of the vocabulary, or what a criterion applies by."""
    return plan.rulebook.facts[name].gate or name in _facts_applied_by(plan)


@lru_cache(maxsize=64)
def _facts_applied_by(plan: Plan) -> frozenset[str]:
    rules = [rule.rule for compiled in plan.categories for rule in compiled.rules]
    conditions = [rule.applies_when for rule in rules if rule.applies_when is not None]
    on = plan.rulebook.catalogue.law_as_of
    return frozenset(fact for condition in conditions for fact in facts_of(resolve(condition, plan.rulebook, on)))


def _answers(gate: OpenFact, plan: Plan, known: KnownFacts) -> tuple[Any, ...]:
    """Answers to a gate that differ in how the tests of the waiting categories come out, a few of them."""
    waiting = [compiled for compiled in plan.categories if compiled.category.id in gate.categories]
    rules = [rule for compiled in waiting for rule in remainder(compiled, known.values).rules]
    tests = [test for rule in rules for test in leaves_of(rule) if gate.name in facts_read(test)]
    settled = plan.rulebook.facts[gate.name].when_false
    if settled or plan.rulebook.facts[gate.name].type == "boolean":
        return (True, False)
    return trial_values(gate.name, tests, known.values, plan.rulebook)[:MOST_ANSWERS_TRIED]


def _name(fact: OpenFact) -> str:
    return fact.name
