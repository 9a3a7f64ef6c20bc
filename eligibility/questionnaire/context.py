"""A result as the pages show it: finished sentences in groups, best first; no policy and no HTML."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from eligibility.engine.advice import change_in_words, near_misses
from eligibility.engine.determine import Determination, Finding, Outcome, Result, Status
from eligibility.engine.explain import CitationStatement, Statement, citations, explain
from eligibility.engine.questions import ranked_open_facts
from eligibility.engine.tree import Branch, branch
from eligibility.engine.turns import turn_in_words, turns
from eligibility.engine.words import capitalised, label
from exemption_codes.catalogue import documents as doc
from exemption_codes.catalogue.rulebook import ParameterNotInForce, Rulebook

BEST_FIRST = (Outcome.ELIGIBLE, Outcome.OFFICER_JUDGEMENT, Outcome.UNDETERMINED, Outcome.NOT_ELIGIBLE)
OUTCOME_WORDS = {
    "eligible": gettext_lazy("You meet the criteria"),
    "officer_judgement": gettext_lazy("An officer decides the rest"),
    "undetermined": gettext_lazy("Cannot tell yet"),
    "not_eligible": gettext_lazy("You do not meet the criteria"),
}
PERMIT_WORDS = {
    "employer_specific": gettext_lazy("Work permit for one employer"),
    "open": gettext_lazy("Open work permit"),
}
PLACE_WORDS = {
    "online": gettext_lazy("Online"),
    "port_of_entry": gettext_lazy("At a port of entry"),
    "visa_office": gettext_lazy("At a visa office"),
    "paper": gettext_lazy("On paper"),
    "pr_portal": gettext_lazy("In the permanent residence portal"),
}


@dataclass(frozen=True)
class Evidence:
    """One criterion: its statement, and its condition as a tree where it has parts worth showing."""

    statement: Statement
    tree: Branch | None


@dataclass(frozen=True)
class Lacking:
    """A fact that would settle something, and the page that asks it."""

    name: str
    label: str
    page: str


@dataclass(frozen=True)
class Card:
    """One category as the result shows it."""

    key: str
    name: str
    category: doc.Category
    outcome: str
    outcome_words: str
    former_codes: tuple[str, ...]
    for_whom: str
    permit: str
    evidence: tuple[Evidence, ...]
    failing: tuple[Statement, ...]
    lacking: tuple[Lacking, ...]
    near_misses: tuple[tuple[str, ...], ...]
    turns: tuple[str, ...]
    documents: tuple[str, ...]
    duration: str
    places: tuple[str, ...]
    place_note: str
    fees: tuple[str, ...]
    sources: tuple[CitationStatement, ...]
    notes: tuple[str, ...]

    @property
    def is_close(self) -> bool:
        return bool(self.near_misses or self.turns)


@dataclass(frozen=True)
class ResultPage:
    """Everything the result page shows."""

    as_of: date
    rulebook: Rulebook
    open_to_you: tuple[Card, ...]
    cannot_tell: tuple[Card, ...]
    close: tuple[Card, ...]
    closed: tuple[Card, ...]
    general: tuple[Statement, ...]
    general_failing: tuple[Statement, ...]
    would_settle: tuple[Lacking, ...]


def result_page(result: Result, language: str) -> ResultPage:
    """Put a result into the page's groups, best first."""
    cards = [card(determination, result, language) for determination in _best_first(result)]
    general = tuple(explain(finding, result, language) for finding in result.general)
    closed = [c for c in cards if c.outcome == "not_eligible"]
    return ResultPage(
        as_of=result.as_of,
        rulebook=result.rulebook,
        open_to_you=tuple(c for c in cards if c.outcome in ("eligible", "officer_judgement")),
        cannot_tell=tuple(c for c in cards if c.outcome == "undetermined"),
        close=tuple(c for c in closed if c.is_close),
        closed=tuple(c for c in closed if not c.is_close),
        general=general,
        general_failing=tuple(statement for statement in general if statement.status == "not_met"),
        would_settle=tuple(lacking(name, result.rulebook, language) for name in ranked_open_facts(result)[:8]),
    )


def _best_first(result: Result) -> list[Determination]:
    def rank(determination: Determination) -> tuple[int, int, str]:
        doubtful = determination.category.confidence != "high"
        return (
            BEST_FIRST.index(determination.outcome),
            len(determination.missing) + doubtful,
            determination.compiled.key,
        )

    return sorted(result.determinations, key=rank)


def card(determination: Determination, result: Result, language: str) -> Card:
    """Put one category into the sentences of its card."""
    category, rulebook = determination.category, result.rulebook
    evidence = tuple(_evidence(finding, result, language) for finding in determination.findings)
    return Card(
        key=determination.compiled.key,
        name=category.name.in_language(language),
        category=category,
        outcome=determination.outcome.value,
        outcome_words=str(OUTCOME_WORDS[determination.outcome.value]),
        former_codes=tuple(name.code for name in category.codes if name.until and name.until < result.known.on),
        for_whom=category.for_whom.in_language(language),
        permit=str(PERMIT_WORDS[category.permit_type]),
        evidence=evidence,
        failing=tuple(
            item.statement
            for item, finding in zip(evidence, determination.findings, strict=True)
            if finding.status is Status.NOT_MET
        ),
        lacking=tuple(lacking(name, rulebook, language) for name in determination.missing),
        near_misses=tuple(
            tuple(change_in_words(change, rulebook, language) for change in found.changes)
            for found in near_misses(determination, result)
        ),
        turns=tuple(turn_in_words(turn, rulebook, language) for turn in turns(determination, result)),
        documents=tuple(paper.in_language(language) for paper in category.documents),
        duration=category.durations.text.in_language(language),
        places=tuple(str(PLACE_WORDS[place]) for place in category.apply_at),
        place_note=category.apply_note.in_language(language) if category.apply_note else "",
        fees=fees(category, result, language),
        sources=citations([doc.Citation(source=link) for link in category.links], rulebook, language),
        notes=tuple(note.in_language(language) for note in category.notes),
    )


def _evidence(finding: Finding, result: Result, language: str) -> Evidence:
    statement = explain(finding, result, language)
    node = finding.compiled.node
    if node is None:
        return Evidence(statement, None)
    tree = branch(node, result.known.values, result.rulebook, language)
    return Evidence(statement, tree if tree.parts else None)


def lacking(name: str, rulebook: Rulebook, language: str) -> Lacking:
    """Name a fact that is lacking, and the page of the questionnaire that asks it (empty where none does)."""
    page = next((page.id for page in rulebook.pages if name in page.facts), "")
    return Lacking(name, capitalised(label(name, rulebook, language)), page)


def fees(category: doc.Category, result: Result, language: str) -> tuple[str, ...]:
    """Say who pays what, from the dated parameters."""
    said = []
    if category.fee_required and (amount := _amount("employer_compliance_fee", result, language)):
        said.append(_("Employer compliance fee: %(amount)s, paid by the employer") % {"amount": amount})
    if category.fee_note:
        said.append(category.fee_note.in_language(language))
    elif amount := _amount("work_permit_processing_fee", result, language):
        said.append(_("Work permit processing fee: %(amount)s, paid by you") % {"amount": amount})
    if category.permit_type == "open" and not category.fee_note:
        amount = _amount("open_work_permit_holder_fee", result, language)
        said.append(_("Open work permit holder fee: %(amount)s, unless an exemption applies") % {"amount": amount})
    return tuple(said)


def _amount(parameter: str, result: Result, language: str) -> str:
    try:
        value = result.rulebook.parameter(parameter, result.known.on)
    except ParameterNotInForce:
        return ""
    return f"{value} $" if language == "fr" else f"${value}"
