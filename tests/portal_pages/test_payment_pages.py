"""Paying through the pages: once, whatever people press and whatever the provider says."""

import random
import re
from collections import Counter

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from employer_portal import ledger
from employer_portal.actors import person
from employer_portal.models import Employer, FeePayment, Membership, OfferOfEmployment, Refund, Role
from employer_portal.offers import cancel_submission, submit_offer
from tests.employer_portal.factories import EmployerFactory, MembershipFactory, charity_draft, draft
from tests.portal_pages.conftest import SignedIn

SETTLED = {"receivable": 0, "fees": -230, "provider": 230, "refunds_owed": 0}


def member_of(client: Client) -> Membership:
    return Membership.objects.get(user_id=client.session["_auth_user_id"])


@pytest.fixture
def client(signed_in: SignedIn) -> Client:
    return signed_in(Role.SECONDARY)


@pytest.fixture
def offer(client: Client) -> OfferOfEmployment:
    member = member_of(client)
    return submit_offer(draft(member).pk, person(member.user))


def pay_page(offer: OfferOfEmployment, language: str = "en") -> str:
    address = reverse("employer_portal:pay", kwargs={"employer_id": offer.employer_id, "offer_id": offer.pk})
    return address.replace("/en/", f"/{language}/")


def key_of(page: str) -> str:
    found = re.search(r'name="key" value="(\w+)"', page)
    assert found
    return found[1]


def press_pay(client: Client, offer: OfferOfEmployment, **said: str) -> FeePayment:
    """Open the page and press its button; return the payment one is sent to."""
    key = key_of(client.get(pay_page(offer)).content.decode())
    answer = client.post(pay_page(offer), {"key": key, **said})
    assert answer.status_code == 302
    return FeePayment.objects.get(token=answer["Location"].rstrip("/").rsplit("/", 1)[-1])


def answer_with(client: Client, payment: FeePayment, outcome: str) -> str:
    """Let the provider of the rehearsal answer; return the page that the payer sees then."""
    form = reverse("employer_portal:payment_form", kwargs={"token": payment.token})
    answer = client.post(form, {"outcome": outcome})
    if answer.status_code != 302:
        return answer.content.decode()
    return client.get(answer["Location"]).content.decode()


def call_back(client: Client, payment: FeePayment, status: str) -> int:
    address = reverse("process_payment", kwargs={"token": payment.token})
    return client.get(address, {"verification_result": status}).status_code


def status_of(offer: OfferOfEmployment) -> str:
    return OfferOfEmployment.objects.get(pk=offer.pk).status


@pytest.mark.parametrize(("language", "words"), [("en", "$230.00"), ("fr", "230,00\xa0$")])
def test_the_page_says_what_is_due_and_why(client: Client, offer: OfferOfEmployment, language: str, words: str) -> None:
    page = client.get(pay_page(offer, language)).content.decode()
    assert words in page
    assert "R303.1(1)" in page
    assert offer.job_title in page


def test_a_success_gives_the_number_and_a_receipt(client: Client, offer: OfferOfEmployment) -> None:
    page = answer_with(client, press_pay(client, offer), "confirmed")
    number = OfferOfEmployment.objects.get(pk=offer.pk).number
    assert number
    assert number in page
    receipt = FeePayment.objects.get().receipt
    assert (
        reverse("employer_portal:receipt", kwargs={"employer_id": offer.employer_id, "receipt_id": receipt.pk}) in page
    )
    assert ledger.balances() == SETTLED


def test_double_click_back_button_second_tab_and_second_person_pay_once(
    signed_in: SignedIn, client: Client, offer: OfferOfEmployment
) -> None:
    key = key_of(client.get(pay_page(offer)).content.decode())
    colleague = signed_in(Role.PRIMARY)
    for who, typed in ((client, key), (client, key), (client, "a second tab"), (colleague, "a colleague")):
        assert who.post(pay_page(offer), {"key": typed}).status_code == 302
    payment = FeePayment.objects.get()
    answer_with(client, payment, "confirmed")
    # Back to the page from before, and its button again: the payment is made, and says so.
    again = client.post(pay_page(offer), {"key": key})
    assert again.status_code == 409
    assert "already paid" in again.content.decode()
    assert "data-waiting" not in answer_with(colleague, payment, "rejected")
    assert (FeePayment.objects.count(), status_of(offer), ledger.balances()) == (1, "issued", SETTLED)


def test_a_failure_charges_nothing_and_can_be_tried_again(client: Client, offer: OfferOfEmployment) -> None:
    failed = press_pay(client, offer)
    page = answer_with(client, failed, "rejected")
    assert "The payment failed" in page
    assert pay_page(offer) in page
    assert status_of(offer) == "awaiting_fee"
    second = press_pay(client, offer)
    assert second != failed
    answer_with(client, second, "confirmed")
    assert (status_of(offer), ledger.balances()) == ("issued", SETTLED)


def test_a_late_answer_is_waited_for_and_counts_when_it_comes(client: Client, offer: OfferOfEmployment) -> None:
    payment = press_pay(client, offer)
    assert "not finished" in answer_with(client, payment, "waiting")
    done = reverse("employer_portal:payment_done", kwargs={"token": payment.token})
    waiting = client.get(done).content.decode()
    assert "Waiting for the provider" in waiting
    assert '<noscript><meta http-equiv="refresh"' in waiting
    for _repeated in range(3):
        assert call_back(client, payment, "confirmed") == 302
    assert "The fee is paid" in client.get(done).content.decode()
    assert "The fee is paid" in client.get(done.replace("/done/", "/failed/")).content.decode()
    assert ledger.balances() == SETTLED


def test_answers_out_of_order_leave_the_money_where_it_is(client: Client, offer: OfferOfEmployment) -> None:
    payment = press_pay(client, offer)
    for status in ("rejected", "confirmed", "error", "waiting", "nonsense", "refunded", "confirmed"):
        call_back(client, payment, status)
    assert (status_of(offer), ledger.balances()) == ("issued", SETTLED)


def test_shuffled_repeated_calls_leave_one_payment_an_offer(
    client: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    chance = random.Random(20261125)
    member = member_of(client)
    who = person(member.user)
    offers = [submit_offer(draft(member).pk, who) for _ in range(3)]
    payments = [press_pay(client, offer, afresh="yes") for offer in offers for _ in range(3)]
    said = ["confirmed", "rejected", "error", "input", "waiting", "preauth", "refunded", "nonsense"]
    calls = [(chance.choice(payments), chance.choice(said)) for _ in range(CALLS)]
    calls += [(payment, "confirmed") for payment in payments]
    chance.shuffle(calls)
    with django_capture_on_commit_callbacks(execute=True):
        for payment, status in calls:
            assert call_back(client, payment, status) == 302
    assert [status_of(offer) for offer in offers] == ["issued"] * 3
    assert Counter(FeePayment.objects.filter(settles=True).values_list("charge_id", flat=True)) == Counter(
        offer.charge_id for offer in offers
    )
    assert Refund.objects.filter(status="sent", reason="surplus").count() == len(payments) - len(offers)
    assert ledger.balances() == {"receivable": 0, "fees": -690, "provider": 690, "refunds_owed": 0}


CALLS = 200


def test_a_second_capture_is_said_to_come_back(
    client: Client, offer: OfferOfEmployment, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    first = press_pay(client, offer)
    second = press_pay(client, offer, afresh="yes")
    assert first != second
    with django_capture_on_commit_callbacks(execute=True):
        call_back(client, first, "confirmed")
        call_back(client, second, "confirmed")
    done = reverse("employer_portal:payment_done", kwargs={"token": second.token})
    assert "This payment is sent back" in client.get(done).content.decode()
    assert (Refund.objects.get().status, ledger.balances()) == ("sent", SETTLED)


def test_an_unreachable_provider_is_said_to_be_so(client: Client, offer: OfferOfEmployment) -> None:
    page = answer_with(client, press_pay(client, offer), "unreachable")
    assert "does not answer" in page
    assert status_of(offer) == "awaiting_fee"


def test_nothing_is_asked_for_where_nothing_is_due(client: Client, offer: OfferOfEmployment) -> None:
    member = member_of(client)
    unsubmitted, exempt = draft(member), submit_offer(charity_draft(member).pk, person(member.user))
    cancel_submission(offer.pk, person(member.user))
    for each, words in ((unsubmitted, "Nothing is due yet"), (exempt, "R299(2)(f)"), (offer, "Nothing is due yet")):
        page = client.get(pay_page(each)).content.decode()
        assert words in page
        assert 'name="key"' not in page
        assert client.post(pay_page(each), {"key": "k"}).status_code in (200, 409)
    assert not FeePayment.objects.exists()


def test_a_payment_of_another_employer_is_not_there(
    signed_in: SignedIn, client: Client, offer: OfferOfEmployment
) -> None:
    payment = press_pay(client, offer)
    stranger = signed_in(Role.SECONDARY, of=EmployerFactory())
    auditor = signed_in(Role.AUDITOR)
    for name in ("payment_form", "payment_done", "payment_failed"):
        address = reverse(f"employer_portal:{name}", kwargs={"token": payment.token})
        assert stranger.get(address).status_code == 404
        assert Client().get(address).status_code == 302
        assert auditor.get(address).status_code == (403 if name == "payment_form" else 200)
    assert stranger.get(pay_page(offer)).status_code == 404
    assert (
        client.get(reverse("employer_portal:payment_done", kwargs={"token": "0" * 8 + payment.token[8:]})).status_code
        == 404
    )


def test_who_sees_some_offers_of_a_charge_only_sees_nothing_of_it(
    signed_in: SignedIn, client: Client, offer: OfferOfEmployment
) -> None:
    narrow = signed_in(Role.SECONDARY)
    Membership.objects.filter(user_id=narrow.session["_auth_user_id"]).update(own_offers_only=True)
    payment = press_pay(client, offer)
    assert narrow.get(reverse("employer_portal:payment_done", kwargs={"token": payment.token})).status_code == 404


# Where official numbers are recorded ----------------------------------------------------------------------------------


def record(offer: OfferOfEmployment, **changes: str) -> dict[str, str]:
    return {"receipt": "OR-1", "amount": "230.00", f"number-{offer.pk}": "a 123-4567", **changes}


def test_an_official_payment_is_recorded_with_its_number(
    client: Client, offer: OfferOfEmployment, settings: Settings
) -> None:
    settings.OFFER_NUMBERS = "record"
    for _pressed_twice in range(2):
        assert client.post(pay_page(offer), record(offer)).status_code in (302, 409)
    stored = OfferOfEmployment.objects.get(pk=offer.pk)
    assert (stored.status, stored.number, FeePayment.objects.get().official_receipt) == ("issued", "A1234567", "OR-1")


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("number", "A12O4567", "A1204567"),
        ("number", "", "This field is required"),
        ("amount", "230.01", "not the amount due"),
        ("receipt", "", "This field is required"),
    ],
)
def test_a_wrong_record_says_what_is_wrong_and_keeps_the_rest(
    client: Client, offer: OfferOfEmployment, settings: Settings, field: str, typed: str, words: str
) -> None:
    settings.OFFER_NUMBERS = "record"
    name = f"number-{offer.pk}" if field == "number" else field
    page = client.post(pay_page(offer), record(offer, **{name: typed})).content.decode()
    assert "error-summary" in page
    assert words in page
    assert field == "receipt" or 'value="OR-1"' in page
    assert status_of(offer) == "awaiting_fee"


def test_a_number_that_another_offer_bears_is_refused_at_its_field(
    client: Client, offer: OfferOfEmployment, settings: Settings
) -> None:
    settings.OFFER_NUMBERS = "record"
    member = member_of(client)
    other = submit_offer(draft(member).pk, person(member.user))
    client.post(pay_page(other), record(other))
    page = client.post(pay_page(offer), record(offer, receipt="OR-2")).content.decode()
    assert f'href="#id_number-{offer.pk}"' in page
    assert (status_of(other), status_of(offer)) == ("issued", "awaiting_fee")


def test_a_stranger_records_nothing(
    client: Client, offer: OfferOfEmployment, settings: Settings, employer: Employer
) -> None:
    settings.OFFER_NUMBERS = "record"
    stranger = Client()
    stranger.force_login(MembershipFactory().user)
    assert stranger.post(pay_page(offer), record(offer)).status_code == 404
    assert status_of(offer) == "awaiting_fee"
