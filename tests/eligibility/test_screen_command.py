"""`manage.py screen`: a file of cases in, a file of outcomes out."""

import json
from pathlib import Path

import polars as pl
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

CASES = [
    {"id": "a", "offer.exists": True, "applicant.citizenships": ["US"]},
    {"id": "b", "offer.exists": False, "applicant.citizenships": []},
]


def written(folder: Path, kind: str) -> Path:
    path = folder / f"cases.{kind}"
    match kind:
        case "parquet":
            pl.DataFrame(CASES).write_parquet(path)
        case "csv":
            path.write_text("id,offer.exists,applicant.citizenships\na,true,US\nb,false,;\n")
        case _:
            path.write_text("".join(json.dumps(case) + "\n" for case in CASES))
    return path


def screened(cases: Path, outcomes: Path, *options: str) -> pl.DataFrame:
    call_command("screen", str(cases), str(outcomes), "--as-of", "2026-11-22", "--keep", "id", *options)
    match outcomes.suffix:
        case ".parquet":
            return pl.read_parquet(outcomes)
        case ".csv":
            return pl.read_csv(outcomes)
    return pl.read_ndjson(outcomes)


@pytest.mark.parametrize("kind", ["parquet", "csv", "ndjson"])
@pytest.mark.parametrize("target", ["parquet", "csv", "jsonl"])
def test_every_kind_of_file_gives_the_same_outcomes(tmp_path: Path, kind: str, target: str) -> None:
    found = screened(written(tmp_path, kind), tmp_path / f"outcomes.{target}")
    assert found["id"].to_list() == ["a", "b"]
    assert found["cusma-professional"].to_list() == ["undetermined", "not_eligible"]


def test_what_cannot_be_read_is_named_and_nothing_is_written(tmp_path: Path) -> None:
    cases = tmp_path / "cases.csv"
    cases.write_text("offer.nocc,offer.teer\n21231,9\n")
    with pytest.raises(CommandError) as caught:
        call_command("screen", str(cases), str(tmp_path / "outcomes.csv"))
    assert caught.value.returncode == 2
    assert "did you mean offer.noc?" in str(caught.value)
    assert "offer.teer has a value that cannot be right in row 1" in str(caught.value)
    assert not (tmp_path / "outcomes.csv").exists()


@pytest.mark.parametrize(
    ("names", "said"),
    [(("cases.xlsx", "o.csv"), "cases.xlsx is neither"), (("none.csv", "o.csv"), "There is no file")],
)
def test_a_file_that_is_no_file_of_cases_is_refused(tmp_path: Path, names: tuple[str, str], said: str) -> None:
    with pytest.raises(CommandError, match=said):
        call_command("screen", *(str(tmp_path / name) for name in names))


def test_a_day_that_the_catalogue_does_not_cover_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="2010-01-01"):
        call_command("screen", str(written(tmp_path, "csv")), str(tmp_path / "o.csv"), "--as-of", "2010-01-01")


def test_without_polars_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(CommandError, match=r"requirements/batch\.txt"):
        call_command("screen", str(tmp_path / "cases.csv"), str(tmp_path / "o.csv"))
