"""Compare the ledger with a provider's file."""

import csv
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from employer_portal.reconcile import COLUMNS, reconcile


class Command(BaseCommand):
    help = "Compare the ledger with a provider's CSV file (kind, token, amount_cad); fails when they differ."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--settle", action="store_true", help="mark refunds as sent that the provider has sent")

    def handle(self, *args: Any, file: Path, settle: bool, **options: Any) -> None:
        try:
            with file.open(newline="", encoding="utf-8-sig") as opened:
                rows = csv.DictReader(opened)
                lacking = [name for name in COLUMNS if name not in (rows.fieldnames or ())]
                if lacking:
                    raise CommandError(f"{file} has no column {', '.join(lacking)}.")
                found = reconcile(rows, settle=settle)
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}") from None
        except (UnicodeDecodeError, csv.Error):
            raise CommandError(f"{file} is not CSV in UTF-8.") from None
        for line in found.unreadable:
            self.stderr.write(f"line {line}: not a movement")
        for each in found.differences:
            self.stdout.write(
                f"{each.kind} {each.amount_cad} of {each.token}: {each.here} here, {each.there} at the provider"
            )
        self.stdout.write(f"{found.agreeing} movements agree, {found.settled} refunds settled.")
        if found.differences or found.unreadable:
            raise CommandError("The ledger and the provider's file differ.")
