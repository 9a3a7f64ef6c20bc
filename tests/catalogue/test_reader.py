"""Bad rule files are refused, all problems at once, with file, line and hint."""

import shutil
from pathlib import Path

import pytest

from exemption_codes.catalogue.problems import CatalogueError, Problem
from exemption_codes.catalogue.reader import digest_of, read_rulebook

RULES = Path(__file__).parents[2] / "rules"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(RULES, tmp_path / "rules"))


def problems_of(folder: Path) -> list[Problem]:
    with pytest.raises(CatalogueError) as caught:
        read_rulebook(folder)
    return caught.value.problems


def test_the_rules_of_this_repository_are_sound() -> None:
    assert read_rulebook(RULES).digest == digest_of(RULES)


def test_an_unquoted_no_is_refused(folder: Path) -> None:
    path = folder / "lists" / "visa_exempt.yaml"
    path.write_text(path.read_text().replace("'NO'", "NO"))
    assert any("true or false" in problem.message and problem.line for problem in problems_of(folder))


def test_a_duplicate_key_and_an_unknown_key_are_reported_together(folder: Path) -> None:
    path = folder / "lists" / "visa_exempt.yaml"
    path.write_text(path.read_text() + "id: visa_exempt\n")
    general = folder / "general.yaml"
    general.write_text(general.read_text().replace("scope: all", "scoop: all", 1))
    found = problems_of(folder)
    assert any("stands twice" in problem.message for problem in found)
    assert any(problem.hint == "did you mean scope?" for problem in found)


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("fact: offer.genuine", "fact: offer.genuin", "undefined fact"),
        ("fact: offer.genuine, is: true", "fact: offer.genuine, is: 3", "is true or false"),
        ("provision: R200(5)", "provision: R200(55)", "there is no provision"),
        ("source: poe_2024", "source: poe_2025", "unknown source"),
        ("none_of: [c_protected_person", "none_of: [c_protected", "is not a value"),
    ],
)
def test_a_rule_that_names_what_does_not_exist_is_refused(folder: Path, before: str, after: str, message: str) -> None:
    path = folder / "general.yaml"
    path.write_text(path.read_text().replace(before, after, 1))
    found = problems_of(folder)
    assert any(message in problem.message for problem in found)
    assert all(problem.file == "general.yaml" and problem.line > 1 for problem in found)


def test_a_missing_language_is_refused(folder: Path) -> None:
    path = folder / "catalogue.yaml"
    path.write_text(path.read_text().replace(", fr: Emploi réciproque", "", 1))
    assert any(problem.message == "fr is missing" for problem in problems_of(folder))
