"""Facts, values and verdicts in words, in both languages."""

import re
from datetime import date
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal

from exemption_codes.catalogue.fact_values import BUSINESS_OWNER_NOC, country_name
from exemption_codes.catalogue.rulebook import Rulebook

FIRST_LETTERS = re.compile(r"^((?:[RAL])?\d+(?:\.\d+)?(?:\(\d+(?:\.\d+)?\))*)\(([a-z](?:\.\d+)?)\)")
LOCALES = {"en": "en_CA", "fr": "fr_CA"}
YES_NO = {"en": ("yes", "no"), "fr": ("oui", "non")}
NOTHING = {"en": "none", "fr": "aucun"}
STATUS_WORDS = {
    "met": ("Met", "Rempli"),
    "not_met": ("Not met", "Non rempli"),
    "unknown": ("Cannot tell yet", "Impossible à déterminer pour l’instant"),
    "officer": ("For an officer to weigh", "À l’appréciation d’un agent"),
}
UNIT_WORDS = {
    "months": ("months", "mois"), "years": ("years", "ans"), "days": ("days", "jours"), "weeks": ("weeks", "semaines"),
    "percent": ("percent", "pour cent"), "hours": ("hours", "heures"), "CAD": ("Canadian dollars", "dollars canadiens"),
    "CAD per hour": ("Canadian dollars an hour", "dollars canadiens de l’heure"), "persons": ("persons", "personnes"),
    "countries": ("countries", "pays"), "hours per year": ("hours a year", "heures par année"),
}  # fmt: skip
PROVINCE_NAMES = {
    "AB": ("Alberta", "Alberta"), "BC": ("British Columbia", "Colombie-Britannique"), "MB": ("Manitoba", "Manitoba"),
    "NB": ("New Brunswick", "Nouveau-Brunswick"), "NL": ("Newfoundland and Labrador", "Terre-Neuve-et-Labrador"),
    "NS": ("Nova Scotia", "Nouvelle-Écosse"), "NT": ("Northwest Territories", "Territoires du Nord-Ouest"),
    "NU": ("Nunavut", "Nunavut"), "ON": ("Ontario", "Ontario"), "PE": ("Prince Edward Island", "Île-du-Prince-Édouard"),
    "QC": ("Quebec", "Québec"), "SK": ("Saskatchewan", "Saskatchewan"), "YT": ("Yukon", "Yukon"),
    "none": ("none", "aucune"),
}  # fmt: skip


def status_word(status: str, language: str) -> str:
    return STATUS_WORDS[status][language == "fr"]


def day_in_words(day: date, language: str) -> str:
    words = str(format_date(day, format="long", locale=LOCALES[language]))
    return words.replace("1 ", "1er ", 1) if language == "fr" and day.day == 1 else words


def provision_in_words(provision: str, language: str) -> str:
    """Write a provision as the Regulations do in a language: R205(c)(ii) in English, R205c)(ii) in French."""
    return FIRST_LETTERS.sub(r"\1\2)", provision) if language == "fr" else provision


def occupation_title(code: str, rulebook: Rulebook, language: str) -> str:
    """Return the NOC title of a code, or the code where the list does not have it."""
    if code == BUSINESS_OWNER_NOC:
        return {"en": "business owner", "fr": "propriétaire d’entreprise"}[language]
    row = rulebook.occupations().get(code)
    return str(row["label"][language]) if row else code


def value_in_words(name: str, value: Any, rulebook: Rulebook, language: str) -> str:
    """Say the value of a fact as a reader would."""
    fact = rulebook.facts[name]
    if isinstance(value, list | tuple):
        items = [_one(name, item, rulebook, language) for item in value]
        return ", ".join(items) if items else NOTHING[language]
    words = _one(name, value, rulebook, language)
    unit = UNIT_WORDS.get(fact.unit or "")
    return f"{words} {unit[language == 'fr']}" if unit and fact.type in ("integer", "decimal") else words


def _one(name: str, value: Any, rulebook: Rulebook, language: str) -> str:
    fact = rulebook.facts[name]
    if isinstance(value, bool):
        return YES_NO[language][not value]
    if isinstance(value, date):
        return day_in_words(value, language)
    if isinstance(value, int | float):
        return str(format_decimal(value, locale=LOCALES[language]))
    match fact.type:
        case "country" | "countries":
            return country_name(str(value), language)
        case "province":
            return str(PROVINCE_NAMES.get(value, (value, value))[language == "fr"])
        case "noc":
            return f"{value} {occupation_title(value, rulebook, language)}"
    choice = {**(fact.choices or {}), **fact.choices_from}.get(value)
    return choice.in_language(language) if choice else str(value)


def label(name: str, rulebook: Rulebook, language: str) -> str:
    return rulebook.facts[name].label.in_language(language)


def capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def fact_in_words(name: str, value: Any, rulebook: Rulebook, language: str) -> str:
    """Say one fact and its value: `Country of citizenship: Mexico`."""
    colon = "\N{NO-BREAK SPACE}: " if language == "fr" else ": "
    return capitalised(label(name, rulebook, language)) + colon + value_in_words(name, value, rulebook, language)
