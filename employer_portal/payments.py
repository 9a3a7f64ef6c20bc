"""Payments of the fee: begin an attempt, hear what the provider says, settle a charge once, send every extra back.

A provider may call late, twice, in any order, and after the offer is gone: what counts is whether this charge is open
at the moment its money arrives.
"""

from dataclasses import replace
from decimal import Decimal
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from payments import PaymentStatus

from employer_portal import ledger
from employer_portal.actors import Actor, provider
from employer_portal.content import storable
from employer_portal.errors import PaymentRefused
from employer_portal.models import (
    ChargeStatus,
    FeeCharge,
    FeePayment,
    OfferOfEmployment,
    PaymentSource,
    Receipt,
    RefundReason,
)
from employer_portal.moves import circumstances, lock_offers, make_move
from employer_portal.numbering import issues_numbers
from employer_portal.offer_status import Event, OfferStatus, Party, rows_for
from employer_portal.offers import give_number
from employer_portal.permissions import Action, check_may
from employer_portal.refunds import owe, send_refund_soon
from employer_portal.transactions import in_transaction
from exemption_codes.catalogue.documents import Text

FAILED = frozenset({PaymentStatus.REJECTED, PaymentStatus.ERROR, PaymentStatus.CANCELLED})
UNDER_WAY = frozenset({PaymentStatus.WAITING, PaymentStatus.INPUT, PaymentStatus.PREAUTH})
CURRENCY = "CAD"
LONGEST_KEY = 100
LONGEST_RECEIPT = 60
RECORDED = "recorded"


@in_transaction
def start_payment(charge_id: Any, actor: Actor, key: str, *, variant: str = "", afresh: bool = False) -> FeePayment:
    """Return the payment to send the payer to: the one under way, or a new attempt after a failure.

    The same key gives the same payment as long as it has not failed; a reload or a second tab gives the one already
    under way, unless `afresh` asks for another. Raises PaymentRefused when nothing is to be paid or no provider is
    set up or this site only records what was paid in the official portal, ActionNotAllowed.
    """
    if not issues_numbers():
        raise PaymentRefused("recording", _RECORDING)
    key = key if len(key) <= LONGEST_KEY else sha256(key.encode()).hexdigest()
    offers, charge = _lock(charge_id)
    check_may(actor, Action.PAY, charge.employer)
    for offer in offers:
        check_may(actor, Action.PAY, charge.employer, offer)
    _check_payable(charge, offers)
    earlier = FeePayment.objects.filter(charge=charge, idempotency_key=key).order_by("-attempt").first()
    if earlier and earlier.status not in FAILED:
        return earlier
    under_way = FeePayment.objects.filter(charge=charge, status__in=UNDER_WAY).order_by("-pk").first()
    if under_way and not afresh:
        return under_way
    return FeePayment.objects.create(
        charge=charge,
        idempotency_key=key,
        attempt=earlier.attempt + 1 if earlier else 1,
        variant=variant or default_variant(),
        total=charge.amount_cad,
        currency=CURRENCY,
        description=_description(offers),
        started_by=actor.user,
    )


def default_variant() -> str:
    """Return the provider that this installation pays through; raises PaymentRefused where there is none."""
    if not settings.PAYMENT_VARIANTS:
        raise PaymentRefused("no_provider", _NO_PROVIDER)
    return next(iter(settings.PAYMENT_VARIANTS))


def hear(payment: FeePayment, status: str, message: str = "") -> None:
    """Take in what a provider says of a payment, and put where it stands into the object that the provider holds."""
    now = _hear(payment.pk, str(status), message)
    payment.status, payment.message, payment.captured_amount = now.status, now.message, now.captured_amount


@in_transaction
def _hear(payment_id: int, status: str, message: str) -> FeePayment:
    charge_id = FeePayment.objects.values_list("charge_id", flat=True).get(pk=payment_id)
    offers, charge = _lock(charge_id)
    payment = FeePayment.objects.select_for_update().get(pk=payment_id)
    by = provider(payment.variant)
    if payment.captured_at is not None:
        return payment
    if status == PaymentStatus.CONFIRMED:
        _capture(payment, charge, offers, by)
    elif status in FAILED and payment.status != status:
        _note(payment, status, message)
        _each_move(offers, Event.PAYMENT_FAILED, by, payment)
    elif status in UNDER_WAY and payment.status not in FAILED:
        _note(payment, status, message)
    return payment


@in_transaction
def record_official_payment(
    charge_id: Any, actor: Actor, numbers: dict[str, str], receipt: str, captured_cad: Decimal
) -> FeePayment:
    """Record that the fee was paid in the official portal, with the numbers that it gave, by the key of each offer.

    Raises PaymentRefused where this installation issues numbers itself or the amount differs, OfferNumberInvalid,
    OfferNumberTaken, ActionNotAllowed.
    """
    if issues_numbers():
        raise PaymentRefused("not_recording", _NOT_RECORDING)
    offers, charge = _lock(charge_id)
    for offer in offers:
        check_may(actor, Action.PAY, charge.employer, offer)
    _check_payable(charge, offers)
    if captured_cad != charge.amount_cad:
        raise PaymentRefused("amount", _AMOUNT)
    receipt = storable(receipt)[:LONGEST_RECEIPT]
    payment = FeePayment.objects.create(
        charge=charge, idempotency_key=f"{RECORDED}:{receipt}", variant=RECORDED, source=PaymentSource.RECORDED,
        official_receipt=receipt, total=captured_cad, currency=CURRENCY, description=_description(offers),
        started_by=actor.user,
    )  # fmt: skip
    _capture(payment, charge, offers, replace(actor, party=Party.PROVIDER, on_behalf=RECORDED), numbers)
    return payment


def _lock(charge_id: Any) -> tuple[list[OfferOfEmployment], FeeCharge]:
    """Lock the offers of a charge and then the charge: always in this order, so that nobody waits in a circle."""
    offer_ids = FeeCharge.objects.values_list("offer_ids", flat=True).get(pk=charge_id)
    offers = lock_offers(offer_ids)
    charge = FeeCharge.objects.select_for_update(of=("self",)).select_related("employer").get(pk=charge_id)
    return offers, charge


def _check_payable(charge: FeeCharge, offers: list[OfferOfEmployment]) -> None:
    if charge.status == ChargeStatus.PAID:
        raise PaymentRefused("already_paid", _PAID)
    if charge.status != ChargeStatus.OPEN or not _awaiting(charge, offers):
        raise PaymentRefused("nothing_due", _NOTHING_DUE)


def _awaiting(charge: FeeCharge, offers: list[OfferOfEmployment]) -> list[OfferOfEmployment]:
    """Return the offers that this charge would open the way for."""
    return [o for o in offers if o.status == OfferStatus.AWAITING_FEE and o.charge_id == charge.pk]


def _capture(
    payment: FeePayment,
    charge: FeeCharge,
    offers: list[OfferOfEmployment],
    by: Actor,
    numbers: dict[str, str] | None = None,
) -> None:
    """Book money that has arrived: it settles an open charge, or all of it is owed back."""
    waiting = _awaiting(charge, offers)
    settles = charge.status == ChargeStatus.OPEN and bool(waiting) and payment.total == charge.amount_cad
    payment.captured_at, payment.captured_amount, payment.settles = timezone.now(), payment.total, settles
    payment.status, payment.message = PaymentStatus.CONFIRMED, ""
    FeePayment.objects.filter(pk=payment.pk).update(
        captured_at=payment.captured_at, captured_amount=payment.captured_amount, settles=settles,
        status=payment.status, message="",
    )  # fmt: skip
    if settles:
        _settle(payment, charge, waiting, by, numbers or {})
    else:
        _give_back(payment, offers, by)


def _settle(
    payment: FeePayment, charge: FeeCharge, waiting: list[OfferOfEmployment], by: Actor, numbers: dict[str, str]
) -> None:
    charge.status = ChargeStatus.PAID
    charge.save(update_fields=["status"])
    ledger.book_capture(payment)
    for offer in waiting:
        give_number(offer, numbers.get(str(offer.pk), ""))
        seen = circumstances(by, captured_cad=payment.total, due_cad=charge.amount_cad)
        make_move(offer, Event.CAPTURE, seen, payment=str(payment.token), number=offer.number)
    make_receipt(payment, charge, waiting)


def _give_back(payment: FeePayment, offers: list[OfferOfEmployment], by: Actor) -> None:
    """Book a capture that settles nothing, and send it back as soon as this is stored."""
    ledger.book_surplus(payment)
    refund = owe(payment, None, RefundReason.SURPLUS, payment.total)
    _each_move(offers, Event.SURPLUS_CAPTURE, by, payment)
    transaction.on_commit(lambda: send_refund_soon(refund.pk))


def make_receipt(payment: FeePayment, charge: FeeCharge, offers: list[OfferOfEmployment]) -> Receipt:
    """Keep what was paid, by whom and for what, as it stands today; no personal data of a worker."""
    return Receipt.objects.create(
        serial=payment.pk,  # unique without a counter that everybody would wait for
        payment=payment,
        content={
            "employer": {
                "legal_name": charge.employer.legal_name,
                "operating_name": charge.employer.operating_name,
                "business_number": charge.employer.business_number,
            },
            "amount_cad": str(charge.amount_cad),
            "provisions": charge.provisions,
            "decision": charge.decision,
            "offers": [
                {"number": offer.number, "job_title": offer.job_title, "share_cad": str(offer.fee_share_cad)}
                for offer in offers
            ],
            "paid_at": payment.captured_at.isoformat() if payment.captured_at else "",
            "official_receipt": payment.official_receipt,
        },
    )


def _note(payment: FeePayment, status: str, message: str) -> None:
    payment.status, payment.message = status, message
    FeePayment.objects.filter(pk=payment.pk).update(status=status, message=message)


def _each_move(offers: list[OfferOfEmployment], event: Event, by: Actor, payment: FeePayment) -> None:
    """Write an event for each offer whose state knows it."""
    for offer in offers:
        if rows_for(event, offer.state):
            make_move(offer, event, circumstances(by), payment=str(payment.token))


def _description(offers: list[OfferOfEmployment]) -> str:
    """Say on the provider's page what is paid, in both languages, and for how many offers."""
    return f"Employer compliance fee / Frais relatifs à la conformité de l’employeur ({len(offers)})"


_PAID = Text(en="This fee is already paid.", fr="Ces frais sont déjà payés.")
_NOTHING_DUE = Text(en="Nothing is to be paid here.", fr="Il n’y a rien à payer ici.")
_NO_PROVIDER = Text(
    en="Payment is not set up on this site. Contact whoever runs it.",
    fr="Le paiement n’est pas configuré sur ce site. Communiquez avec les responsables.",
)
_RECORDING = Text(
    en="This fee is paid in the official portal; what was paid there is recorded here.",
    fr="Ces frais se paient dans le portail officiel; le paiement est ensuite consigné ici.",
)
_NOT_RECORDING = Text(
    en="This site issues offer numbers itself; official ones are not recorded.",
    fr="Ce site attribue lui-même les numéros d’offre; les numéros officiels n’y sont pas consignés.",
)
_AMOUNT = Text(en="The amount paid is not the amount due.", fr="Le montant payé n’est pas le montant exigé.")
