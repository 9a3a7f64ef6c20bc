"""What a category reads (facts, lists, dated amounts), and which other categories read the same."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from exemption_codes.catalogue import documents as doc
from exemption_codes.catalogue.rulebook import Rulebook


@dataclass
class Reads:
    """The names of what a part of the rules reads, each once and in the order of writing."""

    facts: dict[str, None] = field(default_factory=dict)
    lists: dict[str, None] = field(default_factory=dict)
    parameters: dict[str, None] = field(default_factory=dict)


@dataclass(frozen=True)
class Use:
    """One thing that a category reads, and the keys of the other categories that read it, with their ids."""

    name: str
    words: str
    others: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Uses:
    """Everything that a category reads, and where it is named itself."""

    facts: tuple[Use, ...]
    lists: tuple[Use, ...]
    parameters: tuple[Use, ...]
    named_by: tuple[tuple[str, str], ...]


def uses_of(rulebook: Rulebook, category: doc.Category, language: str) -> Uses:
    """Tell what one category reads and who else reads it."""
    reads = _all_reads(rulebook)
    own = reads[category.id]

    def uses(part: str, words: Mapping[str, str]) -> tuple[Use, ...]:
        return tuple(Use(name, words.get(name, name), readers(part, name)) for name in getattr(own, part))

    def readers(part: str, name: str) -> tuple[tuple[str, str], ...]:
        return _keys(rulebook, (one for one in reads if name in getattr(reads[one], part)), category.id)

    named = (one.id for one in rulebook.categories.values() if one.spouse_category == category.id)
    return Uses(
        uses("facts", {name: fact.label.in_language(language) for name, fact in rulebook.facts.items()}),
        uses("lists", {name: listed.name.in_language(language) for name, listed in rulebook.lists.items()}),
        uses("parameters", {name: one.name.in_language(language) for name, one in rulebook.parameters.items()}),
        _keys(rulebook, named, category.id),
    )


def facts_to_ask(rulebook: Rulebook, category: doc.Category) -> tuple[str, ...]:
    """Return the facts from which a category is judged: those that it reads, and what others are worked out from."""
    found: dict[str, None] = {}
    waiting = list(_all_reads(rulebook)[category.id].facts)
    while waiting:
        name = waiting.pop(0)
        fact = rulebook.facts[name]
        if fact.derived_from:
            waiting += [base for base in fact.derived_from if base in rulebook.facts and base not in found]
        else:
            found[name] = None
    return tuple(found)


def key_of(category: doc.Category) -> str:
    last = category.codes[-1].code
    return f"{last}/{category.variant}" if category.variant else last


@lru_cache(maxsize=4)
def _all_reads(rulebook: Rulebook) -> dict[str, Reads]:
    return {category.id: _reads(category, rulebook) for category in rulebook.categories.values()}


def _reads(category: doc.Category, rulebook: Rulebook) -> Reads:
    reads = Reads()
    for criterion in category.criteria:
        for condition in (criterion.when, criterion.applies_when):
            _note(condition, reads, rulebook)
    return reads


def _note(part: Any, reads: Reads, rulebook: Rulebook) -> None:
    match part:
        case doc.FactTest():
            names = (part.fact, part.at_least_fact, part.same_as_fact)
            reads.facts |= dict.fromkeys(name for name in names if name)
            if part.in_list:
                reads.lists[part.in_list] = None
        case doc.RowOf():
            reads.facts[part.by] = None
            reads.lists[part.row_of] = None
            for edition in rulebook.lists[part.row_of].editions:
                for row in edition.rows:
                    _note(row.get(part.holds or ""), reads, rulebook)
        case doc.ParameterRef(parameter=name):
            reads.parameters[name] = None
    for inner in _parts(part):
        _note(inner, reads, rulebook)


def _parts(part: Any) -> Iterator[Any]:
    if isinstance(part, doc.Document):
        yield from (value for value in vars(part).values() if isinstance(value, doc.Document | list))
    elif isinstance(part, list):
        yield from (value for value in part if isinstance(value, doc.Document | list))


def _keys(rulebook: Rulebook, names: Iterator[str], own: str) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((key_of(rulebook.categories[name]), name) for name in names if name != own))
