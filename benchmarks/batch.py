"""Many people on the whole catalogue: rows of made-up facts, read from and written to Parquet.

python -m benchmarks.batch [ROWS]
"""

import random
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import polars as pl

from benchmarks.timing import said
from eligibility.engine.column_facts import problems, type_of
from eligibility.engine.columns import screen
from eligibility.engine.compile import plan_for
from eligibility.engine.trials import trial_values
from exemption_codes.catalogue.conditions import leaves_of
from exemption_codes.catalogue.reader import read_rulebook
from exemption_codes.catalogue.rulebook import Rulebook

RULES = Path(__file__).parents[1] / "rules"
DAY = date(2026, 11, 22)
ROWS = 1_000_000
BUDGET_MS = 60_000
FACTS = 60
UNKNOWN = 0.2
SOME_ROWS = 20_000


def made_up(rulebook: Rulebook, rows: int) -> pl.DataFrame:
    """Return rows of the facts that most categories read, a fifth of them unknown; the same at each call."""
    plan, chance = plan_for(rulebook, DAY), random.Random(7)
    tests = {}
    for rule in (rule for compiled in plan.categories for rule in compiled.rules if rule.node):
        for test in leaves_of(rule.node):
            tests.setdefault(test.fact, {})[test] = None
    read = sorted(tests, key=lambda name: -sum(name in compiled.facts for compiled in plan.categories))
    names = [name for name in read if name in rulebook.facts and not rulebook.facts[name].judged][:FACTS]
    columns = {}
    for name in names:
        values = trial_values(name, list(tests[name]), {"application.date": DAY}, rulebook)
        drawn = [None if chance.random() < UNKNOWN else chance.choice(values) for _ in range(min(rows, SOME_ROWS))]
        columns[name] = pl.Series(name, drawn, dtype=type_of(rulebook.facts[name]))
    frame = pl.DataFrame(columns)
    return pl.concat([frame] * (rows // frame.height)) if rows > frame.height else frame


def main(arguments: list[str]) -> int:
    rows = int(arguments[0]) if arguments else ROWS
    rulebook = read_rulebook(RULES)
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "cases.parquet"), Path(folder, "outcomes.parquet")
        made_up(rulebook, rows).write_parquet(source)
        started = time.perf_counter()
        cases = pl.scan_parquet(source)
        wrong = problems(cases, [], rulebook)
        checked = time.perf_counter()
        screen(cases, rulebook, DAY).sink_parquet(target)
        written = time.perf_counter()
        count = pl.scan_parquet(target).select(pl.len()).collect().item()
    print(f"{count} people, {FACTS} facts each, {len(rulebook.categories)} categories; {len(wrong)} problems")
    share = BUDGET_MS * rows / ROWS
    kept = said("facts of everybody checked", 1000 * (checked - started), share / 4)
    return 0 if said("everybody judged and written", 1000 * (written - checked), share) and kept and not wrong else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
