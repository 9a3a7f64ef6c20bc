"""What the database itself refuses: broken invariants, and changes of what is only ever added to."""

from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from employer_portal import ledger
from employer_portal.actors import person
from employer_portal.models import (
    AppendOnlyError,
    Employer,
    FeeCharge,
    FeePayment,
    LedgerEntry,
    Membership,
    OfferEvent,
    OfferNumberAllotment,
    OfferOfEmployment,
    Refund,
)
from tests.employer_portal.clock import NOW
from tests.employer_portal.factories import ContactFactory, EmployerFactory, MembershipFactory, draft

APPEND_ONLY = ("offerevent", "ledgerentry", "offernumberallotment")


@pytest.fixture
def offer(db: None) -> OfferOfEmployment:
    return draft()


@pytest.mark.parametrize(
    "change",
    [
        {"status": "imagined"},
        {"status": "issued"},
        {"status": "awaiting_fee"},
        {"status": "used"},
        {"number": "A1234567"},
        {"number": "A123"},
        {"number": "A1234567", "issued_at": NOW},
        {"submitted_at": NOW},
        {"version": 0},
        {"hours_per_day": Decimal(25)},
        {"hours_per_week": Decimal(0)},
        {"hourly_wage_cad": Decimal(-1)},
        {"starts_on": date(2027, 2, 1), "ends_on": date(2027, 1, 31)},
    ],
    ids=str,
)
def test_an_offer_cannot_be_stored_in_an_impossible_state(offer: OfferOfEmployment, change: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        OfferOfEmployment.objects.filter(pk=offer.pk).update(**change)


@pytest.mark.parametrize(
    "change",
    [
        {"legal_name": ""},
        {"business_number": "12345"},
        {"standing": "ineligible_until"},
        {"ineligible_until": date(2030, 1, 1)},
    ],
    ids=str,
)
def test_an_employer_cannot_be_stored_half(db: None, change: dict[str, Any]) -> None:
    employer = EmployerFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Employer.objects.filter(pk=employer.pk).update(**change)


def test_a_person_has_one_present_membership_an_employer(db: None) -> None:
    member = MembershipFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        MembershipFactory(user=member.user, employer=member.employer)
    Membership.objects.filter(pk=member.pk).update(removed_at=timezone.now())
    MembershipFactory(user=member.user, employer=member.employer)


def test_an_employer_has_one_main_contact(db: None) -> None:
    employer = EmployerFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        ContactFactory(employer=employer)


def charge(amount: int = 230, status: str = "open") -> FeeCharge:
    return FeeCharge.objects.create(
        employer=EmployerFactory(), status=status, decision="due", amount_cad=amount, decided_on=date(2026, 11, 24)
    )


def payment(of: FeeCharge, **fields: Any) -> FeePayment:
    return FeePayment.objects.create(charge=of, variant="dummy", total=of.amount_cad, currency="CAD", **fields)


@pytest.mark.parametrize(("amount", "status"), [(-1, "open"), (0, "open"), (230, "nothing_due")])
def test_a_charge_of_nothing_is_never_open(db: None, amount: int, status: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        charge(amount, status)


def test_two_payments_never_settle_one_charge(db: None) -> None:
    one = charge()
    settled = {"settles": True, "captured_at": timezone.now(), "captured_amount": 230}
    payment(one, idempotency_key="a", **settled)
    with pytest.raises(IntegrityError), transaction.atomic():
        payment(one, idempotency_key="b", **settled)


def test_no_payment_settles_before_it_is_captured_or_captures_more_than_all(db: None) -> None:
    one = charge()
    for wrong in ({"settles": True}, {"captured_amount": 231}):
        with pytest.raises(IntegrityError), transaction.atomic():
            payment(one, idempotency_key="a", **wrong)


def test_nothing_is_booked_twice(db: None) -> None:
    one = charge()
    ledger.book_charge(one)
    with pytest.raises(IntegrityError), transaction.atomic():
        ledger.book_charge(one)


def test_a_ledger_entry_moves_something_between_two_accounts(db: None) -> None:
    row = {"kind": "charge", "charge": charge(), "reference": "x"}
    for wrong in (
        {"amount_cad": 0, "debit": "fees", "credit": "provider"},
        {"amount_cad": 1, "debit": "fees", "credit": "fees"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            LedgerEntry.objects.create(**row, **wrong)


def test_an_offer_is_refunded_once(offer: OfferOfEmployment) -> None:
    paid = payment(charge(), idempotency_key="a", captured_at=timezone.now(), captured_amount=230)
    Refund.objects.create(payment=paid, offer=offer, reason="withdrawn", amount_cad=230)
    with pytest.raises(IntegrityError), transaction.atomic():
        Refund.objects.create(payment=paid, offer=offer, reason="refused", amount_cad=230)


def test_a_provider_never_writes_where_the_money_stands(db: None) -> None:
    paid = payment(charge(), idempotency_key="a")
    paid.status, paid.captured_amount, paid.total, paid.transaction_id = "confirmed", Decimal(1), Decimal(1), "session"
    paid.save()
    stored = FeePayment.objects.get(pk=paid.pk)
    assert (stored.status, stored.captured_amount, stored.total) == ("waiting", 0, 230)
    assert stored.transaction_id == "session"


@pytest.fixture
def rows(offer: OfferOfEmployment) -> list[Any]:
    """A row of each append-only table."""
    one = charge()
    ledger.book_charge(one)
    number = OfferNumberAllotment.objects.create(number="A7654321", offer_id=offer.pk, source="issued")
    return [OfferEvent.objects.get(offer=offer), LedgerEntry.objects.get(charge=one), number]


def test_the_model_refuses_to_change_or_delete_what_is_only_added_to(rows: list[Any]) -> None:
    for row in rows:
        manager = type(row).objects
        for attempt in (row.save, row.delete, manager.all().delete, partial(manager.update, pk=row.pk)):
            with pytest.raises(AppendOnlyError):
                attempt()
        with pytest.raises(AppendOnlyError):
            manager.bulk_update([row], [row._meta.fields[1].name])


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_the_database_refuses_it_too(rows: list[Any], table: str) -> None:
    name = f"employer_portal_{table}"
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM employer_portal_erasure")
        column = "number" if table == "offernumberallotment" else "id"
        for statement in (f"UPDATE {name} SET {column} = {column}", f"DELETE FROM {name}"):
            with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
                cursor.execute(statement)
        cursor.execute("INSERT INTO employer_portal_erasure (id) VALUES (1)")
        cursor.execute(f"DELETE FROM {name}")


def test_personal_fields_cannot_be_read_in_the_database(offer: OfferOfEmployment) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM employer_portal_offerofemployment")
        stored = repr(cursor.fetchall())
        cursor.execute("SELECT * FROM employer_portal_draftversion")
        stored += repr(cursor.fetchall())
    for secret in ("Example", "XA-000 123", "1990-02-03"):
        assert secret not in stored
    again = OfferOfEmployment.objects.get(pk=offer.pk)
    assert (again.worker_family_name, again.worker_passport_number) == ("Example", "XA-000 123")
    assert again.worker_date_of_birth == date(1990, 2, 3)


def test_an_event_outlives_the_account_that_made_it(offer: OfferOfEmployment) -> None:
    who = offer.created_by
    assert who is not None
    event = OfferEvent.objects.get(offer=offer)
    assert event.by == person(who).user
    who.delete()
    assert OfferEvent.objects.get(offer=offer).by_id == event.by_id
