"""All problems of all files are reported at once, and one mistake neither hides nor invents another."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exemption_codes.catalogue import documents as doc
from exemption_codes.catalogue.__main__ import main
from exemption_codes.catalogue.problems import CatalogueError, Problem
from exemption_codes.catalogue.reader import digest_of, read_rule_files, read_rulebook, rule_files

RULES = Path(__file__).parents[2] / "rules"
SMALL = Path(__file__).parent / "small"
KEEPER = "exemptions/lighthouse-keeper.yaml"
CASES = "cases/lighthouse-keeper.yaml"
Files = dict[str, str]
ProblemsOf = Callable[[Files], list[Problem]]


def places(problems: list[Problem]) -> set[tuple[str, str]]:
    return {(problem.file, problem.path) for problem in problems}


def problems_if_any(files: Files) -> list[Problem]:
    try:
        read_rule_files(files)
    except CatalogueError as error:
        return error.problems
    return []


def test_the_rules_of_this_repository_are_sound_and_read_within_three_seconds() -> None:
    started = time.process_time()
    rulebook = read_rulebook(RULES)
    assert time.process_time() - started < 3
    assert rulebook.digest == digest_of(RULES)


def test_mistakes_in_five_files_are_all_told_at_once(files: Files, problems_of: ProblemsOf) -> None:
    files["general.yaml"] = files["general.yaml"].replace("scope: all", "scoop: all")
    files["facts.yaml"] = files["facts.yaml"].replace(", fr: métier}", "}")
    files["lists/partners.yaml"] = files["lists/partners.yaml"].replace("'NO'", "NO", 1)
    files[KEEPER] = files[KEEPER].replace("provision: L2", "provision: L3").replace("en: Passport", "en: 1")
    files[CASES] = files[CASES].replace("keeper.months: 30", "keeper.month: 30")
    assert places(problems_of(files)) == {
        ("general.yaml", "rules.0.scoop"),
        ("facts.yaml", "facts.keeper.trade.label"),
        ("lists/partners.yaml", "editions.0.members.1"),
        (KEEPER, "basis.1.provision"),
        (KEEPER, "documents.0.en"),
        (CASES, "base.facts.keeper.month"),
    }


def test_a_wrong_shape_does_not_hide_a_wrong_reference_beside_it(files: Files, problems_of: ProblemsOf) -> None:
    before = "all:\n        - {fact: keeper.months, at_least: {parameter: months_needed}}"
    assert before in files[KEEPER]
    after = "all:\n        - {fact: keeper.moons, at_least: {parameter: months_needed}}\n        - {fact: 3, is: true}"
    files[KEEPER] = files[KEEPER].replace(before, after)
    assert places(problems_of(files)) == {
        (KEEPER, "criteria.1.when.all.0.fact"),
        (KEEPER, "criteria.1.when.all.1.fact"),
    }


@pytest.mark.parametrize("name", ["facts.yaml", "sources.yaml", "provisions.yaml", "catalogue.yaml", KEEPER])
def test_an_unreadable_file_is_the_only_problem(files: Files, problems_of: ProblemsOf, name: str) -> None:
    files[name] = "a: [1, 2\nb: }"
    found = problems_of(files)
    assert {problem.file for problem in found} == {name}
    assert found[0].message.startswith("not YAML")


@pytest.mark.parametrize("name", ["facts.yaml", "general.yaml", "lists/noc_2021.yaml"])
def test_a_file_that_is_missing_is_named(files: Files, problems_of: ProblemsOf, name: str) -> None:
    del files[name]
    assert (name, "missing") in {(p.file, p.message.rpartition(" ")[2]) for p in problems_of(files)}


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("fact.yaml", "facts.yaml"),
        ("exemption/lighthouse-keeper.yaml", "exemptions/lighthouse-keeper.yaml"),
        ("exemptions/old/keeper.yaml", ""),
        ("exemptions/keeper.yml", ""),
    ],
)
def test_a_file_that_nothing_would_read_is_refused(files: Files, problems_of: ProblemsOf, name: str, hint: str) -> None:
    files[name] = files[KEEPER]
    found = problems_of(files)
    assert [(p.file, p.message) for p in found] == [(name, "no rule file has this name")]
    assert hint in found[0].hint


def test_an_empty_file_is_refused(files: Files, problems_of: ProblemsOf) -> None:
    files["pages.yaml"] = "# nothing\n"
    assert [p.message for p in problems_of(files)] == ["the file is empty"]


def test_a_code_has_one_bearer_a_day(files: Files, problems_of: ProblemsOf) -> None:
    twin = files[KEEPER].replace("id: lighthouse-keeper", "id: lightship-keeper")
    files["exemptions/lightship-keeper.yaml"] = twin
    found = problems_of(files)
    assert [p.message for p in found] == ["X99 is borne by lighthouse-keeper and lightship-keeper on the same days"]
    files["exemptions/lightship-keeper.yaml"] = twin.replace("family: lights", "family: lights\nvariant: ship")
    assert len(read_rule_files(files).categories) == 2


def test_anchors_aliases_and_merge_keys_are_allowed(files: Files) -> None:
    text = files[KEEPER].replace("cite: [{source: manual}]", "cite: &manual [{source: manual}]", 1)
    text = text.replace("cite: [{source: manual}]", "cite: *manual")
    files[KEEPER] = text.replace(
        "  - {criterion: partner_country, en: Passport, fr: Passeport}",
        "  - &paper {criterion: partner_country, en: Passport, fr: Passeport}\n  - {<<: *paper, criterion: trade}",
    )
    papers = read_rule_files(files).categories["lighthouse-keeper"].documents
    assert [(paper.criterion, paper.en) for paper in papers] == [("partner_country", "Passport"), ("trade", "Passport")]


def test_a_merged_mistake_is_found_at_its_line(files: Files, problems_of: ProblemsOf) -> None:
    files[KEEPER] = files[KEEPER].replace(
        "  - {criterion: partner_country, en: Passport, fr: Passeport}",
        "  - &paper {criterion: partner_country, en: 5, fr: Passeport}\n  - {<<: *paper, criterion: trade}",
    )
    found = problems_of(files)
    assert [problem.path for problem in found] == ["documents.0.en", "documents.1.en"]
    assert found[1].line in (found[0].line, found[0].line + 1)


def test_aliases_that_unfold_without_end_are_refused(files: Files, problems_of: ProblemsOf) -> None:
    rows = ["a: &a [x, x, x, x, x, x, x, x, x, x]"]
    rows += [f"{n}: &{n} [{', '.join([f'*{p}'] * 10)}]" for p, n in zip("abcdef", "bcdefg", strict=True)]
    files["pages.yaml"] = "\n".join(rows)
    started = time.perf_counter()
    assert "more than" in problems_of(files)[0].message
    assert time.perf_counter() - started < 3


@pytest.mark.parametrize("text", ["a: &a [*a]", "a: &a {b: *a}", "[" * 500 + "]" * 500, "{a: " * 300 + "}" * 300])
def test_nesting_without_end_is_refused(files: Files, problems_of: ProblemsOf, text: str) -> None:
    files["pages.yaml"] = text
    assert {problem.file for problem in problems_of(files)} == {"pages.yaml"}


def test_text_that_is_not_utf8_is_told_with_the_other_problems(tmp_path: Path, files: Files) -> None:
    files["general.yaml"] = files["general.yaml"].replace("scope: all", "scoop: all")
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "pages.yaml").write_bytes(b"pages: \xff")
    with pytest.raises(CatalogueError) as caught:
        read_rulebook(tmp_path)
    assert {problem.file for problem in caught.value.problems} == {"general.yaml", "pages.yaml"}


def test_the_command_prints_every_problem_and_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(SMALL)]) == 0
    for name, text in rule_files(SMALL).items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text.replace("fr:", "de:"), encoding="utf-8")
    capsys.readouterr()
    assert main([str(tmp_path)]) == 1
    said = capsys.readouterr().err
    assert "catalogue.yaml:5: families.0.name: fr is missing (every text has en and fr)" in said
    assert said.strip().endswith("problems")


def test_a_table_keeps_texts_conditions_and_values_apart() -> None:
    row = read_rulebook(SMALL).lists["trades"].editions[0].rows[0]
    assert row["label"] == {"en": "Keeper", "fr": "Gardien"}
    assert row["months"] == 24
    assert isinstance(row["accepts"], doc.FactTest)


@given(data=st.data())
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_damage_to_a_file_ends_in_anything_but_a_list_of_problems(data: st.DataObject) -> None:
    files = rule_files(SMALL)
    name = data.draw(st.sampled_from(sorted(files)))
    lines = files[name].splitlines()
    number = data.draw(st.integers(0, len(lines) - 1))
    words = ["", "- ", "null", "NO", "1", "2020-01-01", "[]", "{}", "{a: b}", "[1, {c: }]", ": ", "'", "&a *a", "\t"]
    word = data.draw(st.sampled_from(words))
    start = data.draw(st.integers(0, len(lines[number])))
    end = data.draw(st.integers(start, min(len(lines[number]), start + 12)))
    lines[number] = lines[number][:start] + word + lines[number][end:]
    assert all(problem.hint and problem.message for problem in problems_if_any({**files, name: "\n".join(lines)}))


def test_french_signs_stay_on_the_line_of_what_they_belong_to() -> None:
    text = doc.Text(en="“yes” : no", fr="« oui » : non")
    assert text.in_language("fr") == "«\N{NO-BREAK SPACE}oui\N{NO-BREAK SPACE}»\N{NO-BREAK SPACE}: non"
    assert text.in_language("en") == "“yes” : no"
