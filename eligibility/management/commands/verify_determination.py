"""`manage.py verify_determination FILE`: is a signed determination genuine, and does it come out again?

Exit code 0 when it is and does; 2 no such file, 3 unknown key, 4 bad signature, 5 unknown release, 6 made by another
version of the engine, 7 another outcome.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from eligibility.decisions.signing import NotVerified, Trouble
from eligibility.decisions.verification import verify
from exemption_codes.catalogue.problems import CatalogueError
from exemption_codes.catalogue.reader import read_rulebook
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.releases import NoSuchRelease, rulebook_of

DEVELOPMENT = "Anybody could have signed it: it names the key for development."


class Command(BaseCommand):
    help = (
        "Check the signature of a determination and judge it again under its release. Exit codes: 0 verified, "
        "2 unreadable, 3 unknown key, 4 bad signature, 5 unknown release, 6 another engine, 7 another outcome."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the signed determination as it was exported")
        parser.add_argument("--rules", type=Path, help="folder of rule files to use instead of the stored releases")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            signed = verify(_read(options["file"]), _rules(options["rules"]))
        except NotVerified as error:
            self.stderr.write(f"Not verified: {error}")
            for detail in error.details:
                self.stderr.write(f"- {detail}")
            sys.exit(error.trouble)
        document = signed.document
        codes = len(document["determinations"])
        self.stdout.write(
            f"Verified: case {document['case']}, judged as of {document['as_of']} under release "
            f"{document['release']['digest'][:12]}; signed with key {signed.key}; {codes} codes come out the same."
        )
        if signed.is_by_development_key:
            self.stderr.write(DEVELOPMENT)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise NotVerified(Trouble.UNREADABLE, f"The file cannot be read: {error}") from error


def _rules(folder: Path | None) -> Callable[[str], Rulebook]:
    """The stored releases, or one folder, which answers only to its own digest."""
    if folder is None:
        return rulebook_of
    try:
        rulebook = read_rulebook(folder)
    except CatalogueError as error:
        raise CommandError(str(error)) from error

    def found(digest: str) -> Rulebook:
        if digest != rulebook.digest:
            raise NoSuchRelease(digest)
        return rulebook

    return found
