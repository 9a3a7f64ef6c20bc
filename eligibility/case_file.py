"""A submitted screening as a consultant reads it: answers in words, and every code with its evidence. No HTML."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from eligibility.engine.advice import near_misses
from eligibility.engine.determine import Determination, Outcome, Result, determine
from eligibility.engine.explain import CitationStatement, citations
from eligibility.engine.words import capitalised, day_in_words, label, value_in_words
from eligibility.models import OutcomeWords, Screening
from eligibility.questionnaire.cards import Evidence, Opening, dates, evidence_of, openings
from eligibility.questionnaire.summaries import Summary, summary
from eligibility.screenings import readable_answers
from exemption_codes.catalogue import documents as doc
from exemption_codes.catalogue.rulebook import Rulebook


@dataclass(frozen=True)
class Answer:
    """One fact in words."""

    label: str
    value: str


@dataclass(frozen=True)
class Topic:
    """The answers of one page of the questionnaire; boxes left unticked are told together."""

    title: str
    answers: tuple[Answer, ...]
    unticked: tuple[str, ...] = ()


@dataclass(frozen=True)
class CodeFile:
    """One category of a case: its outcome in few words, and everything behind it.

    Of a closed category the page of the case tells only what fails (`is_whole` False); a page of its own tells all.
    """

    summary: Summary
    evidence: tuple[Evidence, ...]
    is_whole: bool
    openings: tuple[Opening, ...]
    turns: tuple[str, ...]
    sources: tuple[CitationStatement, ...]
    confidence: str

    @property
    def anchor(self) -> str:
        return f"code-{self.summary.id}"

    @property
    def is_open(self) -> bool:
        return self.summary.outcome != Outcome.NOT_ELIGIBLE.value


@dataclass(frozen=True)
class OutcomeGroup:
    """The categories of one outcome, in the order of their codes."""

    outcome: str
    words: str
    codes: tuple[CodeFile, ...]


@dataclass(frozen=True)
class CaseFile:
    """Everything that the page of one case shows; `permit_free` are ways to work without a permit."""

    as_of: str
    law_as_of: str
    digest: str
    topics: tuple[Topic, ...]
    worked_out: tuple[Answer, ...]
    skipped: tuple[str, ...]
    unread: tuple[str, ...]
    general: tuple[Evidence, ...]
    permit_free: tuple[CodeFile, ...]
    groups: tuple[OutcomeGroup, ...]


def case_file(screening: Screening, rulebook: Rulebook, language: str) -> CaseFile:
    """Judge a screening again as it was judged when it was sent, and put everything into words.

    `rulebook` is the release that the screening names, so that the result is the one the person saw.
    """
    return case_file_of(screening, *judged_case(screening, rulebook), language)


def case_file_of(screening: Screening, facts: Mapping[str, Any], result: Result, language: str) -> CaseFile:
    """Put a case that has been judged already into words."""
    rulebook = result.rulebook
    return CaseFile(
        as_of=day_in_words(result.as_of, language),
        law_as_of=day_in_words(rulebook.catalogue.law_as_of, language),
        digest=rulebook.digest,
        topics=_topics(facts, rulebook, language),
        worked_out=tuple(
            _answer(name, value, rulebook, language)
            for name, value in result.known.values.items()
            if name in result.known.derived_from
        ),
        skipped=tuple(_label(name, rulebook, language) for name in screening.skipped if name in rulebook.facts),
        unread=tuple(sorted(name for name in screening.answers if name not in facts)),
        general=tuple(evidence_of(finding, result, language) for finding in result.general),
        permit_free=tuple(_code_file(d, result, language, _is_told_whole(d)) for d in result.permit_free),
        groups=_groups(result, screening.only, language),
    )


def code_file(screening: Screening, rulebook: Rulebook, category: str, language: str) -> CodeFile | None:
    """Return one category of a case with everything behind it; None when no such category was judged."""
    _facts, result = judged_case(screening, rulebook)
    judged = (*result.determinations, *result.permit_free)
    found = next((d for d in judged if d.category.id == category), None)
    return _code_file(found, result, language, is_whole=True) if found else None


def tried(rulebook: Rulebook, category: str, facts: Mapping[str, Any], on: date, language: str) -> CodeFile | None:
    """Judge one category by facts that somebody tries; None when it is not in force on the day.

    Raises DateNotCovered.
    """
    result = determine(rulebook, facts, on)
    judged = (*result.determinations, *result.permit_free)
    found = next((one for one in judged if one.category.id == category), None)
    return _code_file(found, result, language, is_whole=True) if found else None


def judged_case(screening: Screening, rulebook: Rulebook) -> tuple[dict[str, Any], Result]:
    """Return the answers that a release knows, and the result they led to."""
    facts = readable_answers(screening, rulebook)
    return facts, determine(rulebook, facts, screening.as_of)


def _topics(facts: Mapping[str, Any], rulebook: Rulebook, language: str) -> tuple[Topic, ...]:
    """The answers under the pages that ask for them; those of no page come last."""
    placed = {name for page in rulebook.pages for name in page.facts}
    found = [_topic(page, facts, rulebook, language) for page in rulebook.pages]
    others = tuple(_answer(name, value, rulebook, language) for name, value in facts.items() if name not in placed)
    found.append(Topic(_("Other answers"), others))
    return tuple(topic for topic in found if topic.answers or topic.unticked)


def _topic(page: doc.PageDocument, facts: Mapping[str, Any], rulebook: Rulebook, language: str) -> Topic:
    given = [name for name in page.facts if name in facts]
    unticked = [name for name in given if page.kind == "ticks" and facts[name] is False]
    return Topic(
        page.title.in_language(language),
        tuple(_answer(name, facts[name], rulebook, language) for name in given if name not in unticked),
        tuple(label(name, rulebook, language) for name in unticked),
    )


def _answer(name: str, value: Any, rulebook: Rulebook, language: str) -> Answer:
    return Answer(_label(name, rulebook, language), value_in_words(name, value, rulebook, language))


def _label(name: str, rulebook: Rulebook, language: str) -> str:
    return capitalised(label(name, rulebook, language))


def _groups(result: Result, only: str, language: str) -> tuple[OutcomeGroup, ...]:
    wanted = [d for d in result.determinations if not only or d.category.id == only] or list(result.determinations)
    wanted.sort(key=lambda determination: determination.compiled.key)
    return tuple(
        OutcomeGroup(
            outcome.value,
            str(OutcomeWords(outcome.value).label),
            tuple(_code_file(d, result, language, _is_told_whole(d)) for d in wanted if d.outcome is outcome),
        )
        for outcome in Outcome
    )


def _is_told_whole(determination: Determination) -> bool:
    return determination.outcome is not Outcome.NOT_ELIGIBLE


def _code_file(determination: Determination, result: Result, language: str, is_whole: bool) -> CodeFile:
    category = determination.category
    findings = determination.findings if is_whole else determination.failing()
    return CodeFile(
        summary=summary(determination, result, language),
        evidence=tuple(evidence_of(finding, result, language) for finding in findings),
        is_whole=is_whole,
        openings=openings(near_misses(determination, result), result, language) if is_whole else (),
        turns=dates(determination, result, language) if is_whole else (),
        sources=citations([doc.Citation(source=link) for link in category.links], result.rulebook, language),
        confidence=category.confidence,
    )
