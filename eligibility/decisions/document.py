"""A determination as a document without language: the facts, the day, the release, and what came of every code."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from eligibility.engine.determine import Determination, Finding, Result, determine
from eligibility.engine.facts import readable_facts
from eligibility.engine.report import plain
from eligibility.engine.version import ENGINE_VERSION
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.event_chain import canonical

FORMAT = "imp-navigator/determination/1"
# What comes out again when the same facts are judged under the same release on the same day.
JUDGED = ("facts_digest", "unread", "derived", "determinations", "permit_free", "general")


def digest_of_facts(answers: Mapping[str, Any]) -> str:
    """Return the SHA-256 of answers in their canonical form."""
    return hashlib.sha256(canonical(answers).encode()).hexdigest()


def judged_document(answers: Mapping[str, Any], rulebook: Rulebook, as_of: date) -> dict[str, Any]:
    """Judge answers, as they are stored, and return all that follows from them as plain JSON values.

    Raises DateNotCovered.
    """
    return document_of(answers, determine(rulebook, readable_facts(answers, rulebook), as_of))


def document_of(answers: Mapping[str, Any], result: Result) -> dict[str, Any]:
    """Put a result into the document's shape."""
    read = {name for name in result.known.values if name not in result.known.derived_from}
    document = {
        "format": FORMAT,
        "as_of": result.as_of.isoformat(),
        "engine_version": ENGINE_VERSION,
        "release": {
            "digest": result.rulebook.digest,
            "law_as_of": result.rulebook.catalogue.law_as_of.isoformat(),
        },
        "facts": dict(answers),
        "facts_digest": digest_of_facts(answers),
        "unread": sorted(name for name in answers if name not in read),
        "derived": {name: plain(result.known.values[name]) for name in result.known.derived_from},
        "determinations": [_category(found) for found in result.determinations],
        "permit_free": [_category(found) for found in result.permit_free],
        "general": _findings(result.general),
    }
    plain_values: dict[str, Any] = json.loads(canonical(document))
    return plain_values


def _category(found: Determination) -> dict[str, Any]:
    return {
        "category": found.category.id,
        "code": found.compiled.code,
        "key": found.compiled.key,
        "outcome": found.outcome.value,
        **_findings(found.findings),
    }


def _findings(findings: tuple[Finding, ...]) -> dict[str, Any]:
    """The status of each criterion, and what those that are unknown lack."""
    return {
        "findings": {found.rule.id: found.status.value for found in findings},
        "lacking": {found.rule.id: list(found.missing) for found in findings if found.missing},
    }
