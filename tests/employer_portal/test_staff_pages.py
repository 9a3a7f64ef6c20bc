"""The pages for staff: offers found and moved under the guards of the table, the rest read, nothing rewritten."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from eligibility.engine.words import provision_in_words
from employer_portal.actors import person, staff
from employer_portal.matching import Application
from employer_portal.models import (
    Employer,
    FeePayment,
    LedgerEntry,
    Membership,
    Notification,
    OfferEvent,
    OfferNumberAllotment,
    OfferOfEmployment,
    Refund,
    Standing,
)
from employer_portal.offers import (
    match_offer,
    request_withdrawal,
    submit_offer,
    unmatch_offer,
    withdraw_offer,
)
from employer_portal.payments import hear, start_payment
from employer_portal.staff_moves import last_event
from employer_portal.tokens import find_token, make_token
from exemption_codes.models import CatalogueRelease
from tests.eligibility.factories import member as staff_member
from tests.employer_portal.factories import MembershipFactory, draft

LIST = "admin:employer_portal_offerofemployment_changelist"
MODELS = (
    "offerofemployment", "offerevent", "offernumberallotment", "employer", "membership", "feecharge", "feepayment",
    "refund", "ledgerentry", "notification", "apitoken",
)  # fmt: skip


@pytest.fixture
def member(release: CatalogueRelease) -> Membership:
    found: Membership = MembershipFactory()
    return found


@pytest.fixture
def officer(client: Client, release: CatalogueRelease) -> Client:
    client.force_login(staff_member("Portal officers", username="officer"))
    return client


def issued(member: Membership, **changes: Any) -> OfferOfEmployment:
    offer = submit_offer(draft(member, **changes).pk, person(member.user))
    hear(start_payment(offer.charge_id, person(member.user), "key"), "confirmed")
    return OfferOfEmployment.objects.get(pk=offer.pk)


def matched(member: Membership) -> OfferOfEmployment:
    offer = issued(member)
    assert match_offer(offer.pk, Application(str(offer.number), "XA-000 123", "US"), staff(member.user)) == ()
    return OfferOfEmployment.objects.get(pk=offer.pk)


def page_of(offer: OfferOfEmployment) -> str:
    return reverse("admin:employer_portal_offerofemployment_change", args=[offer.pk])


def move(client: Client, offer: OfferOfEmployment, event: str, seen: int | None = None, **said: Any) -> Any:
    address = reverse("admin:employer_portal_offerofemployment_move", args=[offer.pk, event])
    return client.post(address, {"seen": last_event(offer) if seen is None else seen, **said})


def status(offer: OfferOfEmployment) -> str:
    return OfferOfEmployment.objects.values_list("status", flat=True).get(pk=offer.pk)


def shown(client: Client, query: str) -> list[str]:
    answer = client.get(f"{reverse(LIST)}?{query}")
    assert answer.status_code == 200
    return [str(offer.pk) for offer in answer.context["cl"].result_list]


def test_an_offer_is_found_by_number_employer_and_worker_whose_name_stands_in_no_address(
    officer: Client, member: Membership
) -> None:
    wanted, other_member = issued(member), MembershipFactory()
    Employer.objects.filter(pk=other_member.employer_id).update(legal_name="Phares Fictifs Inc.")
    other = draft(other_member, worker_family_name="Exemple", worker_passport_number="ZZ9")
    assert shown(officer, f"q={str(wanted.number).lower()}") == [str(wanted.pk)]
    assert shown(officer, "q=phares+fictifs") == [str(other.pk)]
    for typed in ("XA-000 123", "kim  EXAMPLE"):
        found = officer.post(reverse("admin:employer_portal_offerofemployment_find"), {"typed": typed})
        assert "example" not in found["Location"].casefold().replace("worker", "")
        assert "000" not in found["Location"] or "XA-000" not in found["Location"]
        assert shown(officer, found["Location"].partition("?")[2]) == [str(wanted.pk)]
    nobody = officer.post(reverse("admin:employer_portal_offerofemployment_find"), {"typed": "XA000123"})
    assert shown(officer, nobody["Location"].partition("?")[2]) == []


@pytest.mark.parametrize(
    ("language", "words", "fee"), [("en", "Match undone", "230.00 CAD"), ("fr", "Jumelage annulé", "230,00 CAD")]
)
def test_the_page_of_an_offer_shows_everything_about_it(
    officer: Client, member: Membership, language: str, words: str, fee: str
) -> None:
    offer = matched(member)
    unmatch_offer(offer.pk, staff(member.user), "Another application.")
    officer.cookies["django_language"] = language
    page = officer.get(page_of(offer)).content.decode()
    for text in (str(offer.number), "Lighthouse engineer", "Halifax", fee, words, "Another application.", "T36"):
        assert text in page
    assert str(offer.charge.payments.get().receipt) in page  # type: ignore[union-attr]


def test_a_match_that_fails_says_which_field_differs_and_is_noted_once(officer: Client, member: Membership) -> None:
    offer = issued(member)
    seen = last_event(offer)
    said = {"number": offer.number, "passport_number": "XA000123", "citizenship": "CA"}
    for _twice in range(2):
        answer = move(officer, offer, "match", seen, **said)
        assert answer.status_code == 422
        assert set(answer.context["form"].errors) == {"passport_number", "citizenship"}
    assert offer.events.filter(event="match_failed").count() == 1
    after = re.search(r'name="seen" value="(\d+)"', answer.content.decode())
    assert after is not None
    again = move(
        officer, offer, "match", int(after[1]), **{**said, "passport_number": "XA-000 123", "citizenship": "US"}
    )
    assert (again.status_code, status(offer)) == (302, "matched")


def test_a_passport_is_compared_with_its_spaces(officer: Client, member: Membership) -> None:
    offer = issued(member)
    said = {"number": offer.number, "passport_number": "XA-000 123 ", "citizenship": "US"}
    assert set(move(officer, offer, "match", **said).context["form"].errors) == {"passport_number"}
    early = {"applied_at": (timezone.localtime() - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")}
    move(officer, offer, "match", **{**said, "passport_number": "XA-000 123", **early})
    assert status(offer) == "matched"
    assert offer.events.filter(event="applied_early").exists()


REASON = {"reason": "As the office said."}
AFTER = [
    ("unmatch", matched, REASON, "issued"),
    ("refuse", matched, REASON, "refused"),
    ("worker_withdraws", matched, REASON, "closed_no_permit"),
    ("print_permit", matched, {"issued_on": "2026-11-23", "expires_on": "2027-11-23"}, "used"),
]


@pytest.mark.parametrize(("event", "make", "said", "after"), AFTER)
def test_a_move_is_made_once_however_often_its_form_is_sent(
    officer: Client, member: Membership, event: str, make: Callable[..., Any], said: Any, after: str
) -> None:
    offer = make(member)
    seen = last_event(offer)
    assert (
        officer.get(reverse("admin:employer_portal_offerofemployment_move", args=[offer.pk, event])).status_code == 200
    )
    for _click in range(2):
        assert move(officer, offer, event, seen, **said)["Location"] == page_of(offer)
    assert status(offer) == after
    written = offer.events.get(event=event)
    assert written.party == "staff"
    assert written.reason == said.get("reason", "")
    owed = Refund.objects.filter(offer=offer).count()
    assert owed == (1 if after in ("refused", "closed_no_permit") else 0)


@pytest.mark.parametrize(("event", "after"), [("confirm_withdrawal", "withdrawn"), ("decline_withdrawal", "matched")])
def test_a_withdrawal_that_was_asked_for_is_confirmed_or_declined(
    officer: Client, member: Membership, event: str, after: str
) -> None:
    offer = matched(member)
    request_withdrawal(offer.pk, person(member.user))
    move(officer, offer, event, **REASON)
    assert status(offer) == after


@pytest.mark.parametrize(
    ("event", "said", "wrong"),
    [
        ("refuse", {}, {"reason"}),
        ("refuse", {"reason": " "}, {"reason"}),
        ("print_permit", {"issued_on": "2026-11-25"}, {"issued_on"}),
        ("print_permit", {"issued_on": "2026-11-20", "expires_on": "2026-11-19"}, {"expires_on"}),
        ("confirm_withdrawal", REASON, {"__all__"}),
        ("expire", {}, {"__all__"}),
    ],
)
def test_what_a_move_lacks_or_may_not_stands_beside_its_field(
    officer: Client, member: Membership, event: str, said: Any, wrong: set[str]
) -> None:
    offer = matched(member)
    answer = move(officer, offer, event, **said)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == wrong
    assert status(offer) == "matched"
    assert 'role="alert"' in answer.content.decode()


def test_a_form_that_was_opened_before_somebody_else_moved_the_offer_moves_nothing(
    officer: Client, member: Membership
) -> None:
    offer = matched(member)
    seen = last_event(offer)
    unmatch_offer(offer.pk, staff(member.user))
    match_offer(offer.pk, Application(str(offer.number), "XA-000 123", "US"), staff(member.user))
    assert set(move(officer, offer, "refuse", seen, **REASON).context["form"].errors) == {"__all__"}
    assert status(offer) == "matched"
    assert move(officer, offer, "no-such-move").status_code == 404


def test_a_refund_is_settled_a_token_revoked_and_a_standing_changed(officer: Client, member: Membership) -> None:
    offer = issued(member)
    withdraw_offer(offer.pk, person(member.user))
    refund = Refund.objects.get()
    settle = reverse("admin:employer_portal_refund_act", args=[refund.pk])
    assert set(officer.post(settle, {}).context["form"].errors) == {"__all__"}  # it has not been sent yet
    Refund.objects.update(status="sent", sent_at=timezone.now())
    assert officer.post(settle).status_code == 302
    assert Refund.objects.get().status == "arrived"

    made = make_token(member.employer, "Payroll", person(member.user))
    assert made.secret is not None
    assert officer.post(reverse("admin:employer_portal_apitoken_act", args=[made.token.pk])).status_code == 302
    assert find_token(made.secret) is None

    standing = reverse("admin:employer_portal_employer_act", args=[member.employer_id])
    said = {"standing": Standing.UNTIL.value, "reason": "Public list"}
    assert set(officer.post(standing, said).context["form"].errors) == {"until"}
    assert set(officer.post(standing, {**said, "until": "2028-01-01", "reason": ""}).context["form"].errors) == {
        "reason"
    }
    for _click in range(2):
        assert officer.post(standing, {**said, "until": "2028-01-01"}).status_code == 302
    changed = Employer.objects.get(pk=member.employer_id)
    assert (changed.standing, changed.ineligible_until) == ("ineligible_until", date(2028, 1, 1))
    page = officer.get(reverse("admin:employer_portal_employer_change", args=[changed.pk])).content.decode()
    assert page.count("Public list") == 1
    assert member.user.email in page


def rows(member: Membership) -> dict[str, Any]:
    """Return one object of every list."""
    offer = issued(member)
    withdraw_offer(offer.pk, person(member.user))
    told = Notification.objects.create(person=member.user, employer=member.employer, offer=offer, kind="withdraw")
    found = {
        "offerofemployment": offer,
        "offerevent": offer.events.last(),
        "offernumberallotment": OfferNumberAllotment.objects.get(number=offer.number),
        "employer": member.employer,
        "membership": member,
        "feecharge": offer.charge,
        "feepayment": FeePayment.objects.get(charge=offer.charge),
        "refund": offer.refunds.get(),
        "ledgerentry": LedgerEntry.objects.filter(charge=offer.charge).first(),
        "notification": told,
        "apitoken": make_token(member.employer, "Payroll", person(member.user)).token,
    }
    assert set(found) == set(MODELS)
    return found


def test_every_list_is_read_and_nothing_in_it_is_added_changed_or_deleted(officer: Client, member: Membership) -> None:
    for name, row in rows(member).items():
        listed = reverse(f"admin:employer_portal_{name}_changelist")
        assert officer.get(listed).status_code == 200, name
        page = officer.get(reverse(f"admin:employer_portal_{name}_change", args=[row.pk]))
        assert page.status_code == 200, name
        assert 'name="_save"' not in page.content.decode(), name
        for act in ("add", "change", "delete"):
            args = [] if act == "add" else [row.pk]
            answer = officer.post(reverse(f"admin:employer_portal_{name}_{act}", args=args), {"post": "yes"})
            assert answer.status_code == 403, (name, act)
        action = {"action": "delete_selected", "_selected_action": [str(row.pk)], "post": "yes"}
        officer.post(listed, action)
        assert type(row).objects.filter(pk=row.pk).exists(), name


@pytest.mark.parametrize("group", ["Auditors", "Consultants", "Publishers"])
def test_who_may_only_read_moves_nothing_and_others_see_nothing(client: Client, member: Membership, group: str) -> None:
    client.force_login(staff_member(group, username="officer"))
    offer = matched(member)
    expected = 200 if group == "Auditors" else 403
    for name, row in rows(MembershipFactory()).items():
        page = reverse(f"admin:employer_portal_{name}_change", args=[row.pk])
        assert client.get(reverse(f"admin:employer_portal_{name}_changelist")).status_code == expected, name
        assert client.get(page).status_code == expected, name
        if name in ("refund", "apitoken", "employer"):
            assert client.post(reverse(f"admin:employer_portal_{name}_act", args=[row.pk])).status_code == 403
    assert move(client, offer, "refuse", **REASON).status_code == 403
    assert status(offer) == "matched"


def queries(client: Client, address: str, count: Any) -> int:
    client.get(address)
    with count() as made:
        assert client.get(address).status_code == 200
    return len(made)


def test_a_page_asks_the_database_as_often_for_many_rows_as_for_few(
    officer: Client, member: Membership, django_assert_max_num_queries: Any
) -> None:
    def count() -> Any:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        return CaptureQueriesContext(connection)

    offer = rows(member)["offerofemployment"]
    addresses = [page_of(offer), *(reverse(f"admin:employer_portal_{name}_changelist") for name in MODELS)]
    few = {address: queries(officer, address, count) for address in addresses}
    for _more in range(3):
        rows(MembershipFactory())
    for number in range(3):
        OfferEvent.objects.create(
            offer=offer, event="surplus_capture", target="withdrawn", by=member.user, party="staff"
        )
        offer.sites.create(position=10 + number, city="Halifax", province="NS")
        FeePayment.objects.create(charge=offer.charge, idempotency_key=f"more {number}", variant="dummy", total=1)
    many = {address: queries(officer, address, count) for address in addresses}
    assert many == few
    assert max(many.values()) <= 40


def test_every_model_of_the_register_is_read_only_for_staff() -> None:
    for model in (OfferEvent, LedgerEntry, OfferNumberAllotment):
        registered = admin.site.get_model_admin(model)
        assert not registered.has_change_permission(None)  # type: ignore[arg-type]
        assert not registered.has_add_permission(None)  # type: ignore[arg-type]
        assert not registered.has_delete_permission(None)  # type: ignore[arg-type]


def test_events_and_notifications_are_listed_in_the_words_of_the_reader(officer: Client, member: Membership) -> None:
    submit_offer(draft(member).pk, person(member.user))
    Notification.objects.create(person=member.user, employer=member.employer, kind="duty_reminder")
    officer.cookies["django_language"] = "fr"
    events = officer.get("/admin/employer_portal/offerevent/?event=submit&party=employer").content.decode()
    assert "en attente des frais" in events.casefold()
    assert "l’employeur" in events
    assert ">awaiting_fee<" not in events
    assert ">submit<" not in events
    shown = officer.get("/admin/employer_portal/notification/").content.decode()
    assert "Rappel d’une obligation" in shown
    assert "duty_reminder<" not in shown
    issued(member)
    assert "Confirmé" in officer.get("/admin/employer_portal/feepayment/").content.decode()
    charge = FeePayment.objects.get().charge
    charged = officer.get(f"/admin/employer_portal/feecharge/{charge.pk}/change/").content.decode()
    assert provision_in_words(charge.provisions[0], "fr") in charged
    assert f"&quot;{charge.provisions[0]}" not in charged
    event = OfferEvent.objects.last()
    assert event is not None
    assert officer.get(f"/admin/employer_portal/offerevent/{event.pk}/change/").status_code == 200
