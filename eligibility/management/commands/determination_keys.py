"""`manage.py determination_keys`: the public keys that determinations are verified with, for whoever is to verify."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from eligibility.decisions.signing import known_keys, public_key


class Command(BaseCommand):
    help = "Print the id and the public key of every key that verifies; the one that signs now comes first."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        signing = public_key(settings.DETERMINATION_SIGNING_KEY)
        for key, public in known_keys().items():
            self.stdout.write(f"{key}\t{public}\t{'signs' if public == signing else 'verifies'}")
