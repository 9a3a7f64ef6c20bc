"""What the catalogue holds, counted for maintainers: the page of statistics and the command read this."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from exemption_codes.catalogue import documents as doc
from exemption_codes.catalogue.rulebook import Rulebook

LEVELS: tuple[doc.Confidence, ...] = ("high", "medium", "low")
OLDEST_SHOWN = 20


@dataclass(frozen=True)
class SourceAge:
    """A source, the day on which it was read last, and how many categories rest on it."""

    id: str
    read_on: date
    categories: int


@dataclass(frozen=True)
class Statistics:
    """Counts of one catalogue."""

    digest: str
    law_as_of: date
    consolidated_on: date
    categories: int
    categories_in_force: int
    codes: int
    criteria: int
    facts: int
    general_rules: int
    lists: int
    parameters: int
    sources: int
    examples: int
    examples_run: int
    category_confidence: Counter[str]
    criterion_confidence: Counter[str]
    oldest_sources: tuple[SourceAge, ...]
    never_dated: tuple[str, ...]

    def counts(self) -> dict[str, int]:
        """Return the plain counts by their names."""
        return {
            "categories": self.categories,
            "categories in force on the day of the law": self.categories_in_force,
            "codes, old and new": self.codes,
            "criteria": self.criteria,
            "general rules": self.general_rules,
            "facts": self.facts,
            "lists": self.lists,
            "parameters": self.parameters,
            "sources": self.sources,
            "worked examples": self.examples,
            "worked examples, each value counted": self.examples_run,
        }

    def confidence_rows(self) -> list[tuple[str, str, str]]:
        """Return a row for each level of confidence: its name, categories, criteria."""
        return [
            (level, str(self.category_confidence[level]), str(self.criterion_confidence[level])) for level in LEVELS
        ]


def statistics_of(rulebook: Rulebook) -> Statistics:
    categories = list(rulebook.categories.values())
    law_as_of = rulebook.catalogue.law_as_of
    return Statistics(
        digest=rulebook.digest,
        law_as_of=law_as_of,
        consolidated_on=rulebook.provisions.consolidated_on,
        categories=len(categories),
        categories_in_force=len(rulebook.in_force(law_as_of)),
        codes=len({named.code for category in categories for named in category.codes}),
        criteria=sum(len(category.criteria) for category in categories),
        facts=len(rulebook.facts),
        general_rules=len(rulebook.general),
        lists=len(rulebook.lists),
        parameters=len(rulebook.parameters),
        sources=len(rulebook.sources),
        examples=sum(len(cases.cases) for cases in rulebook.cases.values()),
        examples_run=sum(len(cases.spread()) for cases in rulebook.cases.values()),
        category_confidence=Counter(category.confidence for category in categories),
        criterion_confidence=Counter(level for category in categories for level in _criterion_confidence(category)),
        oldest_sources=tuple(_oldest(rulebook)),
        never_dated=tuple(sorted(name for name, source in rulebook.sources.items() if source.read_on is None)),
    )


def _criterion_confidence(category: doc.Category) -> Iterator[str]:
    """Yield the confidence of each criterion: its own, or that of its category where that is lower."""
    for criterion in category.criteria:
        yield max(criterion.confidence, category.confidence, key=LEVELS.index)


def _oldest(rulebook: Rulebook) -> Iterator[SourceAge]:
    users = Counter(name for category in rulebook.categories.values() for name in _sources_of(category))
    dated = [(source.read_on, source.as_of or "", name) for name, source in rulebook.sources.items() if source.read_on]
    for read_on, _as_of, name in sorted(dated)[:OLDEST_SHOWN]:
        yield SourceAge(name, read_on, users[name])


def _sources_of(category: doc.Category) -> set[str]:
    cited = {citation.source for criterion in category.criteria for citation in criterion.cite}
    return cited | set(category.links)
