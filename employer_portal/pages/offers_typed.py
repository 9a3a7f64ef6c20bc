"""What somebody typed into the controls of an offer, read as changes of a draft; what cannot be read stays as typed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from eligibility.questionnaire.typed_fields import read_number
from employer_portal.content import SITE_FIELDS
from employer_portal.models import OfferOfEmployment
from employer_portal.offer_check import OfferReport
from employer_portal.pages.offers_controls import NO, YES, Model, kind_of

SITE_NAME = re.compile(r"site-(\d{1,4})-(\w+)")
DATE_PARTS = ("day", "month", "year")


@dataclass
class Typed:
    """What was typed: changes to save, errors by field, and what each control showed."""

    changes: dict[str, Any] = field(default_factory=dict)
    wrong: dict[str, list[str]] = field(default_factory=dict)
    shown: dict[str, Any] = field(default_factory=dict)
    searched: dict[str, str] = field(default_factory=dict)
    wrong_part: dict[str, str] = field(default_factory=dict)

    def refuse(self, name: str, text: str) -> None:
        self.wrong.setdefault(name, []).append(text)
        self.changes.pop(name, None)


def read_typed(
    post: QueryDict, names: Iterable[str], language: str, model: Model = OfferOfEmployment, prefix: str = ""
) -> Typed:
    """Read the named fields of a page; a field that the page did not show is no change."""
    typed = Typed()
    for name in names:
        kind = kind_of(name, model)
        if kind == "date":
            _read_date(post, f"{prefix}{name}", typed)
        elif kind == "tick":
            _read_tick(post, f"{prefix}{name}", typed)
        elif f"{prefix}{name}" in post:
            _read_one(post, f"{prefix}{name}", kind, language, typed)
    return typed


def read_reasons(post: QueryDict, report: OfferReport, stored: dict[str, str], typed: Typed) -> None:
    """Read the reasons given for warnings; a warning that is no longer there takes its reason with it."""
    asked = [problem.key for problem in report.warnings if f"reason:{problem.key}" in post]
    shown = {key: _lines(_text(post, f"reason:{key}")) for key in asked}
    if not shown:
        return
    reasons = {**stored, **shown}
    typed.shown.update({f"reason:{key}": reason for key, reason in shown.items()})
    if any(len(reason) > 1000 for reason in shown.values()):
        for key, reason in shown.items():
            if len(reason) > 1000:
                typed.refuse(f"reason:{key}", _("Enter at most %(limit)s characters.") % {"limit": 1000})
        return
    typed.changes["acknowledged"] = {key: reason for key, reason in reasons.items() if reason}


def read_sites(post: QueryDict, remove: str = "") -> list[dict[str, str]] | None:
    """Return the places of work in their order, empty ones left out; None where the page did not show them."""
    if "sites-shown" not in post:
        return None
    rows: dict[int, dict[str, str]] = {}
    for name in post:
        found = SITE_NAME.fullmatch(name)
        if found and found[2] in SITE_FIELDS and found[1] != remove:
            rows.setdefault(int(found[1]), {})[found[2]] = _text(post, name).strip()
    whole = ({name: rows[number].get(name, "") for name in SITE_FIELDS} for number in sorted(rows))
    return [site for site in whole if any(site.values())]


def _read_date(post: QueryDict, name: str, typed: Typed) -> None:
    if f"{name}-day" not in post:
        return
    parts = [post.get(f"{name}-{part}", "").strip() for part in DATE_PARTS]
    typed.shown[name] = tuple(parts)
    if not any(parts):
        typed.changes[name] = ""
        return
    if not all(parts):
        typed.wrong_part[name] = next(part for part, text in zip(DATE_PARTS, parts, strict=True) if not text)
        typed.refuse(name, _("Enter the day, the month and the year."))
    elif not re.fullmatch(r"[0-9]{4}", parts[2]) or not "1900" <= parts[2] <= "2100":
        typed.wrong_part[name] = "year"
        typed.refuse(name, _("Enter the year with four digits, for example 1991."))
    else:
        try:
            typed.changes[name] = date(int(parts[2]), int(parts[1]), int(parts[0])).isoformat()
        except ValueError:
            typed.wrong_part[name] = "day"
            typed.refuse(name, _("Enter a day that the month has, for example 27."))


def _read_tick(post: QueryDict, name: str, typed: Typed) -> None:
    if f"{name}-shown" in post:
        typed.changes[name] = name in post
        typed.shown[name] = YES if name in post else NO


def _read_one(post: QueryDict, name: str, kind: str, language: str, typed: Typed) -> None:
    given = _lines(_text(post, name))
    typed.shown[name] = given
    if kind == "number":
        _read_number(name, given, language, typed)
    elif kind == "yes_no":
        typed.changes[name] = {YES: True, NO: False}.get(given, "")
    elif kind == "search" and not given and _text(post, f"{name}-typed").strip():
        typed.searched[name] = _text(post, f"{name}-typed").strip()[:100]
        words = _("Choose one of the entries that the list offers for “%(typed)s”.")
        typed.refuse(name, words % {"typed": typed.searched[name]})
    else:
        typed.changes[name] = given


def _read_number(name: str, given: str, language: str, typed: Typed) -> None:
    number = read_number(given.replace("$", ""), language) if given else ""
    if number is None:
        typed.refuse(name, _("Enter a number, for example 12."))
    else:
        typed.changes[name] = str(number)


def seen_version(post: QueryDict, offer: OfferOfEmployment) -> int:
    """Return the version that a page showed; without one, the present."""
    given = _text(post, "version")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else offer.version


def _text(post: QueryDict, name: str) -> str:
    return str(post.get(name, ""))


def _lines(text: str) -> str:
    """Return a text with plain line ends: browsers send others than they were given."""
    return text.replace("\r\n", "\n").strip()
