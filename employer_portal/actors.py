"""Who acts: a person of an employer, a program with an employer's token, staff, a payment provider, or the clock."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from employer_portal.offer_status import Party

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from employer_portal.models import ApiToken


@dataclass(frozen=True)
class Actor:
    """Somebody who moves an offer; `user` is None for a provider and the clock, `on_behalf` says by way of what."""

    party: Party
    user: "User | None" = None
    token: "ApiToken | None" = None
    on_behalf: str = ""


def person(user: "User") -> Actor:
    return Actor(Party.EMPLOYER, user)


def program(token: "ApiToken") -> Actor:
    """A program that holds a token of an employer; it acts in the name of whoever made the token."""
    return Actor(Party.EMPLOYER, token.made_by, token, f"token {token.prefix}")


def staff(user: "User") -> Actor:
    return Actor(Party.STAFF, user)


def provider(name: str) -> Actor:
    return Actor(Party.PROVIDER, None, None, name)


CLOCK = Actor(Party.SYSTEM)
