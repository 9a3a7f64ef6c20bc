"""Which open questions stand on the next page: those that stay open whatever its gates are answered.

"Which status do you hold in Canada?" is not asked beside "Where are you?", for most answers to the second spare the
first. What was worked out for a state of the answers is remembered for a while: each page walks the same path again.
"""

import hashlib
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import date
from typing import Any

from eligibility.engine.compile import Plan
from eligibility.engine.derive import derive
from eligibility.engine.questions import OpenFact, OpenPage, OpenQuestions, next_page
from exemption_codes.catalogue.rulebook import Rulebook

QUESTIONS_ON_A_PAGE = 6
MOST_REMEMBERED = 2000
MOST_CHOICES_TRIED = 20
SOME_PROVINCES = ("ON", "QC")
SOME_CITIZENSHIPS = (["US"], ["AQ"])

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
    rulebook = plan.rulebook
    gates = [fact for fact in page.facts if rulebook.facts[fact.name].gate]
    if page.page.kind == "ticks" or not gates or len(gates) == len(page.facts):
        return page
    after = [
        OpenQuestions(plan, derive({**counting, gate.name: value}, on, rulebook).values, only or None)
        for gate in gates
        for value in _answers(gate.name, rulebook)
    ]

    def stays(fact: OpenFact) -> bool:
        return fact in gates or all(questions.open_fact(fact.name) for questions in after)

    return OpenPage(page.page, tuple(fact for fact in page.facts if stays(fact)))


def _answers(gate: str, rulebook: Rulebook) -> list[Any]:
    """Some answers to a gate that differ in what they lead to."""
    fact = rulebook.facts[gate]
    match fact.type:
        case "boolean":
            return [True, False]
        case "province":
            return list(SOME_PROVINCES)
        case "countries":
            return list(SOME_CITIZENSHIPS)
    return list(fact.choices or {}) if len(fact.choices or {}) <= MOST_CHOICES_TRIED else []
