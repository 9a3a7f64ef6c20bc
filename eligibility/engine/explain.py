"""Findings and determinations as ordered statements, in either language; no HTML."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from eligibility.engine.derive import KnownFacts
from eligibility.engine.determine import Finding, Result, Status
from eligibility.engine.looked_up import found_for
from eligibility.engine.table_words import own_value_in_words, table_in_words
from eligibility.engine.words import capitalised, fact_in_words, label, status_word
from exemption_codes.catalogue import documents as doc
from exemption_codes.catalogue.rulebook import Rulebook

DERIVED = {"en": "worked out from your answers", "fr": "calculé d’après vos réponses"}
OVERRIDING = {
    "en": "your answer is used, though your other answers give another value",
    "fr": "votre réponse est retenue, bien que vos autres réponses donnent une autre valeur",
}
NOT_NEEDED = {"en": "Not needed here", "fr": "Sans objet ici"}
NOT_FOR = {"en": "Does not bind {codes}", "fr": "Ne vise pas {codes}"}
DISPUTED = {
    "en": "Official sources or usual practice leave this open.",
    "fr": "Les sources officielles ou l’usage laissent ce point ouvert.",
}


@dataclass(frozen=True)
class CitationStatement:
    """A source ready to show: instrument, provision (may be empty), address, date read."""

    instrument: str
    provision: str
    url: str
    read_on: str


@dataclass(frozen=True)
class Statement:
    """One finding in words; `not_for` are the codes that a general rule does not bind."""

    criterion: str
    status: str
    status_words: str
    requirement: str
    facts: tuple[str, ...]
    lacking: tuple[str, ...]
    citations: tuple[CitationStatement, ...]
    confidence: str
    note: str
    not_for: tuple[str, ...] = ()
    not_for_words: str = ""

    @property
    def text(self) -> str:
        """What is known, the verdict, what is asked for, and whom it spares: short sentences."""
        parts = (*self.facts, self.status_words, self.requirement, self.not_for_words)
        return " ".join(f"{part.rstrip('.')}." for part in parts if part)


def explain(finding: Finding, result: Result, language: str) -> Statement:
    """Put one finding into words."""
    rule, rulebook = finding.rule, result.rulebook
    facts = tuple(_fact(name, value, result.known, rulebook, language) for name, value in finding.facts.items())
    words = status_word(finding.status.value, language) if finding.applies else NOT_NEEDED[language]
    lacking = tuple(capitalised(label(name, rulebook, language)) for name in finding.missing)
    note = rule.note.in_language(language) if isinstance(rule, doc.Criterion) and rule.note else ""
    if finding.status is Status.UNKNOWN and not finding.missing:
        note = f"{note} {DISPUTED[language]}".strip()
    sources = (*citations(rule.cite, rulebook, language), *_tables_read(finding, result, language))
    return Statement(
        rule.id, finding.status.value, words, rule.text.in_language(language), facts, lacking,
        sources, rule.confidence, note, *_spared(rule, language),
    )  # fmt: skip


def _tables_read(finding: Finding, result: Result, language: str) -> tuple[CitationStatement, ...]:
    """Return the sources of the tables that facts of a finding were looked up in."""
    known, rulebook = result.known, result.rulebook
    looked_up = (found_for(name, known.values, known.on, rulebook) for name in finding.facts)
    cited = {(one.source, one.provision): one for found in looked_up if found for one in found.published.cite}
    return citations(list(cited.values()), rulebook, language)


def _spared(rule: doc.Criterion | doc.GeneralRule, language: str) -> tuple[tuple[str, ...], str]:
    """Return the codes that a general rule does not bind, and a sentence that says so."""
    codes = tuple(rule.not_for) if isinstance(rule, doc.GeneralRule) else ()
    return codes, NOT_FOR[language].format(codes=", ".join(codes)) if codes else ""


def citations(cite: Sequence[doc.Citation], rulebook: Rulebook, language: str) -> tuple[CitationStatement, ...]:
    """Put citations into words, the strongest source first."""
    strength = ("act", "regulation", "official", "secondary", "unsourced")
    ordered = sorted(cite, key=lambda c: strength.index(rulebook.sources[c.source].kind))
    return tuple(_citation(citation, rulebook, language) for citation in ordered)


def _citation(citation: doc.Citation, rulebook: Rulebook, language: str) -> CitationStatement:
    source = rulebook.sources[citation.source]
    url = source.url_fr if language == "fr" and source.url_fr else source.url
    read_on = source.read_on.isoformat() if source.read_on else ""
    return CitationStatement(source.instrument.in_language(language), citation.provision or "", url, read_on)


def _fact(name: str, value: Any, known: KnownFacts, rulebook: Rulebook, language: str) -> str:
    words = fact_in_words(name, value, rulebook, language)
    if name in known.derived_from:
        return f"{words} ({table_in_words(name, known, rulebook, language) or DERIVED[language]})"
    if name in known.overriding:
        return f"{words} ({own_value_in_words(name, known, rulebook, language) or OVERRIDING[language]})"
    return words
