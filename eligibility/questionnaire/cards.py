"""One category in full: its evidence, what would change it, documents, employer's step, fees, length and place."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext, gettext_lazy

from eligibility.engine.advice import NearMiss, change_in_words, near_misses
from eligibility.engine.determine import Determination, Finding, Outcome, Result
from eligibility.engine.explain import CitationStatement, Statement, citations, explain
from eligibility.engine.places import OpenPlace, places_for
from eligibility.engine.tree import Branch, branch
from eligibility.engine.turns import turn_in_words, turns
from eligibility.questionnaire.summaries import Summary, summary
from exemption_codes.browse.fees import fees_of
from exemption_codes.catalogue import documents as doc
from exemption_codes.catalogue.conditions import AnyOf, Disputed, Negation, Node
from exemption_codes.catalogue.fees import offer_is_filed

PLACE_WORDS = {
    "online": gettext_lazy("Online"),
    "port_of_entry": gettext_lazy("At a port of entry"),
    "visa_office": gettext_lazy("At a visa office"),
    "paper": gettext_lazy("On paper"),
    "pr_portal": gettext_lazy("In the permanent residence portal"),
}
THEN_WORDS = {
    Outcome.ELIGIBLE: gettext_lazy("then you meet the criteria"),
    Outcome.OFFICER_JUDGEMENT: gettext_lazy("then an officer decides the rest"),
    Outcome.UNDETERMINED: gettext_lazy("then it depends on answers that are still open"),
}


@dataclass(frozen=True)
class Opening:
    """A smallest set of changes that would open a category, and what would then be said of it."""

    changes: tuple[str, ...]
    then: str


@dataclass(frozen=True)
class Evidence:
    """One criterion: its statement, its condition as a tree where it has parts worth showing, and when it applies."""

    statement: Statement
    shape: str
    tree: Branch | None
    only_where: Branch | None


@dataclass(frozen=True)
class Card:
    """One category as it is shown in full."""

    summary: Summary
    offer_required: bool
    evidence: tuple[Evidence, ...]
    openings: tuple[Opening, ...]
    turns: tuple[str, ...]
    documents: tuple[str, ...]
    duration: str
    places: tuple[str, ...]
    place_reasons: tuple[str, ...]
    place_note: str
    fees: tuple[str, ...]
    sources: tuple[CitationStatement, ...]
    notes: tuple[str, ...]

    @property
    def failing(self) -> list[Statement]:
        return [item.statement for item in self.evidence if item.statement.status == "not_met"]


def card(determination: Determination, result: Result, language: str) -> Card:
    """Put one category into the sentences of its card."""
    category = determination.category
    places = places_for(determination, result)
    return Card(
        summary=summary(determination, result, language),
        offer_required=offer_is_filed(category, result.rulebook, result.known.on),
        evidence=tuple(evidence_of(finding, result, language) for finding in determination.findings),
        openings=openings(near_misses(determination, result), result, language),
        turns=dates(determination, result, language),
        documents=tuple(paper.in_language(language) for paper in category.documents),
        duration=category.durations.text.in_language(language),
        places=tuple(_place(one) for one in places if not one.is_closed),
        place_reasons=tuple(dict.fromkeys(_place_reasons(places, language))),
        place_note=category.apply_note.in_language(language) if category.apply_note else "",
        fees=tuple(fees(category, result, language)),
        sources=citations([doc.Citation(source=link) for link in category.links], result.rulebook, language),
        notes=tuple(note.in_language(language) for note in category.notes),
    )


def _place(found: OpenPlace) -> str:
    place = str(PLACE_WORDS[found.place])
    return gettext("%(place)s, from outside Canada") % {"place": place} if found.from_abroad else place


def _place_reasons(places: tuple[OpenPlace, ...], language: str) -> Iterator[str]:
    """Say why a place is closed, or under which requirement it is open."""
    for found in places:
        for finding in found.because:
            reason = finding.rule.text.in_language(language)
            words = {"place": PLACE_WORDS[found.place], "reason": reason}
            yield gettext("%(place)s: not open to you. %(reason)s") % words if found.is_closed else reason


def openings(found: tuple[NearMiss, ...], result: Result, language: str) -> tuple[Opening, ...]:
    """Put near misses into words."""
    return tuple(
        Opening(
            tuple(change_in_words(change, result.rulebook, language) for change in one.changes),
            str(THEN_WORDS[one.outcome]),
        )
        for one in found
    )


def dates(determination: Determination, result: Result, language: str) -> tuple[str, ...]:
    """Put the days on which the outcome turns into words."""
    return tuple(turn_in_words(turn, result.rulebook, language) for turn in turns(determination, result))


def evidence_of(finding: Finding, result: Result, language: str) -> Evidence:
    """Put one finding and the condition behind it into words."""
    node, applies = _as_written(finding)
    values, rulebook = result.known.values, result.rulebook
    tree = branch(node, values, rulebook, language) if node else None
    return Evidence(
        explain(finding, result, language),
        finding.status.value if finding.applies else "not_needed",
        tree if tree and tree.parts else None,
        branch(applies, values, rulebook, language) if applies else None,
    )


def _as_written(finding: Finding) -> tuple[Node | None, Node | None]:
    """Return a criterion's condition and the condition under which it applies, without what compiling put around."""
    node = finding.compiled.node
    applies: Node | None = None
    match node:
        case AnyOf((Negation(condition), inner)) if finding.rule.applies_when is not None:
            node, applies = inner, condition
    match node:
        case AnyOf((inner, Disputed("usual"))):
            node = inner
    return node, applies


def fees(category: doc.Category, result: Result, language: str) -> Iterator[str]:
    """Say who pays what, and what is not due and why; nobody pays anything where no permit is needed."""
    yield from (fee.said for fee in fees_of(category, result.rulebook, result.known.on, language))
    if category.fee_note:
        yield category.fee_note.in_language(language)
