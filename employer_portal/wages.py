"""The least that may be paid, and wages by the hour and by the year. Canadian dollars.

What is usually paid stands in the catalogue (exemption_codes.catalogue.wages). Source: rules/lists/minimum_wages.yaml.
"""

from datetime import date
from decimal import Decimal

from exemption_codes.catalogue.rulebook import Rulebook

WEEKS_A_YEAR = 52


def minimum_wage_cad(province: str, on: date, rulebook: Rulebook) -> Decimal | None:
    """Return the latest general minimum wage known for a day; None before the list begins or where it is silent."""
    edition = rulebook.edition("minimum_wages", on)
    rows = [row for row in edition.rows if row["province"] == province and row["from"] <= on] if edition else []
    latest = max(rows, key=lambda row: row["from"], default=None)
    return Decimal(str(latest["hourly_cad"])) if latest else None


def annual_wage_cad(hourly_cad: Decimal, hours_per_week: Decimal) -> Decimal:
    """Return what an hourly wage comes to in a year of 52 weeks."""
    return (hourly_cad * hours_per_week * WEEKS_A_YEAR).quantize(Decimal("0.01"))


def hourly_wage_cad(annual_cad: Decimal, hours_per_week: Decimal) -> Decimal:
    """Return the hourly wage of a yearly one, to the cent."""
    return (annual_cad / (hours_per_week * WEEKS_A_YEAR)).quantize(Decimal("0.01"))
