"""Expire offers whose period ended unused."""

from typing import Any

from django.core.management.base import BaseCommand

from employer_portal.expiry import expire_unused_offers


class Command(BaseCommand):
    help = "Expire every issued offer whose offered period is over. Safe to run at any time; run it daily."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{expire_unused_offers()} offers expired.")
