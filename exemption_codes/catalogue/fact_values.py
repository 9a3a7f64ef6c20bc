"""Whether a value fits its fact: type, choices, bounds; one check for rule files, cases, API and questionnaire."""

import re
from datetime import date
from functools import lru_cache
from typing import Any

from babel import Locale

from exemption_codes.catalogue.problems import did_you_mean
from exemption_codes.catalogue.rulebook import Rulebook

PROVINCES = ("AB", "BC", "MB", "NB", "NL", "NS", "NT", "NU", "ON", "PE", "QC", "SK", "YT")
CODE = re.compile(r"^[A-Z]\d{2}(/\w+)?$")
BUSINESS_OWNER_NOC = "88888"
MAX_TEXT = 500
ISO_DATE = re.compile(r"^\d{4}-\d{2}-\d{2}$")
OUTSIDE_ISO = {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"}


@lru_cache(maxsize=1)
def country_codes() -> frozenset[str]:
    """Return the ISO 3166-1 alpha-2 codes, as Unicode CLDR names them."""
    territories = map(str, Locale("en").territories)
    return frozenset(code for code in territories if re.fullmatch("[A-Z]{2}", code)) - OUTSIDE_ISO


def country_name(code: str, language: str) -> str:
    return str(Locale(language).territories.get(code, code))


def check_value(rulebook: Rulebook, name: str, value: Any, single: bool = False) -> tuple[str, str]:
    """Return what is wrong with a value of a fact, and a hint; two empty strings when nothing is.

    `single` takes one member where the fact itself is a list.
    """
    fact = rulebook.facts[name]
    if fact.type in ("several_of", "countries") and not single:
        if not isinstance(value, list):
            return f"{name} is a list", "write [..]"
        problems = [check_value(rulebook, name, item, single=True) for item in value]
        return next((problem for problem in problems if problem[0]), ("", ""))
    match fact.type:
        case "boolean":
            return ("", "") if isinstance(value, bool) else (f"{name} is true or false, not {value!r}", "")
        case "integer" | "decimal":
            return _check_number(rulebook, name, value)
        case "date":
            good = isinstance(value, date)
            return ("", "") if good else (f"{name} is a date, not {value!r}", "write YYYY-MM-DD")
        case "text":
            good = isinstance(value, str) and len(value) <= MAX_TEXT
            return ("", "") if good else (f"{name} is a text of at most {MAX_TEXT} characters", "")
    return _check_word(rulebook, name, value)


def _check_number(rulebook: Rulebook, name: str, value: Any) -> tuple[str, str]:
    fact = rulebook.facts[name]
    if isinstance(value, bool) or not isinstance(value, int | float):
        return f"{name} is a number, not {value!r}", ""
    if fact.type == "integer" and value != int(value):
        return f"{name} is a whole number, not {value!r}", ""
    if value != value or value in (float("inf"), float("-inf")):
        return f"{name} is a finite number", ""
    low, high = (fact.bounds.min, fact.bounds.max) if fact.bounds else (None, None)
    if low is not None and value < low:
        return f"{name} is at least {low}, not {value}", ""
    if high is not None and value > high:
        return f"{name} is at most {high}, not {value}", ""
    return "", ""


def _check_word(rulebook: Rulebook, name: str, value: Any) -> tuple[str, str]:
    allowed = allowed_words(rulebook, name)
    if isinstance(value, str) and (value in allowed or _is_code(rulebook, name, value)):
        return "", ""
    return f"{value!r} is not a value of {name}", did_you_mean(str(value), allowed)


def _is_code(rulebook: Rulebook, name: str, value: str) -> bool:
    return rulebook.facts[name].type == "exemption_code" and bool(CODE.match(value))


def allowed_words(rulebook: Rulebook, name: str) -> list[str]:
    """Return the words a fact may take."""
    fact = rulebook.facts[name]
    match fact.type:
        case "country" | "countries":
            return sorted(country_codes())
        case "province":
            return [*PROVINCES, "none"]
        case "noc":
            return [*rulebook.noc_codes(), BUSINESS_OWNER_NOC]
        case "exemption_code":
            return ["LMIA", "none"]
    return [*(fact.choices or {}), *fact.choices_from]
