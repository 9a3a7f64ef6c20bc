"""Mail the notifications that still wait."""

from typing import Any

from django.core.management.base import BaseCommand

from employer_portal.notification_mails import mail_waiting


class Command(BaseCommand):
    help = "Mail the notifications that wait, also those that a killed process left. Safe to run at any time."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{mail_waiting()} messages sent.")
