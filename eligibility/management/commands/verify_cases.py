"""`manage.py verify_cases`: has anybody tampered with the record of a case?"""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from eligibility.decisions.records import tampered
from eligibility.models import Screening

TAMPERED = 1


class Command(BaseCommand):
    help = "Check every event, determination and decision of all cases (or of those named) against what was sealed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("references", nargs="*", help="references of cases (default: all)")

    def handle(self, *args: Any, **options: Any) -> None:
        cases = Screening.objects.submitted().order_by("pk")
        if options["references"]:
            cases = cases.filter(reference__in=[one.upper() for one in options["references"]])
        checked = broken = 0
        for screening in cases.iterator(chunk_size=200):
            checked += 1
            for found in tampered(screening):
                broken += 1
                self.stderr.write(f"{screening.reference}: {found}")
        self.stdout.write(f"{checked} cases checked, {broken} things are not as they were written")
        if broken:
            sys.exit(TAMPERED)
