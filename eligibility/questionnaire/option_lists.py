"""Long lists to choose from, in the order of their names, with the words under which a search also finds them."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from django_countries import countries as country_list

from eligibility.engine.words import PROVINCE_NAMES, day_in_words
from exemption_codes.browse.country_names import ALSO_CALLED
from exemption_codes.catalogue.documents import Category
from exemption_codes.catalogue.fact_values import BUSINESS_OWNER_NOC, PROVINCES, country_codes, country_name
from exemption_codes.catalogue.rulebook import Rulebook

BUSINESS_OWNER = {"en": "Business owner without an occupation code", "fr": "Propriétaire d’entreprise sans code"}
UNTIL = {"en": "until {day}", "fr": "jusqu’au {day}"}


@dataclass(frozen=True)
class Option:
    """One thing to choose; `also` holds words by which a search finds it too."""

    value: str
    words: str
    also: str = ""


@lru_cache(maxsize=2)
def countries(language: str) -> list[Option]:
    """Return the countries that django-countries lists, under the names that the rest of the site uses."""
    other, known = _other(language), country_codes()
    found = [
        Option(code, country_name(code, language), f"{country_name(code, other)} {ALSO_CALLED.get(code, '')}".strip())
        for code in country_list.countries
        if code in known
    ]
    return sorted(found, key=_by_words)


@lru_cache(maxsize=2)
def provinces(language: str) -> list[Option]:
    return sorted((Option(code, PROVINCE_NAMES[code][language == "fr"]) for code in PROVINCES), key=_by_words)


@lru_cache(maxsize=8)
def occupations(rulebook: Rulebook, language: str) -> list[Option]:
    other = _other(language)
    rows = rulebook.occupations().values()
    found = [Option(row["key"], f"{row['label'][language]} ({row['key']})", row["label"][other]) for row in rows]
    return [*sorted(found, key=_by_words), Option(BUSINESS_OWNER_NOC, BUSINESS_OWNER[language], BUSINESS_OWNER[other])]


@lru_cache(maxsize=8)
def exemption_codes(rulebook: Rulebook, language: str) -> list[Option]:
    """Return every code, today's and former ones, with what it stands for; a code keeps its first meaning only."""
    found: dict[str, Option] = {}
    for category in (one for one in rulebook.categories.values() if not one.is_permit_free):
        for option in _codes_of(category, language):
            found.setdefault(option.value, option)
    return sorted(found.values(), key=lambda option: option.value)


def _codes_of(category: Category, language: str) -> Iterator[Option]:
    for name in category.codes:
        value = f"{name.code}/{category.variant}" if category.variant else name.code
        ended = f" ({UNTIL[language].format(day=day_in_words(name.until, language))})" if name.until else ""
        also = category.name.in_language(_other(language))
        yield Option(value, f"{value}{ended} – {category.name.in_language(language)}", also)


def _other(language: str) -> str:
    return "en" if language == "fr" else "fr"


def _by_words(option: Option) -> str:
    return plain(option.words)


def plain(text: str) -> str:
    """Return a text without accents and capitals, for sorting and searching."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold()
