"""`manage.py diff_catalogue A B`: say in words what differs between two releases, or folders of rule files."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from exemption_codes.catalogue.problems import CatalogueError
from exemption_codes.diff import difference
from exemption_codes.release_names import NoReleaseNamed, named_rulebook
from exemption_codes.releases import NoPublishedRelease


class Command(BaseCommand):
    help = "Say in words what differs between two releases: categories, criteria, amounts, dates, lists, texts."

    def add_arguments(self, parser: CommandParser) -> None:
        named = "beginning of a digest, “published”, or a folder of rule files"
        parser.add_argument("before", help=named)
        parser.add_argument("after", help=named)
        parser.add_argument("--lang", choices=("en", "fr"), default="en", help="language of the words")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            before, after = (named_rulebook(options[side]) for side in ("before", "after"))
        except (NoReleaseNamed, NoPublishedRelease, CatalogueError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{before.digest[:12]} → {after.digest[:12]}")
        for line in difference(before, after, options["lang"]).lines():
            self.stdout.write(line)
