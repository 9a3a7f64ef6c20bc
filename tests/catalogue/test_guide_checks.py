"""What is said to be out of date elsewhere is held to the same care as the rules."""

from collections.abc import Callable

import pytest

from exemption_codes.catalogue.problems import Problem
from exemption_codes.catalogue.reader import read_rule_files, read_stored_files

Broken = Callable[[str, str, str], list[Problem]]
GUIDE = "guide.yaml"

# text before, text after, path of the problem, part of the message, part of the hint
MISTAKES = [
    ("an unknown key", "said:", "sad:", "corrections.0.sad", "not known", "mean said"),
    ("a missing language", ", fr: Le code est X99.", "", "corrections.0.holds", "fr is missing", "en and fr"),
    ("no source", "[{source: act, provision: L1(a)}]", "[]", "corrections.0.cite", "empty", "at least one"),
    ("an unknown source", "source: act", "source: akt", "corrections.0.cite.0.source", "no source", "act"),
    ("an unknown provision", "L1(a)", "L1(b)", "corrections.0.cite.0.provision", "no provision", "L1(a)"),
    ("an unknown category", "[lighthouse-keeper]", "[light-keeper]",
     "corrections.0.categories.0", "no category", "house"),
    ("a code never borne", "[X98]", "[X97]", "corrections.0.codes.0", "no category bears or bore X97", "X9"),
    ("an unknown place", "[online]", "[onlin]", "corrections.0.places.0", "not one of the words", "mean online"),
    ("a day not covered", "2022-12-15", "2019-12-15", "corrections.0.changed_on", "does not cover", "2020-01-01"),
    ("an end of the list", "corrections:", "corrections: []\nrest:", "corrections", "empty", "at least one"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after", "path", "message", "hint"), [row[1:] for row in MISTAKES], ids=[row[0] for row in MISTAKES]
)
def test_a_mistake_is_refused(broken: Broken, before: str, after: str, path: str, message: str, hint: str) -> None:
    found = [problem for problem in broken(GUIDE, before, after) if problem.path == path]
    assert [message in problem.message and hint in problem.hint for problem in found] == [True]
    assert found[0].file == GUIDE
    assert found[0].line > 0


def test_a_correction_twice_is_refused(files: dict[str, str], broken: Broken) -> None:
    twice = files[GUIDE] + files[GUIDE].removeprefix("corrections:\n")
    problems = broken(GUIDE, files[GUIDE], twice)
    assert [problem.message for problem in problems] == ["renamed stands twice"]


def test_a_heading_of_no_column_is_refused(broken: Broken) -> None:
    problems = broken("lists/trades.yaml", "  accepts: {en: What", "  accept: {en: What")
    assert [(p.path, p.message) for p in problems] == [("columns.accept", "no row has a column accept")]


def test_a_release_stored_before_there_was_a_guide_can_still_be_read(files: dict[str, str]) -> None:
    del files[GUIDE]
    assert read_stored_files(files).guide == read_rule_files(files).guide == ()
