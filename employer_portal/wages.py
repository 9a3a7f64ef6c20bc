"""Wages by the hour and by the year. Canadian dollars.

What must and what is usually paid stands in the catalogue (exemption_codes.catalogue.wages).
"""

from decimal import Decimal

WEEKS_A_YEAR = 52
MONTHS_A_YEAR = 12


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
