"""Find categories by a code, today's or a former one, or by words of their names in either language."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from eligibility.engine.explain import CitationStatement, citations
from eligibility.engine.words import day_in_words
from exemption_codes.catalogue import documents as doc
from exemption_codes.catalogue.rulebook import Rulebook

LONGEST_SEARCH = 60
MOST_FOUND = 20
CODE = re.compile(r"[A-Z]\d{2}(/\w+)?")
START_OF_CODE = re.compile(r"[A-Z]\d?")


@dataclass(frozen=True)
class FormerCode:
    code: str
    until: str


@dataclass(frozen=True)
class Requirement:
    """One criterion in force, with its sources."""

    text: str
    citations: tuple[CitationStatement, ...]


@dataclass(frozen=True)
class Found:
    """One category as the search shows it; `ended_on` is told when it is in force no longer.

    `renamed` holds the former code that was searched for, where today's is another.
    """

    id: str
    key: str
    name: str
    for_whom: str
    permit_type: str
    former_codes: tuple[FormerCode, ...]
    renamed: FormerCode | None
    ended_on: str
    requirements: tuple[Requirement, ...]


def find(rulebook: Rulebook, query: str, on: date, language: str) -> list[Found]:
    """Return the categories that a search finds, the likeliest first; at most MOST_FOUND."""
    typed = query.strip()[:LONGEST_SEARCH]
    code = re.sub(r"[\s\-–.]", "", typed).upper()
    found = _by_code(rulebook, code, on) or _by_words(rulebook, typed)
    return [_found(category, rulebook, code, on, language) for category in found[:MOST_FOUND]]


def _by_code(rulebook: Rulebook, code: str, on: date) -> list[doc.Category]:
    if CODE.fullmatch(code):
        found = rulebook.with_code(code)
        return sorted(found, key=lambda c: (c.code_on(on) != code.partition("/")[0], c.variant or "", c.id))
    if START_OF_CODE.fullmatch(code):
        return [c for c in rulebook.in_force(on) if (c.code_on(on) or "").startswith(code)]
    return []


def _by_words(rulebook: Rulebook, typed: str) -> list[doc.Category]:
    wanted = [word.rstrip("s") for word in plain(typed).split()]
    if not wanted:
        return []
    families = {family.id: family.name for family in rulebook.catalogue.families}

    def rank(category: doc.Category) -> int | None:
        names = _plain_texts([category.name])
        if _holds(names, wanted):
            return 0
        family = families.get(category.family)
        everything = f"{names} {_plain_texts([category.for_whom, *([family] if family else [])])}"
        return 1 if _holds(everything, wanted) else None

    ranked = [(place, category) for category in rulebook.categories.values() if (place := rank(category)) is not None]
    return [category for _, category in sorted(ranked, key=lambda pair: (pair[0], pair[1].codes[-1].code))]


def _holds(text: str, wanted: Iterable[str]) -> bool:
    return all(word in text for word in wanted)


def _plain_texts(texts: Iterable[doc.Text]) -> str:
    return plain(" ".join(f"{text.en} {text.fr}" for text in texts))


def plain(text: str) -> str:
    """Return a text without accents and capitals."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold()


def _found(category: doc.Category, rulebook: Rulebook, code: str, on: date, language: str) -> Found:
    today = category.code_on(on) if category.in_force.holds(on) else None
    former = tuple(
        FormerCode(name.code, day_in_words(name.until, language))
        for name in category.codes
        if name.until and name.code != today
    )
    ended_on = category.in_force.until or category.codes[-1].until
    return Found(
        id=category.id,
        key=f"{today}/{category.variant}" if today and category.variant else today or category.codes[-1].code,
        name=category.name.in_language(language),
        for_whom=category.for_whom.in_language(language),
        permit_type=category.permit_type,
        former_codes=former,
        renamed=next((name for name in former if name.code == code.partition("/")[0] and today), None),
        ended_on="" if today or not ended_on else day_in_words(ended_on, language),
        requirements=tuple(
            Requirement(criterion.text.in_language(language), citations(criterion.cite, rulebook, language))
            for criterion in category.criteria
            if criterion.in_force.holds(on)
        ),
    )
