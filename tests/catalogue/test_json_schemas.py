"""The schemas for editors accept every rule file, refuse a bad one, and are up to date."""

import datetime
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from exemption_codes.catalogue.json_schemas import main, schemas, stale, written
from exemption_codes.catalogue.reader import read_rule_files, read_rulebook, rule_files
from exemption_codes.catalogue.yaml_reader import read_yaml

ROOT = Path(__file__).parents[2]
SMALL = Path(__file__).parent / "small"


def as_an_editor_sees_it(value: Any) -> Any:
    """YAML 1.2, which editors read, has no dates: they are texts."""
    if isinstance(value, dict):
        return {key: as_an_editor_sees_it(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_an_editor_sees_it(inner) for inner in value]
    return value.isoformat() if isinstance(value, datetime.date) else value


def errors(files: dict[str, str], name: str) -> list[str]:
    made = schemas(read_rule_files(rule_files(SMALL)))
    registry: Registry[Any] = Registry().with_resources(
        (schema_name, Resource.from_contents(schema)) for schema_name, schema in made.items()
    )
    kind = name.partition("/")[0].removesuffix(".yaml")
    validator = Draft202012Validator(
        {"$id": f"{kind}.schema.json", **made[f"{kind}.schema.json"]},
        registry=registry,
        format_checker=Draft202012Validator.FORMAT_CHECKER,
    )
    value = as_an_editor_sees_it(read_yaml(files[name], name, null_is_a_value=True).value)
    return [error.json_path for error in validator.iter_errors(value)]


def test_every_rule_file_fits_its_schema(files: dict[str, str]) -> None:
    assert {name: errors(files, name) for name in files} == {name: [] for name in files}


@pytest.mark.parametrize(
    ("name", "before", "after", "path"),
    [
        ("exemptions/lighthouse-keeper.yaml", "family: lights", "family: fog", "$.family"),
        (
            "exemptions/lighthouse-keeper.yaml",
            "fact: keeper.citizenships",
            "fact: keeper.country",
            "$.criteria[0].when",
        ),
        ("exemptions/lighthouse-keeper.yaml", "permit_type:", "permit_typo:", "$"),
        ("exemptions/lighthouse-keeper.yaml", ", fr: Passeport", "", "$.documents[0]"),
        ("exemptions/lighthouse-keeper.yaml", "until: 2022-12-14", "until: last year", "$.codes[0].until"),
        ("cases/lighthouse-keeper.yaml", "keeper.months: 30", "keeper.moons: 30", "$.base.facts"),
        ("general.yaml", "scope: all", "scope: some", "$.rules[0].scope"),
    ],
)
def test_a_mistake_shows_in_an_editor(files: dict[str, str], name: str, before: str, after: str, path: str) -> None:
    files[name] = files[name].replace(before, after, 1)
    assert path in errors(files, name)


def test_the_schemas_of_this_repository_are_up_to_date() -> None:
    assert stale(ROOT / "docs" / "schema", read_rulebook(ROOT / "rules")) == []


def test_a_schema_that_is_changed_missing_or_left_over_is_noticed(tmp_path: Path) -> None:
    rulebook = read_rulebook(SMALL)
    for name, text in written(rulebook).items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert stale(tmp_path, rulebook) == []
    (tmp_path / "general.schema.json").write_text("{}", encoding="utf-8")
    (tmp_path / "facts.schema.json").unlink()
    (tmp_path / "old.schema.json").write_text("{}", encoding="utf-8")
    assert stale(tmp_path, rulebook) == ["facts.schema.json", "general.schema.json", "old.schema.json"]


def test_the_command_writes_what_its_check_asks_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--check", str(tmp_path)]) == 1
    assert "run: make schema" in capsys.readouterr().err
    assert main([str(tmp_path)]) == 0
    assert main(["--check", str(tmp_path)]) == 0
