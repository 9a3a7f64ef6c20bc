"""`manage.py index_cases`: make the index by which consultants find cases anew, from the encrypted answers."""

from typing import Any

from django.core.management.base import BaseCommand

from eligibility.casework.reindex import reindex_all


class Command(BaseCommand):
    help = "Make the index of the cases anew: codes with their outcomes, and countries of citizenship."

    def handle(self, *args: Any, **options: Any) -> None:
        made = failed = 0
        for screening, is_made in reindex_all():
            made, failed = made + is_made, failed + (not is_made)
            if not is_made:
                self.stderr.write(f"{screening.reference}: its release is no longer stored")
        self.stdout.write(f"{made} cases indexed, {failed} left as they were")
