"""Every provision that the portal names exists in the Regulations, and every text stands in both languages."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import employer_portal
from exemption_codes.catalogue.rulebook import Rulebook

PACKAGE = Path(employer_portal.__file__).parent
PROVISION = re.compile(r'"(R\d[0-9.]*(?:\([^")\s]+\))*)"')
LISTS = (
    "employer_conditions", "fee_exempt_situations", "ineligibility_periods", "minimum_wages", "penalty_amounts",
    "regime_exempt_employers", "violation_history_points", "violation_severity_points",
)  # fmt: skip


def named_provisions() -> Iterator[tuple[str, str]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        for provision in PROVISION.findall(path.read_text(encoding="utf-8")):
            yield path.name, provision


def test_every_provision_named_in_the_code_exists(rulebook: Rulebook) -> None:
    named = set(named_provisions())
    assert len(named) > 30
    assert [pair for pair in sorted(named) if pair[1] not in rulebook.provisions.labels] == []


@pytest.mark.parametrize("listed", LISTS)
def test_every_provision_of_the_tables_exists(rulebook: Rulebook, listed: str) -> None:
    rows = [row for edition in rulebook.lists[listed].editions for row in edition.rows]
    assert rows
    named = {row["provision"] for row in rows if "provision" in row}
    assert named <= set(rulebook.provisions.labels)


def test_the_codes_that_may_claim_are_codes(rulebook: Rulebook) -> None:
    rows = rulebook.lists["fee_exempt_situations"].editions[0].rows
    known = {name.code for category in rulebook.categories.values() for name in category.codes}
    assert {code for row in rows for code in row["codes"]} <= known
