"""What became of the mutants, for people (docs/catalogue-report.md) and for the page of statistics (last_run.json)."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.proof.findings import SURVIVED, SURVIVORS, read_explained
from exemption_codes.proof.ground import ground_digest
from exemption_codes.proof.mutation_run import State, Tally, share_killed
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
    """What became of all mutants, last time; `digest` is of what was judged (`ground_digest`).

    `kinds` and `files` count states by kind of change and by rule file; `survivors` are names of mutants; `equivalent`
    tells the changes by rule file.
    """

    digest: str
    kinds: dict[str, dict[State, int]]
    files: dict[str, dict[State, int]]
    survivors: list[str]
    equivalent: dict[str, list[str]]

    def count(self, state: State) -> int:
        return sum(states.get(state, 0) for states in self.files.values())

    @property
    def total(self) -> int:
        return sum(map(self.count, STATES))

    @property
    def share_killed(self) -> float:
        return share_killed(Counter({state: self.count(state) for state in STATES}))

    def is_of(self, rulebook: Rulebook) -> bool:
        """Tell whether the rules are judged as they were then."""
        return self.digest == ground_digest(rulebook)


def run_of(tally: Tally, rulebook: Rulebook) -> LastRun:
    equivalent: dict[str, list[str]] = {}
    for fate in tally.equivalent:
        equivalent.setdefault(fate.mutant.file, []).append(f"{fate.mutant.path}: {fate.mutant.words}")
    return LastRun(
        digest=ground_digest(rulebook),
        kinds={kind: dict(states) for kind, states in tally.kinds.items()},
        files={file: dict(states) for file, states in tally.files.items()},
        survivors=[fate.mutant.name for fate in tally.survivors],
        equivalent=equivalent,
    )


def read_last_run(path: Path = LAST_RUN) -> LastRun | None:
    """Return the last run; None when there was none, or it was written in another form."""
    try:
        return LastRun(**json.loads(path.read_text("utf-8")))
    except (FileNotFoundError, TypeError):
        return None


def write_last_run(run: LastRun, path: Path = LAST_RUN) -> None:
    path.write_text(json.dumps(asdict(run), indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")


def unexplained(run: LastRun, reasons: Reasons) -> list[str]:
    return [name for name in run.survivors if not reasons.get((SURVIVED, name))]


def report(rulebook: Rulebook, run: LastRun) -> str:
    """Return the report in Markdown; the same rules give the same text."""
    parts = (
        *_head(statistics_of(rulebook)),
        *_mutants(run),
        *_survivors(run, read_explained(part=SURVIVORS)),
        *_proved(read_explained()),
        *_equivalent(run),
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


def _mutants(run: LastRun) -> Iterator[str]:
    counted = ", ".join(f"{run.count(state)} {state}" for state in STATES)
    yield "## Mutants"
    yield PROLOGUE
    yield f"{run.total} mutants: {counted}. **{run.share_killed:.1%}** of those that can be killed are killed."
    yield ""
    yield from table(("Change", *STATES), [(KIND_WORDS[kind], *_row(run.kinds[kind])) for kind in sorted(run.kinds)])
    yield ""
    yield from table(("Rule file", *STATES), [(file, *_row(run.files[file])) for file in sorted(run.files)])
    yield ""


def _row(states: Mapping[State, int]) -> tuple[str, ...]:
    return tuple(str(states.get(state, 0)) for state in STATES)


def _survivors(run: LastRun, reasons: Reasons) -> Iterator[str]:
    yield from ("## Survivors", "")
    rows = [(name, reasons.get((SURVIVED, name), "to be explained")) for name in run.survivors]
    yield from table(("Mutant", "Why no worked example kills it"), rows) if rows else ["None."]
    yield ""


def _proved(reasons: Reasons) -> Iterator[str]:
    yield "## Proved"
    yield PROVED
    exceptions = [(check, subject, reason) for (check, subject), reason in reasons.items()]
    yield from table(("Check", "Subject", "Why it may stand"), exceptions)
    yield ""


def _equivalent(run: LastRun) -> Iterator[str]:
    yield "## Equivalent mutants"
    yield EQUIVALENT
    for file in sorted(run.equivalent):
        yield f"- {file}"
        yield from (f"  - {change}" for change in run.equivalent[file])


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    def line(cells: Iterable[Any]) -> str:
        return "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"

    return [line(head), line("---" for _ in head), *map(line, rows)]
