"""Every worked example of the rule files comes out as it says, and no category lacks one."""

from pathlib import Path

from eligibility.engine.cases import lacking_cases, run_cases
from exemption_codes.catalogue.reader import read_rulebook

RULES = Path(__file__).parents[2] / "rules"


def test_every_worked_example_comes_out_as_it_says() -> None:
    runs = run_cases(read_rulebook(RULES))
    assert len(runs) > 20
    assert [complaint for run in runs for complaint in run.complaints()] == []


def test_no_category_lacks_a_worked_example() -> None:
    rulebook = read_rulebook(RULES)
    assert list(lacking_cases(rulebook, run_cases(rulebook))) == []


def test_a_category_without_cases_is_noticed() -> None:
    rulebook = read_rulebook(RULES)
    assert any(lack.startswith("francophone-mobility: no case succeeds") for lack in lacking_cases(rulebook, []))
