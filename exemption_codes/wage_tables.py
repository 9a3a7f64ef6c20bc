"""Tables of wages as rule files: a new one written, and the one before it ended."""

from collections.abc import Sequence
from datetime import date, timedelta

from exemption_codes.catalogue import documents as doc
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.catalogue.wages import WageRange

HEAD = """\
# The Job Bank's wages, {year}: occupation, region (CA is all of Canada), then low, median and high, CAD an hour.
# Written by manage.py import_wages. Where a province has no row, all of Canada's counts.
"""


def new_table(
    rows: Sequence[WageRange], first_day: date, year: int, occupations: str, source: str
) -> doc.WagesDocument:
    """Return the table of a year, in force from a day on."""
    return doc.WagesDocument(
        id=f"job_bank_{year}",
        name=doc.Text(en=f"Job Bank wages {year}", fr=f"Salaires du Guichet-Emplois {year}"),
        year=year,
        occupations=occupations,
        in_force=doc.Period(from_=first_day),
        cite=[doc.Citation(source=source)],
        table="".join(f"{row.line}\n" for row in rows),
    )


def with_table(table: doc.WagesDocument, rulebook: Rulebook) -> dict[str, str]:
    """Return the rule files that change, by name: the new table, and the one that was in force, which now ends."""
    changed = {_file(table): written(table)}
    for earlier in rulebook.wages.values():
        if earlier.id != table.id and table.in_force.from_ and earlier.in_force.holds(table.in_force.from_):
            last = table.in_force.from_ - timedelta(days=1)
            ended = doc.Period(from_=earlier.in_force.from_, until=last)
            changed[_file(earlier)] = written(earlier.model_copy(update={"in_force": ended}))
    return changed


def written(table: doc.WagesDocument) -> str:
    """Return a table as the text of its rule file."""
    until = f", until: {table.in_force.until}" if table.in_force.until else ""
    lines = [
        f"id: {table.id}",
        f"name: {{en: {table.name.en}, fr: {table.name.fr}}}",
        f"year: {table.year}",
        f"occupations: {table.occupations}",
        f"in_force: {{from: {table.in_force.from_}{until}}}",
        f"cite: [{', '.join(f'{{source: {cited.source}}}' for cited in table.cite)}]",
        "table: |",
        *(f"  {line}" for line in table.table.splitlines()),
    ]
    return HEAD.format(year=table.year) + "\n".join(lines) + "\n"


def _file(table: doc.WagesDocument) -> str:
    return f"wages/{table.id}.yaml"
