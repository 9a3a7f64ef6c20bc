"""What staff may do with an offer: for each move its words, its form, and the function of the portal that makes it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from employer_portal import offers
from employer_portal.actors import Actor
from employer_portal.expiry import expire_offer
from employer_portal.matching import Application
from employer_portal.models import OfferOfEmployment
from employer_portal.offer_status import Event, Party
from employer_portal.policies import open_events
from employer_portal.staff.forms import ActForm, MatchForm, NothingForm, PrintForm, ReasonForm

Make = Callable[[Any, dict[str, Any], Actor], tuple[str, ...] | None]


@dataclass(frozen=True)
class StaffMove:
    title: Any
    button: Any
    form: type[ActForm]
    make: Make
    danger: Any = ""


def _match(offer_id: Any, said: dict[str, Any], actor: Actor) -> tuple[str, ...]:
    application = Application(
        said["number"], said["passport_number"], said["citizenship"], said.get("applied_at")
    )  # fmt: skip
    return offers.match_offer(offer_id, application, actor)


def _with_reason(function: Callable[..., Any]) -> Make:
    def make(offer_id: Any, said: dict[str, Any], actor: Actor) -> None:
        function(offer_id, actor, said["reason"])

    return make


def _print(offer_id: Any, said: dict[str, Any], actor: Actor) -> None:
    offers.print_permit(offer_id, actor, said["issued_on"], said["expires_on"])


def _expire(offer_id: Any, said: dict[str, Any], actor: Actor) -> None:
    expire_offer(offer_id, actor)


_REFUND = _("The number is dead afterwards, and the fee is owed back.")
STAFF_MOVES: dict[Event, StaffMove] = {
    Event.MATCH: StaffMove(_("Match to an application"), _("Match"), MatchForm, _match),
    Event.UNMATCH: StaffMove(_("Undo the match"), _("Undo the match"), ReasonForm, _with_reason(offers.unmatch_offer)),
    Event.CONFIRM_WITHDRAWAL: StaffMove(
        _("Confirm the withdrawal"), _("Confirm"), ReasonForm, _with_reason(offers.confirm_withdrawal), _REFUND
    ),
    Event.DECLINE_WITHDRAWAL: StaffMove(
        _("Decline the withdrawal"), _("Decline"), ReasonForm, _with_reason(offers.decline_withdrawal)
    ),
    Event.REFUSE: StaffMove(
        _("Record that the permit is refused"), _("Refused"), ReasonForm, _with_reason(offers.refuse_permit), _REFUND
    ),
    Event.WORKER_WITHDRAWS: StaffMove(
        _("Record that the worker withdrew"), _("Withdrew"), ReasonForm, _with_reason(offers.worker_withdraws), _REFUND
    ),
    Event.PRINT_PERMIT: StaffMove(
        _("Record that the permit is issued"), _("Issued"), PrintForm, _print,
        _("No refund is possible afterwards, and the employer’s duties begin."),
    ),
    Event.EXPIRE: StaffMove(_("Record that it expired unused"), _("Expired"), NothingForm, _expire),
}  # fmt: skip


def moves_open_to_staff(offer: OfferOfEmployment) -> list[tuple[Event, StaffMove]]:
    """Return what staff could do with an offer in its state, guards aside."""
    open_now = open_events(offer, Party.STAFF)
    return [(event, move) for event, move in STAFF_MOVES.items() if event in open_now]
