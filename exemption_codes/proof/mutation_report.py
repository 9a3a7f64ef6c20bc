"""What became of the mutants, for people (docs/catalogue-report.md) and for the page of statistics (last_run.json)."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.proof.findings import SURVIVED, SURVIVORS, read_explained
from exemption_codes.proof.mutation_run import Fate, State, Tally, share_killed
from exemption_codes.proof.statistics import Statistics, statistics_of

LAST_RUN = Path(__file__).parent / "last_run.json"
STATES: tuple[State, ...] = ("killed", "equivalent", "survived")
KIND_WORDS = {
    "operator": "an operator flipped, or two facts exchanged",
    "threshold": "a threshold moved by one",
    "member": "a member, a row or a prefix of a list dropped",
    "joint": "all and any swapped",
    "negation": "a condition negated, or a not dropped",
    "removal": "a criterion or a part of a condition dropped",
    "applies_when": "an exception dropped",
    "date": "a date moved by a day",
    "weight": "required and usual swapped",
    "officer": "a condition left to the officer alone",
}
PROLOGUE = """
Each mutant is one rule file with one wrong change. It is killed when a worked example of a category that reads the file
comes out otherwise than it says, fails other criteria, or bears another code. It is equivalent when z3 proves that no
complete fact set, on any day that the catalogue covers, tells it from the true rules.

All mutants are run; none are sampled. Not mutated are: occupations (they are vocabulary), lists and parameters that no
category reads, general rules (worked examples are of categories), dates of a legal basis (shown, not judged) and words.
"""
PROVED = """
z3 proves, over the typed facts and their bounds, that each category can be satisfied on each stretch of its life, that
no criterion is implied by the others unless marked so, that each fact can decide something, that no two periods of one
thing overlap, and that each answer to a gate question leaves a code within reach; except:
"""
EQUIVALENT = """
Most move a day that the catalogue does not cover, or touch a condition that another one makes superfluous.
"""
Reasons = Mapping[tuple[str, str], str]


@dataclass(frozen=True)
class LastRun:
    """Counts of the last run of all mutants, and the digest of the rules it was made of."""

    digest: str
    killed: int
    equivalent: int
    survived: int

    @property
    def total(self) -> int:
        return self.killed + self.equivalent + self.survived

    @property
    def share_killed(self) -> float:
        return share_killed(Counter({"killed": self.killed, "survived": self.survived}))


def read_last_run(path: Path = LAST_RUN) -> LastRun | None:
    return LastRun(**json.loads(path.read_text("utf-8"))) if path.exists() else None


def write_last_run(tally: Tally, rulebook: Rulebook, path: Path = LAST_RUN) -> None:
    run = LastRun(rulebook.digest, **{state: tally.states[state] for state in STATES})
    path.write_text(json.dumps(asdict(run), indent=2) + "\n", encoding="utf-8")


def reason_for(fate: Fate, reasons: Reasons) -> str:
    return reasons.get((SURVIVED, fate.mutant.name), "")


def unexplained(tally: Tally, reasons: Reasons) -> list[Fate]:
    return [fate for fate in tally.survivors if not reason_for(fate, reasons)]


def report(rulebook: Rulebook, tally: Tally) -> str:
    """Return the report in Markdown; the same rules give the same text."""
    parts = (
        *_head(statistics_of(rulebook)),
        *_mutants(tally),
        *_survivors(tally, read_explained(part=SURVIVORS)),
        *_proved(read_explained()),
        *_equivalent(tally.equivalent),
    )
    return "\n".join([*parts, ""])


def _head(found: Statistics) -> Iterator[str]:
    yield "# Report on the catalogue"
    yield ""
    yield "Made by `manage.py mutate_rules --report`; do not edit."
    yield ""
    yield from table(("What", "Count"), [(name, str(count)) for name, count in found.counts().items()])
    yield ""
    yield from table(("Confidence", "Categories", "Criteria"), found.confidence_rows())
    yield ""


def _mutants(tally: Tally) -> Iterator[str]:
    counted = ", ".join(f"{tally.states[state]} {state}" for state in STATES)
    yield "## Mutants"
    yield PROLOGUE
    yield f"{tally.total} mutants: {counted}. **{tally.share:.1%}** of those that can be killed are killed."
    yield ""
    yield from table(
        ("Change", *STATES), [(KIND_WORDS[kind], *_row(tally.kinds[kind])) for kind in sorted(tally.kinds)]
    )
    yield ""
    yield from table(("Rule file", *STATES), [(file, *_row(tally.files[file])) for file in sorted(tally.files)])
    yield ""


def _row(states: Counter[State]) -> tuple[str, ...]:
    return tuple(str(states[state]) for state in STATES)


def _survivors(tally: Tally, reasons: Reasons) -> Iterator[str]:
    yield from ("## Survivors", "")
    rows = [(fate.mutant.name, reason_for(fate, reasons) or "to be explained") for fate in tally.survivors]
    yield from table(("Mutant", "Why no worked example kills it"), rows) if rows else ["None."]
    yield ""


def _proved(reasons: Reasons) -> Iterator[str]:
    yield "## Proved"
    yield PROVED
    exceptions = [(check, subject, reason) for (check, subject), reason in reasons.items()]
    yield from table(("Check", "Subject", "Why it may stand"), exceptions)
    yield ""


def _equivalent(fates: Iterable[Fate]) -> Iterator[str]:
    yield "## Equivalent mutants"
    yield EQUIVALENT
    by_file: dict[str, list[Fate]] = {}
    for fate in fates:
        by_file.setdefault(fate.mutant.file, []).append(fate)
    for file in sorted(by_file):
        yield f"- {file}"
        yield from (f"  - {fate.mutant.path}: {fate.mutant.words}" for fate in by_file[file])


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    def line(cells: Iterable[Any]) -> str:
        return "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"

    return [line(head), line("---" for _ in head), *map(line, rows)]
