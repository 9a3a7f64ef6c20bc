"""A small invented catalogue, as texts by file name, for tests that break it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from exemption_codes.catalogue.problems import CatalogueError, Problem
from exemption_codes.catalogue.reader import read_rule_files, rule_files

SMALL = Path(__file__).parent / "small"
Files = dict[str, str]


@pytest.fixture
def files() -> Files:
    return rule_files(SMALL)


@pytest.fixture
def problems_of() -> Callable[[Files], list[Problem]]:
    def read(files: Files) -> list[Problem]:
        with pytest.raises(CatalogueError) as caught:
            read_rule_files(files)
        return caught.value.problems

    return read


@pytest.fixture
def broken(files: Files, problems_of: Callable[[Files], list[Problem]]) -> Callable[[str, str, str], list[Problem]]:
    """Replace one piece of text in one file, and return what is said about it."""

    def change(name: str, before: str, after: str) -> list[Problem]:
        assert files[name].count(before) >= 1, f"{before!r} is not in {name}"
        files[name] = files[name].replace(before, after, 1)
        return problems_of(files)

    return change
