"""Plainly fictional people for the benchmarks: kinds of situations, each with seeded variations of every answer."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

from exemption_codes.catalogue.documents import FactDocument
from exemption_codes.catalogue.fact_values import PROVINCES, allowed_words
from exemption_codes.catalogue.rulebook import Rulebook

PEOPLE = Path(__file__).with_name("people.yaml")
NOBODY_KNOWS = 0.04
"""How often somebody answers "I don't know yet"."""
NONES = ("none", "other")
RANGES = {
    "months": (0, 60), "years": (0, 15), "percent": (0, 100), "CAD per hour": (18, 80), "days": (0, 200), "weeks": (0, 80),
    "CAD": (0, 40000), "persons": (0, 6), "countries": (1, 6), "NCLC level": (0, 10), "CLB/NCLC level": (0, 10),
    "hours": (300, 1800), "hours per year": (500, 2000),
}  # fmt: skip


def _read() -> dict[str, dict[str, Any]]:
    """Return what is told of each kind of person, the answers of their groups taken over."""
    written = yaml.safe_load(PEOPLE.read_text(encoding="utf-8"))
    groups: dict[str, dict[str, Any]] = {}
    for name, answers in written["groups"].items():
        groups[name] = _with_groups(answers, groups)
    return {kind: _with_groups(answers, groups) for kind, answers in written["people"].items()}


def _with_groups(answers: dict[str, Any], groups: dict[str, dict[str, Any]]) -> dict[str, Any]:
    taken_over: dict[str, Any] = {}
    for name in answers.pop("like", ()):
        taken_over |= groups[name]
    return taken_over | answers


KINDS = _read()


@dataclass(frozen=True)
class Person:
    """Somebody who answers every question that is asked; None is "I don't know yet"."""

    kind: str
    answer: Callable[[str], Any]


def people(rulebook: Rulebook, count: int, seed: int, on: date) -> list[Person]:
    """Return fictional people of all kinds in turn; the same seed gives the same people."""
    chance = random.Random(seed)
    kinds = list(KINDS.items())
    return [_person(*kinds[number % len(kinds)], rulebook, chance.random(), on) for number in range(count)]


def _person(kind: str, given: Mapping[str, Any], rulebook: Rulebook, seed: float, on: date) -> Person:
    def answer(name: str) -> Any:
        chance = random.Random(f"{seed} {name}")
        if name in given:
            value = given[name]
            return chance.choice(value["one_of"]) if isinstance(value, dict) else value
        if chance.random() < NOBODY_KNOWS and not name.startswith("situation."):
            return None
        return _usual(name, rulebook.facts[name], rulebook, chance, on, answer)

    return Person(kind, answer)


def _usual(
    name: str, fact: FactDocument, rulebook: Rulebook, chance: random.Random, on: date, answer: Callable[[str], Any]
) -> Any:
    """Return what somebody may answer of whom nothing special is known."""
    match fact.type:
        case "boolean":
            return chance.random() < (0.0 if name.startswith("situation.") else 0.4)
        case "integer" | "decimal":
            return _number(fact, chance)
        case "date":
            years = (-45, -18) if name == "applicant.date_of_birth" else (-2, 1)
            return on + timedelta(days=chance.randint(365 * years[0], 365 * years[1]))
        case "countries":
            return []
        case "country":
            return chance.choice(answer("applicant.citizenships"))
        case "several_of":
            return chance.sample(allowed_words(rulebook, name), k=chance.choice((0, 1, 1, 2)))
        case "exemption_code":
            return chance.choice(("none", "LMIA", "T36", "C41"))
        case "province":
            return chance.choice(PROVINCES)
        case "text":
            return "-"
    words = allowed_words(rulebook, name)
    plain = [word for word in NONES if word in words]
    return plain[0] if plain and chance.random() < 0.6 else chance.choice(words)


def _number(fact: FactDocument, chance: random.Random) -> int:
    low, high = RANGES.get(fact.unit or "", (0, 10))
    bounds = fact.bounds
    low = max(low, int(bounds.min)) if bounds and bounds.min is not None else low
    high = min(high, int(bounds.max)) if bounds and bounds.max is not None else high
    return chance.randint(low, max(low, high))
