"""Moves that staff make, once for what they saw: a form sent twice, or late, moves nothing a second time."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from employer_portal.actors import Actor
from employer_portal.errors import OfferMoveRefused
from employer_portal.models import OfferEvent, OfferOfEmployment
from employer_portal.moves import lock_offer
from employer_portal.offer_status import Event
from employer_portal.transactions import in_transaction
from exemption_codes.catalogue.documents import Text

# The events that one attempt may leave behind.
LEFT_BY = {Event.MATCH: {Event.MATCH, Event.MATCH_FAILED, Event.APPLIED_EARLY}}


@dataclass(frozen=True)
class Moved:
    """What came of it: the fields that differ where a match failed, and whether it had been done before."""

    differing: tuple[str, ...] = ()
    is_repeated: bool = False


def last_event(offer: OfferOfEmployment) -> int:
    """Return the key of the newest event: what somebody saw when they opened a form."""
    return offer.events.order_by("-pk").values_list("pk", flat=True).first() or 0


@in_transaction
def move_as_seen(
    offer_id: Any, event: Event, seen: int, actor: Actor, act: Callable[[], tuple[str, ...] | None]
) -> Moved:
    """Make a move if nothing happened since `seen`; if it was this very move by the same person, say so instead.

    Raises OfferMoveRefused, with reason `seen` when the offer has changed in between.
    """
    offer = lock_offer(offer_id)
    since = list(offer.events.filter(pk__gt=seen).order_by("pk"))
    if not since:
        return Moved(differing=act() or ())
    if all(each.event in LEFT_BY.get(event, {event}) and _is_by(each, actor) for each in since):
        return Moved(tuple(since[-1].details.get("fields", ())), is_repeated=True)
    raise OfferMoveRefused(offer.status, event, "seen", _CHANGED)


def _is_by(event: OfferEvent, actor: Actor) -> bool:
    return actor.user is not None and event.by_id == actor.user.pk


_CHANGED = Text(
    en="The offer has changed since you opened this page. Look at it again first.",
    fr="L’offre a changé depuis que vous avez ouvert cette page. Consultez-la de nouveau d’abord.",
)
