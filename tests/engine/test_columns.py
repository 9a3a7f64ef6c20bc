"""Many cases at once come out as each of them by itself."""

from datetime import date
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eligibility.engine.cases import run_cases
from eligibility.engine.column_facts import problems, type_of
from eligibility.engine.columns import SharedTests, screen
from eligibility.engine.compile import plan_for
from eligibility.engine.derive import derive
from eligibility.engine.determine import outcomes
from eligibility.engine.evaluate import evaluate
from eligibility.engine.normal_form import normal_form
from eligibility.engine.verdict import Verdict
from exemption_codes.catalogue.conditions import Node
from exemption_codes.catalogue.rulebook import Rulebook
from tests.engine.trees import JUDGED, conditions, facts, small_rulebook

SMALL = small_rulebook()
TRUTH = {Verdict.MET: True, Verdict.NOT_MET: False, Verdict.UNKNOWN: None}
people = st.lists(facts, min_size=1, max_size=6)


def frame(cases: list[dict[str, Any]], rulebook: Rulebook) -> pl.DataFrame:
    """Return one row a case; a column that nobody fills is left out."""
    names = sorted({name for case in cases for name in case})
    rows = {name: [case.get(name) for case in cases] for name in names}
    return pl.DataFrame(rows, schema={name: type_of(rulebook.facts[name]) for name in names})


def verdicts(node: Node, cases: list[dict[str, Any]], officer: bool | None = None) -> list[bool | None]:
    """Return how a condition comes out for each case, all at once."""
    rows = frame(cases, SMALL)
    tests = SharedTests(SMALL, set(rows.columns))
    expression = tests.expression(tests.known(normal_form(node)), officer)
    numbered = pl.DataFrame({"row": range(len(cases))}).hstack(rows.get_columns())
    return numbered.with_columns(tests.columns()).select("row", verdict=expression)["verdict"].to_list()


@given(conditions, people)
@settings(deadline=None)
def test_a_condition_over_columns_has_the_verdict_of_the_reference(node: Node, cases: list[dict[str, Any]]) -> None:
    assert verdicts(node, cases) == [TRUTH[evaluate(node, case)] for case in cases]


@given(conditions, people, st.booleans())
@settings(deadline=None)
def test_an_officer_is_presumed_the_same_way(node: Node, cases: list[dict[str, Any]], grants: bool) -> None:
    presumed = Verdict.MET if grants else Verdict.NOT_MET
    assert verdicts(node, cases, grants) == [TRUTH[evaluate(node, case, JUDGED, presumed)] for case in cases]


def test_the_worked_examples_come_out_alike_one_by_one_and_all_at_once(rulebook: Rulebook) -> None:
    runs = run_cases(rulebook, sorted(rulebook.cases)[::7])
    cases = [{"application.date": run.as_of, **run.facts} for run in runs]
    found = screen(frame(cases, rulebook).lazy(), rulebook, date(2026, 11, 22)).collect().to_dicts()
    for run, case, row in zip(runs, cases, found, strict=True):
        known = derive(case, run.as_of, rulebook)
        expected = {
            name: outcome.value for name, outcome in outcomes(plan_for(rulebook, known.on), known.values).items()
        }
        assert {name: value for name, value in row.items() if value is not None} == expected


def test_text_is_read_as_the_type_of_its_fact(rulebook: Rulebook, today: date) -> None:
    typed = [
        {
            "applicant.citizenships": ["US", "IE"], "offer.exists": True, "offer.noc": "00010",
            "transfer.employed_since": date(2025, 1, 31), "offer.wage_hourly": 31.5, "offer.count": 2,
        },
        {"applicant.citizenships": [], "offer.exists": False},
    ]  # fmt: skip
    written = pl.DataFrame(
        {
            "applicant.citizenships": ["US; IE", ";"],
            "offer.exists": [" true", "FALSE"],
            "offer.noc": ["00010", ""],
            "transfer.employed_since": ["2025-01-31", ""],
            "offer.wage_hourly": ["31.5", None],
            "offer.count": ["2", None],
        }
    )
    assert problems(written.lazy(), [], rulebook) == []
    one, other = (screen(rows.lazy(), rulebook, today).collect() for rows in (frame(typed, rulebook), written))
    assert one.equals(other)


def test_occupations_kept_as_numbers_keep_their_leading_zeros(rulebook: Rulebook, today: date) -> None:
    numbers = pl.DataFrame({"offer.noc": [10, 21231]})
    words = pl.DataFrame({"offer.noc": ["00010", "21231"]})
    assert problems(numbers.lazy(), [], rulebook) == []
    one, other = (screen(rows.lazy(), rulebook, today).collect() for rows in (numbers, words))
    assert one.equals(other)


@pytest.mark.parametrize(
    ("column", "values", "code"),
    [
        ("offer.nocc", ["21231"], "unknown_fact"),
        ("offer.noc", ["21231", "99999"], "invalid"),
        ("offer.teer", [1, 9], "invalid"),
        ("offer.exists", ["yes"], "invalid"),
        ("offer.exists", [1], "type"),
        ("applicant.citizenships", [["US"], ["XX"]], "invalid"),
        ("applicant.citizenships", [1], "type"),
        ("application.date", [date(2010, 1, 1)], "invalid"),
        ("applicant.date_of_birth", ["1990-02-30"], "invalid"),
    ],
)
def test_wrong_columns_and_values_are_named(rulebook: Rulebook, column: str, values: list[Any], code: str) -> None:
    (problem,) = problems(pl.DataFrame({column: values}).lazy(), [], rulebook)
    assert (problem.fact, problem.code) == (column, code)
    if code == "invalid":
        assert f"row {len(values)}" in problem.message


def test_a_column_to_keep_is_copied_and_never_read(rulebook: Rulebook, today: date) -> None:
    cases = pl.DataFrame({"id": [7, 8], "offer.exists": [True, False]}).lazy()
    assert [problem.fact for problem in problems(cases, [], rulebook)] == ["id"]
    assert [problem.fact for problem in problems(cases, ["id", "who"], rulebook)] == ["who"]
    found = screen(cases, rulebook, today, ["id"]).collect()
    assert found["id"].to_list() == [7, 8]
    assert set(found.columns) == {"id", *rulebook.categories}


def test_a_category_not_in_force_says_nothing(rulebook: Rulebook) -> None:
    days = [date(2022, 12, 14), date(2025, 6, 1)]
    found = screen(pl.DataFrame({"application.date": days}).lazy(), rulebook, date(2026, 11, 22)).collect()
    assert found["policy-r01-pgwp-2022"].is_null().to_list() == [False, True]
