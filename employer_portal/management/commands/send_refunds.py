"""Send the refunds that are due."""

from typing import Any

from django.core.management.base import BaseCommand

from employer_portal.refunds import send_due_refunds


class Command(BaseCommand):
    help = "Send every refund that is due, through the provider that took the money. Safe to run at any time."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{send_due_refunds()} refunds sent.")
