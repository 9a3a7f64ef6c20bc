"""`manage.py run_cases`: run the worked examples of some categories, and say what they lack."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from eligibility.engine.cases import lacking_cases, run_cases
from exemption_codes.catalogue.problems import CatalogueError, did_you_mean
from exemption_codes.catalogue.reader import read_rulebook


class Command(BaseCommand):
    help = "Run the worked examples of the categories named (of all, if none is), and say what they do not show yet."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("category", nargs="*", help="id of a category: francophone-mobility")
        parser.add_argument("--folder", type=Path, default=settings.RULES_DIR, help="folder of rule files")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            rulebook = read_rulebook(options["folder"])
        except CatalogueError as error:
            raise CommandError(str(error)) from error
        only = options["category"]
        for name in only:
            if name not in rulebook.categories:
                raise CommandError(f"There is no category {name}. {did_you_mean(name, rulebook.categories)}")
        runs = run_cases(rulebook, only)
        complaints = [complaint for run in runs for complaint in run.complaints()]
        lacks = [lack for lack in lacking_cases(rulebook, runs) if not only or lack.split(":")[0] in only]
        for line in (*complaints, *lacks):
            self.stdout.write(line)
        self.stdout.write(f"{len(runs)} cases, {len(complaints)} wrong, {len(lacks)} lacking")
        if complaints or lacks:
            raise CommandError("The worked examples are not right yet.")
