"""What is wrong with tables of wages: rows that are none, unknown occupations, tables that hold on the same day."""

from collections.abc import Iterator
from itertools import combinations

from exemption_codes.catalogue import documents as doc
from exemption_codes.catalogue.date_checks import check_period, common_part
from exemption_codes.catalogue.draft import Draft
from exemption_codes.catalogue.problems import Problem
from exemption_codes.catalogue.wages import WageRange, rows_in
from exemption_codes.catalogue.yaml_reader import Source

HINT = "write: occupation, region, low, median and high, such as 21231 ON 30.00 45.50 70.00"
Reports = Iterator[Problem]


def check_wages(draft: Draft) -> Reports:
    """Yield what is wrong with each table of wages, and between them."""
    tables = {key: table for key, table in draft.rulebook.wages.items() if table is not None}
    for key, table in tables.items():
        source = draft.sources[f"wages/{key}"]
        yield from check_period(table.in_force, source, ("in_force",))
        yield from draft.check_citations(table.cite, source, ("cite",))
        yield from draft.check_list(table.occupations, source, ("occupations",))
        yield from _check_rows(draft, table, source)
    for one, other in combinations([key for key, table in tables.items() if table.in_force], 2):
        if common_part(tables[one].in_force, tables[other].in_force):
            hint = "end the older one on the day before the newer one begins"
            message = f"{one} and {other} hold on the same days"
            yield draft.sources[f"wages/{other}"].problem(("in_force",), message, hint)


def _check_rows(draft: Draft, table: doc.WagesDocument, source: Source) -> Reports:
    known = _codes(draft, table)
    seen: set[tuple[str, str]] = set()
    first = source.line_of(("table",)) + 1
    for place, row in rows_in(table.table or ""):
        message = _wrong(row, known, seen)
        if message:
            yield Problem(source.name, first + place, f"table.{place}", message, HINT)


def _wrong(row: WageRange | str, known: frozenset[str] | None, seen: set[tuple[str, str]]) -> str:
    if isinstance(row, str):
        return f"the line {row[:60]!r} is no row of wages"
    key = (row.noc, row.region)
    if key in seen:
        return f"{row.noc} {row.region} stands twice"
    seen.add(key)
    if known is not None and row.noc not in known:
        return f"there is no occupation {row.noc}"
    return row.problem


def _codes(draft: Draft, table: doc.WagesDocument) -> frozenset[str] | None:
    """Return the codes of the version of the classification that a table uses; None where they could not be read."""
    listed = draft.list_named(table.occupations)
    if listed is None or not draft.knows_occupations:
        return None
    return frozenset(str(row["key"]) for row in draft.rows_of(listed) if "key" in row)
