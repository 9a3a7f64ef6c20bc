"""The lists and tables behind a category's rule, spelled out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel.numbers import format_decimal
from django.utils.translation import gettext as _

from eligibility.engine.explain import CitationStatement, citations
from eligibility.engine.words import LOCALES, capitalised, occupation_title
from exemption_codes.browse.mentions import lists_read
from exemption_codes.browse.plain_text import plain
from exemption_codes.browse.rule_tree import RuleBranch, rule_branch
from exemption_codes.catalogue import documents as doc
from exemption_codes.catalogue.fact_values import country_name
from exemption_codes.catalogue.rulebook import Rulebook


@dataclass(frozen=True)
class Cell:
    """One cell of a table: a text, or a condition."""

    text: str = ""
    branch: RuleBranch | None = None


@dataclass(frozen=True)
class TableRow:
    """A row; several names where a table of one column says the same of each."""

    names: tuple[str, ...]
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """A list (`members`, and those in `doubt`) or a table (`columns` and `rows`); `groups` says what is meant whole."""

    id: str
    name: str
    of: str
    groups: tuple[str, ...]
    members: tuple[str, ...]
    doubt: tuple[str, ...]
    head: str
    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]
    citations: tuple[CitationStatement, ...]
    confidence: str

    @property
    def is_one_column(self) -> bool:
        return len(self.columns) == 1

    @property
    def size(self) -> int:
        return sum(len(row.names) for row in self.rows) or len(self.members)


def tables_of(category: doc.Category, rulebook: Rulebook, on: date, language: str) -> tuple[Table, ...]:
    """Return the lists that a category's criteria read on a day, in the order in which they come up."""
    conditions = [
        condition
        for criterion in category.criteria
        if criterion.in_force.holds(on)
        for condition in (criterion.when, criterion.applies_when)
        if condition is not None
    ]
    facts: dict[str, str] = {}
    for condition in conditions:
        for listed, fact in lists_read(condition):
            facts.setdefault(listed, fact)
    columns = {column for condition in conditions for column in _columns_read(condition)}
    tables = (_table(listed, fact, columns, rulebook, on, language) for listed, fact in facts.items())
    return tuple(table for table in tables if table is not None)


def _columns_read(condition: Any) -> Iterator[tuple[str, str]]:
    match condition:
        case doc.AllOf(all=parts) | doc.AnyOf(any=parts):
            for part in parts:
                yield from _columns_read(part)
        case doc.Negation(not_=part):
            yield from _columns_read(part)
        case doc.RowOf(row_of=table, holds=str(column)):
            yield table, column


def _table(
    listed: str, fact: str, wanted: set[tuple[str, str]], rulebook: Rulebook, on: date, language: str
) -> Table | None:
    document, edition = rulebook.lists[listed], rulebook.edition(listed, on)
    if edition is None:
        return None
    reader = _Reader(document, rulebook.facts[fact], rulebook, on, language)
    columns = [name for name in document.columns if _is_shown(name, listed, wanted, edition)]
    rows = [row for row in edition.rows if not columns or any(name in row for name in columns)] if columns else []
    names = sorted(map(reader.name, rulebook.members(listed, on)), key=plain) if not columns else []
    doubt = sorted(map(reader.name, rulebook.undetermined_members(listed, on)), key=plain)
    return Table(
        id=listed,
        name=document.name.in_language(language),
        of=document.of,
        groups=tuple(_groups(edition)),
        members=tuple(names),
        doubt=tuple(doubt),
        head=capitalised(rulebook.facts[fact].label.in_language(language)),
        columns=tuple(document.columns[name].in_language(language) for name in columns),
        rows=_joined(sorted((reader.row(row, columns) for row in rows), key=lambda row: plain(row.names[0]))),
        citations=citations(document.cite, rulebook, language),
        confidence=document.confidence,
    )


def _joined(rows: list[TableRow]) -> tuple[TableRow, ...]:
    """Put the rows of a table of one column together that say the same; others stay as they are."""
    if any(len(row.cells) > 1 for row in rows):
        return tuple(rows)
    names: dict[tuple[Cell, ...], list[str]] = {}
    for row in rows:
        names.setdefault(row.cells, []).extend(row.names)
    return tuple(TableRow(tuple(found), cells) for cells, found in names.items())


def _is_shown(column: str, listed: str, wanted: set[tuple[str, str]], edition: doc.Edition) -> bool:
    """A column of conditions is shown where a criterion reads it; one of values always."""
    values = [row[column] for row in edition.rows if column in row]
    return (listed, column) in wanted or any(not isinstance(value, doc.Document) for value in values)


def _groups(edition: doc.Edition) -> Iterator[str]:
    if edition.teers:
        yield _("every occupation in TEER %(levels)s") % {"levels": ", ".join(map(str, edition.teers))}
    if edition.prefixes:
        yield _("the occupations whose codes begin with %(digits)s") % {"digits": ", ".join(edition.prefixes)}


class _Reader:
    """Puts the parts of one list into words."""

    def __init__(
        self, document: doc.ListDocument, fact: doc.FactDocument, rulebook: Rulebook, on: date, language: str
    ) -> None:
        self.document, self.fact, self.rulebook, self.on, self.language = document, fact, rulebook, on, language

    def name(self, key: object) -> str:
        if self.document.of == "country":
            return country_name(str(key), self.language)
        if self.document.of == "noc":
            return f"{key} {occupation_title(str(key), self.rulebook, self.language)}"
        choice = (self.fact.choices or {}).get(str(key))
        return capitalised(choice.in_language(self.language)) if choice else str(key)

    def row(self, row: dict[str, Any], columns: list[str]) -> TableRow:
        return TableRow((self.name(row["key"]),), tuple(self._cell(row.get(column)) for column in columns))

    def _cell(self, value: Any) -> Cell:
        if value is None:
            return Cell("–")
        if isinstance(value, doc.Document):
            return Cell(branch=rule_branch(value, self.rulebook, self.on, self.language))
        if isinstance(value, int | float) and not isinstance(value, bool):
            return Cell(str(format_decimal(value, locale=LOCALES[self.language])))
        return Cell(str(value))
