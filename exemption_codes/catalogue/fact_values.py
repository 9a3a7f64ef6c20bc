"""Whether a value fits its fact: type, choices, bounds; one check for rule files, cases, API and questionnaire."""

import json
import re
from datetime import date
from functools import lru_cache
from typing import Any

from babel import Locale

from exemption_codes.catalogue.problems import nearest
from exemption_codes.catalogue.rulebook import Rulebook

PROVINCES = ("AB", "BC", "MB", "NB", "NL", "NS", "NT", "NU", "ON", "PE", "QC", "SK", "YT")
CODE = re.compile(r"[A-Z]\d{2}(/\w{1,40})?")
BUSINESS_OWNER_NOC = "88888"
MAX_TEXT = 500
MAX_MEMBERS = 300
LARGEST_NUMBER = 10**12
EARLIEST_DAY, LATEST_DAY = date(1900, 1, 1), date(2199, 12, 31)
LONGEST_SHOWN = 60
MOST_NAMED = 12
ISO_DATE = re.compile(r"^\d{4}-\d{2}-\d{2}\Z", re.ASCII)
OUTSIDE_ISO = {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"}
LIST_TYPES = ("several_of", "countries")

# Message and hint, in English and in French.
MESSAGES = {
    "list": ("{name} is a list, not {value}", "{name} est une liste, et non {value}"),
    "long_list": ("{name} has at most {limit} entries", "{name} compte au plus {limit} éléments"),
    "repeated": ("{name} names {value} twice", "{name} nomme {value} deux fois"),
    "boolean": ("{name} is true or false, not {value}", "{name} vaut true ou false, et non {value}"),
    "number": ("{name} is a number, not {value}", "{name} est un nombre, et non {value}"),
    "whole": ("{name} is a whole number, not {value}", "{name} est un nombre entier, et non {value}"),
    "low": ("{name} is at least {limit}, not {value}", "{name} est d’au moins {limit}, et non {value}"),
    "high": ("{name} is at most {limit}, not {value}", "{name} est d’au plus {limit}, et non {value}"),
    "date": ("{name} is a date, not {value}", "{name} est une date, et non {value}"),
    "text": ("{name} is a text of at most {limit} characters", "{name} est un texte d’au plus {limit} caractères"),
    "word": ("{value} is not a value of {name}", "{value} n’est pas une valeur permise pour {name}"),
}
HINTS = {
    "list": ('write a list such as ["{value}"]', 'écrivez une liste, par exemple ["{value}"]'),
    "repeated": ("name it once", "nommez-le une seule fois"),
    "boolean": ("write true or false without quotes", "écrivez true ou false sans guillemets"),
    "number": ("write the number without quotes", "écrivez le nombre sans guillemets"),
    "date": (
        "write a day from 1900 to 2199 as YYYY-MM-DD",
        "écrivez un jour, de 1900 à 2199, sous la forme AAAA-MM-JJ",
    ),
    "near": ("did you mean {value}?", "vouliez-vous dire {value}?"),
    "words": ("it is one of {value}", "c’est l’une de ces valeurs : {value}"),
    "whole": ("write a number without decimals", "écrivez un nombre sans décimales"),
    "from": ("give a number from {value}", "donnez un nombre à partir de {value}"),
    "range": ("give a number from {value}", "donnez un nombre de {value}"),
    "long_list": ("give fewer", "donnez-en moins"),
    "text": ("write a shorter text in quotes", "écrivez un texte plus court entre guillemets"),
    "country": (
        "write an ISO 3166-1 alpha-2 code such as MX",
        "écrivez un code ISO 3166-1 alpha-2, par exemple MX",
    ),
    "noc": (
        "write the five digits of a unit group of the NOC as a text",
        "écrivez comme texte les cinq chiffres d’un groupe de base de la CNP",
    ),
    "exemption_code": (
        "write a code such as T36 or C21/WH, LMIA or none",
        "écrivez un code comme T36 ou C21/WH, LMIA ou none",
    ),
}
FITS = ("", "")


@lru_cache(maxsize=1)
def country_codes() -> frozenset[str]:
    """Return the ISO 3166-1 alpha-2 codes, as Unicode CLDR names them."""
    territories = map(str, Locale("en").territories)
    return frozenset(code for code in territories if re.fullmatch("[A-Z]{2}", code)) - OUTSIDE_ISO


def country_name(code: str, language: str) -> str:
    return str(Locale(language).territories.get(code, code))


def check_value(
    rulebook: Rulebook, name: str, value: Any, single: bool = False, language: str = "en"
) -> tuple[str, str]:
    """Return what is wrong with a value of a fact, and a hint; two empty strings when nothing is.

    `single` takes one member where the fact itself is a list.
    """
    fact = rulebook.facts[name]
    if fact.type in LIST_TYPES and not single:
        return _check_list(rulebook, name, value, language)
    match fact.type:
        case "boolean":
            return FITS if isinstance(value, bool) else _said(language, "boolean", name, value)
        case "integer" | "decimal":
            return _check_number(rulebook, name, value, language)
        case "date":
            fits = type(value) is date and EARLIEST_DAY <= value <= LATEST_DAY
            return FITS if fits else _said(language, "date", name, value)
        case "text":
            fits = isinstance(value, str) and len(value) <= MAX_TEXT
            return FITS if fits else _said(language, "text", name, value, MAX_TEXT)
    return _check_word(rulebook, name, value, language)


def _check_list(rulebook: Rulebook, name: str, value: Any, language: str) -> tuple[str, str]:
    if not isinstance(value, list):
        return _said(language, "list", name, value)
    if len(value) > MAX_MEMBERS:
        return _said(language, "long_list", name, value, MAX_MEMBERS)
    wrong: dict[str, str] = {}
    for position, item in enumerate(value):
        said, hint = check_value(rulebook, name, item, single=True, language=language)
        if not said and item in value[:position]:
            said, hint = _said(language, "repeated", name, item)
        if said and len(wrong) < MOST_NAMED:
            wrong[said] = hint
    return "; ".join(wrong), "; ".join(dict.fromkeys(wrong.values()))


def _check_number(rulebook: Rulebook, name: str, value: Any, language: str) -> tuple[str, str]:
    fact = rulebook.facts[name]
    if isinstance(value, bool) or not isinstance(value, int | float) or not -LARGEST_NUMBER <= value <= LARGEST_NUMBER:
        return _said(language, "number", name, value)
    if fact.type == "integer" and value != int(value):
        return _said(language, "whole", name, value)
    low, high = (fact.bounds.min, fact.bounds.max) if fact.bounds else (None, None)
    if low is not None and value < low:
        return _said(language, "low", name, value, low)[0], _range_hint(low, high, language)
    if high is not None and value > high:
        return _said(language, "high", name, value, high)[0], _range_hint(low, high, language)
    return FITS


def _range_hint(low: float | None, high: float | None, language: str) -> str:
    if high is None:
        return _hint(language, "from", str(low))
    return _hint(language, "range", f"{0 if low is None else low} {'à' if language == 'fr' else 'to'} {high}")


def _check_word(rulebook: Rulebook, name: str, value: Any, language: str) -> tuple[str, str]:
    if isinstance(value, str) and (value in _allowed(rulebook, name) or _is_code(rulebook, name, value)):
        return FITS
    message, _ = _said(language, "word", name, value)
    return message, _word_hint(rulebook, name, value, language)


def _word_hint(rulebook: Rulebook, name: str, value: Any, language: str) -> str:
    allowed, written = allowed_words(rulebook, name), str(value)[:LONGEST_SHOWN]
    kind = "country" if rulebook.facts[name].type == "countries" else rulebook.facts[name].type
    near = {word.casefold(): word for word in allowed}.get(written.casefold(), "")
    if not near:
        near = _country_named(written) if kind == "country" else nearest(written, allowed)
    if near:
        return _hint(language, "near", near if isinstance(value, str) else f'"{near}"')
    if kind in HINTS:
        return _hint(language, kind, "")
    return _hint(language, "words", ", ".join(allowed[:MOST_NAMED]) + (" …" if len(allowed) > MOST_NAMED else ""))


def _country_named(written: str) -> str:
    """Return the code of a country called by its name in one of the two languages."""
    names = {country_name(code, language).casefold(): code for code in country_codes() for language in ("en", "fr")}
    return names.get(written.casefold(), "")


def _is_code(rulebook: Rulebook, name: str, value: str) -> bool:
    return rulebook.facts[name].type == "exemption_code" and bool(CODE.fullmatch(value))


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


@lru_cache(maxsize=2048)
def _allowed(rulebook: Rulebook, name: str) -> frozenset[str]:
    return frozenset(allowed_words(rulebook, name))


def _said(language: str, key: str, name: str, value: Any, limit: Any = "") -> tuple[str, str]:
    message = MESSAGES[key][language == "fr"].format(name=name, value=shown(value), limit=limit)
    hint = _hint(language, key, str(value)[:LONGEST_SHOWN]) if key in HINTS else ""
    return message, hint


def _hint(language: str, key: str, value: str) -> str:
    return HINTS[key][language == "fr"].format(value=value)


def shown(value: Any) -> str:
    """Show a value as it was given, in JSON's words, and never at length."""
    written = json.dumps(value, ensure_ascii=False, default=str)
    return written if len(written) <= LONGEST_SHOWN else f"{written[:LONGEST_SHOWN]}…"
