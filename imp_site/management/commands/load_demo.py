"""`manage.py load_demo`: accounts, screenings and offers to look around with; what exists already is kept."""

import secrets
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from exemption_codes.releases import NoPublishedRelease, published_rulebook
from imp_site.demo import ACCOUNTS, DemoAccount, create_accounts, create_screenings
from imp_site.demo_cases import count_visits, work_on_cases
from imp_site.demo_portal import MEMBERS, DemoMember, create_portal

ADDRESSES = (
    ("IMP Navigator", "/"),
    ("For employers", "/en/employers/"),
    ("For consultants", "/admin/"),
    ("API", "/api/v1/docs/"),
)


class Command(BaseCommand):
    help = "Create demo accounts, screenings and offers, all plainly fictional; what exists already is kept."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="port of the addresses to print")
        parser.add_argument(
            "--outside-development", action="store_true", help="also where DEBUG is off, with random passwords"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG and not options["outside_development"]:
            raise CommandError("Demo accounts are for development; --outside-development makes them anyway.")
        passwords = {account.username: account.password for account in (*ACCOUNTS, *MEMBERS)}
        if not settings.DEBUG:
            passwords = {name: secrets.token_urlsafe(16) for name in passwords}
        try:
            rulebook = published_rulebook()
        except NoPublishedRelease as error:
            raise CommandError("Publish a catalogue first: manage.py load_catalogue") from error
        created = create_accounts(passwords)
        members = create_portal(passwords)
        sent = create_screenings(rulebook, timezone.localdate())
        work_on_cases(rulebook, timezone.localdate())
        count_visits(rulebook, timezone.localdate())
        self.stdout.write(f"{len(created) + len(members)} demo accounts and {sent} demo screenings are new.")
        self._say_where(options["port"])
        told: list[DemoAccount | DemoMember] = [*ACCOUNTS, *MEMBERS] if settings.DEBUG else [*created, *members]
        for account in told:
            self.stdout.write(f"  {account.username:<15} {account.email}   password: {passwords[account.username]}")
        if settings.MFA_TOTP_INSECURE_BYPASS_CODE:
            self.stdout.write(f"  second step     {settings.MFA_TOTP_INSECURE_BYPASS_CODE} (in development only)")

    def _say_where(self, port: int) -> None:
        root = f"http://127.0.0.1:{port}"
        for name, path in ADDRESSES:
            self.stdout.write(f"  {name:<15} {root}{path}")
