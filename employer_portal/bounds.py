"""What no draft can hold, whatever else is unfinished: the database refuses it, so the writer is told first."""

from decimal import Decimal

from employer_portal.errors import FieldsInvalid
from employer_portal.models import OfferOfEmployment
from employer_portal.problem_words import problem_text
from exemption_codes.catalogue.documents import Text

HOURS = {"hours_per_day": 24, "hours_per_week": 168}
AMOUNTS = (
    "hourly_wage_cad", "overtime_rate_cad", "overtime_after_hours", "vacation_days", "vacation_percent",
    "agreement_hourly_wage_cad", "agreement_hours_per_week",
)  # fmt: skip


def check_bounds(offer: OfferOfEmployment) -> None:
    """Raise FieldsInvalid for hours that no day or week has, amounts below zero, and a period that ends first."""
    wrong: dict[str, Text] = {}
    for name, most in HOURS.items():
        value = getattr(offer, name)
        if value is not None and not 0 < value <= most:
            wrong[name] = Text(
                en=f"Enter more than 0 and at most {most} hours.", fr=f"Inscrivez plus de 0 et au plus {most} heures."
            )
    for name in AMOUNTS:
        value = getattr(offer, name)
        if value is not None and value < Decimal(0):
            wrong[name] = Text(en="Enter 0 or more.", fr="Inscrivez 0 ou plus.")
    if offer.starts_on and offer.ends_on and offer.ends_on < offer.starts_on:
        wrong["starts_on"] = wrong["ends_on"] = problem_text("period.order")
    if wrong:
        raise FieldsInvalid(wrong)
