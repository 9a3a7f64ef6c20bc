"""Conditions against the vocabulary: facts, operators, values, lists, parameters and rows that fit each other."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from exemption_codes.catalogue import documents as doc
from exemption_codes.catalogue.date_checks import common_part, covers, in_words
from exemption_codes.catalogue.draft import Draft
from exemption_codes.catalogue.problems import Problem, did_you_mean
from exemption_codes.catalogue.yaml_reader import PathKey, Source

ORDERED_TYPES = ("integer", "decimal", "date")
LIST_TYPES = ("several_of", "countries")
RANKED = ("at_least", "more_than", "at_most", "less_than")
OTHER_FACT = ("at_least_fact", "same_as_fact")
Reports = Iterator[Problem]


@dataclass(frozen=True)
class Place:
    """Where a condition stands: its file, the days on which it is read, and the rows whose columns it may name."""

    draft: Draft
    source: Source
    life: doc.Period
    rows: Sequence[dict[str, Any]] = ()


def check_condition(condition: Any, place: Place, path: PathKey) -> Reports:
    """Yield every problem of a condition; parts that could not be read are None, and left out."""
    match condition:
        case doc.AllOf(all=parts):
            yield from _check_parts(parts, place, (*path, "all"))
        case doc.AnyOf(any=parts):
            yield from _check_parts(parts, place, (*path, "any"))
        case doc.Negation(not_=part):
            yield from check_condition(part, place, (*path, "not"))
        case doc.Disputed(disputed=reason):
            yield from place.draft.check_conflict(reason, place.source, (*path, "disputed"))
        case doc.RowOf():
            yield from _check_row_of(condition, place, path)
        case doc.FactTest():
            yield from _check_fact_test(condition, place, path)


def _check_parts(parts: list[Any] | None, place: Place, path: PathKey) -> Reports:
    for index, part in enumerate(parts or ()):
        yield from check_condition(part, place, (*path, index))


def _check_row_of(condition: doc.RowOf, place: Place, path: PathKey) -> Reports:
    draft = place.draft
    yield from draft.check_fact(condition.by, place.source, (*path, "by"))
    yield from draft.check_list(condition.row_of, place.source, (*path, "row_of"))
    listed = draft.list_named(condition.row_of)
    if listed is None:
        return
    yield from _check_editions(listed, place, (*path, "row_of"))
    rows = list(draft.rows_of(listed))
    columns = {column for row in rows for column in row}
    if condition.holds and condition.holds not in columns:
        hint = did_you_mean(condition.holds, columns) or f"the columns are {', '.join(sorted(columns))}"
        yield place.source.problem((*path, "holds"), f"no column {condition.holds}", hint)
    for row in rows:
        yield from draft.check_value(condition.by, row.get("key"), place.source, (*path, "by"), single=True)
    if condition.check is not None:
        inner = Place(draft, place.source, place.life, rows)
        yield from check_condition(condition.check, inner, (*path, "check"))


def _check_fact_test(test: doc.FactTest, place: Place, path: PathKey) -> Reports:
    yield from place.draft.check_fact(test.fact, place.source, (*path, "fact"))
    fact = place.draft.fact_named(test.fact)
    used = [name for name in doc.FactTest.model_fields if name != "fact" and getattr(test, name) is not None]
    if not used and test.model_fields_set == {"fact"}:
        yield place.source.problem(path, "the test has no operator", "add is, one_of, at_least or another")
    for name in used:
        key = "is" if name == "is_" else name
        value, here = getattr(test, name), (*path, key)
        if name in OTHER_FACT:
            yield from _check_other_fact(test.fact, value, name, place, here)
        elif name == "in_list":
            yield from _check_in_list(test.fact, value, place, here)
        else:
            if fact is not None:
                yield from _check_fits(test.fact, fact, key, place, here)
            yield from _check_written(test.fact, value, place, here)


def _check_fits(name: str, fact: doc.FactDocument, key: str, place: Place, here: PathKey) -> Reports:
    """Whether the operator suits the type of the fact."""
    if key in RANKED and fact.type not in ORDERED_TYPES and not fact.ordered:
        yield place.source.problem(here, f"the values of {name} have no order", "use is or one_of")
    elif key.startswith("includes") != (fact.type in LIST_TYPES):
        hint = "use includes_any or includes_none" if fact.type in LIST_TYPES else "use one_of, none_of or is"
        yield place.source.problem(here, f"{key} does not fit a fact of type {fact.type}", hint)


def _check_written(fact: str, value: Any, place: Place, here: PathKey) -> Reports:
    match value:
        case doc.ParameterRef(parameter=name):
            yield from _check_parameter(fact, name, place, here)
        case doc.ColumnRef(column=name):
            yield from _check_column(fact, name, place, here)
        case _:
            values = value if isinstance(value, list) else [value]
            for item in values:
                if item is not None:
                    yield from place.draft.check_value(fact, item, place.source, here, single=True)
            repeated = {str(item) for item in values if item is not None and values.count(item) > 1}
            for word in sorted(repeated):
                yield place.source.problem(here, f"{word} stands twice", "keep one of them")


def _check_parameter(fact: str, name: str, place: Place, here: PathKey) -> Reports:
    """The parameter must exist, fit the fact, and have a value on every day on which the condition is read."""
    draft = place.draft
    yield from draft.check_parameter(name, place.source, here)
    parameter = draft.parameter_named(name)
    values = parameter.values if parameter else None
    if not values or any(value is None for value in values):
        return
    for dated in values:
        yield from draft.check_value(fact, dated.value, place.source, here, single=True)
    yield from _check_in_force(values, f"parameters/{name}.yaml has no value", place, here)


def _check_column(fact: str, name: str, place: Place, here: PathKey) -> Reports:
    """At least one row must have the column, and each row's value must fit the fact."""
    found = [row[name] for row in place.rows if name in row]
    if not found:
        columns = {column for row in place.rows for column in row}
        hint = did_you_mean(name, columns) or "columns belong inside the check of a row_of"
        yield place.source.problem(here, f"no row has a column {name}", hint)
    for value in found:
        for item in value if isinstance(value, list) else [value]:
            yield from place.draft.check_value(fact, item, place.source, here, single=True)


def _check_in_list(fact: str, name: str, place: Place, here: PathKey) -> Reports:
    draft = place.draft
    yield from draft.check_list(name, place.source, here)
    listed = draft.list_named(name)
    if listed is None:
        return
    yield from _check_editions(listed, place, here)
    for edition in listed.editions or ():
        rows = [row.get("key") for row in edition.rows or () if row] if edition else []
        members = [*(edition.members or ()), *(edition.undetermined or ())] if edition else []
        for member in [*members, *rows]:
            yield from draft.check_value(fact, member, place.source, here, single=True)


def _check_editions(listed: doc.ListDocument, place: Place, here: PathKey) -> Reports:
    periods = [edition.in_force if edition else None for edition in listed.editions or ()]
    if periods and all(periods):
        found = [period for period in periods if period]
        yield from _check_in_force(found, f"lists/{listed.id}.yaml has no edition", place, here)


def _check_in_force(spans: Sequence[doc.Period], lack: str, place: Place, here: PathKey) -> Reports:
    """What a condition reads must be in force on all its days that the catalogue covers."""
    covered = place.draft.covered()
    needed = common_part(place.life, covered) if covered else None
    if needed and not covers(spans, needed):
        hint = f"it is read {in_words(needed)}; date the criterion, or add what was in force"
        yield place.source.problem(here, f"{lack} on some of these days", hint)


def _check_other_fact(fact: str, other: str, operator: str, place: Place, here: PathKey) -> Reports:
    draft = place.draft
    yield from draft.check_fact(other, place.source, here)
    one, two = draft.fact_named(fact), draft.fact_named(other)
    if one is None or two is None:
        return
    numbers = {"integer", "decimal"}
    alike = one.type == two.type or {one.type, two.type} <= numbers
    if not alike or (operator == "at_least_fact" and one.type not in ORDERED_TYPES):
        message = f"{fact} ({one.type}) cannot be compared with {other} ({two.type})"
        yield place.source.problem(here, message, "compare numbers with numbers, dates with dates")
