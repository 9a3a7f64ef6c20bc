"""`manage.py export_determination REFERENCE`: the signed determination of a case, as it is stored."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from eligibility.casework.events import record_event
from eligibility.decisions.kinds import EXPORTED
from eligibility.models import Determination, Screening


class Command(BaseCommand):
    help = "Write the signed determination of a case, the last one unless --number says which; the case records it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("reference", help="reference of the case")
        parser.add_argument("--number", type=int, help="number of the determination (default: the last one)")
        parser.add_argument("--output", type=Path, help="file to write (default: standard output)")

    def handle(self, *args: Any, **options: Any) -> None:
        found = Determination.objects.filter(screening__reference=options["reference"].upper()).order_by("-number")
        if options["number"] is not None:
            found = found.filter(number=options["number"])
        determination = found.first()
        if determination is None:
            raise CommandError(f"No such determination of a case {options['reference']} is stored.")
        with transaction.atomic():
            screening = Screening.objects.get(pk=determination.screening_id)
            record_event(screening, EXPORTED, None, {"format": "determination", "number": determination.number})
            if options["output"]:
                options["output"].write_bytes(determination.signed_file.encode())
            else:
                self.stdout.write(determination.signed_file, ending="")
