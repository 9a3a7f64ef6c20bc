"""Facts as other programs give them."""

from datetime import date
from pathlib import Path

import pytest

from eligibility.engine.errors import FactError
from eligibility.engine.facts import read_facts
from eligibility.engine.report import read_request
from exemption_codes.catalogue.reader import read_rulebook
from exemption_codes.catalogue.rulebook import Rulebook

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return read_rulebook(Path(__file__).parents[2] / "rules")


def test_flat_and_nested_facts_are_the_same(rulebook: Rulebook) -> None:
    flat = read_facts({"offer.noc": "21231", "applicant.french.proof": "tef"}, rulebook)
    nested = read_facts({"offer": {"noc": "21231"}, "applicant": {"french": {"proof": "tef"}}}, rulebook)
    assert flat == nested == {"offer.noc": "21231", "applicant.french.proof": "tef"}


def test_null_is_unknown(rulebook: Rulebook) -> None:
    assert read_facts({"offer.noc": None}, rulebook) == {}


def test_every_problem_is_named_at_once_with_a_suggestion(rulebook: Rulebook) -> None:
    with pytest.raises(FactError) as caught:
        read_facts({"offer.nocc": "21231", "offer.teer": 9, "applicant.citizenships": ["XX"]}, rulebook)
    found = {problem.fact: problem for problem in caught.value.problems}
    assert set(found) == {"offer.nocc", "offer.teer", "applicant.citizenships"}
    assert "offer.noc" in found["offer.nocc"].hint


@pytest.mark.parametrize("day", ["2013-12-31", "2028-01-01", "2026-02-30", "tomorrow", 5])
def test_a_day_outside_the_catalogue_is_refused(rulebook: Rulebook, day: object) -> None:
    with pytest.raises(FactError) as caught:
        read_request(rulebook, {"as_of": day}, TODAY)
    assert [problem.fact for problem in caught.value.problems] == ["as_of"]
