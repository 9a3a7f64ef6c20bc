"""`manage.py check_catalogue`: prove with an SMT solver that the catalogue has no dead ends and no dead weight."""

import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from exemption_codes.catalogue.problems import CatalogueError
from exemption_codes.catalogue.reader import read_rulebook
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.proof.findings import EXPLAINED, Finding, explain, read_explained


class Command(BaseCommand):
    help = "Prove that each category can be satisfied, each criterion counts, each fact decides, each gate leads on."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", type=Path, default=settings.RULES_DIR, help="folder of rule files")
        parser.add_argument("--explained", type=Path, default=EXPLAINED, help="findings that may stand, with reasons")
        parser.add_argument(
            "--witnesses", metavar="CATEGORY", help="print cases that show what is proved of a category"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            rulebook = read_rulebook(options["folder"])
            explained = read_explained(options["explained"])
        except (CatalogueError, ValueError) as error:
            raise CommandError(str(error)) from error
        if options["witnesses"]:
            self._show_witnesses(rulebook, options["witnesses"])
            return
        findings = list(explain(self._found(rulebook), explained))
        for finding in findings:
            self.stdout.write(str(finding))
        unexplained = sum(not finding.reason for finding in findings)
        self.stdout.write(f"{len(findings)} findings, {unexplained} of them unexplained")
        if unexplained:
            raise CommandError(f"{unexplained} findings need a change of the rules, or a reason in explained.yaml.")

    def _found(self, rulebook: Rulebook) -> list[Finding]:
        found: list[Finding] = []
        for claim, check in _checks().items():
            started, before = time.perf_counter(), len(found)
            found += check(rulebook)
            exceptions = f"{len(found) - before} exceptions" if len(found) > before else "proved"
            self.stdout.write(f"{claim}: {exceptions} ({time.perf_counter() - started:.1f} s)")
        return found

    def _show_witnesses(self, rulebook: Rulebook, category: str) -> None:
        _checks()
        from exemption_codes.proof.soundness import witnesses

        if category not in rulebook.categories:
            raise CommandError(f"there is no category {category}")
        for line in witnesses(rulebook, category):
            self.stdout.write(line)


def _checks() -> Any:
    """Return the checks; they need z3, which the site itself does not."""
    try:
        from exemption_codes.proof.catalogue_check import CHECKS
    except ImportError as error:
        raise CommandError("z3 is missing: install requirements/dev.txt") from error
    return CHECKS
