"""The penalty tables against a second copy of Schedule 2, cell by cell, and the rules around them."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from employer_portal.penalties import (
    PossibleViolation,
    Size,
    assess,
    business_size,
    employer_conditions,
    estimate,
    severity_criteria,
)
from exemption_codes.catalogue.rulebook import Rulebook

ON = date(2026, 11, 24)
ITEM = {"A": 2, "B": 8, "C": 15}
ROW_OF_POINTS = [0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 8, 9, 9, 10, 10, 11]
AMOUNTS = {
    "A": {
        "small": [0, 500, 750, 1000, 4000, 8000, 12000, 20000, 30000, 40000, 50000, 100000],
        "large": [0, 750, 1000, 2000, 6000, 10000, 20000, 30000, 45000, 60000, 70000, 100000],
    },
    "B": {
        "small": [0, 750, 1250, 3000, 7000, 12000, 20000, 35000, 50000, 60000, 70000, 100000],
        "large": [0, 1000, 2000, 7000, 12000, 20000, 30000, 45000, 60000, 70000, 80000, 100000],
    },
    "C": {
        "small": [0, 1000, 5000, 10000, 15000, 20000, 35000, 45000, 60000, 70000, 80000, 100000],
        "large": [0, 2000, 10000, 20000, 30000, 40000, 50000, 60000, 70000, 80000, 90000, 100000],
    },
}
BANS = {
    "A": [0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 2, 5, 5, 10, 10],
    "B": [0, 0, 0, 0, 0, 0, 0, 1, 2, 5, 5, 10, 10, 10, 10],
    "C": [0, 0, 0, 0, 0, 0, 1, 2, 5, 10, 10, 10, 10, 10, 10],
}


def severity_of(points: int) -> dict[str, int]:
    """Spread points over the criteria, each within its range."""
    spread = {}
    for name, most in (("abuse", 10), ("benefit", 6), ("economy", 6), ("worker_health", 10)):
        spread[name] = min(points, most)
        points -= spread[name]
    return spread


@pytest.mark.parametrize("size", ["small", "large"])
@pytest.mark.parametrize("kind", ["A", "B", "C"])
@pytest.mark.parametrize("points", range(2, 19))
def test_penalty_and_ban_are_those_of_the_schedule(rulebook: Rulebook, kind: str, size: Size, points: int) -> None:
    history = 2 if kind == "C" else 1
    found = estimate(PossibleViolation(ITEM[kind], severity_of(points - history)), size, ON, rulebook)
    assert found.points == points
    assert found.penalty_cad == AMOUNTS[kind][size][ROW_OF_POINTS[min(points, 15)]]
    assert found.is_permanent == (points >= 15)
    assert found.ban_years == (0 if points >= 15 else BANS[kind][points])


@pytest.mark.parametrize(
    ("kind", "earlier", "points"),
    [
        ("A", 0, 1), ("A", 1, 2), ("A", 5, 2), ("B", 0, 1), ("B", 1, 2), ("B", 2, 3), ("B", 9, 3), ("C", 0, 2),
        ("C", 1, 3), ("C", 2, 4), ("C", 7, 4),
    ],
)  # fmt: skip
def test_history_counts_by_type_and_earlier_finding(rulebook: Rulebook, kind: str, earlier: int, points: int) -> None:
    found = estimate(PossibleViolation(ITEM[kind], earlier=earlier), "small", ON, rulebook)
    assert found.history_points == points


@pytest.mark.parametrize(("severity", "points"), [(0, 0), (2, 0), (3, 0), (4, 1), (9, 6)])
def test_disclosure_takes_four_points_and_never_more_than_there_are(
    rulebook: Rulebook, severity: int, points: int
) -> None:
    found = estimate(PossibleViolation(8, severity_of(severity), is_disclosed=True), "small", ON, rulebook)
    assert found.points == points


def test_fewer_than_two_points_is_a_warning(rulebook: Rulebook) -> None:
    assert estimate(PossibleViolation(8), "large", ON, rulebook).is_warning
    assert not estimate(PossibleViolation(15), "large", ON, rulebook).is_warning


def test_amounts_add_up_to_a_million_and_the_longest_ban_applies(rulebook: Rulebook) -> None:
    worst = PossibleViolation(17, severity_of(20))
    mild = PossibleViolation(15, severity_of(4))
    found = assess([worst] * 9 + [mild] * 9, "large", ON, rulebook)
    assert found.sum_cad == Decimal(900_000 + 9 * 40_000)
    assert (found.penalty_cad, found.is_capped) == (Decimal(1_000_000), True)
    assert found.is_permanent
    assert found.ban_years == 1


def test_what_was_determined_in_twelve_months_counts_against_the_cap(rulebook: Rulebook) -> None:
    found = assess([PossibleViolation(15, severity_of(20))], "small", ON, rulebook, Decimal(950_000))
    assert (found.sum_cad, found.penalty_cad) == (Decimal(100_000), Decimal(50_000))
    over = assess([PossibleViolation(15, severity_of(20))], "small", ON, rulebook, Decimal(1_200_000))
    assert over.penalty_cad == 0


@pytest.mark.parametrize(
    ("employees", "revenue", "size"),
    [
        (99, 9_000_000, "small"),
        (100, 4_999_999, "small"),
        (100, 5_000_000, "large"),
        (5, 1, "small"),
        (5000, 90_000_000, "large"),
    ],
)
def test_small_is_fewer_than_100_people_or_less_than_5_million(
    rulebook: Rulebook, employees: int, revenue: int, size: Size
) -> None:
    assert business_size(employees, Decimal(revenue), ON, rulebook) == size


def test_the_types_of_the_conditions_are_those_of_the_schedule(rulebook: Rulebook) -> None:
    every = {c.item: c.type for program in ("imp", "tfwp") for c in employer_conditions(ON, rulebook, program)}
    kinds = {"A": range(1, 5), "B": [*range(8, 15), 24, 25, 26], "C": [5, 6, 7, *range(15, 24), *range(27, 31)]}
    assert every == {item: kind for kind, items in kinds.items() for item in items}


def test_a_condition_binds_only_since_its_day(rulebook: Rulebook) -> None:
    before, since = date(2022, 9, 25), date(2022, 9, 26)
    with pytest.raises(LookupError):
        estimate(PossibleViolation(25), "small", before, rulebook)
    assert estimate(PossibleViolation(25), "small", since, rulebook).points == 1
    assert "worker_health" not in severity_criteria(date(2020, 1, 1), rulebook)


def test_conditions_of_the_other_program_do_not_bind(rulebook: Rulebook) -> None:
    with pytest.raises(LookupError):
        estimate(PossibleViolation(29), "small", ON, rulebook)


@pytest.mark.parametrize("severity", [{"abuse": 11}, {"benefit": -1}, {"beauty": 1}])
def test_points_beyond_the_schedule_are_refused(rulebook: Rulebook, severity: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="points"):
        estimate(PossibleViolation(17, severity), "small", ON, rulebook)


@given(
    st.sampled_from(sorted(ITEM.values())), st.integers(0, 30), st.integers(0, 5), st.sampled_from(["small", "large"])
)
def test_more_points_never_cost_less(rulebook: Rulebook, item: int, severity: int, earlier: int, size: Size) -> None:
    less = estimate(PossibleViolation(item, severity_of(severity), earlier), size, ON, rulebook)
    more = estimate(PossibleViolation(item, severity_of(severity + 1), earlier), size, ON, rulebook)
    assert more.penalty_cad >= less.penalty_cad
    assert more.is_permanent or more.ban_years >= less.ban_years
