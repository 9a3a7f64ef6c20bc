"""What happens to an offer once it is written: submit, cancel, withdraw, match, refuse, use.

Each action checks, changes and writes an event in one transaction on a locked row. Only this module, drafts.py,
expiry.py and payments.py change the state of an offer.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from employer_portal import ledger
from employer_portal.actors import Actor
from employer_portal.compliance_fee import GroupFee, group_fee_for
from employer_portal.content import content_of, employer_content
from employer_portal.drafts import duplicate_offer
from employer_portal.errors import FieldsInvalid, OfferNotReady
from employer_portal.matching import Application, differing_fields
from employer_portal.models import ChargeStatus, FeeCharge, OfferGroup, OfferOfEmployment, RefundReason
from employer_portal.moves import circumstances, lock_offer, lock_offers, make_move
from employer_portal.numbering import allot_number, issues_numbers, record_number
from employer_portal.offer_check import OfferReport, acknowledged_warnings, check_offer
from employer_portal.offer_status import Event, OfferStatus
from employer_portal.permissions import Action, check_may
from employer_portal.policies import Circumstances, check_may_move
from employer_portal.refunds import owe_for_offer
from employer_portal.transactions import in_transaction
from exemption_codes.catalogue.documents import Text
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.models import ExemptionCode
from exemption_codes.releases import published_rulebook

# Submit ---------------------------------------------------------------------------------------------------------------


@in_transaction
def submit_offer(
    offer_id: Any, actor: Actor, *, official_number: str = "", rulebook: Rulebook | None = None
) -> OfferOfEmployment:
    """Submit one offer: check it, freeze it, charge the fee, or issue its number where none is due.

    Where official numbers are only recorded, an offer without a fee needs its `official_number` here.
    Raises OfferNotReady with the report, OfferMoveRefused, ActionNotAllowed, OfferNumberInvalid, OfferNumberTaken.
    """
    return _submit([lock_offer(offer_id)], actor, [official_number], rulebook)[0]


@in_transaction
def submit_group(
    group: OfferGroup, actor: Actor, *, official_numbers: Sequence[str] = (), rulebook: Rulebook | None = None
) -> list[OfferOfEmployment]:
    """Submit every draft of a group of performing artists at the same time, under one charge with its maximum.

    One offer that is not ready keeps all of them back. Raises as submit_offer does.
    """
    waiting = group.offers.drafts().order_by("pk").values_list("pk", flat=True)
    offers = [offer for offer in lock_offers(list(waiting)) if offer.status == OfferStatus.DRAFT]
    numbers = list(official_numbers) or [""] * len(offers)
    return _submit(offers, actor, numbers, rulebook) if offers else []


def _submit(
    offers: list[OfferOfEmployment], actor: Actor, numbers: list[str], given: Rulebook | None
) -> list[OfferOfEmployment]:
    rulebook = given or published_rulebook()
    today = timezone.localdate()
    for offer in offers:
        check_may(actor, Action.SUBMIT, offer.employer, offer)
    reports = [check_offer(offer, today, rulebook) for offer in offers]
    fee = group_fee_for([report.fee for report in reports if report.fee], today, rulebook)
    seen = [
        circumstances(actor, report=report, fee_due_cad=share)
        for report, share in zip(reports, _shares(fee, reports), strict=True)
    ]
    for offer, report, each in zip(offers, reports, seen, strict=True):
        _check_submittable(offer, report, each)
    charge = _charge(offers, reports, fee, today)
    for offer, each, number in zip(offers, seen, numbers, strict=True):
        _file(offer, each, charge, number)
    return offers


def _shares(fee: GroupFee, reports: list[OfferReport]) -> list[Decimal | None]:
    shares = iter(fee.shares_cad)
    return [next(shares) if report.fee else None for report in reports]


def _check_submittable(offer: OfferOfEmployment, report: OfferReport, seen: Circumstances) -> None:
    """Raise what keeps an offer from being submitted; the report where it is the offer itself."""
    if offer.status == OfferStatus.DRAFT and not report.is_ready:
        raise OfferNotReady(report)
    check_may_move(offer, Event.SUBMIT, seen)


def _charge(offers: list[OfferOfEmployment], reports: list[OfferReport], fee: GroupFee, today: date) -> FeeCharge:
    """Raise the charge of one submission, and book it where something is due."""
    first = reports[0].fee
    assert first is not None, "an offer without a fee decision is not ready"
    alone = len(offers) == 1
    charge = FeeCharge.objects.create(
        employer=offers[0].employer,
        status=ChargeStatus.OPEN if fee.total_cad else ChargeStatus.NOTHING_DUE,
        decision=(first.status if alone else fee.status).value,
        amount_cad=fee.total_cad,
        provisions=list(first.provisions if alone else fee.provisions),
        offer_ids=[str(offer.pk) for offer in offers],
        decided_on=today,
    )
    if charge.amount_cad:
        ledger.book_charge(charge)
    return charge


def _file(offer: OfferOfEmployment, seen: Circumstances, charge: FeeCharge, official_number: str) -> None:
    """Freeze one offer as it is, and move it; without a fee it gets its number at once."""
    report = seen.report
    assert report is not None, "an offer is only filed with its report"
    offer.submitted_at = timezone.now()
    offer.submitted_by = seen.actor.user
    offer.snapshot = {
        **content_of(offer),
        "employer": employer_content(offer.employer),
        "warnings": acknowledged_warnings(offer, report),
    }
    offer.release_digest = report.release_digest
    offer.exemption = ExemptionCode.objects.filter(
        release__digest=report.release_digest, category=offer.exemption_category
    ).first()
    offer.charge, offer.fee_share_cad = charge, seen.fee_due_cad
    if not seen.fee_due_cad:
        give_number(offer, official_number)
    make_move(
        offer, Event.SUBMIT, seen,
        code=report.code, outcome=report.outcome, fee_cad=str(seen.fee_due_cad), decision=charge.decision,
        provisions=charge.provisions, acknowledged=[one.key for one in report.warnings], number=offer.number or "",
    )  # fmt: skip


def give_number(offer: OfferOfEmployment, official_number: str = "") -> None:
    """Put its one number into a locked offer; the caller moves and saves it."""
    number = allot_number(offer) if issues_numbers() else record_number(offer, official_number)
    offer.number, offer.issued_at = str(number), timezone.now()


# Cancel and withdraw --------------------------------------------------------------------------------------------------


@in_transaction
def cancel_submission(offer_id: Any, actor: Actor) -> OfferOfEmployment:
    """Take a submission back before anything was paid: the offer, with its whole group, is a draft again.

    Raises OfferMoveRefused once the fee is captured.
    """
    charge_id = OfferOfEmployment.objects.values_list("charge_id", flat=True).get(pk=offer_id)
    together = OfferOfEmployment.objects.filter(charge_id=charge_id) if charge_id else None
    offers = lock_offers(list(together.values_list("pk", flat=True)) if together is not None else [offer_id])
    if not offers or any(offer.charge_id != charge_id for offer in offers):
        return cancel_submission(offer_id, actor)  # it was cancelled, and perhaps submitted anew, in between
    charge = FeeCharge.objects.select_for_update().filter(pk=charge_id).first()
    captured = ledger.paid_cad(charge) if charge else Decimal(0)
    for offer in offers:
        check_may(actor, Action.SUBMIT, offer.employer, offer)
        check_may_move(offer, Event.CANCEL, circumstances(actor, captured_cad=captured))
    assert charge is not None, "an offer that awaits its fee has a charge"
    for offer in offers:
        offer.submitted_at = offer.submitted_by = offer.snapshot = offer.exemption = None
        offer.charge = offer.fee_share_cad = None
        offer.release_digest = ""
        make_move(offer, Event.CANCEL, circumstances(actor, captured_cad=captured))
    charge.status = ChargeStatus.VOID
    charge.save(update_fields=["status"])
    ledger.book_void(charge)
    return next(offer for offer in offers if str(offer.pk) == str(offer_id))


@in_transaction
def withdraw_offer(offer_id: Any, actor: Actor, reason: str = "") -> OfferOfEmployment:
    """Withdraw an offer that no application is linked to: its number is dead, the fee is owed back.

    Raises OfferMoveRefused.
    """
    offer = lock_offer(offer_id)
    check_may(actor, Action.WITHDRAW, offer.employer, offer)
    make_move(offer, Event.WITHDRAW, circumstances(actor), reason)
    owe_for_offer(offer, RefundReason.WITHDRAWN)
    return offer


@in_transaction
def correct_offer(offer_id: Any, actor: Actor, reason: str = "") -> OfferOfEmployment:
    """Withdraw an offer and copy it to a new draft in one step: the only way to change what is filed.

    Returns the new draft. Raises OfferMoveRefused.
    """
    withdraw_offer(offer_id, actor, reason)
    return duplicate_offer(offer_id, actor)


@in_transaction
def request_withdrawal(offer_id: Any, actor: Actor, reason: str = "") -> OfferOfEmployment:
    """Ask for the withdrawal of a matched offer: the message to the department is for the employer to send."""
    offer = lock_offer(offer_id)
    check_may(actor, Action.WITHDRAW, offer.employer, offer)
    make_move(offer, Event.REQUEST_WITHDRAWAL, circumstances(actor), reason)
    return offer


# What happens to the worker’s application ----------------------------------------------------------------------------


@in_transaction
def match_offer(offer_id: Any, application: Application, actor: Actor) -> tuple[str, ...]:
    """Link an offer to an application when number, passport and citizenship are equal.

    Returns the fields that differ: none means matched. Either way an event is written.
    """
    offer = lock_offer(offer_id)
    if application.applied_at and offer.issued_at and application.applied_at < offer.issued_at:
        make_move(offer, Event.APPLIED_EARLY, circumstances(actor), applied_at=application.applied_at.isoformat())
    differing = differing_fields(offer, application)
    if differing:
        make_move(offer, Event.MATCH_FAILED, circumstances(actor), fields=list(differing))
        return differing
    offer.matched_at = timezone.now()
    make_move(offer, Event.MATCH, circumstances(actor))
    return ()


@in_transaction
def unmatch_offer(offer_id: Any, actor: Actor, reason: str = "") -> OfferOfEmployment:
    """Undo a match before a final decision: the offer may be linked to another application of the worker."""
    offer = lock_offer(offer_id)
    offer.matched_at = None
    make_move(offer, Event.UNMATCH, circumstances(actor), reason)
    return offer


@in_transaction
def confirm_withdrawal(offer_id: Any, actor: Actor, reason: str = "") -> OfferOfEmployment:
    return _close(offer_id, Event.CONFIRM_WITHDRAWAL, actor, reason, RefundReason.WITHDRAWN)


@in_transaction
def decline_withdrawal(offer_id: Any, actor: Actor, reason: str = "") -> OfferOfEmployment:
    """The department does not accept the withdrawal that was asked for: the offer stays matched."""
    offer = lock_offer(offer_id)
    make_move(offer, Event.DECLINE_WITHDRAWAL, circumstances(actor), reason)
    return offer


@in_transaction
def refuse_permit(offer_id: Any, actor: Actor, reason: str = "") -> OfferOfEmployment:
    """The permit is refused: the fee is owed back without anybody asking."""
    return _close(offer_id, Event.REFUSE, actor, reason, RefundReason.PERMIT_REFUSED)


@in_transaction
def worker_withdraws(offer_id: Any, actor: Actor, reason: str = "") -> OfferOfEmployment:
    return _close(offer_id, Event.WORKER_WITHDRAWS, actor, reason, RefundReason.WORKER_WITHDREW)


def _close(offer_id: Any, event: Event, actor: Actor, reason: str, refund: RefundReason) -> OfferOfEmployment:
    offer = lock_offer(offer_id)
    offer.has_final_decision = True
    make_move(offer, event, circumstances(actor), reason)
    owe_for_offer(offer, refund)
    return offer


@in_transaction
def print_permit(offer_id: Any, actor: Actor, issued_on: date, expires_on: date | None = None) -> OfferOfEmployment:
    """The permit is in the worker's hands: no refund any more, and the duties begin.

    Raises FieldsInvalid when it would end before it begins, OfferMoveRefused.
    """
    if expires_on is not None and expires_on < issued_on:
        raise FieldsInvalid({"expires_on": _BEFORE_ISSUE})
    offer = lock_offer(offer_id)
    offer.permit_issued_on, offer.permit_expires_on, offer.has_final_decision = issued_on, expires_on, True
    make_move(offer, Event.PRINT_PERMIT, circumstances(actor), issued_on=issued_on.isoformat())
    return offer


_BEFORE_ISSUE = Text(
    en="The permit cannot end before the day it was issued.", fr="Le permis ne peut prendre fin avant sa délivrance."
)
