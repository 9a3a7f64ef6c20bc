"""The least that may be paid, and wages by the hour and by the year. Canadian dollars.

What is usually paid stands in the catalogue (exemption_codes.catalogue.wages). Source: rules/lists/minimum_wages.yaml.
"""

from datetime import date
from decimal import Decimal

from exemption_codes.catalogue.rulebook import Rulebook

WEEKS_A_YEAR = 52
MONTHS_A_YEAR = 12


def minimum_wage_cad(province: str, on: date, rulebook: Rulebook) -> Decimal | None:
    """Return the latest general minimum wage known for a day; None before the list begins or where it is silent."""
    edition = rulebook.edition("minimum_wages", on)
    rows = [row for row in edition.rows if row["province"] == province and row["from"] <= on] if edition else []
    latest = max(rows, key=lambda row: row["from"], default=None)
    return Decimal(str(latest["hourly_cad"])) if latest else None


def annual_wage_cad(hourly_cad: Decimal, hours_per_week: Decimal) -> Decimal:
    """Return what an hourly wage comes to in a year of 52 weeks."""
    return (hourly_cad * hours_per_week * WEEKS_A_YEAR).quantize(Decimal("0.01"))


def wage_by_the_hour(amount_cad: Decimal, per: str, hours_per_day: Decimal, hours_per_week: Decimal) -> Decimal:
    """Return the hourly wage, to the cent, of an amount for an hour, day, week, month or year.

    Raises KeyError for another period.
    """
    hours = {
        "hour": Decimal(1),
        "day": hours_per_day,
        "week": hours_per_week,
        "month": hours_per_week * WEEKS_A_YEAR / MONTHS_A_YEAR,
        "year": hours_per_week * WEEKS_A_YEAR,
    }
    return (amount_cad / hours[per]).quantize(Decimal("0.01"))
