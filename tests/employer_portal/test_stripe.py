"""What Stripe would send, signed as it signs: nothing leaves this machine."""

import hmac
import json
import time
from hashlib import sha256
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from payments.core import PROVIDER_CACHE
from payments.urls import static_callback
from pytest_django import Settings

from employer_portal.actors import Actor, person
from employer_portal.models import FeePayment, OfferOfEmployment, Refund
from employer_portal.offers import submit_offer
from employer_portal.payments import start_payment
from tests.employer_portal.factories import MembershipFactory, draft

SECRET = "whsec_test"
PROVIDER = ("employer_portal.stripe_provider.StripeProvider", {"api_key": "sk_test", "endpoint_secret": SECRET})


@pytest.fixture(autouse=True)
def _stripe(settings: Settings) -> Any:
    settings.PAYMENT_VARIANTS = {"stripe": PROVIDER}
    yield
    PROVIDER_CACHE.pop("stripe", None)


@pytest.fixture
def who(portal: object) -> Actor:
    return person(MembershipFactory().user)


@pytest.fixture
def payment(who: Actor) -> FeePayment:
    assert who.user is not None
    offer = submit_offer(draft(who.user.memberships.get()).pk, who)
    return start_payment(offer.charge_id, who, "key")


def call(payment: FeePayment, kind: str, paid: str, status: str = "complete", secret: str = SECRET) -> HttpResponse:
    body, headers = signed(payment.token, kind, paid, status, secret)
    request = RequestFactory().post("/", body, "application/json", headers=headers)
    return static_callback(request, "stripe")


def signed(
    token: str, kind: str, paid: str, status: str = "complete", secret: str = SECRET
) -> tuple[str, dict[str, str]]:
    """Return an event of Stripe and its signature."""
    session = {
        "id": "cs_1", "object": "checkout.session", "client_reference_id": token, "payment_intent": "pi_1",
        "status": status, "payment_status": paid,
    }  # fmt: skip
    body = json.dumps({"id": "evt_1", "object": "event", "type": kind, "data": {"object": session}})
    moment = int(time.time())
    signature = hmac.new(secret.encode(), f"{moment}.{body}".encode(), sha256).hexdigest()
    return body, {"Stripe-Signature": f"t={moment},v1={signature}"}


def status_of(payment: FeePayment) -> str:
    return OfferOfEmployment.objects.get(charge=payment.charge).status


def test_a_paid_session_issues_the_number_once(payment: FeePayment) -> None:
    assert payment.variant == "stripe"
    for _repeated in range(3):
        assert call(payment, "checkout.session.completed", "paid").status_code == 200
    stored = FeePayment.objects.get(pk=payment.pk)
    assert (status_of(payment), stored.status, stored.captured_amount) == ("issued", "confirmed", 230)
    assert stored.attrs.session["payment_intent"] == "pi_1"
    assert not Refund.objects.exists()


def test_a_session_paid_later_counts_when_the_money_is_there(payment: FeePayment) -> None:
    call(payment, "checkout.session.completed", "unpaid")
    assert status_of(payment) == "awaiting_fee"
    call(payment, "checkout.session.async_payment_succeeded", "paid")
    assert status_of(payment) == "issued"


def test_an_expired_session_leaves_the_offer_waiting_and_comes_too_late_after_payment(payment: FeePayment) -> None:
    call(payment, "checkout.session.expired", "unpaid", "expired")
    assert (status_of(payment), FeePayment.objects.get(pk=payment.pk).status) == ("awaiting_fee", "rejected")
    call(payment, "checkout.session.completed", "paid")
    call(payment, "checkout.session.expired", "unpaid", "expired")
    assert (status_of(payment), FeePayment.objects.get(pk=payment.pk).status) == ("issued", "confirmed")


def test_a_forged_call_changes_nothing(payment: FeePayment) -> None:
    assert call(payment, "checkout.session.completed", "paid", secret="whsec_guess").status_code == 400
    request = RequestFactory().post("/", "{}", "application/json")
    assert static_callback(request, "stripe").status_code == 400
    assert status_of(payment) == "awaiting_fee"
