"""Fields of an offer and their values in words, for reading: answers as filed, differences between versions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django_countries.fields import CountryField

from eligibility.engine.words import capitalised, day_in_words, value_in_words
from eligibility.questionnaire.option_lists import provinces
from eligibility.questionnaire.visit import language
from employer_portal.content import CONTENT_FIELDS, SITES
from employer_portal.declarations import DECLARATIONS
from employer_portal.models import OfferOfEmployment
from employer_portal.pages.offers_controls import kind_of
from employer_portal.pages.offers_steps import PLACES
from employer_portal.pages.offers_words import TITLES, Said
from exemption_codes.catalogue.fact_values import country_name
from exemption_codes.catalogue.rulebook import Rulebook

# What tells nothing to a reader: the conversion is shown with the wage itself.
UNSHOWN = frozenset({"wage_as_typed"})


@dataclass(frozen=True)
class SaidField:
    label: str
    value: str


@dataclass(frozen=True)
class SaidStep:
    """What an offer says on one step; empty fields are left out."""

    title: Said
    fields: tuple[SaidField, ...]


def said_steps(content: Mapping[str, Any], rulebook: Rulebook) -> list[SaidStep]:
    """Return a content, as a draft holds it or a snapshot froze it, step by step."""
    found = []
    for step, names in PLACES.items():
        known = [name for name in names if name in content and name not in UNSHOWN]
        said = [(name, said_value(name, content[name], rulebook)) for name in known]
        fields = tuple(SaidField(field_label(name), value) for name, value in said if value)
        if fields:
            found.append(SaidStep(TITLES[step], fields))
    return found


def field_label(name: str) -> str:
    if name == SITES:
        return str(TITLES["sites"])
    if name not in CONTENT_FIELDS:
        return name
    found: Any = OfferOfEmployment._meta.get_field(name)
    return capitalised(str(found.verbose_name))


def said_value(name: str, value: Any, rulebook: Rulebook) -> str:
    """Return a stored value in words; empty for what is not filled in."""
    if value in (None, "", [], {}):
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, list | dict):
        return _said_several(name, value, rulebook)
    return _said_one(name, str(value), rulebook)


def _said_several(name: str, value: Any, rulebook: Rulebook) -> str:
    here = language()
    if name == SITES:
        named = {option.value: option.words for option in provinces(here)}
        return "\n".join(
            ", ".join(part for part in (site["name"], site["street"], site["city"],
                      named.get(site["province"], site["province"]), site["postal_code"]) if part)
            for site in value
        )  # fmt: skip
    if name == "declared":
        return "\n".join(one.text.in_language(here) for one in DECLARATIONS if one.key in value)
    if name == "facts":
        return "\n".join(_said_fact(fact, given, rulebook) for fact, given in value.items())
    if isinstance(value, dict):
        return "\n".join(f"{key}: {given}" for key, given in value.items())
    return ", ".join(map(str, value))


def _said_fact(fact: str, value: Any, rulebook: Rulebook) -> str:
    if fact not in rulebook.facts:
        return f"{fact}: {value}"
    if rulebook.facts[fact].type == "date" and isinstance(value, str):
        value = date.fromisoformat(value)
    here = language()
    label = rulebook.facts[fact].label.in_language(here)
    return f"{capitalised(label)}{' :' if here == 'fr' else ':'} {value_in_words(fact, value, rulebook, here)}"


def _said_one(name: str, value: str, rulebook: Rulebook) -> str:
    here = language()
    if name not in CONTENT_FIELDS:
        return value
    found: Any = OfferOfEmployment._meta.get_field(name)
    kind = kind_of(name)
    if kind == "date":
        return day_in_words(date.fromisoformat(value), here)
    if isinstance(found, CountryField):
        return country_name(value, here)
    if name == "noc_code" and value in rulebook.occupations():
        return f"{value} {rulebook.occupations()[value]['label'][here]}"
    if name == "exemption_category" and value in rulebook.categories:
        category = rulebook.categories[value]
        return f"{category.codes[-1].code} – {category.name.in_language(here)}"
    if found.choices:
        return capitalised(str(dict(found.choices).get(value, value)))
    if kind == "number":
        decimals = getattr(found, "decimal_places", 0) if "." in value else 0
        return number_format(value, decimals)
    return value
