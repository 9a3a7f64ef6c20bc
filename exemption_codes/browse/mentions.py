"""What the rules name: which categories speak for a country, an occupation or a listed profession."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from eligibility.engine.compile import category_on
from exemption_codes.browse.days import day_in_life
from exemption_codes.catalogue import documents as doc
from exemption_codes.catalogue.conditions import AllOf, AnyOf, Leaf, Negation, Node, resolve
from exemption_codes.catalogue.rulebook import Rulebook

COUNTRY_FACTS = (
    "applicant.citizenships",
    "applicant.permanent_residence_countries",
    "iec.country",
    "principal.citizenships",
)
NAMING = {"is": True, "one_of": True, "includes_any": True, "is_not": False, "none_of": False, "includes_none": False}


@dataclass
class Mentions:
    """The ids of the categories that name a country, an occupation or a listed profession as one they take."""

    countries: dict[str, set[str]] = field(default_factory=dict)
    occupations: dict[str, set[str]] = field(default_factory=dict)
    professions: dict[tuple[str, str], set[str]] = field(default_factory=dict)


@lru_cache(maxsize=16)
def mentions(rulebook: Rulebook, on: date) -> Mentions:
    """Return what every category names on a day; one not in force then, on the nearest day of its life."""
    found = Mentions()
    for category in rulebook.categories.values():
        for fact, value in _named(rulebook, category, day_in_life(category, on)):
            group: dict[Any, set[str]] | None = _group_for(found, fact, rulebook)
            if group is not None:
                group.setdefault((fact, value) if group is found.professions else value, set()).add(category.id)
    return found


def _group_for(found: Mentions, fact: str, rulebook: Rulebook) -> dict[Any, set[str]] | None:
    if fact in COUNTRY_FACTS:
        return found.countries
    if rulebook.facts[fact].type == "noc":
        return found.occupations
    return found.professions if fact in profession_facts(rulebook) else None


@lru_cache(maxsize=4)
def profession_facts(rulebook: Rulebook) -> frozenset[str]:
    """Return the facts whose choices are the rows or members of a list of texts: professions and sectors."""
    conditions = (
        part
        for category in rulebook.categories.values()
        for criterion in category.criteria
        for part in (criterion.when, criterion.applies_when)
    )
    pairs = {pair for condition in conditions for pair in lists_read(condition)}
    texts = {fact for listed, fact in pairs if rulebook.lists[listed].of == "text"}
    return frozenset(fact for fact in texts if rulebook.facts[fact].choices)


def lists_read(condition: Any) -> Iterator[tuple[str, str]]:
    """Yield each list that a written condition reads, with the fact that is looked up in it."""
    match condition:
        case doc.AllOf(all=parts) | doc.AnyOf(any=parts):
            for part in parts:
                yield from lists_read(part)
        case doc.Negation(not_=part):
            yield from lists_read(part)
        case doc.RowOf(row_of=table, by=fact, check=check):
            yield table, fact
            yield from lists_read(check)
        case doc.FactTest(in_list=str(listed), fact=fact):
            yield listed, fact


def _named(rulebook: Rulebook, category: doc.Category, on: date) -> Iterator[tuple[str, Any]]:
    compiled = category_on(rulebook, category.id, on)
    for rule in compiled.rules if compiled else ():
        if rule.rule.when is not None:
            yield from named_in(resolve(rule.rule.when, rulebook, on))


def named_in(node: Node, wanted: bool = True) -> Iterator[tuple[str, Any]]:
    """Yield the facts and values that a condition asks for by name; those that it shuts out are left out."""
    match node:
        case Leaf(fact, operator, value) if NAMING.get(operator, not wanted) is wanted:
            for one in value if isinstance(value, tuple) else (value,):
                yield fact, one
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from named_in(part, wanted)
        case Negation(part):
            yield from named_in(part, not wanted)
