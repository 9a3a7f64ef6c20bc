"""The page of one offer: what it shows in each state, what may be done, and that it is done once."""

from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from employer_portal.actors import person, staff
from employer_portal.drafts import begin_group, put_in_group, save_draft
from employer_portal.matching import Application
from employer_portal.models import (
    DraftVersion,
    Employer,
    FeeCharge,
    Membership,
    OfferOfEmployment,
    OfferTemplate,
    Role,
)
from employer_portal.offers import match_offer, submit_offer
from employer_portal.workers import confirm, invite_worker
from tests.employer_portal.factories import EmployerFactory, MembershipFactory, UserFactory, charity_draft, draft
from tests.employer_portal.test_workers import passport
from tests.portal_pages.conftest import SignedIn


@pytest.fixture
def client(signed_in: SignedIn) -> Client:
    return signed_in(Role.SECONDARY)


@pytest.fixture
def member(client: Client, employer: Employer) -> Membership:
    return Membership.objects.get(user_id=client.session["_auth_user_id"], employer=employer)


def address(name: str, offer: OfferOfEmployment, **keys: Any) -> str:
    return reverse(f"employer_portal:{name}", kwargs={"employer_id": offer.employer_id, "offer_id": offer.pk, **keys})


def fresh(offer: OfferOfEmployment) -> OfferOfEmployment:
    return OfferOfEmployment.objects.get(pk=offer.pk)


def shown(client: Client, offer: OfferOfEmployment) -> str:
    return client.get(address("offer", offer)).content.decode()


def test_an_issued_offer_shows_its_number_and_offers_what_its_state_allows(
    client: Client, employer: Employer, member: Membership
) -> None:
    offer = submit_offer(charity_draft(member).pk, person(member.user))
    page = shown(client, offer)
    assert f'<span id="offer-number">{offer.number}</span>' in page
    for deed, is_open in (("correct", True), ("withdraw", True), ("request-withdrawal", False), ("delete", False)):
        assert (address("offer_deed", offer, deed=deed) in page) is is_open


def test_correcting_withdraws_and_opens_a_copy_once_however_often_it_is_pressed(
    client: Client, employer: Employer, member: Membership
) -> None:
    offer = submit_offer(charity_draft(member).pk, person(member.user))
    correct = address("offer_deed", offer, deed="correct")
    assert "its number dies" in client.get(correct).content.decode()
    first = client.post(correct, {"reason": "Wrong passport."})
    second = client.post(correct, {"reason": "Wrong passport."})
    copy = OfferOfEmployment.objects.get(copied_from=offer)
    assert first["Location"] == address("offer_step", copy, step="check")
    assert second["Location"] == address("offer", offer)
    assert (fresh(offer).status, copy.status, copy.declared, copy.number) == ("withdrawn", "draft", [], None)
    page = shown(client, offer)
    assert "Wrong passport." in page
    assert "This number is dead" in page


def test_a_linked_offer_is_withdrawn_by_a_request_with_its_message(
    client: Client, employer: Employer, member: Membership
) -> None:
    offer = submit_offer(charity_draft(member).pk, person(member.user))
    linked = Application(offer.number or "", "XA-000 123", "US")
    assert match_offer(offer.pk, linked, staff(UserFactory())) == ()
    client.post(address("offer_deed", offer, deed="withdraw"))
    assert fresh(offer).status == "matched"
    client.post(address("offer_deed", offer, deed="request-withdrawal"))
    assert f"Withdrawal of offer of employment {offer.number}" in shown(client, offer)


def test_a_submission_is_taken_back_and_a_draft_deleted_and_restored(
    client: Client, employer: Employer, member: Membership
) -> None:
    offer = submit_offer(draft(member).pk, person(member.user))
    for deed, state in (("cancel", "draft"), ("delete", "deleted"), ("restore", "draft")):
        client.post(address("offer_deed", offer, deed=deed))
        assert fresh(offer).status == state


def test_a_reader_does_nothing_and_another_employer_sees_nothing(signed_in: SignedIn, employer: Employer) -> None:
    member = MembershipFactory(employer=employer)
    offer = submit_offer(charity_draft(member).pk, person(member.user))
    reader, stranger = signed_in(Role.AUDITOR), signed_in(Role.SECONDARY, of=EmployerFactory())
    assert reader.get(address("offer", offer)).status_code == 200
    for name, keys in (("offer_deed", {"deed": "withdraw"}), ("offer_alike", {}), ("offer_invite_worker", {})):
        assert reader.post(address(name, offer, **keys)).status_code == 403
        assert stranger.post(address(name, offer, **keys)).status_code == 404
    assert fresh(offer).status == "issued"
    assert not mail.outbox


def test_versions_show_what_changed_and_templates_keep_the_position(
    client: Client, employer: Employer, member: Membership
) -> None:
    offer = draft(member)
    save_draft(offer.pk, 1, {"job_title": "Keeper", "worker_citizenship": "FR"}, person(member.user))
    version = DraftVersion.objects.get(offer=offer, number=2)
    page = client.get(address("offer_version", offer, version_id=version.pk)).content.decode()
    assert all(words in page for words in ("Lighthouse engineer", "Keeper", "United States", "France"))
    client.post(address("offer_template", offer), {"name": "Keepers"})
    assert OfferTemplate.objects.get(employer=employer).content["job_title"] == "Keeper"
    client.post(address("offer_alike", offer))
    alike = OfferOfEmployment.objects.filter(employer=employer).exclude(pk=offer.pk).get()
    assert (alike.job_title, alike.worker_family_name, alike.sites.count()) == ("Keeper", None, 1)


def test_a_group_is_filed_together_under_its_maximum(client: Client, employer: Employer, member: Membership) -> None:
    group = begin_group(employer, "Foghorn Ensemble", person(member.user))
    offers = [draft(member, worker_passport_number=f"XB{number}") for number in range(4)]
    for offer in offers[:3]:
        put_in_group(offer.pk, group, person(member.user))
    client.post(address("offer_put_in_group", offers[3]), {"group": str(group.pk)})
    keys = {"employer_id": employer.pk, "group_id": group.pk}
    assert "$690" in client.get(reverse("employer_portal:offer_group", kwargs=keys)).content.decode()
    for _press in range(2):
        client.post(reverse("employer_portal:offer_group_submit", kwargs=keys))
    assert [fresh(offer).status for offer in offers] == ["awaiting_fee"] * 4
    assert FeeCharge.objects.get(employer=employer).amount_cad == 690


def test_the_worker_is_invited_in_their_language_and_differences_are_shown(
    client: Client, employer: Employer, member: Membership
) -> None:
    offer = draft(member)
    client.post(address("offer_invite_worker", offer), {"email": "kim@worker.example", "language": "fr"})
    [message] = mail.outbox
    assert "vérifier les données de votre passeport" in message.subject
    assert "/fr/employers/worker/" in message.body
    assert "XA-000 123" not in message.body
    assert "/fr/employers/worker/" in shown(client, offer)
    assert "/fr/employers/worker/" not in shown(client, offer)
    _confirmation, secret = invite_worker(offer.pk, "kim@worker.example", "en", person(member.user))
    confirm(secret, passport(offer, passport_number="XA000123"))
    page = shown(client, offer)
    assert "<td>XA-000 123</td><td>XA000123</td>" in page


def test_the_page_takes_as_many_queries_for_a_long_history_as_for_a_short(
    client: Client, employer: Employer, member: Membership
) -> None:
    offer = draft(member)
    shown(client, offer)
    counted = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as queries:
            shown(client, offer)
        counted.append(len(queries))
        for number in range(12):
            current = fresh(offer).version
            save_draft(offer.pk, current, {"job_title": f"Keeper {number}"}, person(member.user))
    assert counted[0] == counted[1]


@pytest.mark.parametrize("is_filed", [False, True])
def test_a_reason_stands_with_the_warning_it_answers(
    client: Client, employer: Employer, member: Membership, is_filed: bool
) -> None:
    reasons = {"hours.part_time": "Half a lighthouse.", "wage.low.NS": "No longer the case."}
    week = {"hours_per_week": "20", "hours_per_day": "5", "agreement_hours_per_week": "20"}
    offer = charity_draft(member, **week, acknowledged=reasons)
    if is_filed:
        submit_offer(offer.pk, person(member.user))
    page = shown(client, offer)
    assert "Fewer than 30 hours a week is part-time" in page
    assert "Half a lighthouse." in page
    assert "No longer the case." not in page


def test_the_documents_of_an_offer_are_one_click_away(client: Client, employer: Employer, member: Membership) -> None:
    page = shown(client, charity_draft(member))
    offer = OfferOfEmployment.objects.get()
    assert address("documents", offer) in page
    assert f'class="back" href="{address("offer", offer)}"' in client.get(address("documents", offer)).content.decode()
    assert "1 document" in page
