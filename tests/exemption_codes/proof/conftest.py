"""The small invented catalogue, to be broken in the ways that the checks look for."""

from collections.abc import Callable
from pathlib import Path

import pytest

from exemption_codes.catalogue.reader import read_rule_files, rule_files
from exemption_codes.catalogue.rulebook import Rulebook

SMALL = Path(__file__).parents[2] / "catalogue" / "small"
KEEPER = "exemptions/lighthouse-keeper.yaml"
CASES = "cases/lighthouse-keeper.yaml"
EXAMPLES = """category: lighthouse-keeper
base:
  as_of: 2026-11-22
  facts:
    keeper.citizenships: [SE]
    keeper.months: 30
    keeper.months_wanted: 20
    keeper.rank: senior
    keeper.trade: keeper
    keeper.noc: '00010'
    keeper.begins_on: 2026-12-01
cases:
  - {name: A Swedish keeper, outcome: officer_judgement, failing: []}
  - {name: Citizenship not told, change: {keeper.citizenships: null}, outcome: undetermined}
  - {name: A Mexican, change: {keeper.citizenships: [MX]}, outcome: not_eligible, failing: [partner_country], code: X99}
"""
"""Few worked examples, and right ones."""
Change = tuple[str, str, str]


@pytest.fixture
def small() -> Callable[..., Rulebook]:
    """Read the small catalogue with some pieces of text replaced: file, before, after."""

    def read(*changes: Change) -> Rulebook:
        return read_rule_files(changed_files(*changes))

    return read


@pytest.fixture
def folder(tmp_path: Path) -> Callable[..., Path]:
    """Write the small catalogue, with some pieces of text replaced, into a folder."""

    def write(*changes: Change) -> Path:
        for name, text in changed_files(*changes).items():
            path = tmp_path / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path

    return write


def changed_files(*changes: Change) -> dict[str, str]:
    files = {**rule_files(SMALL), CASES: EXAMPLES}
    for name, before, after in changes:
        assert before in files[name], f"{before!r} is not in {name}"
        files[name] = files[name].replace(before, after, 1)
    return files


def criterion(name: str, when: str, more: str = "") -> Change:
    """Return the change that adds a criterion to the keeper's."""
    text = f"""criteria:
  - id: {name}
    text: {{en: More., fr: Plus.}}
    when: {when}
    cite: [{{source: manual}}]
{more}"""
    return (KEEPER, "criteria:\n", text)
