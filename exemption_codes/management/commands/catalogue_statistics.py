"""`manage.py catalogue_statistics`: what the catalogue holds, how sure it is, which sources were read longest ago."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from exemption_codes.catalogue.problems import CatalogueError
from exemption_codes.catalogue.reader import read_rulebook
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.proof.mutation_report import read_last_run
from exemption_codes.proof.statistics import Statistics, statistics_of


class Command(BaseCommand):
    help = "Count what the catalogue holds: categories, criteria, facts, cases, mutants, confidence, oldest sources."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", type=Path, default=settings.RULES_DIR, help="folder of rule files")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            rulebook = read_rulebook(options["folder"])
        except CatalogueError as error:
            raise CommandError(str(error)) from error
        found = statistics_of(rulebook)
        for line in (*_counts(found), *_mutants(rulebook), *_sources(found)):
            self.stdout.write(line)


def _counts(found: Statistics) -> Iterator[str]:
    yield f"law of {found.law_as_of}, provisions of {found.consolidated_on}, rules {found.digest[:12]}"
    yield from (f"{count:7}  {name}" for name, count in found.counts().items())
    for level, categories, criteria in found.confidence_rows():
        yield f"{categories:>7}  categories of {level} confidence, with {criteria} criteria"


def _mutants(rulebook: Rulebook) -> Iterator[str]:
    run = read_last_run()
    if run is None:
        yield "mutants were never counted; run manage.py mutate_rules --report"
        return
    states = f"{run.count('equivalent')} equivalent, {run.count('survived')} survived"
    yield f"{run.total:7}  mutants, {run.share_killed:.1%} killed, {states}"
    if not run.is_of(rulebook):
        yield "         (counted on other rules; run manage.py mutate_rules --report)"


def _sources(found: Statistics) -> Iterator[str]:
    yield "sources read longest ago:"
    for source in found.oldest_sources:
        yield f"  {source.read_on}  {source.id} ({source.categories} categories)"
    if found.never_dated:
        yield f"sources without a day of reading: {', '.join(found.never_dated)}"
