"""What providers, and those who pretend to be one, may call from outside."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from uuid import uuid4

import pytest
import stripe
from django.test import Client
from django.urls import reverse
from payments.core import PROVIDER_CACHE
from pytest_django import Settings

from employer_portal.actors import Actor, person
from employer_portal.models import FeePayment, OfferOfEmployment, Role
from employer_portal.offers import submit_offer
from employer_portal.payments import start_payment
from tests.employer_portal.factories import MembershipFactory, draft
from tests.employer_portal.test_stripe import PROVIDER, signed
from tests.portal_pages.conftest import SignedIn

CALL = "/payments/process/stripe/"


@pytest.fixture
def _stripe(settings: Settings) -> Iterator[None]:
    settings.PAYMENT_VARIANTS = {"stripe": PROVIDER}
    yield
    PROVIDER_CACHE.pop("stripe", None)


@pytest.fixture
def payment(employer: object, _stripe: None) -> FeePayment:
    member = MembershipFactory(employer=employer)
    who: Actor = person(member.user)
    return start_payment(submit_offer(draft(member).pk, who).charge_id, who, "key")


def post(path: str, body: str | bytes, **headers: str) -> int:
    return Client().post(path, body, "application/json", headers=headers).status_code


def status_of(payment: FeePayment) -> str:
    return OfferOfEmployment.objects.get(charge=payment.charge).status


@pytest.mark.parametrize("path", [CALL, "/payments/process/{token}/"])
def test_a_forged_call_is_a_bad_request(payment: FeePayment, path: str) -> None:
    path = path.format(token=payment.token)
    body, headers = signed(payment.token, "checkout.session.completed", "paid")
    assert post(path, body) == 400
    assert post(path, body, **{"Stripe-Signature": "t=1,v1=guess"}) == 400
    assert post(path, body, **{"Stripe-Signature": "nonsense"}) == 400
    assert post(path, body.replace("paid", "more"), **headers) == 400
    assert post(path, b"\xff\xfe not text", **headers) == 400
    assert status_of(payment) == "awaiting_fee"
    assert post(path, body, **headers) == 200
    assert status_of(payment) == "issued"


def test_a_signed_call_about_another_payment_does_not_pay_this_one(payment: FeePayment) -> None:
    body, headers = signed(str(uuid4()), "checkout.session.completed", "paid")
    assert post(f"/payments/process/{payment.token}/", body, **headers) == 400
    assert post(CALL, body, **headers) == 404
    assert status_of(payment) == "awaiting_fee"


def test_an_unknown_payment_or_provider_is_not_there(payment: FeePayment) -> None:
    assert Client().get(f"/payments/process/{uuid4()}/").status_code == 404
    assert post("/payments/process/paypal/", "{}") == 400
    FeePayment.objects.update(variant="dummy")
    # The provider of the rehearsal is not set up here, so nobody can call in its name.
    assert Client().get(f"/payments/process/{payment.token}/?verification_result=confirmed").status_code == 404
    assert status_of(payment) == "awaiting_fee"


class Checkout(BaseHTTPRequestHandler):
    """Stripe's side of making a session: the same key gives the same one."""

    sessions: dict[str, dict[str, str]] = {}

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        key = self.headers["Idempotency-Key"]
        made = {
            "id": f"cs_{len(self.sessions)}",
            "object": "checkout.session",
            "url": "https://checkout.stripe.com/c/1",
        }
        answer = json.dumps(self.sessions.setdefault(key, made)).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format: str, *args: object) -> None:
        return None


@pytest.fixture
def checkout(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Checkout]]:
    server = HTTPServer(("127.0.0.1", 0), Checkout)
    Checkout.sessions = {}
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setattr(stripe, "api_base", f"http://127.0.0.1:{server.server_port}")
    monkeypatch.setattr(stripe, "max_network_retries", 0)
    yield Checkout
    server.shutdown()
    server.server_close()


def test_two_tabs_lead_to_one_session_of_stripe(
    signed_in: SignedIn, payment: FeePayment, checkout: type[Checkout]
) -> None:
    client = signed_in(Role.SECONDARY)
    offer = OfferOfEmployment.objects.get(charge=payment.charge)
    pay = reverse("employer_portal:pay", kwargs={"employer_id": offer.employer_id, "offer_id": offer.pk})
    page = client.get(pay)
    assert "form-action 'self' https://checkout.stripe.com" in page["Content-Security-Policy"]
    onward = client.post(pay, {"key": "tab"})["Location"]
    assert client.get(onward)["Location"] == "https://checkout.stripe.com/c/1"
    # A second tab that read the payment before the first had its session.
    FeePayment.objects.update(transaction_id="", extra_data="")
    assert client.get(onward)["Location"] == "https://checkout.stripe.com/c/1"
    assert list(checkout.sessions) == [payment.token]


def test_an_unreachable_stripe_is_said_and_tried_again(
    signed_in: SignedIn, payment: FeePayment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stripe, "api_base", "http://127.0.0.1:9")
    monkeypatch.setattr(stripe, "max_network_retries", 0)
    client = signed_in(Role.SECONDARY)
    form = reverse("employer_portal:payment_form", kwargs={"token": payment.token})
    assert client.get(form).status_code == 502
    assert FeePayment.objects.get().status == "error"
    assert client.get(form)["Location"].endswith("/failed/")
    assert status_of(payment) == "awaiting_fee"
