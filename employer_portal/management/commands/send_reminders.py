"""Remind people of the duties whose day comes near."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from employer_portal.reminders import remind
from exemption_codes.releases import published_rulebook


class Command(BaseCommand):
    help = "Remind of duties whose day comes near, each once. Safe to run at any time; run it daily."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{remind(timezone.localdate(), published_rulebook())} reminders told.")
