"""What popular guides still say and is out of date: all of it, or what concerns one category."""

from dataclasses import dataclass
from datetime import date

from eligibility.engine.explain import CitationStatement, citations
from eligibility.engine.words import day_in_words
from exemption_codes.browse.rows import Row, row_of
from exemption_codes.catalogue import documents as doc
from exemption_codes.catalogue.rulebook import Rulebook


@dataclass(frozen=True)
class CorrectionSheet:
    """One correction in words; `rows` are the categories that it names, `since` the first day on which it holds."""

    id: str
    title: str
    changed_on: date | None
    since: str
    said: str
    holds: str
    citations: tuple[CitationStatement, ...]
    is_certain: bool
    rows: tuple[Row, ...] = ()


def corrections(rulebook: Rulebook, on: date, language: str) -> tuple[CorrectionSheet, ...]:
    """Return everything that guides get wrong, the latest change first, what never was so at the end."""
    ordered = sorted(rulebook.guide, key=lambda one: one.changed_on or date.min, reverse=True)
    return tuple(_sheet(one, rulebook, language, _rows(one, rulebook, on, language)) for one in ordered)


def corrections_for(category: doc.Category, rulebook: Rulebook, on: date, language: str) -> tuple[CorrectionSheet, ...]:
    """Return what guides get wrong about one category, as far as it was wrong on a day."""
    ordered = sorted(rulebook.guide, key=lambda one: one.changed_on or date.min, reverse=True)
    wrong = (one for one in ordered if one.changed_on is None or one.changed_on <= on)
    return tuple(_sheet(one, rulebook, language) for one in wrong if concerns(one, category))


def concerns(correction: doc.Correction, category: doc.Category) -> bool:
    return is_named(correction, category) or not set(correction.places).isdisjoint(category.apply_at)


def is_named(correction: doc.Correction, category: doc.Category) -> bool:
    """Whether a correction names a category, or one of its codes; a place of application names nobody."""
    codes = {name.code for name in category.codes}
    return category.id in correction.categories or not codes.isdisjoint(correction.codes)


def _rows(correction: doc.Correction, rulebook: Rulebook, on: date, language: str) -> tuple[Row, ...]:
    named = (category for category in rulebook.categories.values() if is_named(correction, category))
    return tuple(sorted((row_of(category, on, language) for category in named), key=lambda row: row.order))


def _sheet(
    correction: doc.Correction, rulebook: Rulebook, language: str, rows: tuple[Row, ...] = ()
) -> CorrectionSheet:
    return CorrectionSheet(
        id=correction.id,
        title=correction.title.in_language(language),
        changed_on=correction.changed_on,
        since=day_in_words(correction.changed_on, language) if correction.changed_on else "",
        said=correction.said.in_language(language),
        holds=correction.holds.in_language(language),
        citations=citations(correction.cite, rulebook, language),
        is_certain=correction.confidence == "high",
        rows=rows,
    )
