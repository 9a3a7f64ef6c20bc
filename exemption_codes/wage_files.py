"""Files of wages: the plain one and the Job Bank's official one, read row by row, with what is wrong in each row.

Plain: noc, region, low_hourly, median_hourly, high_hourly. Official: NOC_CNP, prov, ER_Code_Code_RE and the wages,
yearly ones marked by Annual_Wage_Flag_Salaire_annuel; rows for economic regions within a province are left out.
"""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path

from exemption_codes.catalogue.wages import CANADA, WageRange

PLAIN = ("noc", "region", "low_hourly", "median_hourly", "high_hourly")
WAGES = ("Low_Wage_Salaire_Minium", "Median_Wage_Salaire_Median", "High_Wage_Salaire_Maximal")
YEARLY = "Annual_Wage_Flag_Salaire_annuel"
OFFICIAL = ("NOC_CNP", "prov", "ER_Code_Code_RE", *WAGES, YEARLY)
HOURS_A_YEAR = 2080
REGION_NAMES = {"NAT": CANADA, "PEI": "PE", "YK": "YT", "YU": "YT", "NWT": "NT"}
# Statistics Canada numbers regions by province; one of these stands for the whole of it, so do two digits alone.
WHOLE = {"PE": "1110", "YT": "6010", "NT": "6110", "NU": "6210", CANADA: "00"}
NOTHING = ("", "NA", "N/A", "..", "x")
NOC = re.compile(r"(?:NOC_)?(\d{5})")
CENT = Decimal("0.01")


@dataclass(frozen=True)
class RowProblem:
    """What is wrong with one line of a file, counted from 1 with its head."""

    line: int
    message: str


@dataclass
class WageFile:
    """What a file of wages says, what is wrong with it, and how many rows are left out and why."""

    rows: list[WageRange] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
    lines: dict[tuple[str, str], int] = field(default_factory=dict)
    economic_regions: int = 0
    without_wages: int = 0

    def add(self, row: WageRange, line: int) -> None:
        """Take a row; raises ValueError when it cannot be right, or an earlier line speaks of the same."""
        first = self.lines.setdefault((row.noc, row.region), line)
        message = f"{row.noc} {row.region} stands already in line {first}" if first != line else row.problem
        if message:
            raise ValueError(message)
        self.rows.append(row)


def read_wage_file(path: Path, nocs: frozenset[str]) -> WageFile:
    """Read a file of wages in one of the two forms; `nocs` are the codes that exist.

    Raises ValueError when its head is that of neither.
    """
    found = WageFile()
    with path.open(newline="", encoding="utf-8-sig") as file:
        reader = csv.DictReader(file)
        head = reader.fieldnames or ()
        is_official = set(OFFICIAL) <= set(head)
        if not is_official and not set(PLAIN) <= set(head):
            raise ValueError(f"the head has neither {', '.join(PLAIN)} nor {', '.join(OFFICIAL)}")
        for row in reader:
            values = {key: (value or "").strip() for key, value in row.items() if isinstance(key, str)}
            _read_row(values, reader.line_num, is_official, nocs, found)
    found.rows.sort(key=lambda row: (row.noc, row.region))
    return found


def _read_row(row: Mapping[str, str], line: int, is_official: bool, nocs: frozenset[str], found: WageFile) -> None:
    region = _official_region(row) if is_official else row["region"]
    if region is None:
        found.economic_regions += 1
        return
    written = [row[name] for name in (WAGES if is_official else PLAIN[2:])]
    if any(value in NOTHING for value in written):
        found.without_wages += 1
        return
    try:
        noc = _noc(row["NOC_CNP" if is_official else "noc"], nocs)
        found.add(WageRange(noc, region, *(_hourly(value, row.get(YEARLY, "0")) for value in written)), line)
    except ValueError as error:
        found.problems.append(RowProblem(line, str(error)))


def _official_region(row: Mapping[str, str]) -> str | None:
    """Return the province of an official row, CA for all of Canada; None for an economic region within a province."""
    region = REGION_NAMES.get(row["prov"].upper(), row["prov"].upper())
    number = row["ER_Code_Code_RE"].upper().removeprefix("ER")
    return region if len(number) == 2 or number == WHOLE.get(region) else None


def _noc(written: str, nocs: frozenset[str]) -> str:
    match = NOC.fullmatch(written)
    if not match or match[1] not in nocs:
        raise ValueError(f"there is no occupation {written!r}")
    return match[1]


def _hourly(written: str, yearly: str) -> float:
    """Return a wage by the hour, to the cent; a yearly one is that of 2,080 hours."""
    if yearly not in ("0", "1"):
        raise ValueError(f"{YEARLY} is 0 or 1, not {yearly!r}")
    try:
        amount = Decimal(written)
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite():
        raise ValueError(f"the wage {written!r} is no number")
    return float((amount / HOURS_A_YEAR if yearly == "1" else amount).quantize(CENT))
