"""Rule files to a release: everything is checked, every worked example run, before anything is stored."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from eligibility.engine.cases import CaseRun, lacking_cases, run_cases
from exemption_codes.catalogue.problems import CatalogueError, Problem
from exemption_codes.catalogue.reader import read_raw_files
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.models import CatalogueRelease
from exemption_codes.releases import store


class CasesRefused(CatalogueError):
    """The files are sound, but worked examples come out otherwise than they say, or are lacking."""


@dataclass(frozen=True)
class Checked:
    """Rule files that may be stored."""

    rulebook: Rulebook
    files: Mapping[str, str]
    case_count: int

    def store(self, loaded_by: str) -> tuple[CatalogueRelease, bool]:
        """Store them as a draft, unless this state is stored already; returns the release and whether it is new."""
        return store(self.rulebook, self.files, loaded_by)


def check(raw: Mapping[str, bytes]) -> Checked:
    """Read and check rule files and run their worked examples.

    Raises CatalogueError with every problem of every file, and CasesRefused with every problem of the examples.
    """
    rulebook, files = read_raw_files(raw)
    runs = run_cases(rulebook)
    problems = [*_wrong(runs, files), *_lacking(rulebook, runs)]
    if problems:
        raise CasesRefused(problems)
    return Checked(rulebook, files, len(runs))


def _wrong(runs: list[CaseRun], files: Mapping[str, str]) -> Iterator[Problem]:
    hint = "mend the rule, or what the example expects"
    for run in runs:
        label = f"{run.category}: {run.case.name}: "
        name = f"cases/{run.category}.yaml"
        for complaint in run.complaints():
            line = _line_of(run.case.name, files[name])
            yield Problem(name, line, run.case.name, complaint.removeprefix(label), hint)


def _lacking(rulebook: Rulebook, runs: list[CaseRun]) -> Iterator[Problem]:
    for lack in lacking_cases(rulebook, runs):
        category, _, message = lack.partition(": ")
        yield Problem(f"cases/{category}.yaml", 0, "cases", message, "add a worked example")


def _line_of(case: str, text: str) -> int:
    """Return the line on which an example is named; one of several made from a list has its value in brackets."""
    lines = text.splitlines()
    for name in (case, case.rpartition(" (")[0]):
        found = next((number for number, line in enumerate(lines, 1) if name and name in line), 0)
        if found:
            return found
    return 0
