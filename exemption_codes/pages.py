"""The page of one category: names, rule, dates, documents, fees, places, sources, in finished sentences. No HTML."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from eligibility.engine.explain import CitationStatement, citations
from eligibility.engine.words import day_in_words, provision_in_words
from exemption_codes.browse.corrections import CorrectionSheet, corrections_for
from exemption_codes.browse.days import day_in_life
from exemption_codes.browse.fees import Fee, fees_of
from exemption_codes.browse.rows import Row, row_of
from exemption_codes.browse.rule_tree import RuleBranch, rule_branch
from exemption_codes.browse.tables import Table, tables_of
from exemption_codes.browse.timeline import Timeline, timeline_of
from exemption_codes.catalogue import documents as doc
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.sheets import CONFIDENCE_WORDS, PLACE_WORDS, span_in_words


@dataclass(frozen=True)
class Dated:
    """A name or provision with the days on which it holds; `is_now` on the day of the page."""

    name: str
    dates: str
    is_now: bool


@dataclass(frozen=True)
class Requirement:
    """One criterion: its sentence, its condition where that says more, when it is asked, and its sources."""

    id: str
    text: str
    tree: RuleBranch | None
    only_where: RuleBranch | None
    is_for_officer: bool
    is_usual: bool
    dates: str
    documents: tuple[str, ...]
    note: str
    confidence: str
    citations: tuple[CitationStatement, ...]


@dataclass(frozen=True)
class OtherRequirement:
    """A criterion of other days."""

    text: str
    dates: str


@dataclass(frozen=True)
class Paper:
    text: str
    proves: str


@dataclass(frozen=True)
class GeneralRule:
    text: str
    is_for_officer: bool
    only_where: RuleBranch | None
    citations: tuple[CitationStatement, ...]


@dataclass(frozen=True)
class Note:
    text: str
    conflict: str


@dataclass(frozen=True)
class SourceSheet:
    """A source with the date printed on it."""

    citation: CitationStatement
    read_on: str
    as_of: str
    kind: str


@dataclass(frozen=True)
class CategoryPage:
    """Everything about one category on one day; `on` is the day whose rule is shown."""

    on: date
    on_words: str
    row: Row
    family: str
    codes: tuple[Dated, ...]
    basis: tuple[Dated, ...]
    requirements: tuple[Requirement, ...]
    other_requirements: tuple[OtherRequirement, ...]
    tables: tuple[Table, ...]
    durations: doc.Durations
    duration: str
    offer_required: bool
    fee_required: bool
    fee_note: str
    fees: tuple[Fee, ...]
    places: tuple[str, ...]
    place_note: str
    place_rules: tuple[str, ...]
    papers: tuple[Paper, ...]
    general: tuple[GeneralRule, ...]
    notes: tuple[Note, ...]
    corrections: tuple[CorrectionSheet, ...]
    timeline: Timeline
    sources: tuple[SourceSheet, ...]
    confidence: str
    confidence_words: str
    partner: Row | None
    partner_of: tuple[Row, ...]
    siblings: tuple[Row, ...]


@lru_cache(maxsize=64)
def category_page(rulebook: Rulebook, category_id: str, on: date, language: str) -> CategoryPage:
    """Put one category into words, as it stands on a day; on the nearest day of its life where it was not in force.

    Raises KeyError when there is no such category.
    """
    category = rulebook.categories[category_id]
    day = day_in_life(category, on)
    families = {family.id: family.name.in_language(language) for family in rulebook.catalogue.families}
    return CategoryPage(
        on=day,
        on_words=day_in_words(day, language),
        row=row_of(category, on, language),
        family=families.get(category.family, category.family),
        codes=tuple(Dated(name.code, span_in_words(name, language), name.holds(day)) for name in category.codes),
        basis=tuple(
            Dated(provision_in_words(one.provision, language), span_in_words(one, language), one.holds(day))
            for one in category.basis
        ),
        requirements=tuple(_requirements(category, rulebook, day, language)),
        other_requirements=tuple(_other_requirements(category, day, language)),
        tables=tables_of(category, rulebook, day, language),
        durations=category.durations,
        duration=category.durations.text.in_language(language),
        offer_required=category.offer_required,
        fee_required=category.fee_required,
        fee_note=category.fee_note.in_language(language) if category.fee_note else "",
        fees=fees_of(category, rulebook, day, language),
        places=tuple(str(PLACE_WORDS[place]) for place in category.apply_at),
        place_note=category.apply_note.in_language(language) if category.apply_note else "",
        place_rules=tuple(_place_rules(category, rulebook, day, language)),
        papers=tuple(_papers(category, day, language)),
        general=tuple(_general(category, rulebook, day, language)),
        notes=tuple(Note(note.in_language(language), note.conflict or "") for note in category.notes),
        corrections=corrections_for(category, rulebook, on, language),
        timeline=timeline_of(category, rulebook, on, language),
        sources=tuple(_sources(category, rulebook, day, language)),
        confidence=category.confidence,
        confidence_words=str(CONFIDENCE_WORDS[category.confidence]),
        partner=_partner(category, rulebook, on, language),
        partner_of=tuple(_related(rulebook, on, language, spouse_category=category.id)),
        siblings=tuple(
            row for row in _related(rulebook, on, language, family=category.family) if row.id != category.id
        ),
    )


def _requirements(category: doc.Category, rulebook: Rulebook, on: date, language: str) -> Iterator[Requirement]:
    for criterion in category.criteria:
        if not criterion.in_force.holds(on):
            continue
        tree = rule_branch(criterion.when, rulebook, on, language) if criterion.when else None
        applies = criterion.applies_when
        yield Requirement(
            id=criterion.id,
            text=criterion.text.in_language(language),
            tree=tree if tree and not tree.is_plain else None,
            only_where=rule_branch(applies, rulebook, on, language) if applies else None,
            is_for_officer=criterion.officer or (tree is not None and tree.kind == "officer"),
            is_usual=criterion.weight == "usual",
            dates=span_in_words(criterion.in_force, language),
            documents=tuple(p.in_language(language) for p in category.documents if p.criterion == criterion.id),
            note=criterion.note.in_language(language) if criterion.note else "",
            confidence="" if criterion.confidence == "high" else str(CONFIDENCE_WORDS[criterion.confidence]),
            citations=citations(criterion.cite, rulebook, language),
        )


def _other_requirements(category: doc.Category, on: date, language: str) -> Iterator[OtherRequirement]:
    for criterion in category.criteria:
        if not criterion.in_force.holds(on):
            yield OtherRequirement(criterion.text.in_language(language), span_in_words(criterion.in_force, language))


def _papers(category: doc.Category, on: date, language: str) -> Iterator[Paper]:
    """The documents of the day, each with what it proves; those of criteria of other days are left out."""
    criteria = {criterion.id: criterion for criterion in category.criteria}
    for paper in category.documents:
        criterion = criteria[paper.criterion]
        if criterion.in_force.holds(on):
            yield Paper(paper.in_language(language), criterion.text.in_language(language))


def general_rules(category: doc.Category, rulebook: Rulebook, on: date) -> list[doc.GeneralRule]:
    """Return the rules of every permit that bind a category: a code spares all its variants, a key itself.

    Where no permit is needed, none does.
    """
    if category.is_permit_free:
        return []
    code = category.code_on(on) or category.codes[-1].code
    names = {code, f"{code}/{category.variant}"}
    return [
        rule
        for rule in rulebook.general
        if rule.in_force.holds(on)
        and (rule.scope == "all" or category.offer_required)
        and names.isdisjoint(rule.not_for)
    ]


def _general(category: doc.Category, rulebook: Rulebook, on: date, language: str) -> Iterator[GeneralRule]:
    for rule in general_rules(category, rulebook, on):
        applies = rule.applies_when
        yield GeneralRule(
            text=rule.text.in_language(language),
            is_for_officer=rule.officer,
            only_where=rule_branch(applies, rulebook, on, language) if applies else None,
            citations=citations(rule.cite, rulebook, language),
        )


def _place_rules(category: doc.Category, rulebook: Rulebook, on: date, language: str) -> Iterator[str]:
    """The general rules that open or close a place at which one may apply for this category."""
    for rule in general_rules(category, rulebook, on):
        if not set(category.apply_at).isdisjoint(rule.places):
            yield rule.text.in_language(language)


def _sources(category: doc.Category, rulebook: Rulebook, on: date, language: str) -> Iterator[SourceSheet]:
    """The pages that a category links to, then those that only its criteria cite."""
    criteria = [criterion for criterion in category.criteria if criterion.in_force.holds(on)]
    cited = [citation.source for criterion in criteria for citation in criterion.cite]
    for name in dict.fromkeys([*category.links, *cited]):
        source = rulebook.sources[name]
        read_on = day_in_words(source.read_on, language) if source.read_on else ""
        (citation,) = citations([doc.Citation(source=name)], rulebook, language)
        yield SourceSheet(citation, read_on, source.as_of or "", source.kind)


def _partner(category: doc.Category, rulebook: Rulebook, on: date, language: str) -> Row | None:
    partner = rulebook.categories.get(category.spouse_category or "")
    return row_of(partner, on, language) if partner else None


def _related(rulebook: Rulebook, on: date, language: str, **wanted: str) -> list[Row]:
    """Return the categories that share a value of their documents, in order."""
    found = (
        category
        for category in rulebook.categories.values()
        if all(getattr(category, name) == value for name, value in wanted.items())
    )
    return sorted((row_of(category, on, language) for category in found), key=lambda row: row.order)
