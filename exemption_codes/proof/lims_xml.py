"""Consolidated law as the Justice Department publishes it (LIMS XML): labels of provisions, and a digest of each text.

A `Section` of the `Body` holds `Subsection`, `Paragraph` and so on, each with a `Label`; French labels read `a)` where
English ones read `(a)`. What is repealed has no label any more.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

LEVELS = ("Section", "Subsection", "Paragraph", "Subparagraph", "Clause", "Subclause", "Subsubclause")
NO_TEXT = ("MarginalNote", "HistoricalNote", "Footnote", "FootnoteRef", "Label")
ELSEWHERE = ("Definition", "ReadAsText", "AmendedText")
"""Elements whose paragraphs are not provisions of their own."""
PREFIXES = {"Regulation": "R", "Statute": "A"}
LIMS = "{http://justice.gc.ca/lims}"
XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
DIGEST_LENGTH = 12


class NotConsolidatedLaw(Exception):
    """The file is no consolidated act or regulation in LIMS XML."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path.name}: {reason}")


@dataclass(frozen=True)
class Consolidation:
    """One language of an act or regulation on a day; `digests` by label: `R200(3)(f.1)`."""

    prefix: str
    language: str
    current_on: date
    digests: dict[str, str]


def read_consolidation(path: Path) -> Consolidation:
    """Read one file of the Justice Department.

    Raises NotConsolidatedLaw when it is something else.
    """
    try:
        root = ElementTree.parse(path).getroot()
    except ElementTree.ParseError as error:
        raise NotConsolidatedLaw(path, f"not XML: {error}") from error
    prefix, day = PREFIXES.get(root.tag), root.get(f"{LIMS}current-date")
    body = root.find("Body")
    if prefix is None or day is None or body is None:
        raise NotConsolidatedLaw(path, "it has no Regulation or Statute with a current date and a Body")
    digests = {f"{prefix}{label}": digest for label, digest in _provisions(body, "")}
    return Consolidation(prefix, root.get(XML_LANGUAGE, ""), date.fromisoformat(day), digests)


def _provisions(element: ElementTree.Element, label: str) -> Iterator[tuple[str, str]]:
    for child in element:
        if child.tag in ELSEWHERE:
            continue
        inner = label
        if child.tag in LEVELS:
            inner = label + canonical(child.findtext("Label") or "", is_section=child.tag == "Section")
            words = " ".join(_words(child))
            if inner == label or not words:
                continue
            yield inner, digest_of(words)
        yield from _provisions(child, inner)


def _words(element: ElementTree.Element) -> Iterator[str]:
    """Yield the text of a provision and of all below it, with the labels of its parts, without notes."""
    for child in element:
        if child.tag == "Repealed":
            continue
        inner = [] if child.tag in NO_TEXT else [(child.text or "").strip(), *_words(child)]
        if child.tag in LEVELS and any(inner):
            yield canonical(child.findtext("Label") or "", is_section=False)
        yield from filter(None, inner)
        yield from filter(None, [(child.tail or "").strip()])


def canonical(label: str, is_section: bool) -> str:
    """Return a label as the index writes it: `200`, `(3)`, `(f.1)`, whatever the language."""
    bare = re.sub(r"\s+", "", label).strip(".")
    return bare if is_section or not bare else f"({bare.strip('()')})"


def digest_of(words: str) -> str:
    """Return a short digest of what a text says; spaces, punctuation and capitals do not count."""
    plain = re.sub(r"[\W_]+", "", unicodedata.normalize("NFC", words).casefold())
    return hashlib.sha256(plain.encode()).hexdigest()[:DIGEST_LENGTH]
