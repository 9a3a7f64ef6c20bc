"""What can be wrong with a catalogue: a problem names its file, its place and a way to mend it."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that must be mended; `path` is a dotted way into the file, `line` counts from 1 (0: unknown)."""

    file: str
    line: int
    path: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        hint = f" ({self.hint})" if self.hint else ""
        return f"{place}: {self.path or 'file'}: {self.message}{hint}"


class CatalogueError(Exception):
    """The catalogue cannot be used; carries every problem found in every file."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class DateNotCovered(Exception):
    """The catalogue says nothing about this day."""

    def __init__(self, on: object, first: object, last: object) -> None:
        self.on, self.first, self.last = on, first, last
        super().__init__(f"The catalogue covers {first} to {last}, not {on}.")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a hint with the nearest known word, or an empty string."""
    near = nearest(word, known)
    return f"did you mean {near}?" if near else ""


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word that looks most like this one; empty when none does."""
    near = difflib.get_close_matches(word[:100], list(known), n=1, cutoff=0.6)
    return near[0] if near else ""
