"""Find categories by a code, today's or a former one, by country, by occupation, or by words in either language."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from eligibility.engine.words import capitalised, occupation_title
from exemption_codes.browse.corrections import CorrectionSheet, corrections
from exemption_codes.browse.countries import Country, names_of_countries
from exemption_codes.browse.mentions import mentions
from exemption_codes.browse.plain_text import plain, stem, words_of
from exemption_codes.browse.rows import FormerCode, Row, former_codes, row_of
from exemption_codes.browse.word_index import texts_named, word_index
from exemption_codes.catalogue import documents as doc
from exemption_codes.catalogue.fact_values import country_name
from exemption_codes.catalogue.rulebook import Rulebook

LONGEST_SEARCH = 80
MOST_COUNTRIES, MOST_OCCUPATIONS, MOST_FOUND = 6, 8, 60
SHORTEST_WORD = 3
CODE = re.compile(r"([A-Z])[\s.\-–]?(\d{2})(?:\s*[/\s]\s*([\w\-]+))?")
CODE_IN_TEXT = re.compile(r"\b[A-Z]\d{2}\b")
PROVISION = re.compile(r"[RA]\d+(\.\d+)?(\([A-Z0-9.]+\))*(/\w+)?")
BEFORE_A_PROVISION = re.compile(
    r"(?:(?:IRPR|RIPR|SECTION|ARTICLE|PARAGRAPHE?|SUBSECTION|SUBPARAGRAPH|ALINÉA|SOUS-ALINÉA|S\.|ART\.)\s*)*(?=\d{3}\b)"
)
FRENCH_LETTERS = re.compile(r"(?<=[\d)])([a-z](?:\.\d+)?)\)", re.IGNORECASE)
START_OF_CODE = re.compile(r"[A-Z]\d{0,3}")
NOC_CODE = re.compile(r"\d{4,5}")


@dataclass(frozen=True)
class Found:
    """A category with what it was found by; `renamed` is the former code searched for, where today's is another."""

    row: Row
    renamed: FormerCode | None = None
    because: tuple[str, ...] = ()


@dataclass(frozen=True)
class Occupation:
    """A unit group of the NOC, and the categories that name it."""

    code: str
    title: str
    teer: int
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Search:
    """What was found; `is_partial` where no category has every word, `suggestion` a query that may be meant."""

    query: str
    categories: tuple[Found, ...] = ()
    countries: tuple[Country, ...] = ()
    occupations: tuple[Occupation, ...] = ()
    corrections: tuple[CorrectionSheet, ...] = ()
    is_partial: bool = False
    suggestion: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.categories or self.countries or self.occupations or self.corrections)

    @property
    def ids(self) -> list[str]:
        """The categories found, then those that name an occupation that was found."""
        named = (row for occupation in self.occupations for row in occupation.rows)
        return list(dict.fromkeys([*(one.row.id for one in self.categories), *(row.id for row in named)]))


def search(rulebook: Rulebook, query: str, on: date, language: str) -> Search:
    """Look for codes first, then for a provision; where it is neither, for countries, occupations and words."""
    typed = query.strip()[:LONGEST_SEARCH]
    if coded := _by_code(rulebook, typed, on, language):
        return Search(typed, tuple(coded))
    written = dict.fromkeys(CODE_IN_TEXT.findall(typed.upper()))
    several = {one.row.id: one for code in written for one in _by_code(rulebook, code, on, language)}
    if several:
        return Search(typed, tuple(several.values()))
    words = _Words(rulebook, typed, on, language)
    if resting := _by_provision(rulebook, typed, on, language):
        return Search(typed, tuple(resting), corrections=tuple(words.corrections()))
    return words.search()


def categories_named(rulebook: Rulebook, name: str, on: date) -> list[doc.Category]:
    """Return the categories that a name stands for: an id, or a code of today or before, with or without variant.

    Where somebody bears the code on the day, those who gave it up are left out.
    """
    if name in rulebook.categories:
        return [rulebook.categories[name]]
    code, variant = code_in(name)
    found = _with_code(rulebook, code, variant)
    bearers = [one for one in found if (one.code_on(on) or "").upper() == code and one.in_force.holds(on)]
    return sorted(bearers or found, key=lambda category: row_of(category, on, "en").order)


def code_in(name: str) -> tuple[str, str]:
    """Read a code and its variant, both in capitals; two empty strings where a name is none.

    A provision may go without its R: 205(a) and IRPR 205(a) are R205(a).
    """
    written = FRENCH_LETTERS.sub(r"(\1)", name.strip()).upper()
    if match := CODE.fullmatch(written):
        return match[1] + match[2], match[3] or ""
    if alone := BEFORE_A_PROVISION.match(written):
        written = f"R{written[alone.end() :]}"
    code, _slash, variant = written.partition("/")
    return (code, variant) if PROVISION.fullmatch(written) else ("", "")


def _with_code(rulebook: Rulebook, code: str, variant: str) -> list[doc.Category]:
    return [
        category
        for category in rulebook.categories.values()
        if any(name.code.upper() == code for name in category.codes)
        and (not variant or (category.variant or "").upper() == variant)
    ]


def _by_code(rulebook: Rulebook, typed: str, on: date, language: str) -> list[Found]:
    code, variant = code_in(typed)
    if code and (named := _with_code(rulebook, code, variant)):
        families = [family.id for family in rulebook.catalogue.families]
        found = [_coded(category, code, on, language) for category in named]
        return sorted(found, key=lambda one: (one.renamed is not None, families.index(one.row.family), one.row.order))
    if START_OF_CODE.fullmatch(typed.upper()):
        start = typed.upper()
        rows = [row_of(category, on, language) for category in rulebook.in_force(on)]
        return [Found(row) for row in sorted(rows, key=lambda row: row.order) if row.code.startswith(start)]
    return []


def _by_provision(rulebook: Rulebook, typed: str, on: date, language: str) -> list[Found]:
    """The categories in force that rest on a provision, or on a part of it: R205 finds R205(a) too."""
    provision, _variant = code_in(typed)
    if not provision:
        return []
    rows = [row_of(one, on, language) for one in rulebook.in_force(on) if _rests_on(one, provision, on)]
    return [Found(row) for row in sorted(rows, key=lambda row: row.order)]


def _rests_on(category: doc.Category, provision: str, on: date) -> bool:
    held = (basis.provision.upper() for basis in category.basis if basis.holds(on))
    return any(one == provision or one.startswith((f"{provision}(", f"{provision}.")) for one in held)


def _coded(category: doc.Category, code: str, on: date, language: str) -> Found:
    row = row_of(category, on, language)
    former = next((name for name in former_codes(category, on, language) if name.code == code), None)
    return Found(row, former if row.code.upper() != code else None)


@dataclass
class _Words:
    """One search by words."""

    rulebook: Rulebook
    typed: str
    on: date
    language: str
    words: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self.words = [stem(word) for word in words_of(self.typed)]

    def search(self) -> Search:
        if not self.words:
            return Search(self.typed)
        countries, occupations = self.countries(), self.occupations()
        because = self.named(countries)
        corrected = self.corrections()
        ids, is_partial = self.by_words(has_others=bool(countries or occupations or because or corrected))
        found = [self.found(name, because.get(name, ())) for name in dict.fromkeys([*ids, *because])]
        return Search(
            query=self.typed,
            categories=tuple(found[:MOST_FOUND]),
            countries=tuple(countries),
            occupations=tuple(occupations),
            corrections=tuple(corrected),
            is_partial=is_partial and bool(ids),
            suggestion=self.suggestion(),
        )

    def found(self, name: str, because: Iterable[str]) -> Found:
        return Found(row_of(self.rulebook.categories[name], self.on, self.language), None, tuple(because))

    def countries(self) -> list[Country]:
        """The countries of which a name, in either language, begins with each word; an exact name stands alone."""
        wanted, names = plain(self.typed).strip(), names_of_countries()
        exact = [code for code, name in names.items() if wanted in _called(name)]
        if self.typed in names:
            exact = [self.typed]
        found = exact or [
            code for code, name in names.items() if all(_begins(word, plain(name)) for word in self.words)
        ]
        return [Country(code, country_name(code, self.language)) for code in found[:MOST_COUNTRIES]]

    def occupations(self) -> list[Occupation]:
        index = word_index(self.rulebook)
        if NOC_CODE.fullmatch(self.typed):
            codes = [code for code, _title in index.occupations if code.startswith(self.typed)]
        else:
            codes = [code for code, title in index.occupations if all(_begins(word, title) for word in self.words)]
        return [self.occupation(code) for code in codes[:MOST_OCCUPATIONS]]

    def occupation(self, code: str) -> Occupation:
        names = mentions(self.rulebook, self.on).occupations.get(code, set())
        rows = (row_of(self.rulebook.categories[name], self.on, self.language) for name in names)
        current = sorted((row for row in rows if row.state == "in_force"), key=lambda row: row.order)
        return Occupation(code, occupation_title(code, self.rulebook, self.language), int(code[1]), tuple(current))

    def named(self, countries: list[Country]) -> dict[str, tuple[str, ...]]:
        """The categories that name a country that was found; where none was, a listed profession with every word."""
        found: dict[str, list[str]] = {}
        named = mentions(self.rulebook, self.on)
        for country in countries:
            for name in sorted(named.countries.get(country.code, ())):
                found.setdefault(name, []).append(_("names %(country)s") % {"country": country.name})
        for (fact, value), names in () if countries else named.professions.items():
            choice = (self.rulebook.facts[fact].choices or {}).get(value)
            if choice and all(_begins(word, plain(f"{choice.en} | {choice.fr}")) for word in self.words):
                words = {"profession": capitalised(choice.in_language(self.language))}
                for name in sorted(names):
                    found.setdefault(name, []).append(_("lists “%(profession)s”") % words)
        ordered = sorted(found, key=lambda name: row_of(self.rulebook.categories[name], self.on, "en").order)
        return {name: tuple(found[name]) for name in ordered}

    def by_words(self, has_others: bool) -> tuple[list[str], bool]:
        """The categories with every word in their names, else in who they are for, else with what they name.

        Where none has, in what they ask for; else those with the most words, and True.
        """
        index = word_index(self.rulebook).categories
        texts = [(one.id, [" ".join(one.levels[: level + 1]) for level in range(3)]) for one in index]
        ranked: list[tuple[int, str]] = []
        for name, levels in texts:
            rank = next((place for place, text in enumerate(levels) if self._has_all(text)), None)
            if rank is not None:
                ranked.append((rank, name))
        telling = [pair for pair in ranked if pair[0] < 2]
        if found := telling or ([] if has_others else self._naming(texts) or ranked):
            return self._ordered(found), False
        counted = [(-self._count(levels[1]), name) for name, levels in texts]
        most = min(counted, default=(0, ""))[0]
        if has_others or not most:
            return [], False
        return self._ordered([pair for pair in counted if pair[0] == most]), True

    def _naming(self, texts: list[tuple[str, list[str]]]) -> list[tuple[int, str]]:
        """The categories with every word in who they are for or in the countries and professions that they name."""
        named = texts_named(self.rulebook, self.on)
        return [(1, name) for name, levels in texts if self._has_all(f"{levels[1]} | {named.get(name, '')}")]

    def _has_all(self, text: str) -> bool:
        return all(_begins(word, text) for word in self.words)

    def _count(self, text: str) -> int:
        return sum(_begins(word, text) for word in self.words)

    def _ordered(self, ranked: list[tuple[int, str]]) -> list[str]:
        def order(pair: tuple[int, str]) -> tuple[bool, int, str]:
            row = row_of(self.rulebook.categories[pair[1]], self.on, "en")
            return row.state != "in_force", pair[0], row.key

        return [name for _rank, name in sorted(ranked, key=order)]

    def corrections(self) -> list[CorrectionSheet]:
        index = word_index(self.rulebook).corrections
        ids = {name for name, text in index if all(_begins(word, text) for word in self.words)}
        return [one for one in corrections(self.rulebook, self.on, self.language) if one.id in ids]

    def suggestion(self) -> str:
        """The query with each word that nothing knows replaced by one that is like it."""
        index = word_index(self.rulebook)
        nearest = {word: index.nearest(word) for word in words_of(self.typed)}
        if not any(nearest.values()):
            return ""
        return " ".join(nearest.get(word) or word for word in re.findall(r"\w+", plain(self.typed)))


def _begins(word: str, text: str) -> bool:
    """Whether some word of a text begins with another, or is it, where it is short."""
    end = r"\b" if len(word) < SHORTEST_WORD else ""
    return re.search(rf"\b{re.escape(word)}{end}", text) is not None


def _called(names: str) -> set[str]:
    """The names of a country as wholes, and each of the others that people use."""
    english, french, others = plain(names).split(" | ")
    return {english, french, *others.split()}
