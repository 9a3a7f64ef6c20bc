"""The worker's own word: a link by which they enter what stands in their passport, compared before filing.

Also what an applicant may learn with an offer number, a passport and a birth date: the job, or nothing at all.
"""

import hmac
import secrets
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from employer_portal.actors import Actor
from employer_portal.content import check_storable, read_email, storable
from employer_portal.errors import InvitationInvalid, OfferNumberInvalid
from employer_portal.memberships import token_hash
from employer_portal.models import OfferOfEmployment, WorkerConfirmation
from employer_portal.notice_topics import WORKER_CONFIRMED, WORKER_DIFFERS
from employer_portal.notices import tell
from employer_portal.offer_facts import job_facts
from employer_portal.offer_number import parse_offer_number
from employer_portal.offer_status import DEAD_NUMBER
from employer_portal.permissions import Action, check_may
from employer_portal.transactions import in_transaction

# Field of the confirmation, field of the offer.
COMPARED = {
    "family_name": "worker_family_name",
    "given_names": "worker_given_names",
    "date_of_birth": "worker_date_of_birth",
    "passport_number": "worker_passport_number",
    "passport_expires_on": "worker_passport_expires_on",
    "citizenship": "worker_citizenship",
}


@in_transaction
def invite_worker(offer_id: Any, email: str, language: str, actor: Actor) -> tuple[WorkerConfirmation, str]:
    """Return a new link for the worker of an offer, and its secret to mail; earlier links stop working.

    Raises ActionNotAllowed, FieldsInvalid.
    """
    offer = OfferOfEmployment.objects.select_related("employer").get(pk=offer_id)
    check_may(actor, Action.INVITE_WORKER, offer.employer, offer)
    email = read_email(email)
    offer.confirmations.filter(revoked_at__isnull=True, confirmed_at__isnull=True).update(revoked_at=timezone.now())
    token = secrets.token_urlsafe(32)
    confirmation = WorkerConfirmation.objects.create(
        offer=offer, email=email, language=language, token_hash=token_hash(token), invited_by=actor.user,
        expires_at=timezone.now() + timedelta(days=settings.INVITATION_DAYS),
    )  # fmt: skip
    return confirmation, token


def open_confirmation(token: str) -> WorkerConfirmation:
    """Return the confirmation of a secret link, also once it is filled in; raises InvitationInvalid otherwise."""
    found = (
        WorkerConfirmation.objects.select_related("offer__employer")
        .filter(token_hash=token_hash(token), revoked_at__isnull=True, expires_at__gt=timezone.now())
        .first()
    )
    if found is None:
        raise InvitationInvalid
    return found


@in_transaction
def confirm(token: str, values: Mapping[str, Any]) -> WorkerConfirmation:
    """Keep what the worker read in their passport, and tell the employer; a second time replaces the first.

    Who says the same again is not news. Raises InvitationInvalid, FieldsInvalid.
    """
    check_storable(values)
    confirmation = WorkerConfirmation.objects.select_for_update().get(pk=open_confirmation(token).pk)
    is_news = not confirmation.confirmed_at or any(
        _shown(getattr(confirmation, name)) != _shown(values[name]) for name in COMPARED
    )
    for name in COMPARED:
        setattr(confirmation, name, values[name])
    confirmation.confirmed_at = timezone.now()
    confirmation.save()
    if is_news:
        offer = confirmation.offer
        tell(offer, WORKER_DIFFERS if differences(offer, confirmation) else WORKER_CONFIRMED, {})
    return confirmation


def latest_confirmation(offer: OfferOfEmployment) -> WorkerConfirmation | None:
    return offer.confirmations.filter(confirmed_at__isnull=False, revoked_at__isnull=True).first()


def differences(offer: OfferOfEmployment, confirmation: WorkerConfirmation) -> dict[str, tuple[str, str]]:
    """Return, by the offer's field, what the offer says and what the worker said, where they are not exactly equal."""
    pairs = {
        theirs: (_shown(getattr(offer, theirs)), _shown(getattr(confirmation, ours)))
        for ours, theirs in COMPARED.items()
    }
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def facts_for_applicant(number: str, passport_number: str, date_of_birth: date) -> dict[str, Any]:
    """Return the facts of the job when number, passport and birth date agree; nothing at all otherwise.

    Whether a number exists shows neither in the answer nor in the time that it takes. Callers limit the rate.
    """
    try:
        wanted = str(parse_offer_number(number))
    except OfferNumberInvalid:
        wanted = _NOBODY  # never an empty value: drafts have no number at all
    offer = OfferOfEmployment.objects.filter(number=wanted).exclude(status__in=_DEAD).first()
    stored_passport = (offer.worker_passport_number if offer else None) or _NOBODY
    stored_birth = str(offer.worker_date_of_birth) if offer else _NOBODY
    agrees = hmac.compare_digest(stored_passport.encode(), storable(passport_number).encode())
    agrees &= hmac.compare_digest(stored_birth.encode(), date_of_birth.isoformat().encode())
    return job_facts(offer) if offer and agrees else {}


def _shown(value: Any) -> str:
    return "" if value is None else str(value)


_DEAD = sorted(status.value for status in DEAD_NUMBER)
_NOBODY = secrets.token_urlsafe(8)
