"""What is paid for an occupation in a province, and the least that may be paid. Canadian dollars an hour.

Sources: wages_2024.csv (the Job Bank's wage survey, 2024 edition: low, median and high of each occupation and
province; CA is all of Canada); rules/lists/minimum_wages.yaml.
"""

import csv
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from exemption_codes.catalogue.rulebook import Rulebook

TABLE = Path(__file__).parent / "wages_2024.csv"
CANADA = "CA"
WEEKS_A_YEAR = 52


@dataclass(frozen=True)
class WageRange:
    """Low, median and high wage of an occupation; `region` is CA where the province has too few data."""

    region: str
    low_cad: Decimal
    median_cad: Decimal
    high_cad: Decimal


def wage_range(noc: str, province: str) -> WageRange | None:
    """Return what an occupation pays in a province, or else in all of Canada; None where nothing is known."""
    table = _table()
    return table.get((noc, province)) or table.get((noc, CANADA))


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


@cache
def _table() -> dict[tuple[str, str], WageRange]:
    with TABLE.open(newline="", encoding="utf-8") as file:
        return {
            (row["noc"], row["region"]): WageRange(
                row["region"], Decimal(row["low_hourly"]), Decimal(row["median_hourly"]), Decimal(row["high_hourly"])
            )
            for row in csv.DictReader(file)
        }
