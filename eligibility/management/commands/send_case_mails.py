"""`manage.py send_case_mails`: hand over again the mails to applicants that a stop left lying; run it every hour."""

from typing import Any

from django.core.management.base import BaseCommand

from eligibility.casework.mail import resume_mails


class Command(BaseCommand):
    help = "Hand over again every mail to an applicant that waits too long or was left half way."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{resume_mails()} mails handed over")
