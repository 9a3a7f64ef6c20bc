"""A worked example that runs once for every value of one fact."""

from pathlib import Path

import pytest

from eligibility.engine.cases import run_cases
from exemption_codes.catalogue.problems import CatalogueError
from exemption_codes.catalogue.reader import read_rule_files, rule_files

SMALL = Path(__file__).parents[2] / "catalogue" / "small"
CASES = "cases/lighthouse-keeper.yaml"


def with_each(values: str) -> dict[str, str]:
    files = rule_files(SMALL)
    each = f"  - {{name: From a partner, each: {{keeper.citizenships: {values}}}, outcome: officer_judgement}}\n"
    return {**files, CASES: files[CASES] + each}


def test_the_example_is_run_for_each_value_and_each_run_is_named() -> None:
    runs = [run for run in run_cases(read_rule_files(with_each("[[SE], [MX]]"))) if "From a partner" in run.case.name]
    assert [run.case.name for run in runs] == ["From a partner (['SE'])", "From a partner (['MX'])"]
    assert [run.failing() for run in runs] == [[], ["partner_country"]]


def test_a_value_that_does_not_fit_its_fact_is_refused_at_its_place() -> None:
    with pytest.raises(CatalogueError) as caught:
        read_rule_files(with_each("[[SE], [ZZ]]"))
    assert [problem.path for problem in caught.value.problems] == ["cases.3.each.keeper.citizenships.1"]
