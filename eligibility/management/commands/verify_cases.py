"""`manage.py verify_cases`: has anybody tampered with the record of a case, or with the events of the releases?"""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from eligibility.decisions.records import tampered
from eligibility.models import Screening
from exemption_codes.publishing import broken_release_events

TAMPERED, UNKNOWN = 1, 2


class Command(BaseCommand):
    help = (
        "Check every event, determination and decision of all cases, and every event of the releases, "
        "against what was sealed; or the cases named only."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("references", nargs="*", help="references of cases (default: all)")

    def handle(self, *args: Any, **options: Any) -> None:
        cases = Screening.objects.submitted().order_by("pk")
        checked = broken = 0
        if wanted := {one.upper() for one in options["references"]}:
            cases = cases.filter(reference__in=wanted)
            if unknown := wanted - set(cases.values_list("reference", flat=True)):
                raise CommandError(f"No case is called {', '.join(sorted(unknown))}.", returncode=UNKNOWN)
        else:
            for event in broken_release_events():
                broken += 1
                self.stderr.write(f"releases: event {event.pk}: it does not fit its seal, or the one before")
        for screening in cases.iterator(chunk_size=200):
            checked += 1
            for found in tampered(screening):
                broken += 1
                self.stderr.write(f"{screening.reference}: {found}")
        self.stdout.write(f"{checked} cases checked, {broken} things are not as they were written")
        if broken:
            sys.exit(TAMPERED)
