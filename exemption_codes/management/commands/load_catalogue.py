"""`manage.py load_catalogue`: check the rule files, run every case, store a release, publish it."""

import getpass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from exemption_codes.archives import ArchiveRefused, unpack
from exemption_codes.catalogue.problems import CatalogueError
from exemption_codes.catalogue.reader import digest_of, raw_files
from exemption_codes.loading import CasesRefused, check
from exemption_codes.models import CatalogueRelease
from exemption_codes.publishing import publish_now


class Command(BaseCommand):
    help = "Check the rule files, run their worked examples, store an immutable release and publish it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", type=Path, default=settings.RULES_DIR, help="folder of rule files")
        parser.add_argument("--archive", type=Path, help="a .zip or .tar.gz of rule files instead of a folder")
        parser.add_argument("--dry-run", action="store_true", help="check only; store nothing")
        parser.add_argument("--draft", action="store_true", help="store without publishing")
        parser.add_argument("--if-changed", action="store_true", help="do nothing when this state is published already")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["if_changed"] and not options["archive"] and self._is_published(digest_of(options["folder"])):
            self.stdout.write("The published catalogue is up to date.")
            return
        try:
            raw = unpack(options["archive"].read_bytes()) if options["archive"] else raw_files(options["folder"])
            checked = check(raw)
        except (CatalogueError, ArchiveRefused, OSError) as error:
            raise CommandError(_said(error)) from error
        rulebook = checked.rulebook
        self.stdout.write(f"{len(rulebook.categories)} categories and {checked.case_count} cases are right.")
        if options["dry_run"]:
            return
        release, is_new = checked.store(getpass.getuser())
        if not options["draft"]:
            publish_now(release, getpass.getuser(), "load_catalogue")
        word = "stored" if is_new else "was stored already"
        self.stdout.write(f"Release {release} {word}{'' if options['draft'] else ' and is published'}.")

    def _is_published(self, digest: str) -> bool:
        return CatalogueRelease.objects.filter(digest=digest, status=CatalogueRelease.Status.PUBLISHED).exists()


def _said(error: Exception) -> str:
    if not isinstance(error, CatalogueError):
        return f"{error}\nnothing was stored."
    what = "problems with cases" if isinstance(error, CasesRefused) else "problems"
    return f"{error}\n{len(error.problems)} {what}; nothing was stored."
