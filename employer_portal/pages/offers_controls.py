"""The fields of an offer as controls: what each asks, what it shows, and what is said beside it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from eligibility.engine.words import capitalised
from eligibility.questionnaire import option_lists
from eligibility.questionnaire.option_lists import Option
from employer_portal.models import OfferOfEmployment, WorkSite
from employer_portal.pages.offers_words import HEADINGS, HINTS, OPTIONAL, UNITS
from exemption_codes.catalogue.rulebook import Rulebook

MOST_RADIOS = 5
SEARCH_HINT = _("Type part of the name")
YES, NO = "yes", "no"


@dataclass(frozen=True)
class Warned:
    """A warning beside a field, with the reason given for it so far."""

    key: str
    text: str
    provision: str
    reason: str

    @property
    def name(self) -> str:
        return f"reason:{self.key}"

    @property
    def id(self) -> str:
        return f"reason-{self.key.replace('.', '-')}"


@dataclass(frozen=True)
class Control:
    """One field on a page; templates draw it by its kind."""

    name: str
    kind: str
    label: str
    help: Any = ""
    unit: Any = ""
    heading: Any = ""
    options: Sequence[Option] = ()
    search_hint: Any = SEARCH_HINT
    typed: Any = ""
    searched: Sequence[str] = ()
    errors: Sequence[str] = ()
    warnings: Sequence[Warned] = field(default=())
    wrong_part: str = ""
    max_length: int | None = None
    is_optional: bool = False

    @property
    def id(self) -> str:
        return f"f-{self.name.replace('.', '-').replace('_', '-')}"

    @property
    def described_by(self) -> str:
        parts = [(f"{self.id}-hint", self.help), (f"{self.id}-error", self.errors), (f"{self.id}-unit", self.unit)]
        return " ".join(name for name, is_there in parts if is_there)

    @property
    def first_control(self) -> str:
        """The id of the control that an error summary leads to."""
        if self.kind == "date":
            return f"{self.id}-{self.wrong_part or 'day'}"
        return f"{self.id}-0" if self.kind in ("radios", "yes_no") else self.id

    @property
    def is_group(self) -> bool:
        return self.kind in ("radios", "yes_no", "date")

    @property
    def is_birth(self) -> bool:
        return self.name == "worker_date_of_birth"

    @property
    def rows(self) -> int:
        return 8 if (self.max_length or 0) > 4000 else 4


Model = type[OfferOfEmployment] | type[WorkSite]


def kind_of(name: str, model: Model = OfferOfEmployment) -> str:
    """Return how a field is asked for."""
    found: Any = model._meta.get_field(name)
    if isinstance(found, CountryField) or name in ("noc_code", "exemption_category"):
        return "search"
    if name == "province":
        return "list"
    if found.choices:
        return "radios" if len(found.choices) <= MOST_RADIOS else "list"
    if isinstance(found, models.BooleanField):
        return "yes_no" if found.null else "tick"
    if isinstance(found, models.DateField) or found.get_internal_type() == "DateField":
        return "date"
    if isinstance(found, models.DecimalField | models.IntegerField):
        return "number"
    return "long" if isinstance(found, models.TextField) and found.max_length else "text"


def control(
    name: str,
    value: Any,
    rulebook: Rulebook,
    language: str,
    *,
    model: Model = OfferOfEmployment,
    prefix: str = "",
    **said: Any,
) -> Control:
    """Return a field as a control that shows a stored value; `said` overrules what it shows or adds errors."""
    found: Any = model._meta.get_field(name)
    kind = kind_of(name, model)
    given = {
        "help": HINTS.get(name, ""),
        "unit": UNITS.get(name, ""),
        "heading": HEADINGS.get(name, "") if model is OfferOfEmployment else "",
        "options": _options(name, found, kind, rulebook, language),
        "typed": as_typed(kind, value, language),
        "max_length": found.max_length if kind in ("text", "long") else None,
        "is_optional": name in OPTIONAL,
        **said,
    }
    return Control(f"{prefix}{name}", kind, capitalised(str(found.verbose_name)), **given)


def as_typed(kind: str, value: Any, language: str) -> Any:
    """Return a stored value as its control shows it."""
    if kind == "date":
        day = date.fromisoformat(value) if isinstance(value, str) and value else value
        return (str(day.day), str(day.month), str(day.year)) if day else ("", "", "")
    if kind in ("yes_no", "tick"):
        return "" if value is None else YES if value else NO
    if value is None:
        return ""
    if kind == "number":
        text = f"{value}"
        text = text.rstrip("0").rstrip(".") if text.endswith((".00", ".0")) else text
        return text.replace(".", ",") if language == "fr" else text
    return str(value)


def _options(name: str, found: Any, kind: str, rulebook: Rulebook, language: str) -> Sequence[Option]:
    if isinstance(found, CountryField):
        return option_lists.countries(language)
    if name == "noc_code":
        return option_lists.occupations(rulebook, language)
    if name == "exemption_category":
        return exemptions(rulebook, language)
    if name == "province":
        return option_lists.provinces(language)
    if kind in ("radios", "list"):
        return [Option(str(value), capitalised(str(label))) for value, label in found.choices]
    return [Option(YES, str(_("Yes"))), Option(NO, str(_("No")))] if kind == "yes_no" else ()


def exemptions(rulebook: Rulebook, language: str) -> list[Option]:
    """Return the exemptions for which an employer files an offer, by their present or last code."""
    other = "en" if language == "fr" else "fr"
    options = [
        Option(
            category.id,
            f"{category.codes[-1].code} – {category.name.in_language(language)}",
            f"{category.name.in_language(other)} {' '.join(code.code for code in category.codes)}",
        )
        for category in rulebook.categories.values()
        if category.offer_required and category.permit_type == "employer_specific"
    ]
    return sorted(options, key=lambda option: option.words)


def first_wrong(controls: Iterable[Control]) -> list[Control]:
    return [one for one in controls if one.errors]
