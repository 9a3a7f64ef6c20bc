"""The digest of what is judged and of the worked examples: as long as it stays, so do the fates of all mutants."""

import hashlib
import json
from typing import Any

from exemption_codes.catalogue.rulebook import Rulebook

WORDS = frozenset({
    "apply_at", "apply_note", "changeable", "cite", "columns", "confidence", "documents", "durations", "family",
    "fee_note", "fee_required", "for_whom", "help", "label", "links", "name", "note", "notes", "offer_required",
    "permit_type", "question", "spouse_category", "text", "title", "topic", "unit", "variant",
})  # fmt: skip
"""What is shown, and judges nothing. Whatever is not named here counts, so a doubt runs the mutants once more."""
TEXT = {"en", "fr"}


def ground_digest(rulebook: Rulebook) -> str:
    """Return the SHA-256 of the judged part of a catalogue: words, sources and fees leave it as it is."""
    judged = {
        "covers": _judged(rulebook.catalogue.covers),
        "occupations": _judged(rulebook.catalogue.occupations),
        **{
            kind: {name: _judged(document) for name, document in documents.items()}
            for kind, documents in (
                ("categories", rulebook.categories),
                ("facts", rulebook.facts),
                ("lists", rulebook.lists),
                ("parameters", rulebook.parameters),
                ("cases", rulebook.cases),
            )
        },
    }
    return hashlib.sha256(json.dumps(judged, sort_keys=True, default=str).encode()).hexdigest()


def _judged(value: Any) -> Any:
    """Return a document as plain values, without its words; choices and rows keep their keys."""
    if hasattr(value, "model_dump"):
        value = value.model_dump(mode="json", by_alias=True, exclude_unset=True)
    match value:
        case dict():
            kept = {str(key): part for key, part in value.items() if key not in WORDS}
            return {key: None if _is_text(part) else _judged(part) for key, part in kept.items()}
        case list() | tuple():
            return [_judged(part) for part in value]
    return value


def _is_text(value: Any) -> bool:
    return isinstance(value, dict) and set(value) == TEXT
