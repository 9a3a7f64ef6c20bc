"""Erase the personal data of offers that need no longer be kept, and what was kept for a day only."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from employer_portal.api.idempotency import forget_old_requests
from employer_portal.erasure import erase_past_retention
from employer_portal.uploaded_rows import forget_old_rows
from exemption_codes.releases import published_rulebook


class Command(BaseCommand):
    help = "Erase the personal data of offers past their retention. Safe to run at any time; run it daily."

    def handle(self, *args: Any, **options: Any) -> None:
        forget_old_rows()
        self.stdout.write(f"{erase_past_retention(timezone.localdate(), published_rulebook())} offers erased.")
        self.stdout.write(f"{forget_old_requests()} answers to programs forgotten.")
