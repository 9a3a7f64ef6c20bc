"""The checker of invariants finds each break that is made on purpose: a walk or rush that passes means something."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import connection
from django.utils import timezone

from employer_portal.actors import person
from employer_portal.models import FeeCharge, FeePayment, LedgerEntry, OfferOfEmployment, Refund
from employer_portal.offers import submit_offer, withdraw_offer
from employer_portal.payments import hear, start_payment
from tests.employer_portal.factories import MembershipFactory, draft
from tests.employer_portal.invariants import broken_invariants


def execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def lose_the_refund() -> None:
    execute("UPDATE employer_portal_ledgerentry SET refund_id = NULL")
    Refund.objects.all().delete()


BREAKS: dict[str, Callable[[], object]] = {
    "a state that no event led to": lambda: OfferOfEmployment.objects.update(status="issued"),
    "a number that the register does not have": lambda: execute("DELETE FROM employer_portal_offernumberallotment"),
    "a lost event": lambda: execute("DELETE FROM employer_portal_offerevent WHERE event = 'capture'"),
    "an event out of thin air": lambda: execute("UPDATE employer_portal_offerevent SET target = 'used'"),
    "a lost save": lambda: OfferOfEmployment.objects.update(version=7),
    "a charge that is open again": lambda: FeeCharge.objects.update(status="open"),
    "a capture that nobody booked": lambda: FeePayment.objects.create(
        charge=FeeCharge.objects.get(), variant="dummy", total=230, currency="CAD", captured_at=timezone.now(),
        captured_amount=230, idempotency_key="x",
    ),
    "a refund that was lost": lose_the_refund,
    "a refund too much": lambda: Refund.objects.update(amount_cad=Decimal(460)),
    "an entry that was lost": lambda: execute("DELETE FROM employer_portal_ledgerentry WHERE kind = 'capture'"),
    "a payment without its receipt": lambda: execute("DELETE FROM employer_portal_receipt"),
}  # fmt: skip


@pytest.fixture
def withdrawn(portal: object) -> OfferOfEmployment:
    member = MembershipFactory()
    who = person(member.user)
    offer = submit_offer(draft(member).pk, who)
    hear(start_payment(offer.charge_id, who, "key"), "confirmed")
    return withdraw_offer(offer.pk, who)


@pytest.mark.parametrize("name", BREAKS)
def test_a_break_is_found(withdrawn: OfferOfEmployment, name: str) -> None:
    assert broken_invariants() == []
    assert LedgerEntry.objects.count() == 3
    BREAKS[name]()
    assert broken_invariants()
