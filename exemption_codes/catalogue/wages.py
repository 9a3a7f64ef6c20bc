"""Wages by occupation and province, as published for a year: dated tables of Canadian dollars an hour."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from exemption_codes.catalogue import documents as doc
from exemption_codes.catalogue.fact_values import PROVINCES
from exemption_codes.catalogue.rulebook import Rulebook

CANADA = "CA"
MINIMUM_WAGES = "minimum_wages"
REGIONS = (CANADA, *PROVINCES)
ROW = re.compile(r"(\d{5}) ([A-Z]{2}) (\d+\.\d{2}) (\d+\.\d{2}) (\d+\.\d{2})")


@dataclass(frozen=True)
class WageRange:
    """What an occupation is paid an hour in a region; CA is all of Canada."""

    noc: str
    region: str
    low_cad: float
    median_cad: float
    high_cad: float

    @property
    def line(self) -> str:
        """The row of a table that says this."""
        return f"{self.noc} {self.region} {self.low_cad:.2f} {self.median_cad:.2f} {self.high_cad:.2f}"

    @property
    def problem(self) -> str:
        """Say what cannot be right about the row; empty when nothing is."""
        if self.region not in REGIONS:
            return f"there is no region {self.region}"
        if not 0 < self.low_cad <= self.median_cad <= self.high_cad:
            return "the wages do not rise from low over median to high"
        return ""


@dataclass(frozen=True)
class UsualWage:
    """The wages found for an occupation where the job is, and the publication that says so."""

    wages: WageRange
    published: doc.WagesDocument


def usual_wage(noc: str, province: str, on: date, rulebook: Rulebook) -> UsualWage | None:
    """Return what an occupation is paid in a province on a day, or else in all of Canada; None where none is known."""
    published = wages_on(on, rulebook)
    if published is None or province not in PROVINCES:
        return None
    table = table_of(published.id, rulebook)
    found = table.get((noc, province)) or table.get((noc, CANADA))
    return UsualWage(found, published) if found else None


def wages_on(on: date, rulebook: Rulebook) -> doc.WagesDocument | None:
    """Return the table of wages that counts on a day; None before the first."""
    return next((table for table in rulebook.wages.values() if table.in_force.holds(on)), None)


@lru_cache(maxsize=16)
def table_of(published: str, rulebook: Rulebook) -> Mapping[tuple[str, str], WageRange]:
    """Return the rows of a table by occupation and region."""
    rows = (row for _, row in rows_in(rulebook.wages[published].table) if isinstance(row, WageRange))
    return {(row.noc, row.region): row for row in rows}


def rows_in(table: str) -> Iterator[tuple[int, WageRange | str]]:
    """Yield each line of a table with its place, from 0: a row, or the text of a line that is none."""
    for place, line in enumerate(table.splitlines()):
        match = ROW.fullmatch(line)
        if match:
            noc, region, *wages = match.groups()
            yield place, WageRange(noc, region, *map(float, wages))
        else:
            yield place, line


def minimum_wage_cad(province: str, on: date, rulebook: Rulebook) -> Decimal | None:
    """Return the latest general minimum wage known for a day; None before the list begins or where it is silent.

    Source: rules/lists/minimum_wages.yaml.
    """
    edition = rulebook.edition(MINIMUM_WAGES, on) if MINIMUM_WAGES in rulebook.lists else None
    rows = [row for row in edition.rows if row["province"] == province and row["from"] <= on] if edition else []
    latest = max(rows, key=lambda row: row["from"], default=None)
    return Decimal(str(latest["hourly_cad"])) if latest else None
