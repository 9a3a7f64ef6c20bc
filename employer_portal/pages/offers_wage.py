"""The converter of wages: a yearly, monthly, weekly or daily amount, also in another currency, by the hour in CAD."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from eligibility.questionnaire.typed_fields import read_number
from employer_portal.models import OfferOfEmployment
from employer_portal.pages.offers_typed import Typed
from employer_portal.wages import annual_wage_cad, wage_by_the_hour

PERIODS = {
    "year": gettext_lazy("a year"),
    "month": gettext_lazy("a month"),
    "week": gettext_lazy("a week"),
    "day": gettext_lazy("a day"),
    "hour": gettext_lazy("an hour"),
}
LARGEST = 100_000_000


@dataclass(frozen=True)
class WageTyped:
    """What the converter shows: the amount as it was typed, and what the hourly wage comes to in a year."""

    amount: str
    per: str
    currency: str
    rate: str
    periods: list[tuple[str, Any, bool]]
    annual_cad: Decimal | None


def wage_typed(offer: OfferOfEmployment, post: QueryDict, language: str) -> WageTyped:
    stored = offer.wage_as_typed
    per = post.get("wage-per", stored.get("per", "year"))
    wage, hours = offer.hourly_wage_cad, offer.hours_per_week
    return WageTyped(
        post.get("wage-amount", _said(stored.get("amount", ""), language)),
        per,
        post.get("wage-currency", stored.get("currency", "CAD"))[:3],
        post.get("wage-rate", _said(stored.get("rate", ""), language)),
        [(value, label, value == per) for value, label in PERIODS.items()],
        annual_wage_cad(wage, hours) if wage and hours else None,
    )


def converted_wage(post: QueryDict, language: str, typed: Typed) -> None:
    """Keep the amount as it was typed; where the conversion is asked for, put it into the wage an hour."""
    amount, rate = post.get("wage-amount", "").strip(), post.get("wage-rate", "").strip() or "1"
    per, currency = post.get("wage-per", "year"), post.get("wage-currency", "CAD").strip().upper()[:3] or "CAD"
    if "convert" not in post:
        return
    numbers = [read_number(text.replace("$", ""), language) for text in (amount, rate)]
    if None in numbers or per not in PERIODS or not all(0 < float(number or 0) < LARGEST for number in numbers):
        typed.refuse("wage_as_typed", _("Enter the amount to convert, for example 85,000."))
        return
    hours = {name: Decimal(str(typed.changes.get(name) or 0)) for name in ("hours_per_day", "hours_per_week")}
    if not hours["hours_per_week"] or (per == "day" and not hours["hours_per_day"]):
        typed.refuse("wage_as_typed", _("Enter the hours first: the conversion needs them."))
        return
    value, factor = (Decimal(str(number)) for number in numbers)
    hourly = wage_by_the_hour(value * factor, per, hours["hours_per_day"], hours["hours_per_week"])
    typed.changes["hourly_wage_cad"] = str(hourly)
    typed.shown.pop("hourly_wage_cad", None)
    typed.changes["wage_as_typed"] = {
        "amount": str(value), "per": per, "currency": currency, "rate": str(factor),
        "hours_per_week": str(hours["hours_per_week"]),
    }  # fmt: skip


def _said(number: str, language: str) -> str:
    return number.replace(".", ",") if language == "fr" else number
