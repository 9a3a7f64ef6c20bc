"""Refunds, from the moment they are owed until the money is back. Each is sent once, and only what was captured."""

import logging
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils import timezone
from payments import PaymentError
from payments.core import provider_factory

from employer_portal import ledger
from employer_portal.actors import Actor
from employer_portal.compliance_fee import group_refund_cad
from employer_portal.errors import PaymentRefused
from employer_portal.models import (
    FeeCharge,
    FeePayment,
    OfferOfEmployment,
    PaymentSource,
    Refund,
    RefundReason,
    RefundStatus,
)
from employer_portal.offer_status import OfferStatus
from employer_portal.permissions import Action, check_may
from employer_portal.transactions import in_transaction
from exemption_codes.catalogue.documents import Text
from exemption_codes.releases import rulebook_of

log = logging.getLogger(__name__)

LEFT = (OfferStatus.WITHDRAWN, OfferStatus.REFUSED, OfferStatus.CLOSED_NO_PERMIT)
PROVISIONS = {
    RefundReason.WITHDRAWN: ["R303.1(6)(b)"],
    RefundReason.PERMIT_REFUSED: ["R303.1(6)(a)"],
    RefundReason.WORKER_WITHDREW: ["R303.1(6)"],
    RefundReason.SURPLUS: [],
}


def owe_for_offer(offer: OfferOfEmployment, reason: RefundReason) -> Refund | None:
    """Owe back what a locked offer's end brings: its fee, or of a group what lowers the total due; None for nothing."""
    if offer.charge_id is None:
        return None
    charge = FeeCharge.objects.select_for_update().get(pk=offer.charge_id)
    payment = charge.payments.filter(settles=True).first()
    if payment is None:
        return None
    remaining = charge.offers.filter(fee_share_cad__gt=0).exclude(status__in=LEFT).count()
    amount = group_refund_cad(ledger.paid_cad(charge), remaining, charge.decided_on, rulebook_of(offer.release_digest))
    return owe(payment, offer, reason, amount) if amount else None


def owe(payment: FeePayment, offer: OfferOfEmployment | None, reason: RefundReason, amount_cad: Decimal) -> Refund:
    """Write down a refund as due. A surplus was booked when it arrived; a fee is booked as owed back now."""
    refund = Refund.objects.create(
        payment=payment, offer=offer, reason=reason, amount_cad=amount_cad, provisions=PROVISIONS[reason]
    )
    if reason is not RefundReason.SURPLUS:
        ledger.book_refund_due(refund)
    return refund


def send_refund(refund_id: Any) -> Refund:
    """Send one refund through the provider that took the money; a refund that is not due is left alone.

    The provider is called between two transactions: killed in between, the refund stays `sending`, and is settled by
    reconciling with the provider's file, never by sending again.
    """
    refund, is_mine = _begin_sending(refund_id)
    if not is_mine:
        return refund
    payment = refund.payment
    try:
        provider_factory(payment.variant, payment).refund(payment, refund.amount_cad)
    except PaymentError as problem:
        return _sending_failed(refund_id, str(problem))
    return mark_sent(refund_id)


def send_refund_soon(refund_id: Any) -> None:
    """Try to send a refund at once; whatever goes wrong, it stays due and is sent by the next run of the command."""
    try:
        send_refund(refund_id)
    except Exception:
        log.exception("A refund could not be sent yet.")


def send_due_refunds() -> int:
    """Send every refund that is due; returns how many left."""
    due = Refund.objects.filter(status=RefundStatus.DUE, payment__source=PaymentSource.PROVIDER)
    sent = [send_refund(refund_id) for refund_id in list(due.values_list("pk", flat=True))]
    return sum(refund.status == RefundStatus.SENT for refund in sent)


@in_transaction
def mark_sent(refund_id: Any) -> Refund:
    """The money has left: booked once, however often it is said."""
    refund = _lock(refund_id)
    if refund.status in (RefundStatus.SENT, RefundStatus.ARRIVED):
        return refund
    refund.status, refund.sent_at, refund.last_failure = RefundStatus.SENT, timezone.now(), ""
    refund.save()
    ledger.book_refund_sent(refund)
    return refund


@in_transaction
def mark_arrived(refund_id: Any, actor: Actor) -> Refund:
    """The employer has the money back. Of a fee paid in the official portal, this is also how we learn it was sent.

    Raises PaymentRefused for a refund that this site has yet to send, ActionNotAllowed.
    """
    refund = _lock(refund_id)
    check_may(actor, Action.PAY, refund.payment.charge.employer)
    if refund.payment.source == PaymentSource.RECORDED and refund.status != RefundStatus.ARRIVED:
        refund = mark_sent(refund_id)
    if refund.status not in (RefundStatus.SENT, RefundStatus.ARRIVED):
        raise PaymentRefused("not_sent", _NOT_SENT)
    if refund.arrived_at is None:
        refund.status, refund.arrived_at = RefundStatus.ARRIVED, timezone.now()
        refund.save()
    return refund


@in_transaction
def _begin_sending(refund_id: Any) -> tuple[Refund, bool]:
    """Take a due refund for this caller alone to send; False where somebody else has it, or no provider can."""
    refund = _lock(refund_id)
    is_mine = refund.status == RefundStatus.DUE and refund.payment.variant in settings.PAYMENT_VARIANTS
    if is_mine:
        refund.status, refund.sending_at = RefundStatus.SENDING, timezone.now()
        refund.save()
    return refund, is_mine


@in_transaction
def _sending_failed(refund_id: Any, problem: str) -> Refund:
    refund = _lock(refund_id)
    refund.status, refund.failures, refund.last_failure = RefundStatus.DUE, refund.failures + 1, problem[:200]
    refund.save()
    return refund


def _lock(refund_id: Any) -> Refund:
    rows = Refund.objects.select_for_update(of=("self",)).select_related("payment__charge__employer")
    return rows.get(pk=refund_id)


_NOT_SENT = Text(en="This refund has not been sent yet.", fr="Ce remboursement n’a pas encore été envoyé.")
