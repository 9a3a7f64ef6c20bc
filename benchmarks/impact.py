"""Judge saved screenings of fictional people before and after a draft: how long it takes, and whether it is right.

    python -m benchmarks.impact [SCREENINGS] [SEED]

The draft moves every number that a criterion asks for, ends one category and takes one away. Every screening is then
judged again by brute force, category by category with its reasons, and both lists are compared.
"""

import gc
import os
import random
import re
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

from eligibility.engine.report import plain

RULES = Path(__file__).parents[1] / "rules"
DAY = date(2026, 11, 22)
MOST_SECONDS = 60
TOLD = 0.4
"""How many of the facts of no special interest somebody tells."""


def draft_of(files: dict[str, str]) -> dict[str, str]:
    """Return rule files in which much is otherwise."""

    def more(found: re.Match[str]) -> str:
        return f"{found[1]}: {int(found[2]) + 1}"

    changed = {
        name: re.sub(r"(at_least|at_most): (\d+)\b(?!\.)", more, text) if name.startswith("exemptions/") else text
        for name, text in files.items()
    }
    ended = "exemptions/cusma-professional.yaml"
    changed[ended] = changed[ended].replace(
        "in_force: {from: 2020-07-01}", "in_force: {from: 2020-07-01, until: 2026-01-31}"
    )
    for name in ("exemptions", "cases"):
        changed.pop(f"{name}/francophone-mobility.yaml", None)
    return changed


def save(rulebook: Any, count: int, seed: int) -> None:
    """Save the answers of fictional people as if they had sent them."""
    from django.utils import timezone

    from benchmarks.people import people
    from eligibility.models import Screening

    Screening.objects.bulk_create(
        (
            Screening(
                answers=_answers(person, rulebook, random.Random(seed * count + number)),
                submitted_at=timezone.now(),
                submitted_as_of=DAY,
                release_digest=rulebook.digest,
                reference=f"P{number}",
            )
            for number, person in enumerate(people(rulebook, count, seed, DAY))
        ),
        batch_size=500,
    )


def _answers(person: Any, rulebook: Any, chance: random.Random) -> dict[str, Any]:
    """What makes the person's kind, and some of what else may be asked."""
    from benchmarks.people import KINDS

    names = [
        name
        for name, fact in rulebook.facts.items()
        if name in KINDS[person.kind] or (not fact.derived_from and chance.random() < TOLD)
    ]
    told = ((name, person.answer(name)) for name in names)
    return {name: plain(value) for name, value in told if value is not None}


def by_brute_force(before: Any, after: Any, as_of: date | None = None) -> set[tuple[str, str, str, str]]:
    """Judge every screening under both, with the reference reader; returns reference, category and both outcomes."""
    from eligibility.engine.determine import determine
    from eligibility.models import Screening
    from eligibility.screenings import readable_answers

    found = set()
    for screening in Screening.objects.submitted().iterator():
        outcomes: list[dict[str, str]] = []
        for side, rulebook in enumerate((before, after)):
            day = as_of if as_of and (side or before is not after) else screening.as_of
            result = determine(rulebook, readable_answers(screening, rulebook), day)
            judged = (*result.determinations, *result.permit_free)
            outcomes.append({one.category.id: one.outcome.value for one in judged})
        old, new = outcomes
        for category in {**old, **new}:
            pair = old.get(category, ""), new.get(category, "")
            if (pair[0] or "not_eligible") != (pair[1] or "not_eligible"):
                found.add((screening.reference, category, *pair))
    return found


def main(arguments: list[str]) -> int:
    count, seed = (int(word) for word in [*arguments, *("10000", "1")[len(arguments) :]])
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(DATABASE_URL=f"sqlite:///{folder}/impact.sqlite3", DJANGO_SETTINGS_MODULE="imp_site.settings")
        os.environ.setdefault("DJANGO_DEBUG", "1")
        import django

        django.setup()
        from django.conf import settings
        from django.core.management import call_command

        settings.DEBUG = False
        call_command("migrate", verbosity=0)
        return _measure(count, seed)


def _measure(count: int, seed: int) -> int:
    from eligibility.impact import run_impact
    from eligibility.impact_models import ImpactCase
    from exemption_codes.catalogue.reader import read_stored_files, rule_files

    files = rule_files(RULES)
    before, after = read_stored_files(files), read_stored_files(draft_of(files))
    save(before, count, seed)
    # As the site does when it reads a release.
    gc.collect()
    gc.freeze()
    wall, cpu = time.perf_counter(), time.process_time()
    run = run_impact(before, after, None)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print(f"{run.done} screenings, {run.cases.count()} changes: {wall:.1f} s, {cpu:.1f} s of one core")
    listed = set(ImpactCase.objects.values_list("screening__reference", "category", "before", "after"))
    wanted = by_brute_force(before, after)
    print(f"by brute force {len(wanted)} changes; {len(listed ^ wanted)} differ")
    return 0 if listed == wanted and cpu < MOST_SECONDS else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
