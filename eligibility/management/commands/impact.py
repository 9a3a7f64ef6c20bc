"""`manage.py impact DIGEST`: what a release, or a later day, changes in the screenings that people sent."""

import csv
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation
from django.utils.translation import gettext as _

from eligibility.impact import csv_heads, csv_rows, run_impact, table
from eligibility.impact_models import ImpactCase, ImpactRun
from eligibility.rejudging import UNCHANGED
from exemption_codes.catalogue.problems import CatalogueError, DateNotCovered
from exemption_codes.release_names import NoReleaseNamed, named_rulebook
from exemption_codes.releases import NoPublishedRelease


class Command(BaseCommand):
    help = "Judge all submitted screenings under two releases, or under one on a later day; goes on after a stop."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("release", help="beginning of a digest, “published”, or a folder of rule files")
        parser.add_argument("--against", default="published", help="the release to compare with (default: published)")
        parser.add_argument("--as-of", type=date.fromisoformat, help="day on which to judge, YYYY-MM-DD")
        parser.add_argument("--csv", type=Path, help="file to write every changed case into")
        parser.add_argument("--lang", choices=("en", "fr"), default="en", help="language of the words")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            before, after = named_rulebook(options["against"]), named_rulebook(options["release"])
            if before.digest == after.digest and options["as_of"] is None:
                raise CommandError("Both releases are the same; give another one, or a day with --as-of.")
            run = run_impact(before, after, options["as_of"], self._progress)
        except (NoReleaseNamed, NoPublishedRelease, CatalogueError, DateNotCovered) as error:
            raise CommandError(str(error)) from error
        with translation.override(options["lang"]):
            self._print(run)
            if options["csv"]:
                self._write(run, options["csv"], csv_rows(run, after, options["lang"]))

    def _progress(self, run: ImpactRun) -> None:
        self.stderr.write(f"{run.done}/{run.total}")

    def _print(self, run: ImpactRun) -> None:
        changes = [*ImpactCase.Change.values, UNCHANGED]
        heads = [*(str(label) for label in ImpactCase.Change.labels), _("Unchanged")]
        self.stdout.write("\t".join([_("Code"), *heads]))
        for code, counts in table(run):
            self.stdout.write("\t".join([code or "–", *(str(counts.get(change, 0)) for change in changes)]))

    def _write(self, run: ImpactRun, path: Path, rows: Any) -> None:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(csv_heads())
            writer.writerows(rows)
