"""Columns of facts made ready: typed, checked, and completed with what follows from them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import polars as pl

from eligibility.engine.column_derive import FOLLOWING, Columns
from eligibility.engine.derive import APPLICATION_DATE, DERIVED
from eligibility.engine.errors import FactProblem
from eligibility.engine.looked_up import LOOKED_UP
from exemption_codes.catalogue.documents import FactDocument
from exemption_codes.catalogue.fact_values import CODE, LIST_TYPES, allowed_words
from exemption_codes.catalogue.problems import did_you_mean
from exemption_codes.catalogue.rulebook import Rulebook

SEPARATOR = ";"
TRUTHS = {"true": True, "false": False}
TYPES: dict[str, Any] = {
    "boolean": pl.Boolean, "integer": pl.Int64, "decimal": pl.Float64, "date": pl.Date,
    "several_of": pl.List(pl.String), "countries": pl.List(pl.String),
}  # fmt: skip
NUMBERS = ("integer", "decimal")
WITHOUT_CHOICES = ("boolean", "integer", "decimal", "date", "text")


@dataclass(frozen=True)
class Stretch:
    """Days in which nothing in the catalogue changes; both ends are inclusive."""

    first: date
    last: date


def type_of(fact: FactDocument) -> Any:
    """Return the type of the column of a fact; words of any kind are text."""
    return TYPES.get(fact.type, pl.String)


def typed(name: str, dtype: pl.DataType, fact: FactDocument) -> pl.Expr:
    """Return a column as its fact's type, null where a value cannot be read as one.

    Text is read too, as CSV has nothing else: true and false, YYYY-MM-DD, the parts of a list between semicolons.
    """
    column = pl.col(name)
    if dtype != pl.String:
        read = column.cast(pl.Float64 if fact.type in NUMBERS else type_of(fact), strict=False)
        return _whole(read) if fact.type == "integer" else read.str.zfill(5) if fact.type == "noc" else read
    column = _written(name)
    if fact.type in LIST_TYPES:
        return column.str.split(SEPARATOR).list.eval(pl.element().str.strip_chars()).list.eval(_parts())
    match fact.type:
        case "boolean":
            return column.str.to_lowercase().replace_strict(TRUTHS, default=None, return_dtype=pl.Boolean)
        case "date":
            return column.str.to_date("%Y-%m-%d", strict=False)
        case "integer":
            return _whole(column.cast(pl.Float64, strict=False))
        case "decimal":
            return column.cast(pl.Float64, strict=False)
    return column


def _written(name: str) -> pl.Expr:
    column = pl.col(name).str.strip_chars()
    return pl.when(column != "").then(column)


def _parts() -> pl.Expr:
    return pl.element().filter(pl.element() != "")


def _whole(number: pl.Expr) -> pl.Expr:
    return pl.when(number == number.round()).then(number).cast(pl.Int64, strict=False)


def problems(cases: pl.LazyFrame, keep: Sequence[str], rulebook: Rulebook) -> list[FactProblem]:
    """Return what is wrong with the columns and their values, the first wrong row of each column named."""
    found: list[FactProblem] = []
    wrong: dict[str, pl.Expr] = {}
    schema = cases.collect_schema()
    for name in keep:
        if name not in schema:
            found.append(FactProblem(name, "unknown_column", f"there is no column {name}", did_you_mean(name, schema)))
    for name, dtype in schema.items():
        if name in keep:
            continue
        if name not in rulebook.facts:
            found.append(
                FactProblem(name, "unknown_fact", f"there is no fact {name}", did_you_mean(name, rulebook.facts))
            )
        elif not _readable(dtype, rulebook.facts[name]):
            expected = f"a column of {dtype} cannot hold {name}, which is {rulebook.facts[name].type}"
            found.append(FactProblem(name, "type", expected))
        else:
            wrong[name] = _wrong(name, dtype, rulebook)
    return found + list(_rows_at_fault(cases, wrong))


def _rows_at_fault(cases: pl.LazyFrame, wrong: Mapping[str, pl.Expr]) -> Iterator[FactProblem]:
    """Yield a problem for each column with wrong values; where the first stands is looked for only then."""
    counts = _row(cases, {name: expression.sum() for name, expression in wrong.items()})
    firsts = _row(cases, {name: wrong[name].arg_max() for name, count in counts.items() if count})
    for name, first in firsts.items():
        message = f"{name} has a value that cannot be right in row {first + 1}"
        yield FactProblem(name, "invalid", message, f"{counts[name]} in all")


def _row(cases: pl.LazyFrame, figures: Mapping[str, pl.Expr]) -> dict[str, Any]:
    if not figures:
        return {}
    named = [expression.alias(name) for name, expression in figures.items()]
    return cases.select(named).collect(engine="streaming").row(0, named=True)


def _readable(dtype: pl.DataType, fact: FactDocument) -> bool:
    if dtype in (pl.String, pl.Null):
        return True
    if fact.type in LIST_TYPES:
        return isinstance(dtype, pl.List) and dtype.inner in (pl.String, pl.Null)
    if fact.type in NUMBERS:
        return bool(dtype.is_numeric())
    if fact.type in ("boolean", "date"):
        return bool(dtype == TYPES[fact.type])
    return dtype in (pl.Categorical, pl.Enum) or bool(fact.type == "noc" and dtype.is_integer())


def _wrong(name: str, dtype: pl.DataType, rulebook: Rulebook) -> pl.Expr:
    """Return which given values of a column are not values of its fact."""
    fact = rulebook.facts[name]
    given = (_written(name) if dtype == pl.String else pl.col(name)).is_not_null()
    value = typed(name, dtype, fact)
    good = value.is_not_null()
    if fact.type not in WITHOUT_CHOICES:
        allowed = allowed_words(rulebook, name)
        if fact.type in LIST_TYPES:
            good = value.list.eval(pl.element().is_in(allowed)).list.all()
        else:
            is_code = value.str.contains(f"^{CODE.pattern}$") if fact.type == "exemption_code" else pl.lit(False)
            good = value.is_in(allowed) | is_code
    low: Any = fact.bounds.min if fact.bounds else None
    high: Any = fact.bounds.max if fact.bounds else None
    if name == APPLICATION_DATE:
        low, high = rulebook.catalogue.covers.from_, rulebook.catalogue.covers.until
    if low is not None:
        good &= value >= low
    if high is not None:
        good &= value <= high
    return (given & ~good.fill_null(False)).fill_null(False)


def stretches(cases: pl.LazyFrame, rulebook: Rulebook, as_of: date) -> list[Stretch]:
    """Return the stretches of days in which the cases fall, in order."""
    days = {as_of}
    dtype = cases.collect_schema().get(APPLICATION_DATE)
    if dtype is not None:
        column = typed(APPLICATION_DATE, dtype, rulebook.facts[APPLICATION_DATE])
        found = cases.select(column.unique().alias("day")).collect(engine="streaming")["day"].to_list()
        days = {as_of if day is None else day for day in found} or {as_of}
    boundaries = [*rulebook.boundaries(), date.max]
    starts = sorted({rulebook.period_start(day) for day in days})
    return [Stretch(start, next(day for day in boundaries if day > start) - timedelta(days=1)) for start in starts]


def by_day(versions: Sequence[tuple[Sequence[Stretch], pl.Expr]]) -> pl.Expr:
    """Return, of expressions that each hold in some stretches, the one of the day of each case."""
    if len(versions) == 1:
        return versions[0][1]
    day = pl.col(APPLICATION_DATE)
    chain: Any = pl
    for spans, expression in versions:
        chain = chain.when(day.is_between(spans[0].first, spans[-1].last)).then(expression)
    result: pl.Expr = chain.otherwise(None)
    return result


def completed(
    cases: pl.LazyFrame, given: Sequence[str], rulebook: Rulebook, as_of: date, days: Sequence[Stretch]
) -> pl.LazyFrame:
    """Return the cases with typed facts and all that follows from them; a given value wins."""
    schema = cases.collect_schema()
    on = pl.lit(as_of, pl.Date)
    if APPLICATION_DATE in given:
        on = typed(APPLICATION_DATE, schema[APPLICATION_DATE], rulebook.facts[APPLICATION_DATE]).fill_null(as_of)
    columns = [
        typed(name, schema[name], rulebook.facts[name]).alias(name) for name in given if name != APPLICATION_DATE
    ]
    known = cases.with_columns(*columns, on.alias(APPLICATION_DATE))
    present = {*given, APPLICATION_DATE}
    for step in (_followed, _gated, _gated, _followed, _looked_up):
        added = step(present, rulebook, days)
        known = known.with_columns(expression.alias(name) for name, expression in added.items())
        present |= set(added)
    return known


def _followed(present: set[str], rulebook: Rulebook, days: Sequence[Stretch]) -> dict[str, pl.Expr]:
    """Return the derived facts; one that is looked up in a list is told apart by the stretches."""
    whole = [Stretch(days[0].first, days[-1].last)]
    bases = {name: derivation.bases for name, derivation in DERIVED.items()}
    return _added(bases, present, rulebook, {name: days if DERIVED[name].list_read else whole for name in bases})


def _looked_up(present: set[str], rulebook: Rulebook, days: Sequence[Stretch]) -> dict[str, pl.Expr]:
    """Return the facts that published tables say."""
    return _added(LOOKED_UP, present, rulebook, dict.fromkeys(LOOKED_UP, days)) if rulebook.wages else {}


def _added(
    bases: Mapping[str, Sequence[str]], present: set[str], rulebook: Rulebook, days: Mapping[str, Sequence[Stretch]]
) -> dict[str, pl.Expr]:
    """Return each fact as what its bases say of it where it is not given; none where no base is a column."""
    added: dict[str, pl.Expr] = {}
    for name, read in bases.items():
        if name not in rulebook.facts or present.isdisjoint(read):
            continue
        columns = Columns(
            tuple(pl.col(base) if base in present else pl.lit(None, type_of(rulebook.facts[base])) for base in read),
            pl.col(APPLICATION_DATE),
        )
        versions = [([stretch], FOLLOWING[name](rulebook, stretch.first, columns)) for stretch in days[name]]
        value = by_day(versions).cast(type_of(rulebook.facts[name]))
        added[name] = pl.coalesce(pl.col(name), value) if name in present else value
    return added


def _gated(present: set[str], rulebook: Rulebook, _days: Sequence[Stretch]) -> dict[str, pl.Expr]:
    added: dict[str, pl.Expr] = {}
    for gate in sorted(present & rulebook.facts.keys()):
        for name, value in rulebook.facts[gate].when_false.items():
            dtype = type_of(rulebook.facts[name])
            settled = pl.when(~pl.col(gate)).then(pl.lit(value, dtype))
            before = added.get(name, pl.col(name) if name in present else None)
            added[name] = settled if before is None else pl.coalesce(before, settled)
    return added


def shares(column: pl.Expr, wanted: Sequence[Any]) -> pl.Expr:
    """Tell of each list whether it has a member in common with the wanted ones."""
    return column.list.eval(pl.element().is_in(list(wanted))).list.any()
