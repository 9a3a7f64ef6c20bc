"""A category as staff read it: every text, date, criterion, source and worked example, in one language. No HTML."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from eligibility.engine.explain import CitationStatement, citations
from eligibility.engine.words import (
    capitalised,
    day_in_words,
    fact_in_words,
    label,
    provision_in_words,
    value_in_words,
)
from exemption_codes.browse.rule_tree import RuleBranch, rule_branch
from exemption_codes.catalogue import documents as doc
from exemption_codes.catalogue.rulebook import Rulebook

PERMIT_WORDS = {
    "employer_specific": gettext_lazy("Work permit for one employer"),
    "open": gettext_lazy("Open work permit"),
    "none": gettext_lazy("No work permit needed"),
}
CONFIDENCE_WORDS = {
    "high": pgettext_lazy("confidence", "high"),
    "medium": pgettext_lazy("confidence", "medium"),
    "low": pgettext_lazy("confidence", "low"),
}
OUTCOME_WORDS = {
    "eligible": gettext_lazy("Eligible"),
    "officer_judgement": gettext_lazy("An officer decides"),
    "undetermined": gettext_lazy("Cannot tell yet"),
    "not_eligible": gettext_lazy("Not eligible"),
}
PLACE_WORDS = {
    "online": gettext_lazy("Online"),
    "port_of_entry": gettext_lazy("At a port of entry"),
    "visa_office": gettext_lazy("At a visa office"),
    "paper": gettext_lazy("On paper"),
    "pr_portal": gettext_lazy("In the permanent residence portal"),
}


@dataclass(frozen=True)
class CriterionSheet:
    """One criterion: its sentence, its condition, its sources and the days on which it holds."""

    id: str
    text: str
    condition: RuleBranch | None
    only_where: RuleBranch | None
    citations: tuple[CitationStatement, ...]
    dates: str
    confidence: str
    is_for_officer: bool
    is_usual: bool
    note: str


@dataclass(frozen=True)
class ExampleSheet:
    """One worked example: what differs from the first one, the day, and how it comes out."""

    name: str
    as_of: str
    change: tuple[str, ...]
    outcome: str
    outcome_words: str
    failing: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """Everything that the rule file of one category says."""

    id: str
    name: str
    for_whom: str
    family: str
    permit: str
    offer_required: bool
    fee_required: bool
    fee_note: str
    confidence: str
    dates: str
    codes: tuple[tuple[str, str], ...]
    basis: tuple[tuple[str, str], ...]
    criteria: tuple[CriterionSheet, ...]
    duration: str
    documents: tuple[tuple[str, str], ...]
    places: tuple[str, ...]
    place_note: str
    sources: tuple[CitationStatement, ...]
    notes: tuple[str, ...]
    base: tuple[str, ...]
    examples: tuple[ExampleSheet, ...]


def sheet(rulebook: Rulebook, category: doc.Category, language: str) -> Sheet:
    """Put one category into words."""
    reader = _Reader(rulebook, category, language)
    families = {family.id: family.name.in_language(language) for family in rulebook.catalogue.families}
    texts = {criterion.id: criterion.text.in_language(language) for criterion in category.criteria}
    cases = rulebook.cases.get(category.id)
    return Sheet(
        id=category.id,
        name=category.name.in_language(language),
        for_whom=category.for_whom.in_language(language),
        family=families.get(category.family, category.family),
        permit=str(PERMIT_WORDS[category.permit_type]),
        offer_required=category.offer_required,
        fee_required=category.fee_required,
        fee_note=category.fee_note.in_language(language) if category.fee_note else "",
        confidence=str(CONFIDENCE_WORDS[category.confidence]),
        dates=span_in_words(category.in_force, language),
        codes=tuple((named.code, span_in_words(named, language)) for named in category.codes),
        basis=tuple(
            (provision_in_words(basis.provision, language), span_in_words(basis, language)) for basis in category.basis
        ),
        criteria=tuple(reader.criterion(criterion) for criterion in category.criteria),
        duration=category.durations.text.in_language(language),
        documents=tuple((paper.in_language(language), texts[paper.criterion]) for paper in category.documents),
        places=tuple(str(PLACE_WORDS[place]) for place in category.apply_at),
        place_note=category.apply_note.in_language(language) if category.apply_note else "",
        sources=citations([doc.Citation(source=link) for link in category.links], rulebook, language),
        notes=tuple(note.in_language(language) for note in category.notes),
        base=tuple(reader.facts(cases.base.facts)) if cases else (),
        examples=tuple(reader.example(cases, case, texts) for case in cases.cases) if cases else (),
    )


def span_in_words(period: doc.Period, language: str) -> str:
    """Say a period; both its days are inclusive. Empty when it has no ends."""
    ends = {
        "start": day_in_words(period.from_, language) if period.from_ else "",
        "end": day_in_words(period.until, language) if period.until else "",
    }
    if period.from_ and period.until:
        return _("from %(start)s until %(end)s") % ends
    if period.from_:
        return _("since %(start)s") % ends
    return _("until %(end)s") % ends if period.until else ""


class _Reader:
    """Puts the parts of one category into words."""

    def __init__(self, rulebook: Rulebook, category: doc.Category, language: str) -> None:
        self.rulebook, self.category, self.language = rulebook, category, language

    def criterion(self, criterion: doc.Criterion) -> CriterionSheet:
        on = self._day_for(criterion.in_force)
        return CriterionSheet(
            id=criterion.id,
            text=criterion.text.in_language(self.language),
            condition=self._branch(criterion.when, on),
            only_where=self._branch(criterion.applies_when, on),
            citations=citations(criterion.cite, self.rulebook, self.language),
            dates=span_in_words(criterion.in_force, self.language),
            confidence="" if criterion.confidence == "high" else str(CONFIDENCE_WORDS[criterion.confidence]),
            is_for_officer=criterion.officer,
            is_usual=criterion.weight == "usual",
            note=criterion.note.in_language(self.language) if criterion.note else "",
        )

    def example(self, cases: doc.CasesDocument, case: doc.Case, texts: dict[str, str]) -> ExampleSheet:
        outcome = case.outcome or ""
        words = OUTCOME_WORDS[outcome] if outcome else _("Not in force")
        return ExampleSheet(
            name=case.name,
            as_of=day_in_words(case.as_of or cases.base.as_of, self.language),
            change=(*self.facts(case.change), *self.each(case.each)),
            outcome=outcome,
            outcome_words=str(words),
            failing=tuple(texts[name] for name in case.failing or ()),
        )

    def facts(self, facts: dict[str, Any]) -> Iterator[str]:
        for name, value in facts.items():
            if value is None:
                yield _("%(fact)s: not told") % {"fact": capitalised(label(name, self.rulebook, self.language))}
            else:
                yield fact_in_words(name, value, self.rulebook, self.language)

    def each(self, each: dict[str, list[Any]]) -> Iterator[str]:
        """Say the values that one fact takes in turn."""
        for name, (first, *others) in each.items():
            words = (value_in_words(name, value, self.rulebook, self.language) for value in others)
            yield " / ".join([fact_in_words(name, first, self.rulebook, self.language), *words])

    def _day_for(self, period: doc.Period) -> date:
        """The day nearest to the day of the law on which both the category and a criterion are in force."""
        day = self.rulebook.catalogue.law_as_of
        for span in (self.category.in_force, period, self.rulebook.catalogue.covers):
            day = max(day, span.from_ or day)
            day = min(day, span.until or day)
        return day

    def _branch(self, condition: Any, on: date) -> RuleBranch | None:
        return rule_branch(condition, self.rulebook, on, self.language) if condition is not None else None
