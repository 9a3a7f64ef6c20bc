"""What the catalogue holds, counted."""

from collections.abc import Callable
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.proof.statistics import statistics_of
from tests.exemption_codes.proof.conftest import CASES, KEEPER

Small = Callable[..., Rulebook]


def test_everything_is_counted(small: Small) -> None:
    found = statistics_of(small())
    assert (found.categories, found.categories_in_force, found.codes, found.criteria) == (1, 1, 2, 6)
    assert (found.facts, found.general_rules, found.lists, found.parameters) == (8, 1, 3, 1)
    assert found.law_as_of == date(2026, 11, 22)


def test_an_example_for_each_value_counts_once_and_as_often_as_it_runs(small: Small) -> None:
    each = "  - {name: Each, each: {keeper.months: [1, 2, 3]}, outcome: not_eligible}\n  - {name: A Mexican"
    found = statistics_of(small((CASES, "  - {name: A Mexican", each)))
    assert (found.examples, found.examples_run) == (4, 6)


def test_a_criterion_is_never_surer_than_its_category(small: Small) -> None:
    cite = "cite: [{source: act, provision: L1(a)}]"
    low = (KEEPER, cite, f"{cite}\n    confidence: low")
    found = statistics_of(small((KEEPER, "confidence: high", "confidence: medium"), low))
    assert found.category_confidence == {"medium": 1}
    assert found.criterion_confidence == {"medium": 5, "low": 1}


def test_the_oldest_sources_come_first_with_the_categories_that_rest_on_them(small: Small) -> None:
    read = ("sources.yaml", "kind: official", "read_on: 2025-05-01, kind: official")
    found = statistics_of(small(read))
    assert [(source.id, source.categories) for source in found.oldest_sources] == [("manual", 1), ("act", 1)]
    assert statistics_of(small()).never_dated == ("manual",)


def test_the_command_prints_counts_mutants_and_sources(folder: Callable[..., Path]) -> None:
    out = StringIO()
    call_command("catalogue_statistics", folder=folder(), stdout=out)
    said = out.getvalue()
    assert "      1  categories\n" in said
    assert "mutants" in said
    assert "2026-11-01  act (1 categories)" in said
    assert "sources without a day of reading: manual" in said


def test_the_command_refuses_rules_that_cannot_be_read(folder: Callable[..., Path]) -> None:
    with pytest.raises(CommandError, match="undefined fact"):
        call_command("catalogue_statistics", folder=folder((KEEPER, "fact: keeper.months", "fact: keeper.moons")))
