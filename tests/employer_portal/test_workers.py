from datetime import date, timedelta

import pytest
from django.utils import timezone

from employer_portal.actors import person
from employer_portal.errors import ActionNotAllowed, InvitationInvalid
from employer_portal.models import Membership, OfferOfEmployment, WorkerConfirmation
from employer_portal.offers import submit_offer, withdraw_offer
from employer_portal.workers import (
    confirm,
    differences,
    facts_for_applicant,
    invite_worker,
    latest_confirmation,
    open_confirmation,
)
from tests.employer_portal.factories import MembershipFactory, charity_draft, draft

BORN = date(1990, 2, 3)


@pytest.fixture
def member(portal: object) -> Membership:
    return MembershipFactory()


def passport(offer: OfferOfEmployment, **changes: object) -> dict[str, object]:
    said = {
        "family_name": "Example", "given_names": "Kim", "date_of_birth": BORN, "passport_number": "XA-000 123",
        "passport_expires_on": offer.worker_passport_expires_on, "citizenship": "US",
    }  # fmt: skip
    return {**said, **changes}


def test_what_the_worker_confirms_is_compared_sign_by_sign(member: Membership) -> None:
    offer = draft(member)
    _confirmation, secret = invite_worker(offer.pk, "kim@worker.example", "fr", person(member.user))
    said = confirm(secret, passport(offer, passport_number="XA000123", given_names="Kím"))
    fresh = OfferOfEmployment.objects.get(pk=offer.pk)
    assert differences(fresh, said) == {
        "worker_passport_number": ("XA-000 123", "XA000123"),
        "worker_given_names": ("Kim", "Kím"),
    }
    again = confirm(secret, passport(fresh))
    assert differences(fresh, again) == {}
    assert latest_confirmation(offer) == again


@pytest.mark.parametrize("state", ["expired", "replaced", "unknown"])
def test_a_dead_link_opens_nothing(member: Membership, state: str) -> None:
    offer = draft(member)
    _confirmation, secret = invite_worker(offer.pk, "kim@worker.example", "en", person(member.user))
    if state == "expired":
        WorkerConfirmation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    if state == "replaced":
        invite_worker(offer.pk, "kim@worker.example", "en", person(member.user))
    if state == "unknown":
        secret = f"x{secret}"
    with pytest.raises(InvitationInvalid):
        open_confirmation(secret)
    with pytest.raises(InvitationInvalid):
        confirm(secret, passport(offer))


def test_a_stranger_invites_no_worker(member: Membership) -> None:
    with pytest.raises(ActionNotAllowed):
        invite_worker(draft(member).pk, "kim@worker.example", "en", person(MembershipFactory().user))


def test_an_applicant_learns_the_job_when_all_three_agree(member: Membership) -> None:
    offer = submit_offer(charity_draft(member).pk, person(member.user))
    facts = facts_for_applicant(f" {(offer.number or '').lower()} ", "XA-000 123", BORN)
    assert facts["offer.noc"] == "21300"
    assert facts["offer.province"] == "NS"
    assert not any(name.startswith("applicant.") for name in facts)


@pytest.mark.parametrize(
    ("number", "passport_number", "born"),
    [
        ("", "XA-000 124", BORN),
        ("", "XA-000 123", date(1990, 2, 4)),
        ("", "", BORN),
        ("A0000000", "XA-000 123", BORN),
        ("nonsense", "XA-000 123", BORN),
    ],
)
def test_an_applicant_learns_nothing_otherwise(
    member: Membership, number: str, passport_number: str, born: date
) -> None:
    offer = submit_offer(charity_draft(member).pk, person(member.user))
    assert facts_for_applicant(number or offer.number or "", passport_number, born) == {}


def test_a_dead_number_tells_nothing(member: Membership) -> None:
    offer = submit_offer(charity_draft(member).pk, person(member.user))
    withdraw_offer(offer.pk, person(member.user))
    assert facts_for_applicant(offer.number or "", "XA-000 123", BORN) == {}


def test_a_draft_without_a_number_is_found_by_nobody(member: Membership) -> None:
    draft(member)
    assert facts_for_applicant("", "XA-000 123", BORN) == {}
