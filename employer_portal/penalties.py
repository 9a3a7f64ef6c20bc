"""An estimate of what a broken condition may cost: points, penalty and ban, by the dated tables of Schedule 2.

Source: IRPR 209.93 to 209.997 and Schedule 2; rules/lists/employer_conditions.yaml, penalty_amounts.yaml,
ineligibility_periods.yaml, violation_history_points.yaml, violation_severity_points.yaml. Amounts in Canadian dollars.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from exemption_codes.catalogue.documents import Text
from exemption_codes.catalogue.rulebook import Rulebook

Size = Literal["small", "large"]
PERMANENT = "permanent"


@dataclass(frozen=True)
class EmployerCondition:
    """One row of Schedule 2, table 1; `item` is its number, `type` A, B or C."""

    item: int
    provision: str
    type: str
    program: str
    text: Text


@dataclass(frozen=True)
class PossibleViolation:
    """What somebody says of one violation. `earlier` counts earlier inspections that found its type."""

    item: int
    severity: Mapping[str, int] = field(default_factory=dict)
    earlier: int = 0
    is_disclosed: bool = False


@dataclass(frozen=True)
class Estimate:
    """One violation estimated. `ban_years` is 0 for none; a permanent ban has `is_permanent`."""

    condition: EmployerCondition
    history_points: int
    severity_points: int
    points: int
    penalty_cad: Decimal
    ban_years: int
    is_permanent: bool

    @property
    def is_warning(self) -> bool:
        """Whether it would end in a warning only, which still counts as history."""
        return not self.penalty_cad and not self.ban_years and not self.is_permanent


@dataclass(frozen=True)
class Assessment:
    """All violations of one notice: amounts add up to the cap, the longest ban applies."""

    estimates: tuple[Estimate, ...]
    sum_cad: Decimal
    penalty_cad: Decimal
    is_capped: bool
    ban_years: int
    is_permanent: bool
    provisions: tuple[str, ...] = ("R209.98", "R209.99(1)", "R209.991(1)", "R209.992")


def employer_conditions(on: date, rulebook: Rulebook, program: str = "imp") -> tuple[EmployerCondition, ...]:
    """Return the conditions in force on a day that bind employers of a program."""
    return tuple(
        EmployerCondition(int(row["key"]), row["provision"], row["type"], row["program"], _text(row))
        for row in _rows("employer_conditions", on, rulebook)
        if row["program"] in (program, "both")
    )


def severity_criteria(on: date, rulebook: Rulebook) -> dict[str, tuple[int, Text]]:
    """Return each criterion of severity with the most points it may give."""
    return {row["key"]: (row["most"], _text(row)) for row in _rows("violation_severity_points", on, rulebook)}


def business_size(employees: int, revenue_cad: Decimal, on: date, rulebook: Rulebook) -> Size:
    """Return the size on the day an offer was filed, affiliates included: small if either number is below its bound.

    Source: IRPR 209.93 (the officers' manual words it otherwise; the Regulations prevail).
    """
    fewer = employees < int(str(rulebook.parameter("small_business_employees", on)))
    less = revenue_cad < Decimal(str(rulebook.parameter("small_business_revenue", on)))
    return "small" if fewer or less else "large"


def estimate(violation: PossibleViolation, size: Size, on: date, rulebook: Rulebook) -> Estimate:
    """Estimate one violation committed on a day.

    Raises LookupError for an item that was not a condition then, ValueError for points beyond a criterion's range.
    """
    condition = next((c for c in employer_conditions(on, rulebook) if c.item == violation.item), None)
    if condition is None:
        raise LookupError(f"Item {violation.item} was not a condition of these employers on {on}.")
    history = _history_points(condition.type, violation.earlier, on, rulebook)
    severity = _severity_points(violation.severity, on, rulebook)
    points = history + severity
    if violation.is_disclosed:
        points = max(0, points - int(str(rulebook.parameter("voluntary_disclosure_points", on))))
    ban = _at_points("ineligibility_periods", points, on, rulebook)[condition.type]
    amount = _at_points("penalty_amounts", points, on, rulebook)[f"{condition.type}_{size}"]
    years = 0 if ban == PERMANENT else int(ban)
    return Estimate(condition, history, severity, points, Decimal(amount), years, ban == PERMANENT)


def assess(
    violations: Sequence[PossibleViolation],
    size: Size,
    on: date,
    rulebook: Rulebook,
    earlier_penalties_cad: Decimal = Decimal(0),
) -> Assessment:
    """Estimate one notice. `earlier_penalties_cad` are those determined in the twelve months before.

    Each worker affected, and each of occupation, wages and conditions, is a violation of its own: give one for each.
    """
    estimates = tuple(estimate(violation, size, on, rulebook) for violation in violations)
    cap = Decimal(str(rulebook.parameter("penalty_cap", on)))
    total = sum((each.penalty_cad for each in estimates), Decimal(0))
    penalty = min(total, max(Decimal(0), cap - earlier_penalties_cad))
    return Assessment(
        estimates,
        total,
        penalty,
        penalty < total,
        max((each.ban_years for each in estimates), default=0),
        any(each.is_permanent for each in estimates),
    )


def _history_points(kind: str, earlier: int, on: date, rulebook: Rulebook) -> int:
    if earlier < 0:
        raise ValueError("The number of earlier findings cannot be negative.")
    points = next(row["points"] for row in _rows("violation_history_points", on, rulebook) if row["key"] == kind)
    return int(points[min(earlier, len(points) - 1)])


def _severity_points(given: Mapping[str, int], on: date, rulebook: Rulebook) -> int:
    criteria = severity_criteria(on, rulebook)
    for key, points in given.items():
        if key not in criteria or not 0 <= points <= criteria[key][0]:
            raise ValueError(f"{key} cannot have {points} points.")
    return sum(given.values())


def _at_points(listed: str, points: int, on: date, rulebook: Rulebook) -> dict[str, Any]:
    rows = _rows(listed, on, rulebook)
    return next(row for row in rows if row["from"] <= points <= row.get("to", points))


def _rows(listed: str, on: date, rulebook: Rulebook) -> list[dict[str, Any]]:
    """Return the rows of a list in force; raises LookupError before the list begins."""
    edition = rulebook.edition(listed, on)
    if edition is None:
        raise LookupError(f"{listed} says nothing about {on}.")
    return [row for row in edition.rows if not isinstance(row.get("from"), date) or row["from"] <= on]


def _text(row: Mapping[str, Any]) -> Text:
    return Text(en=row["text"]["en"], fr=row["text"]["fr"])
