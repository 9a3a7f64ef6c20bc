"""Tokens by which a program acts for an employer: made once, shown once, found in constant time, revoked at once."""

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from employer_portal.actors import Actor
from employer_portal.content import storable
from employer_portal.errors import FieldsInvalid
from employer_portal.memberships import token_hash
from employer_portal.models import ApiToken, Employer, Membership
from employer_portal.permissions import Action, check_may
from employer_portal.transactions import in_transaction
from exemption_codes.catalogue.documents import Text

BEGINNING = "imp_"
PREFIX_LENGTH = 12
SECRET_BYTES = 32
# `last_used_at` is written no more often than this: a program that asks often does not write often.
USE_NOTED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class MadeToken:
    """A token with its secret, which is shown once and never kept; None where the token had been made before."""

    token: ApiToken
    secret: str | None


@in_transaction
def make_token(
    employer: Employer,
    name: str,
    actor: Actor,
    *,
    may_write: bool = False,
    expires_at: datetime | None = None,
    token_id: UUID | None = None,
) -> MadeToken:
    """Make a token for an employer; without a moment to expire at it works until it is revoked.

    It works only as long as whoever made it is a member of the employer. `token_id` is chosen by a page: its form sent
    twice makes one token. Raises ActionNotAllowed, FieldsInvalid.
    """
    check_may(actor, Action.MANAGE_TOKENS, employer)
    Employer.objects.select_for_update().get(pk=employer.pk)
    earlier = employer.api_tokens.filter(pk=token_id).first() if token_id else None
    if earlier is not None:
        return MadeToken(earlier, None)
    name = storable(name)
    if not name or len(name) > ApiToken.LONGEST_NAME:
        raise FieldsInvalid({"name": _NAME})
    if expires_at is not None and expires_at <= timezone.now():
        raise FieldsInvalid({"expires_at": _PAST})
    secret = BEGINNING + secrets.token_urlsafe(SECRET_BYTES)
    token = ApiToken.objects.create(
        pk=token_id or uuid4(), employer=employer, name=name, prefix=secret[:PREFIX_LENGTH],
        token_hash=token_hash(secret), may_write=may_write, made_by=actor.user, expires_at=expires_at,
    )  # fmt: skip
    return MadeToken(token, secret)


@in_transaction
def revoke_token(token_id: Any, actor: Actor) -> ApiToken:
    """End a token from this moment; a second time changes nothing. Raises ActionNotAllowed."""
    token = ApiToken.objects.select_for_update(of=("self",)).select_related("employer").get(pk=token_id)
    check_may(actor, Action.MANAGE_TOKENS, token.employer)
    if token.revoked_at is None:
        token.revoked_at = timezone.now()
        token.save(update_fields=["revoked_at"])
    return token


def working_tokens() -> QuerySet[ApiToken]:
    """Return the tokens that are neither revoked nor expired, and whose maker is still a member of the employer."""
    maker = Membership.objects.present().filter(
        user_id=OuterRef("made_by_id"), employer_id=OuterRef("employer_id"), user__is_active=True
    )
    in_time = Q(expires_at__isnull=True) | Q(expires_at__gt=timezone.now())
    return ApiToken.objects.filter(in_time, Exists(maker), revoked_at__isnull=True)


def find_token(secret: str) -> ApiToken | None:
    """Return the working token of a secret, or None; the time that this takes tells nothing of how much agreed."""
    wanted = token_hash(secret)
    found = None
    for token in working_tokens().filter(prefix=secret[:PREFIX_LENGTH]).select_related("employer", "made_by"):
        if hmac.compare_digest(token.token_hash, wanted):
            found = token
    if found is not None:
        _note_use(found)
    return found


def _note_use(token: ApiToken) -> None:
    now = timezone.now()
    if token.last_used_at is None or now - token.last_used_at >= USE_NOTED_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)


_NAME = Text(
    en="Give the token a name of at most 100 characters.", fr="Donnez au jeton un nom d’au plus 100 caractères."
)
_PAST = Text(en="Choose a moment in the future.", fr="Choisissez un moment à venir.")
