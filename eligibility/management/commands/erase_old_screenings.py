"""Erase screenings that nobody has touched for DATA_RETENTION_DAYS; run it once a day."""

from typing import Any

from django.core.management.base import BaseCommand

from eligibility.screenings import erase_old


class Command(BaseCommand):
    help = "Erase screenings that nobody has touched for DATA_RETENTION_DAYS days."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{erase_old()} screenings erased")
