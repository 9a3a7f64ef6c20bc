"""Offers whose period ended without a permit: their number can serve nobody any more."""

from contextlib import suppress
from datetime import date
from typing import Any

from django.utils import timezone

from employer_portal.actors import CLOCK, Actor
from employer_portal.errors import OfferMoveRefused
from employer_portal.models import OfferOfEmployment
from employer_portal.moves import circumstances, lock_offer, make_move
from employer_portal.offer_status import Event, OfferStatus
from employer_portal.transactions import in_transaction


@in_transaction
def expire_offer(offer_id: Any, actor: Actor = CLOCK) -> OfferOfEmployment:
    """The offered period ended and nobody used the number; withdrawing still brings the fee back."""
    offer = lock_offer(offer_id)
    make_move(offer, Event.EXPIRE, circumstances(actor))
    return offer


def expire_unused_offers(on: date | None = None) -> int:
    """Expire every issued offer whose period is over; returns how many."""
    today = on or timezone.localdate()
    ended = OfferOfEmployment.objects.filter(status=OfferStatus.ISSUED, ends_on__lt=today)
    expired = 0
    for offer_id in list(ended.values_list("pk", flat=True)):
        with suppress(OfferMoveRefused):  # it was withdrawn or matched a moment ago
            expire_offer(offer_id)
            expired += 1
    return expired
