"""Which categories read which lists, columns of tables and parameters."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from eligibility.engine.derive import list_behind
from exemption_codes.catalogue import documents as doc
from exemption_codes.catalogue.rulebook import Rulebook

DERIVED_COLUMNS = {"gats_occupations": {"group": "offer.gats_group"}}
"""Columns that a derived fact is looked up in."""


@dataclass
class Readers:
    """Categories by the list or parameter they read; of each table the columns that are read, with the fact that a
    column of values is compared with (empty for a column of conditions).
    """

    lists: dict[str, set[str]] = field(default_factory=dict)
    columns: dict[str, dict[str, str]] = field(default_factory=dict)
    parameters: dict[str, set[str]] = field(default_factory=dict)


def readers_of(rulebook: Rulebook) -> Readers:
    readers = Readers()
    for name, category in rulebook.categories.items():
        for criterion in category.criteria:
            for condition in (criterion.when, criterion.applies_when):
                _read(condition, rulebook, name, readers)
    return readers


def criterion_reads(criterion: doc.Criterion, listed: str, rulebook: Rulebook) -> bool:
    """Tell whether a criterion reads a list or parameter of this name, also by way of a derived fact."""
    readers = Readers()
    for condition in (criterion.when, criterion.applies_when):
        _read(condition, rulebook, criterion.id, readers)
    return bool(readers.lists.get(listed) or readers.parameters.get(listed))


def _read(condition: Any, rulebook: Rulebook, category: str, readers: Readers, table: str = "") -> None:
    for part in parts_of(condition):
        _read(part, rulebook, category, readers, table)
    match condition:
        case doc.RowOf(row_of=listed, holds=holds, check=check):
            readers.lists.setdefault(listed, set()).add(category)
            readers.columns.setdefault(listed, {}).update({holds: ""} if holds else {})
            _read(check, rulebook, category, readers, listed)
            for cell in _cells(rulebook, listed, holds):
                _read(cell, rulebook, category, readers, listed)
        case doc.FactTest():
            _read_test(condition, category, readers, table)


def _read_test(test: doc.FactTest, category: str, readers: Readers, table: str) -> None:
    for value in vars(test).values():
        if isinstance(value, doc.ParameterRef):
            readers.parameters.setdefault(value.parameter, set()).add(category)
        if isinstance(value, doc.ColumnRef):
            readers.columns.setdefault(table, {})[value.column] = test.fact
    if test.in_list:
        readers.lists.setdefault(test.in_list, set()).add(category)
    for fact in (test.fact, test.at_least_fact, test.same_as_fact):
        if fact and (behind := list_behind(fact)):
            readers.lists.setdefault(behind, set()).add(category)
            readers.columns.setdefault(behind, {}).update(DERIVED_COLUMNS.get(behind, {}))


def parts_of(condition: Any) -> list[Any]:
    match condition:
        case doc.AllOf(all=parts) | doc.AnyOf(any=parts):
            return list(parts)
        case doc.Negation(not_=part):
            return [part]
    return []


def _cells(rulebook: Rulebook, listed: str, column: str | None) -> Iterator[Any]:
    rows = (row for edition in rulebook.lists[listed].editions for row in edition.rows)
    return (row[column] for row in rows if column and column in row)
