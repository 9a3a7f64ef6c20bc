"""Delete uploaded contents that no row stands for."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from employer_portal.uploads import clean_up


class Command(BaseCommand):
    help = "Delete contents that a lost transaction or a killed process left; fails where contents are missing."

    def handle(self, *args: Any, **options: Any) -> None:
        deleted, missing = clean_up()
        self.stdout.write(f"{deleted} contents deleted.")
        if missing:
            raise CommandError(f"Contents are missing: {', '.join(missing)}")
