"""The worker's pages, without an account: the passport compared, the questionnaire filled in, and nothing told."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from eligibility.models import Screening
from employer_portal.actors import person
from employer_portal.models import Membership, OfferOfEmployment, WorkerConfirmation
from employer_portal.offers import submit_offer, withdraw_offer
from employer_portal.workers import invite_worker
from exemption_codes.models import CatalogueRelease
from tests.employer_portal.factories import MembershipFactory, charity_draft, draft

QUOTE = "employer_portal:quote_offer"


@pytest.fixture
def member(release: CatalogueRelease) -> Membership:
    member: Membership = MembershipFactory()
    return member


def link_for(offer: OfferOfEmployment, member: Membership, name: str = "worker") -> str:
    _confirmation, secret = invite_worker(offer.pk, "kim@worker.example", "en", person(member.user))
    return reverse(f"employer_portal:{name}", kwargs={"token": secret})


def typed(offer: OfferOfEmployment, **changes: str) -> dict[str, Any]:
    given = {
        "family_name": "Example", "given_names": "Kim", "date_of_birth": "1990-02-03",
        "passport_number": "XA-000 123", "citizenship": "US",
        "passport_expires_on": str(offer.worker_passport_expires_on),
    }  # fmt: skip
    return {**given, **changes}


def test_the_link_tells_nothing_of_the_passport_and_compares_what_is_typed(client: Client, member: Membership) -> None:
    offer = draft(member)
    link = link_for(offer, member)
    asked = client.get(link)
    page = asked.content.decode()
    assert asked["Referrer-Policy"] == "same-origin"
    assert "noindex" in asked["X-Robots-Tag"]
    assert not any(secret in page for secret in ("XA-000 123", "1990", "Example"))
    wrong = client.post(link, typed(offer, passport_number="XA000123"), follow=True).content.decode()
    assert "The offer says something else here" in wrong
    assert "XA000123" in wrong
    assert "XA-000 123" not in wrong
    abroad = client.post(link, typed(offer, citizenship="BR", given_names=""), follow=True).content.decode()
    assert "<strong>Brazil</strong>" in abroad
    assert "<strong>nothing</strong>" in abroad
    right = client.post(link, typed(offer), follow=True).content.decode()
    assert "agree, sign by sign" in right


def test_of_an_offer_that_is_filed_the_page_does_not_say_that_it_is_being_prepared(
    client: Client, member: Membership
) -> None:
    link = link_for(submit_offer(charity_draft(member).pk, person(member.user)), member)
    assert "has prepared an offer" in client.get(link).content.decode()
    assert "is preparing an offer" in client.get(link_for(draft(member), member)).content.decode()


def test_an_empty_form_says_beside_each_field_what_is_missing(client: Client, member: Membership) -> None:
    answer = client.post(link_for(draft(member), member), {"family_name": "Exemple"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count('class="field has-error"') == 4
    assert 'value="Exemple"' in page
    assert not WorkerConfirmation.objects.filter(confirmed_at__isnull=False).exists()


@pytest.mark.parametrize("state", ["expired", "replaced", "unknown"])
def test_a_dead_link_says_so_and_no_more(client: Client, member: Membership, state: str) -> None:
    offer = draft(member)
    link = link_for(offer, member)
    if state == "expired":
        WorkerConfirmation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    if state == "replaced":
        link_for(offer, member)
    if state == "unknown":
        link = reverse("employer_portal:worker", kwargs={"token": "nobody"})
    answer = client.get(link)
    assert answer.status_code == 410
    assert member.employer.name not in answer.content.decode()
    assert client.post(link, typed(offer)).status_code == 410


def test_the_worker_starts_the_questionnaire_with_the_job_and_their_own_word(
    client: Client, member: Membership
) -> None:
    offer = draft(member)
    link = link_for(offer, member)
    client.post(link, typed(offer))
    answer = client.post(f"{link}questionnaire/")
    assert answer["Location"] == reverse("questionnaire:next")
    answers = Screening.objects.get().answers
    assert (answers["offer.noc"], answers["offer.province"]) == ("21300", "NS")
    assert (answers["applicant.citizenships"], answers["applicant.date_of_birth"]) == (["US"], "1990-02-03")
    assert client.get(answer["Location"], follow=True).status_code == 200


def test_an_offer_number_fills_the_job_only_when_all_three_agree(client: Client, member: Membership) -> None:
    offer = submit_offer(charity_draft(member).pk, person(member.user))
    right = {"number": offer.number, "passport_number": "XA-000 123", "date_of_birth": "1990-02-03"}
    refusals = [
        client.post(reverse(QUOTE), {**right, **wrong}).content.decode()
        for wrong in ({"number": "A0000000"}, {"passport_number": "XA000123"}, {"date_of_birth": "1990-02-04"})
    ]
    assert all("do not belong together" in page for page in refusals)
    assert not Screening.objects.exists()
    client.post(reverse(QUOTE), right)
    answers = Screening.objects.get().answers
    assert answers["offer.noc"] == "21300"
    assert not any(name.startswith("applicant.") for name in answers)
    withdraw_offer(offer.pk, person(member.user))
    assert "do not belong together" in client.post(reverse(QUOTE), right).content.decode()


def test_a_mistyped_number_gets_a_hint_and_many_tries_are_stopped(client: Client, member: Membership) -> None:
    rest = {"passport_number": "XA-000 123", "date_of_birth": "1990-02-03"}
    hinted = client.post(reverse(QUOTE), {"number": "a12 O4567", **rest})
    assert hinted.status_code == 422
    assert "A1204567" in hinted.content.decode()
    answers = [client.post(reverse(QUOTE), {"number": f"A000000{n % 10}", **rest}).status_code for n in range(11)]
    assert answers == [422] * 10 + [429]
