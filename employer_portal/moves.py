"""Making a move: the state, its moment, one event and its announcements, in the transaction of the action."""

from typing import Any

from django.utils import timezone

from employer_portal.actors import Actor
from employer_portal.content import storable
from employer_portal.models import OfferEvent, OfferOfEmployment
from employer_portal.notices import announce
from employer_portal.offer_status import DEAD_NUMBER, Event, Kind, Move, OfferStatus
from employer_portal.policies import Circumstances, check_may_move


def lock_offer(offer_id: Any) -> OfferOfEmployment:
    """Return an offer whose row nobody else can change before the transaction ends.

    Raises OfferOfEmployment.DoesNotExist.
    """
    return OfferOfEmployment.objects.select_for_update(of=("self",)).select_related("employer").get(pk=offer_id)


def lock_offers(offer_ids: list[Any]) -> list[OfferOfEmployment]:
    """Return several offers locked in the order of their keys, so that two actions never wait for each other."""
    rows = OfferOfEmployment.objects.select_for_update(of=("self",)).select_related("employer")
    return list(rows.filter(pk__in=offer_ids).order_by("pk"))


def circumstances(actor: Actor, **known: Any) -> Circumstances:
    return Circumstances(actor=actor, on=timezone.localdate(), **known)


def make_move(offer: OfferOfEmployment, event: Event, seen: Circumstances, reason: str = "", **details: Any) -> Move:
    """Move a locked offer by the table, save it whole and write the event.

    Raises OfferMoveRefused, before anything is written.
    """
    move = check_may_move(offer, event, seen)
    before = offer.status
    if move.kind is Kind.GOES:
        offer.status = move.target.value
        if move.target in DEAD_NUMBER or move.target is OfferStatus.EXPIRED:
            offer.closed_at = timezone.now()
    offer.save()
    written = write_event(offer, event, before, offer.status, seen.actor, reason, **details)
    announce(written)
    return move


def write_event(
    offer: OfferOfEmployment, event: Event, source: str, target: str, actor: Actor, reason: str = "", **details: Any
) -> OfferEvent:
    return OfferEvent.objects.create(
        offer=offer,
        event=event.value,
        source=source,
        target=target,
        party=actor.party.value,
        by=actor.user,
        on_behalf=actor.on_behalf,
        reason=storable(reason)[:500],
        details=details,
    )
