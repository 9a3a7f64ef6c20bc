"""Payments: once, whatever a provider says, however often and in whatever order."""

import random
from collections import Counter
from decimal import Decimal

import pytest
from django.db import transaction
from payments import PaymentError, PaymentStatus
from payments.core import provider_factory
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from employer_portal import ledger
from employer_portal.actors import Actor, person
from employer_portal.errors import ActionNotAllowed, PaymentRefused
from employer_portal.models import (
    FeeCharge,
    FeePayment,
    LedgerEntry,
    Membership,
    OfferOfEmployment,
    Receipt,
    Refund,
)
from employer_portal.offers import cancel_submission, submit_offer, withdraw_offer
from employer_portal.payments import hear, start_payment
from employer_portal.refunds import mark_arrived, send_due_refunds, send_refund
from tests.employer_portal.factories import MembershipFactory, draft

CALLBACKS = 1000


@pytest.fixture
def offer(member: Membership, who: Actor) -> OfferOfEmployment:
    return submit_offer(draft(member).pk, who)


def fresh(offer: OfferOfEmployment) -> OfferOfEmployment:
    return OfferOfEmployment.objects.get(pk=offer.pk)


def test_a_captured_payment_issues_the_number_and_leaves_a_receipt(offer: OfferOfEmployment, who: Actor) -> None:
    payment = start_payment(offer.charge_id, who, "key")
    hear(payment, PaymentStatus.CONFIRMED)
    paid = fresh(offer)
    assert (paid.status, payment.status, payment.captured_amount) == ("issued", "confirmed", Decimal(230))
    receipt = Receipt.objects.get(payment=payment)
    assert receipt.content["offers"] == [
        {"number": paid.number, "job_title": "Lighthouse engineer", "share_cad": "230.00"}
    ]
    assert "Example" not in str(receipt.content)
    assert ledger.balances() == {"receivable": 0, "fees": -230, "provider": 230, "refunds_owed": 0}


def test_the_same_key_or_a_second_tab_pays_the_same_payment(offer: OfferOfEmployment, who: Actor) -> None:
    first = start_payment(offer.charge_id, who, "key")
    assert start_payment(offer.charge_id, who, "key") == first
    assert start_payment(offer.charge_id, who, "another tab") == first
    assert start_payment(offer.charge_id, who, "afresh", afresh=True) != first


def test_a_key_of_any_length_is_kept(offer: OfferOfEmployment, who: Actor) -> None:
    first = start_payment(offer.charge_id, who, "k" * 500)
    assert start_payment(offer.charge_id, who, "k" * 500) == first


def test_a_failed_payment_is_tried_again_under_its_key(offer: OfferOfEmployment, who: Actor) -> None:
    first = start_payment(offer.charge_id, who, "key")
    hear(first, PaymentStatus.REJECTED, "card refused")
    assert fresh(offer).status == "awaiting_fee"
    second = start_payment(offer.charge_id, who, "key")
    assert (second.attempt, second.idempotency_key, second.token != first.token) == (2, "key", True)
    hear(second, PaymentStatus.CONFIRMED)
    assert fresh(offer).status == "issued"


def test_nothing_is_paid_twice_on_purpose(offer: OfferOfEmployment, who: Actor) -> None:
    hear(start_payment(offer.charge_id, who, "key"), PaymentStatus.CONFIRMED)
    with pytest.raises(PaymentRefused) as refused:
        start_payment(offer.charge_id, who, "other", afresh=True)
    assert refused.value.reason == "already_paid"


def test_a_cancelled_charge_cannot_be_paid(offer: OfferOfEmployment, who: Actor) -> None:
    charge = offer.charge_id
    cancel_submission(offer.pk, who)
    with pytest.raises(PaymentRefused) as refused:
        start_payment(charge, who, "key")
    assert refused.value.reason == "nothing_due"


def test_without_a_provider_payment_is_refused_in_words(
    offer: OfferOfEmployment, who: Actor, settings: Settings
) -> None:
    settings.PAYMENT_VARIANTS = {}
    with pytest.raises(PaymentRefused) as refused:
        start_payment(offer.charge_id, who, "key")
    assert refused.value.reason == "no_provider"


@pytest.mark.parametrize(
    "late", ["rejected", "error", "cancelled", "input", "waiting", "preauth", "refunded", "confirmed"]
)
def test_nothing_that_comes_after_the_capture_changes_it(offer: OfferOfEmployment, who: Actor, late: str) -> None:
    payment = start_payment(offer.charge_id, who, "key")
    hear(payment, PaymentStatus.CONFIRMED)
    before = LedgerEntry.objects.count(), offer.events.count(), fresh(offer).number
    hear(FeePayment.objects.get(pk=payment.pk), late)
    assert (LedgerEntry.objects.count(), offer.events.count(), fresh(offer).number) == before
    assert FeePayment.objects.get(pk=payment.pk).status == "confirmed"


def test_a_success_after_a_failure_counts(offer: OfferOfEmployment, who: Actor) -> None:
    payment = start_payment(offer.charge_id, who, "key")
    hear(payment, PaymentStatus.REJECTED)
    hear(payment, PaymentStatus.CONFIRMED)
    assert fresh(offer).status == "issued"


def test_a_second_capture_is_refunded_by_itself(
    offer: OfferOfEmployment, who: Actor, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    first = start_payment(offer.charge_id, who, "one")
    second = start_payment(offer.charge_id, who, "two", afresh=True)
    hear(first, PaymentStatus.CONFIRMED)
    number = fresh(offer).number
    with django_capture_on_commit_callbacks(execute=True):
        hear(second, PaymentStatus.CONFIRMED)
    refund = Refund.objects.get()
    assert (refund.payment, refund.amount_cad, refund.reason, refund.status) == (second, 230, "surplus", "sent")
    assert (fresh(offer).status, fresh(offer).number) == ("issued", number)
    assert offer.events.filter(event="surplus_capture").count() == 1
    assert ledger.balances() == {"receivable": 0, "fees": -230, "provider": 230, "refunds_owed": 0}


def test_money_for_a_cancelled_submission_comes_back_whole(offer: OfferOfEmployment, who: Actor) -> None:
    payment = start_payment(offer.charge_id, who, "key")
    cancel_submission(offer.pk, who)
    hear(payment, PaymentStatus.CONFIRMED)
    assert fresh(offer).status == "draft"
    assert Refund.objects.get().reason == "surplus"
    send_due_refunds()
    assert not any(ledger.balances().values())


def test_money_for_an_earlier_submission_never_pays_a_later_one(offer: OfferOfEmployment, who: Actor) -> None:
    old = start_payment(offer.charge_id, who, "old")
    cancel_submission(offer.pk, who)
    again = submit_offer(offer.pk, who)
    hear(old, PaymentStatus.CONFIRMED)
    assert (fresh(offer).status, Refund.objects.get().payment) == ("awaiting_fee", old)
    hear(start_payment(again.charge_id, who, "new"), PaymentStatus.CONFIRMED)
    assert fresh(offer).status == "issued"


def test_a_provider_that_saves_the_payment_itself_is_heard(offer: OfferOfEmployment, who: Actor) -> None:
    payment = start_payment(offer.charge_id, who, "key")
    payment.captured_amount = payment.total
    payment.change_status(PaymentStatus.CONFIRMED)
    payment.attrs.session = {"id": "session"}
    payment.save()
    stored = FeePayment.objects.get(pk=payment.pk)
    assert (fresh(offer).status, stored.status, stored.captured_amount) == ("issued", "confirmed", 230)
    assert stored.attrs.session == {"id": "session"}


def test_a_thousand_shuffled_repeated_late_callbacks_leave_one_paid_state_an_offer(
    member: Membership, who: Actor
) -> None:
    chance = random.Random(20261124)
    offers = [submit_offer(draft(member).pk, who) for _ in range(8)]
    payments = [start_payment(o.charge_id, who, f"{o.pk}-{n}", afresh=True) for o in offers for n in range(4)]
    said = ["confirmed", "confirmed", "rejected", "error", "input", "waiting", "cancelled", "preauth"]
    callbacks = [(chance.choice(payments).pk, chance.choice(said)) for _ in range(CALLBACKS)]
    # Every offer hears of money in the end, and some are gone when it comes.
    callbacks += [(payment.pk, "confirmed") for payment in payments]
    chance.shuffle(callbacks)
    gone = {offers[0].pk: CALLBACKS // 10, offers[1].pk: CALLBACKS // 2}
    for count, (payment_id, status) in enumerate(callbacks):
        hear(FeePayment.objects.get(pk=payment_id), status)
        for offer_id in [offer_id for offer_id, moment in gone.items() if moment == count]:
            if OfferOfEmployment.objects.get(pk=offer_id).status == "issued":
                withdraw_offer(offer_id, who)
    send_due_refunds()
    settled = Counter(FeePayment.objects.filter(settles=True).values_list("charge_id", flat=True))
    assert settled == {offer.charge_id: 1 for offer in offers}
    assert set(FeeCharge.objects.values_list("status", flat=True)) == {"paid"}
    assert FeePayment.objects.filter(captured_at__isnull=False).count() == len(payments)
    assert {o.events.filter(event="capture").count() for o in offers} == {1}
    assert sum(o.events.filter(event="surplus_capture").count() for o in offers) == len(payments) - len(offers)
    numbers = [fresh(offer).number for offer in offers]
    assert None not in numbers
    assert len(set(numbers)) == len(offers)
    withdrawn = sum(fresh(offer).status == "withdrawn" for offer in offers)
    kept = 230 * (len(offers) - withdrawn)
    assert ledger.balances() == {"receivable": 0, "fees": -kept, "provider": kept, "refunds_owed": 0}


# Refunds --------------------------------------------------------------------------------------------------------------


@pytest.fixture
def refund(offer: OfferOfEmployment, who: Actor) -> Refund:
    hear(start_payment(offer.charge_id, who, "key"), PaymentStatus.CONFIRMED)
    withdraw_offer(offer.pk, who)
    return Refund.objects.get()


def test_a_refund_is_tracked_from_due_to_money_back(refund: Refund, who: Actor) -> None:
    with pytest.raises(PaymentRefused):
        mark_arrived(refund.pk, who)
    assert send_refund(refund.pk).status == "sent"
    assert mark_arrived(refund.pk, who).status == "arrived"
    assert mark_arrived(refund.pk, who).arrived_at is not None
    assert not any(ledger.balances().values())


def test_a_refund_is_sent_once(refund: Refund, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[Decimal] = []
    dummy = provider_factory("dummy")
    monkeypatch.setattr(dummy, "refund", lambda payment, amount=None: calls.append(amount) or amount)
    send_refund(refund.pk)
    send_refund(refund.pk)
    send_due_refunds()
    assert calls == [Decimal(230)]
    assert LedgerEntry.objects.filter(kind="refund_sent").count() == 1


def test_a_refund_that_the_provider_refuses_stays_due_with_the_reason(
    refund: Refund, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(payment: FeePayment, amount: Decimal) -> None:
        raise PaymentError("balance too low")

    monkeypatch.setattr(provider_factory("dummy"), "refund", refuse)
    after = send_refund(refund.pk)
    assert (after.status, after.failures, after.last_failure) == ("due", 1, "balance too low")
    monkeypatch.undo()
    assert send_due_refunds() == 1


def test_a_refund_that_was_being_sent_when_the_process_died_is_not_sent_again(
    refund: Refund, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(payment: FeePayment, amount: Decimal) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(provider_factory("dummy"), "refund", die)
    with pytest.raises(KeyboardInterrupt), transaction.atomic():
        send_refund(refund.pk)
    Refund.objects.filter(pk=refund.pk).update(status="sending")
    monkeypatch.undo()
    assert send_due_refunds() == 0
    assert Refund.objects.get(pk=refund.pk).status == "sending"


def test_a_stranger_says_nothing_of_a_refund(refund: Refund) -> None:
    with pytest.raises(ActionNotAllowed):
        mark_arrived(refund.pk, person(MembershipFactory().user))
