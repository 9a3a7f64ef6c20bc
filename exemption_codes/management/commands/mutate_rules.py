"""`manage.py mutate_rules`: do the worked examples notice when a rule is wrong?"""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from eligibility.engine.cases import run_cases
from exemption_codes.catalogue.problems import CatalogueError
from exemption_codes.catalogue.reader import read_rulebook
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.proof.findings import SURVIVORS, read_explained
from exemption_codes.proof.mutation_report import (
    STATES,
    LastRun,
    read_last_run,
    report,
    run_of,
    unexplained,
    write_last_run,
)
from exemption_codes.proof.mutation_run import WANTED_SHARE, Fate, Tally, Telling, run_mutants

REPORT = Path("docs/catalogue-report.md")
EVERY = 1000


class Command(BaseCommand):
    help = "Change the rules in every small wrong way, and see that a worked example notices each."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="*", help="some rule files only: exemptions/cusma-trader lists/eu_members")
        parser.add_argument("--folder", type=Path, default=settings.RULES_DIR, help="folder of rule files")
        parser.add_argument("--report", action="store_true", help=f"write {REPORT} and the counts for statistics")
        parser.add_argument("--anew", action="store_true", help="with --report: run though nothing judged has changed")
        parser.add_argument("--witnesses", action="store_true", help="print a case that would kill each survivor")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            rulebook = read_rulebook(options["folder"])
            reasons = read_explained(part=SURVIVORS)
        except (CatalogueError, ValueError) as error:
            raise CommandError(str(error)) from error
        started, last = time.perf_counter(), read_last_run()
        if options["report"] and not options["files"] and last and last.is_of(rulebook) and not options["anew"]:
            run = last
            self.stdout.write("nothing that is judged has changed since the last run; --anew runs all the same")
        else:
            run = self._run(rulebook, options)
        if options["report"] and not options["files"]:
            write_last_run(run)
            (settings.BASE_DIR / REPORT).write_text(report(rulebook, run), encoding="utf-8")
        counted = ", ".join(f"{run.count(state)} {state}" for state in STATES)
        seconds = time.perf_counter() - started
        self.stdout.write(f"{run.total} mutants: {counted}; {run.share_killed:.1%} killed ({seconds:.0f} s)")
        if run.share_killed < WANTED_SHARE:
            raise CommandError(f"Fewer than {WANTED_SHARE:.0%} are killed; add worked examples.")
        if lacking := unexplained(run, reasons):
            raise CommandError(f"{len(lacking)} survivors need a worked example, or a reason in explained.yaml.")

    def _run(self, rulebook: Rulebook, options: dict[str, Any]) -> LastRun:
        if any(line for run in run_cases(rulebook) for line in run.complaints()):
            raise CommandError(
                "the worked examples do not come out as they say; run manage.py load_catalogue --dry-run"
            )
        started, tally = time.perf_counter(), Tally()
        for fate in run_mutants(rulebook, _telling(), options["files"]):
            tally.add(fate)
            if tally.total % EVERY == 0 and options["verbosity"] > 1:
                self.stdout.write(f"{tally.total} mutants, {time.perf_counter() - started:.0f} s")
        for line in self._lines(rulebook, tally, options["witnesses"]):
            self.stdout.write(line)
        return run_of(tally, rulebook)

    def _lines(self, rulebook: Rulebook, tally: Tally, with_witnesses: bool) -> Iterator[str]:
        for fate in tally.survivors:
            yield f"survived: {fate.mutant.name}"
            if with_witnesses and fate.witness:
                yield self._case(rulebook, fate)

    def _case(self, rulebook: Rulebook, fate: Fate) -> str:
        assert fate.witness is not None
        return f"{fate.witness.category}\n{fate.witness.as_case(rulebook, f'Kills {fate.mutant.name}')}"


def _telling() -> Telling | None:
    """Return what tells mutants from the true rules; it needs z3, and without it no mutant is called equivalent."""
    try:
        from exemption_codes.proof.difference import difference
    except ImportError:
        return None
    return difference
