"""What a citizenship opens: agreements that cover it, youth mobility, visa or eTA, and what asks for none."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django_countries import countries as country_list

from eligibility.engine.compile import CompiledCategory, CompiledRule, plan_for
from eligibility.engine.derive import derive
from eligibility.engine.evaluate import evaluate
from eligibility.engine.verdict import Verdict
from exemption_codes.browse.country_names import ALSO_CALLED
from exemption_codes.browse.entry import Entry, entry_of
from exemption_codes.browse.mentions import mentions, named_in
from exemption_codes.browse.plain_text import plain
from exemption_codes.browse.rows import Family, Row, families_of, row_of
from exemption_codes.catalogue import documents as doc
from exemption_codes.catalogue.conditions import NEVER, AllOf, AnyOf, Disputed, Negation, Node, resolve
from exemption_codes.catalogue.fact_values import country_codes, country_name
from exemption_codes.catalogue.rulebook import Rulebook

CITIZEN, RESIDENT, YOUTH = "applicant.citizenships", "applicant.permanent_residence_countries", "iec.country"
MOST_FOR_FEW = 60
AGES = ("age_min", "age_max", "months")


@dataclass(frozen=True)
class Country:
    code: str
    name: str


@dataclass(frozen=True)
class OpenCategory:
    """A category that a citizenship opens or leaves unsettled, and the criterion that says so."""

    row: Row
    because: str


@dataclass(frozen=True)
class OpenFamily:
    name: str
    categories: tuple[OpenCategory, ...]


@dataclass(frozen=True)
class YouthCategory:
    """One category of youth mobility, as a country takes part in it."""

    row: Row
    age_min: int
    age_max: int
    months: int


@dataclass(frozen=True)
class CountryPage:
    """What the rules say of the citizens of one country, who are permanent residents of no other, on one day.

    `resident` are the categories that take its permanent residents, whatever their citizenship.
    """

    country: Country
    entry: Entry
    opened: tuple[OpenFamily, ...]
    unsettled: tuple[OpenCategory, ...]
    youth: tuple[YouthCategory, ...]
    resident: tuple[OpenCategory, ...]
    otherwise: tuple[OpenCategory, ...]
    independent: tuple[Family, ...]
    closed: tuple[Row, ...]

    @property
    def opened_count(self) -> int:
        return sum(len(family.categories) for family in self.opened)

    @property
    def independent_count(self) -> int:
        return sum(len(family.rows) for family in self.independent)


@lru_cache(maxsize=4)
def all_countries(language: str) -> tuple[Country, ...]:
    """Return every country with its name, in the order of the names."""
    found = (Country(code, country_name(code, language)) for code in country_list.countries if code in country_codes())
    return tuple(sorted(found, key=lambda country: plain(country.name)))


@lru_cache(maxsize=2)
def names_of_countries() -> Mapping[str, str]:
    """Return the names in both languages, and the others that people use, of every country by its code."""
    codes = [country.code for country in all_countries("en")]
    return {c: f"{country_name(c, 'en')} | {country_name(c, 'fr')} | {ALSO_CALLED.get(c, '')}" for c in codes}


@lru_cache(maxsize=64)
def country_page(rulebook: Rulebook, code: str, on: date, language: str) -> CountryPage:
    """Return what the rules in force on a day say of the citizens of a country."""
    citizen = derive({CITIZEN: [code], RESIDENT: [], YOUTH: code}, on, rulebook).values
    resident = derive({RESIDENT: [code]}, on, rulebook).values
    groups: dict[str, list[OpenCategory]] = {}
    by_residence: list[OpenCategory] = []
    for compiled in plan_for(rulebook, on).categories:
        standing, because = _standing(compiled, citizen, (CITIZEN, YOUTH), rulebook, on)
        row = row_of(compiled.category, on, language)
        groups.setdefault(standing, []).append(OpenCategory(row, because.text.in_language(language) if because else ""))
        if standing != "independent":
            by_residence += _by_residence(compiled, resident, row, rulebook, on, language)
    youth = tuple(_youth(code, rulebook, on, language))
    is_youth = {one.row.id for one in youth}
    opened = [one for one in groups.get("opened", []) if one.row.id not in is_youth]
    return CountryPage(
        country=Country(code, country_name(code, language)),
        entry=entry_of([code], None, rulebook, on, language),
        opened=_open_families(opened, rulebook, language),
        unsettled=tuple(groups.get("unsettled", [])),
        youth=youth,
        resident=tuple(by_residence),
        otherwise=tuple(one for one in groups.get("otherwise", []) if one.row.id not in is_youth),
        independent=families_of([one.row for one in groups.get("independent", [])], rulebook, language),
        closed=tuple(sorted((one.row for one in groups.get("closed", [])), key=lambda row: row.order)),
    )


def _standing(
    compiled: CompiledCategory, values: Mapping[str, Any], facts: tuple[str, ...], rulebook: Rulebook, on: date
) -> tuple[str, doc.Criterion | doc.GeneralRule | None]:
    """Tell how a category stands to somebody of whom only these facts are known, and by which criterion.

    opened: the facts meet a criterion that asks for them by name. unsettled: they do, but sources dispute it.
    otherwise: they do not, yet another way is open. closed: a criterion fails. independent: none asks for them.
    """
    found: dict[str, CompiledRule] = {}
    for rule in compiled.rules:
        if not set(facts).isdisjoint(rule.facts) and (standing := _rule_standing(rule, values, facts, rulebook, on)):
            found.setdefault(standing, rule)
    for standing in ("closed", "unsettled", "otherwise", "opened"):
        if standing in found:
            return standing, found[standing].rule
    return "independent", None


def _rule_standing(
    rule: CompiledRule, values: Mapping[str, Any], facts: tuple[str, ...], rulebook: Rulebook, on: date
) -> str:
    assert rule.node is not None
    verdict = evaluate(rule.node, values)
    if verdict is Verdict.NOT_MET:
        return "closed"
    if verdict is Verdict.UNKNOWN and evaluate(_undisputed(rule.node), values) is Verdict.NOT_MET:
        return "unsettled"
    named = [(fact, value) for fact, value in _asked_for(rule, rulebook, on) if fact in facts]
    if verdict is Verdict.MET:
        return "opened" if any(_has(values[fact], value) for fact, value in named) else ""
    return "otherwise" if any(_would_meet(rule.node, values, fact, value) for fact, value in named) else ""


def _would_meet(node: Node, values: Mapping[str, Any], fact: str, value: Any) -> bool:
    """Whether a criterion would be met by a citizenship that it names."""
    other = [value] if isinstance(values[fact], list) else value
    return evaluate(node, {**values, fact: other}) is Verdict.MET


def _asked_for(rule: CompiledRule, rulebook: Rulebook, on: date) -> Iterator[tuple[str, Any]]:
    """What a criterion asks for by name, without the condition on which it is asked."""
    if rule.rule.when is not None:
        yield from named_in(resolve(rule.rule.when, rulebook, on))


def _has(known: Any, value: Any) -> bool:
    return value in known if isinstance(known, list) else bool(known == value)


def _undisputed(node: Node) -> Node:
    """The same condition where nothing that sources dispute counts."""
    match node:
        case Disputed():
            return NEVER
        case AllOf(parts):
            return AllOf(tuple(map(_undisputed, parts)))
        case AnyOf(parts):
            return AnyOf(tuple(map(_undisputed, parts)))
        case Negation(part):
            return Negation(_undisputed(part))
    return node


def _by_residence(
    compiled: CompiledCategory, values: Mapping[str, Any], row: Row, rulebook: Rulebook, on: date, language: str
) -> Iterator[OpenCategory]:
    standing, because = _standing(compiled, values, (RESIDENT,), rulebook, on)
    if standing == "opened" and because:
        yield OpenCategory(row, because.text.in_language(language))


def _open_families(found: list[OpenCategory], rulebook: Rulebook, language: str) -> tuple[OpenFamily, ...]:
    because = {one.row.id: one for one in found}
    families = families_of([one.row for one in found], rulebook, language)
    return tuple(OpenFamily(family.name, tuple(because[row.id] for row in family.rows)) for family in families)


def _youth(code: str, rulebook: Rulebook, on: date, language: str) -> Iterator[YouthCategory]:
    """The categories whose tables by country have a row with ages for this one."""
    for compiled in plan_for(rulebook, on).categories:
        for listed in _tables_by_country(compiled.category):
            edition = rulebook.edition(listed, on)
            row = next((row for row in edition.rows if row["key"] == code), None) if edition else None
            if row is not None and all(name in row for name in AGES):
                ages = (int(row[name]) for name in AGES)
                yield YouthCategory(row_of(compiled.category, on, language), *ages)


def _tables_by_country(category: doc.Category) -> list[str]:
    conditions = (criterion.when for criterion in category.criteria)
    return list(dict.fromkeys(one.row_of for one in conditions if isinstance(one, doc.RowOf) and one.by == YOUTH))


@dataclass(frozen=True)
class Letter:
    """The countries whose names begin with a letter."""

    letter: str
    countries: tuple[Country, ...]


@dataclass(frozen=True)
class Covered:
    """A country that an agreement or program for few names, and the families of those."""

    country: Country
    families: tuple[str, ...]


def countries_by_letter(language: str) -> tuple[Letter, ...]:
    groups: dict[str, list[Country]] = {}
    for country in all_countries(language):
        groups.setdefault(plain(country.name)[0].upper(), []).append(country)
    return tuple(Letter(letter, tuple(group)) for letter, group in groups.items())


@lru_cache(maxsize=16)
def covered_countries(rulebook: Rulebook, on: date, language: str) -> tuple[Covered, ...]:
    """Return the countries that some category in force names, those aside that take almost everybody's citizens."""
    named = mentions(rulebook, on).countries
    sizes = Counter(name for names in named.values() for name in names)
    current = {category.id: category.family for category in rulebook.in_force(on)}
    families = {family.id: family.name.in_language(language) for family in rulebook.catalogue.families}
    found = []
    for country in all_countries(language):
        ids = {name for name in named.get(country.code, ()) if name in current and sizes[name] <= MOST_FOR_FEW}
        own = {current[name] for name in ids}
        if own:
            found.append(Covered(country, tuple(name for family, name in families.items() if family in own)))
    return tuple(found)
