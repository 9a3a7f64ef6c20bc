"""Reading what people type into a company profile: telephone, postal code, web address, numbers that must fit."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from django.utils import timezone

from employer_portal.errors import FieldsInvalid
from employer_portal.models import EmployeeBand
from exemption_codes.catalogue.documents import Text

PROFILE_FIELDS = (
    "legal_name", "operating_name", "business_number", "program_account", "is_new_or_self_hiring", "street", "city",
    "province", "postal_code", "has_other_mailing_address", "mailing_street", "mailing_city", "mailing_province",
    "mailing_postal_code", "telephone", "fax", "email", "website", "business_type", "activity", "established_on",
    "employee_band", "employee_count", "revenue_band", "regime_exemption", "has_barred_activity",
)  # fmt: skip

LARGE = 100
# The letters that Canada Post uses, first and later.
_POSTAL_CODE = re.compile(r"([ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z])(\d[ABCEGHJ-NPRSTV-Z]\d)")
_NATIONAL_DIGITS = 10
_INTERNATIONAL = re.compile(r"\+[1-9]\d{6,14}")


def read_profile(profile: Mapping[str, Any]) -> dict[str, Any]:
    """Return a profile with telephone numbers, postal codes and the web address in one form.

    Raises FieldsInvalid with every field that does not fit.
    """
    values, wrong = dict(profile), dict[str, Text]()
    for name, read in READERS.items():
        if isinstance(values.get(name), str) and values[name].strip():
            try:
                values[name] = read(values[name].strip())
            except ValueError:
                wrong[name] = WRONG[read]
    day = values.get("established_on")
    if day is not None and day > timezone.localdate():
        wrong["established_on"] = _FUTURE
    if not _count_fits(values.get("employee_count"), values.get("employee_band")):
        wrong["employee_count"] = _COUNT
    if wrong:
        raise FieldsInvalid(wrong)
    return values


def read_telephone(typed: str) -> str:
    """Return a number as the world dials it (E.164); ten digits are taken as North American.

    Raises ValueError.
    """
    number = re.sub(r"[\s().\-/]", "", typed)
    if number.startswith("00"):
        number = "+" + number[2:]
    if number.isdecimal() and number.isascii():
        if len(number) == _NATIONAL_DIGITS:
            number = "+1" + number
        elif len(number) == _NATIONAL_DIGITS + 1 and number.startswith("1"):
            number = "+" + number
    if not _INTERNATIONAL.fullmatch(number):
        raise ValueError(typed)
    return number


def read_postal_code(typed: str) -> str:
    """Return a Canadian postal code as A9A 9A9; raises ValueError."""
    found = _POSTAL_CODE.fullmatch(re.sub(r"[\s\-]", "", typed).upper())
    if found is None:
        raise ValueError(typed)
    return f"{found[1]} {found[2]}"


def read_website(typed: str) -> str:
    return typed if "://" in typed or ":" in typed.partition("/")[0] else f"https://{typed}"


def _count_fits(count: int | None, band: str | None) -> bool:
    return count is None or not band or (count >= LARGE) == (band == EmployeeBand.FROM_100)


READERS: dict[str, Callable[[str], str]] = {
    "telephone": read_telephone,
    "fax": read_telephone,
    "postal_code": read_postal_code,
    "mailing_postal_code": read_postal_code,
    "website": read_website,
}
WRONG: dict[Callable[[str], str], Text] = {
    read_telephone: Text(
        en="Enter a telephone number with its area code, such as 613 555 0100, or +33 and so on from abroad.",
        fr="Entrez un numéro de téléphone avec l’indicatif régional, par exemple 613 555-0100, ou +33 et la suite "
        "pour l’étranger.",
    ),
    read_postal_code: Text(
        en="Enter a Canadian postal code, such as K1A 0B1.", fr="Entrez un code postal canadien, par exemple K1A 0B1."
    ),
}
_FUTURE = Text(en="This day has not come yet.", fr="Cette date n’est pas encore arrivée.")
_COUNT = Text(
    en="This number does not fit the size chosen above.",
    fr="Ce nombre ne correspond pas à la taille choisie ci-dessus.",
)
