"""The derived facts once more, as Polars expressions; tests hold them to `derive.py`."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import NamedTuple

import polars as pl

from eligibility.engine.derive import GATS_LIST, visa_exempt_countries
from exemption_codes.catalogue.fact_values import BUSINESS_OWNER_NOC, PROVINCES
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.catalogue.wages import CANADA, table_of, wages_on


class Columns(NamedTuple):
    """The columns that a derived fact reads, and that of the day of the application."""

    bases: tuple[pl.Expr, ...]
    on: pl.Expr


Following = Callable[[Rulebook, date, Columns], pl.Expr]


def whole_months(start: pl.Expr, end: pl.Expr) -> pl.Expr:
    """Return the whole months between two days; the last day of a shorter month completes one."""
    months = (end.dt.year().cast(pl.Int64) - start.dt.year()) * 12 + end.dt.month().cast(pl.Int64) - start.dt.month()
    due = pl.min_horizontal(start.dt.day(), end.dt.month_end().dt.day())
    whole = months - (due > end.dt.day()).cast(pl.Int64)
    return pl.when(end <= start).then(0).otherwise(whole)


def _teer(_rulebook: Rulebook, _on: date, columns: Columns) -> pl.Expr:
    noc = columns.bases[0]
    return pl.when(noc == BUSINESS_OWNER_NOC).then(0).otherwise(noc.str.slice(1, 1).cast(pl.Int64, strict=False))


def _age(_rulebook: Rulebook, _on: date, columns: Columns) -> pl.Expr:
    birth, day = columns.bases
    years = day.dt.year().cast(pl.Int64) - birth.dt.year()
    before_birthday = _day_of_year(day) < _day_of_year(birth)
    return (years - before_birthday.cast(pl.Int64)).clip(lower_bound=0)


def _day_of_year(day: pl.Expr) -> pl.Expr:
    return day.dt.month().cast(pl.Int64) * 100 + day.dt.day()


def _months_left(_rulebook: Rulebook, _on: date, columns: Columns) -> pl.Expr:
    return _where_known(columns.bases[0], whole_months(columns.on, columns.bases[0]))


def _months_since(_rulebook: Rulebook, _on: date, columns: Columns) -> pl.Expr:
    return _where_known(columns.bases[0], whole_months(columns.bases[0], columns.on))


def _days_left(_rulebook: Rulebook, _on: date, columns: Columns) -> pl.Expr:
    return (columns.bases[0] - columns.on).dt.total_days().clip(lower_bound=0)


def _days_since(_rulebook: Rulebook, _on: date, columns: Columns) -> pl.Expr:
    return (columns.on - columns.bases[0]).dt.total_days().clip(lower_bound=0)


def _where_known(base: pl.Expr, value: pl.Expr) -> pl.Expr:
    return pl.when(base.is_not_null()).then(value)


def _us_citizen_or_pr(_rulebook: Rulebook, _on: date, columns: Columns) -> pl.Expr:
    citizen, resident = columns.bases
    return citizen.list.contains("US") | resident.list.contains("US")


def _us_territory(_rulebook: Rulebook, _on: date, columns: Columns) -> pl.Expr:
    return pl.when(~columns.bases[0].list.contains("US")).then(pl.lit("none"))


def _years_in_sector(_rulebook: Rulebook, _on: date, columns: Columns) -> pl.Expr:
    return columns.bases[0]


def _is_over(_rulebook: Rulebook, _on: date, columns: Columns) -> pl.Expr:
    return _where_known(columns.bases[0], pl.lit(True))


def _fee_settled(_rulebook: Rulebook, _on: date, columns: Columns) -> pl.Expr:
    return pl.when(columns.bases[0]).then(pl.lit(True))


def _visa_exempt(rulebook: Rulebook, on: date, columns: Columns) -> pl.Expr:
    exempt, doubtful = visa_exempt_countries(rulebook, on)
    if not exempt:
        return pl.lit(None, pl.Boolean)
    citizen, resident = columns.bases
    surely = _any_in(citizen, exempt) | resident.list.contains("US").fill_null(False)
    open_still = citizen.is_null() | resident.is_null() | _any_in(citizen, doubtful)
    return pl.when(surely).then(True).when(~open_still).then(False)


def _any_in(column: pl.Expr, members: frozenset[object]) -> pl.Expr:
    return column.list.eval(pl.element().is_in(sorted(map(str, members)))).list.any().fill_null(False)


def _same(_rulebook: Rulebook, _on: date, columns: Columns) -> pl.Expr:
    return columns.bases[0] == columns.bases[1]


def _in_us(_rulebook: Rulebook, _on: date, columns: Columns) -> pl.Expr:
    return columns.bases[0] == "US"


def _gats_group(rulebook: Rulebook, on: date, columns: Columns) -> pl.Expr:
    edition = rulebook.edition(GATS_LIST, on) if GATS_LIST in rulebook.lists else None
    groups = {row["key"]: row["group"] for row in edition.rows} if edition else {}
    if not groups:
        return pl.lit(None, pl.Int64)
    return columns.bases[0].replace_strict(groups, default=None, return_dtype=pl.Int64)


def _median_wage(rulebook: Rulebook, on: date, columns: Columns) -> pl.Expr:
    """The median of the occupation where the job is, all of Canada's where the province has none."""
    published = wages_on(on, rulebook)
    if published is None:
        return pl.lit(None, pl.Float64)
    noc, province = columns.bases
    table = table_of(published.id, rulebook)
    there = {f"{row.noc} {row.region}": row.median_cad for row in table.values() if row.region != CANADA}
    canada = {row.noc: row.median_cad for row in table.values() if row.region == CANADA}
    key = pl.concat_str(noc.cast(pl.String), province.cast(pl.String), separator=" ")
    median = pl.coalesce(_read(key, there), _read(noc.cast(pl.String), canada))
    return pl.when(province.cast(pl.String).is_in(PROVINCES)).then(median)


def _read(column: pl.Expr, values: Mapping[str, float]) -> pl.Expr:
    return column.replace_strict(values, default=None, return_dtype=pl.Float64)


FOLLOWING: dict[str, Following] = {
    "offer.teer": _teer,
    "principal.teer": _teer,
    "iec.age_on_invitation": _age,
    "applicant.work_permit_months_left": _months_left,
    "applicant.days_to_status_expiry": _days_left,
    "principal.months_left_at_application": _months_left,
    "transfer.months_with_foreign_enterprise": _months_since,
    "quebec.days_since_invitation_letter": _days_since,
    "quebec.months_since_notice": _months_since,
    "applicant.us_citizen_or_pr": _us_citizen_or_pr,
    "applicant.us_citizenship_territory": _us_territory,
    "applicant.years_in_profession": _years_in_sector,
    "offer.fee_paid_or_exempt": _fee_settled,
    "study.completed": _is_over,
    "applicant.visa_exempt": _visa_exempt,
    "iec.resides_in_country": _same,
    "policy.resides_in_us": _in_us,
    "offer.gats_group": _gats_group,
    "offer.prevailing_wage_hourly": _median_wage,
    "offer.occupation_median_wage_hourly": _median_wage,
}
