"""`manage.py load_catalogue`: check the rule files, run every case, store a release, publish it."""

import getpass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from eligibility.engine.cases import lacking_cases, run_cases
from exemption_codes.catalogue.problems import CatalogueError
from exemption_codes.catalogue.reader import digest_of, read_rulebook
from exemption_codes.models import CatalogueRelease
from exemption_codes.publishing import publish_now
from exemption_codes.releases import store


class Command(BaseCommand):
    help = "Check the rule files, run their worked examples, store an immutable release and publish it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", type=Path, default=settings.RULES_DIR, help="folder of rule files")
        parser.add_argument("--dry-run", action="store_true", help="check only; store nothing")
        parser.add_argument("--draft", action="store_true", help="store without publishing")
        parser.add_argument("--if-changed", action="store_true", help="do nothing when this state is published already")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        if options["if_changed"] and self._is_published(digest_of(folder)):
            self.stdout.write("The published catalogue is up to date.")
            return
        try:
            rulebook = read_rulebook(folder)
        except CatalogueError as error:
            raise CommandError(f"{error}\n{len(error.problems)} problems; nothing was stored.") from error
        runs = run_cases(rulebook)
        complaints = [complaint for run in runs for complaint in run.complaints()]
        complaints += lacking_cases(rulebook, runs)
        if complaints:
            raise CommandError("\n".join(complaints) + f"\n{len(complaints)} problems with cases; nothing was stored.")
        self.stdout.write(f"{len(rulebook.categories)} categories and {len(runs)} cases are right.")
        if options["dry_run"]:
            return
        release, is_new = store(rulebook, folder, getpass.getuser())
        if not options["draft"]:
            publish_now(release, getpass.getuser(), "load_catalogue")
        word = "stored" if is_new else "was stored already"
        self.stdout.write(f"Release {release} {word}{'' if options['draft'] else ' and is published'}.")

    def _is_published(self, digest: str) -> bool:
        return CatalogueRelease.objects.filter(digest=digest, status=CatalogueRelease.Status.PUBLISHED).exists()
