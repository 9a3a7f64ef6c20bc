"""The mutator makes the mistakes it should, worked examples notice them, and what they do not notice is told."""

from collections.abc import Callable
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pydantic import TypeAdapter

from eligibility.engine.cases import run_cases
from exemption_codes.catalogue import documents as doc
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.management.commands.mutate_rules import REPORT
from exemption_codes.proof.difference import difference
from exemption_codes.proof.findings import SURVIVORS, read_explained
from exemption_codes.proof.killing import Bench
from exemption_codes.proof.mutants import Mutant, moved_boundaries, mutants_of, mutants_of_category
from exemption_codes.proof.mutation import LEFT_OUT, changes_of
from exemption_codes.proof.mutation_report import read_last_run, report, run_of, unexplained, write_last_run
from exemption_codes.proof.mutation_run import WANTED_SHARE, Tally, run_mutants
from exemption_codes.proof.witness import case_of
from tests.exemption_codes.proof.conftest import CASES, KEEPER, criterion

Small = Callable[..., Rulebook]
ID = "lighthouse-keeper"
ROOT = Path(__file__).parents[3]
CONDITION: TypeAdapter[Any] = TypeAdapter(doc.Condition)
MONTHS = {"fact": "keeper.months", "at_least": 12}
SWIMS = {"fact": "keeper.swims", "is": True}
CHANGES = [
    (MONTHS, ["at_least → more_than", "at_least → less_than", "12 → 11", "12 → 13"]),
    ({"fact": "keeper.months", "at_least": 0}, ["at_least → more_than", "at_least → less_than", "0 → 1"]),
    ({"fact": "keeper.rank", "at_least": "senior"},
     ["at_least → more_than", "at_least → less_than", "senior → junior"]),
    (SWIMS, ["is → is_not"]),
    ({"fact": "keeper.citizenships", "includes_any": ["SE", "IS"]},
     ["includes_any → includes_none", "drop SE", "drop IS"]),
    ({"fact": "keeper.trade", "one_of": ["keeper"]}, ["one_of → none_of"]),
    ({"fact": "keeper.months", "at_least_fact": "keeper.months_wanted"},
     ["not at_least_fact", "exchange the two facts"]),
    ({"fact": "keeper.citizenships", "in_list": "partners"}, ["not in_list"]),
    ({"fact": "keeper.months", "at_least": {"parameter": "months_needed"}},
     ["at_least → more_than", "at_least → less_than"]),
    ({"not": SWIMS}, ["drop the not", "is → is_not"]),
    ({"any": [SWIMS, {"disputed": "K1"}]}, ["any → all", "drop this part", "is → is_not", "drop this part"]),
    ({"row_of": "trades", "by": "keeper.trade", "holds": "accepts"}, ["not this row", "drop holds"]),
]  # fmt: skip


@pytest.mark.parametrize(("written", "expected"), CHANGES)
def test_the_mistakes_of_a_condition(small: Small, written: Any, expected: list[str]) -> None:
    changes = list(changes_of(CONDITION.validate_python(written), small()))
    assert [change.words for change in changes] == expected
    assert LEFT_OUT not in [change.condition for change in changes]


def test_every_mutant_differs_from_its_rule_file_in_one_place(small: Small) -> None:
    rulebook = small()
    names = [mutant.name for mutant in mutants_of(rulebook)]
    assert len(names) == len(set(names))
    originals: dict[str, Any] = {**{f"exemptions/{k}": v for k, v in rulebook.categories.items()},
                 **{f"lists/{k}": v for k, v in rulebook.lists.items()},
                 **{f"parameters/{k}": v for k, v in rulebook.parameters.items()}}  # fmt: skip
    for mutant in mutants_of(rulebook):
        assert mutant.document.model_dump(warnings=False) != originals[mutant.file].model_dump(warnings=False)


def test_lists_tables_and_parameters_have_mutants_too(small: Small) -> None:
    names = {mutant.name for mutant in mutants_of(small())}
    assert {
        "lists/partners editions.1.members: drop IS",
        "lists/partners editions.1.undetermined: take DK for sure",
        "lists/partners editions.1: from 2025-01-01 → 2025-01-02",
        "lists/trades editions.0.rows.grinder: drop the row",
        "lists/trades editions.0.rows.keeper.accepts.at_least: 12 → 13",
        "lists/trades editions.0.rows.keeper.months: 24 → 23",
        "parameters/months_needed values.1: 24 → 25",
        "parameters/months_needed values.1: from 2025-01-01 → 2024-12-31",
        "exemptions/lighthouse-keeper in_force: from 2020-01-01 → 2020-01-02",
        "exemptions/lighthouse-keeper criteria.trade: drop the criterion",
        "exemptions/lighthouse-keeper criteria.trade.weight: required → usual",
    } <= names


def test_a_moved_boundary_leaves_no_gap(small: Small) -> None:
    codes = small().categories[ID].codes
    moved = [[(code.until, code.from_) for code in spans] for _place, _words, spans in moved_boundaries(codes)]
    for (until, _), (_, begins) in moved:
        assert until
        assert begins
        assert (begins - until).days == 1


def test_no_example_of_ours_kills_the_true_rules(rulebook: Rulebook) -> None:
    for name, category in rulebook.categories.items():
        same = Mutant(f"exemptions/{name}", "", "none", "nothing", category.model_copy(), (name,))
        assert Bench(rulebook, name).killer_of(same) is None


def test_trying_only_what_changed_says_the_same_as_running_everything(rulebook: Rulebook) -> None:
    for mutant in list(mutants_of(rulebook))[::1201]:
        for name in mutant.categories[:1]:
            complaints = [line for run in run_cases(mutant.applied_to(rulebook), [name]) for line in run.complaints()]
            assert bool(complaints) is (Bench(rulebook, name).killer_of(mutant) is not None), mutant.name


def test_a_survivor_is_told_by_a_fact_set_that_kills_it_as_an_example(small: Small) -> None:
    rulebook = small()
    told = 0
    for mutant in mutants_of_category(rulebook, rulebook.categories[ID]):
        witness = difference(rulebook, mutant, ID)
        if witness is None:
            continue
        bench = Bench(replace(rulebook, cases={ID: rulebook.cases[ID].model_copy(update={"cases": []})}), ID)
        bench.add(doc.Case.model_validate(case_of(rulebook, witness, mutant.name)))
        assert bench.killer_of(mutant) == mutant.name
        told += 1
    assert told > 25


def test_a_change_that_nothing_can_tell_is_proved_equivalent(small: Small) -> None:
    rulebook = small(criterion("some_months", "{fact: keeper.months, at_least: 6}"))
    dates = small((KEEPER, "in_force: {from: 2020-01-01}", "in_force: {from: 2019-12-01}"))
    fates = {fate.mutant.name: fate.state for fate in run_mutants(dates, difference)}
    assert fates[f"exemptions/{ID} in_force: from 2019-12-01 → 2019-12-02"] == "equivalent"
    fates = {fate.mutant.name: fate.state for fate in run_mutants(rulebook, difference)}
    assert fates[f"exemptions/{ID} criteria.some_months.when.at_least: 6 → 7"] == "survived"


def test_too_few_examples_fail_the_command_and_survivors_are_shown_with_a_case(folder: Callable[..., Path]) -> None:
    out = StringIO()
    with pytest.raises(CommandError, match="Fewer than 95% are killed; add worked examples"):
        call_command("mutate_rules", folder=folder(), witnesses=True, stdout=out)
    said = out.getvalue()
    assert "survived: lists/partners editions.1.members: drop IS\nlighthouse-keeper\n  - {name: " in said
    assert "change: {keeper.citizenships: [IS]" in said


def test_examples_that_are_wrong_themselves_are_no_measure(folder: Callable[..., Path]) -> None:
    wrong = (CASES, "failing: [partner_country]", "failing: [experience]")
    with pytest.raises(CommandError, match="the worked examples do not come out as they say"):
        call_command("mutate_rules", folder=folder(wrong), stdout=StringIO())


def test_the_report_counts_mutants_and_lists_what_survived(small: Small, tmp_path: Path) -> None:
    rulebook, tally = small(), Tally()
    for fate in run_mutants(rulebook, None, [f"exemptions/{ID}"]):
        tally.add(fate)
    run = run_of(tally, rulebook)
    text = report(rulebook, run)
    assert f"| exemptions/{ID} |" in text
    assert "| to be explained |" in text
    write_last_run(run, tmp_path / "run.json")
    assert read_last_run(tmp_path / "run.json") == run
    assert (run.total, run.share_killed) == (tally.total, tally.share)
    assert unexplained(run, {}) == [fate.mutant.name for fate in tally.survivors]


def test_a_run_is_of_rules_that_are_judged_alike_and_of_no_others(small: Small) -> None:
    run = run_of(Tally(), small())
    assert run.is_of(small((KEEPER, "name: {en: ", "name: {en: The ")))
    assert run.is_of(small(("sources.yaml", "kind: official", "read_on: 2025-05-01, kind: official")))
    assert not run.is_of(small(criterion("some_months", "{fact: keeper.months, at_least: 6}")))
    assert not run.is_of(small((CASES, "keeper.months: 30", "keeper.months: 31")))
    assert not run.is_of(small(("lists/partners.yaml", "members: [SE, 'NO']}", "members: [SE]}")))
    assert not run.is_of(small(("parameters/months_needed.yaml", "value: 24", "value: 25")))


def test_the_report_of_this_repository_is_of_its_rules(rulebook: Rulebook) -> None:
    """When this fails: `manage.py mutate_rules --report`; it runs the mutants only if something judged has changed."""
    run = read_last_run()
    assert run
    assert run.is_of(rulebook)
    assert (ROOT / REPORT).read_text("utf-8") == report(rulebook, run)
    assert run.share_killed >= WANTED_SHARE
    assert unexplained(run, read_explained(part=SURVIVORS)) == []
