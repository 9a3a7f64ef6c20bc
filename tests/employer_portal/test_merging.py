"""Drafts that several people write: what only one changed is put together, the rest is compared and chosen."""

import pytest

from employer_portal.actors import Actor, person
from employer_portal.drafts import begin_offer, save_draft
from employer_portal.errors import StaleDraft
from employer_portal.merging import compare, late_save, save_good, save_merged, settle
from employer_portal.models import DraftVersion, Membership, OfferEvent, OfferOfEmployment
from tests.employer_portal.factories import MembershipFactory, draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(portal: object) -> Membership:
    member: Membership = MembershipFactory()
    return member


@pytest.fixture
def who(member: Membership) -> Actor:
    return person(member.user)


@pytest.fixture
def other(member: Membership) -> Actor:
    return person(MembershipFactory(employer=member.employer).user)


def fresh(offer: OfferOfEmployment) -> OfferOfEmployment:
    return OfferOfEmployment.objects.get(pk=offer.pk)


def test_two_people_on_two_steps_lose_nothing_and_are_not_asked(member: Membership, who: Actor, other: Actor) -> None:
    offer = draft(member)
    save_merged(offer.pk, 1, {"job_title": "Keeper", "hours_per_day": "7.5"}, other)
    saved = save_merged(offer.pk, 1, {"worker_family_name": "Exemple", "job_title": offer.job_title}, who)
    assert (saved.version, saved.worker_family_name, saved.job_title) == (3, "Exemple", "Keeper")


def test_a_save_that_changes_nothing_writes_nothing(member: Membership, who: Actor) -> None:
    offer = draft(member)
    saved = save_merged(offer.pk, 1, {"job_title": f" {offer.job_title} ", "hours_per_week": "37.50"}, who)
    assert saved.version == 1
    assert not OfferEvent.objects.filter(offer=offer, event="save").exists()


def test_the_same_field_written_by_two_is_kept_compared_and_chosen(
    member: Membership, who: Actor, other: Actor
) -> None:
    offer = draft(member)
    save_draft(offer.pk, 1, {"job_title": "Theirs", "main_duties": "Their duties."}, other)
    mine = {"job_title": "Mine", "main_duties": "My duties.", "recruiter": "Nobody Inc."}
    with pytest.raises(StaleDraft) as stale:
        save_merged(offer.pk, 1, mine, who)
    assert fresh(offer).job_title == "Theirs"
    late = late_save(offer, stale.value.kept_id)
    assert late is not None
    comparison = compare(late, fresh(offer))
    assert comparison.conflicts["job_title"] == ("Lighthouse engineer", "Theirs", "Mine")
    assert set(comparison.conflicts) == {"job_title", "main_duties"}
    assert comparison.only_late == {"recruiter": "Nobody Inc."}
    saved = settle(comparison, 2, {"main_duties"}, who)
    assert (saved.job_title, saved.main_duties, saved.recruiter) == ("Theirs", "My duties.", "Nobody Inc.")


def test_reasons_given_by_two_people_are_both_kept(member: Membership, who: Actor, other: Actor) -> None:
    offer = draft(member, acknowledged={"hours.part_time": "first"})
    save_merged(offer.pk, 1, {"acknowledged": {"hours.part_time": "first", "wage.low.NS": "theirs"}}, other)
    save_merged(offer.pk, 1, {"acknowledged": {"hours.part_time": "mine"}}, who)
    assert fresh(offer).acknowledged == {"hours.part_time": "mine", "wage.low.NS": "theirs"}


def test_a_base_that_is_no_longer_kept_is_compared_not_guessed(member: Membership, who: Actor, other: Actor) -> None:
    offer = draft(member)
    save_draft(offer.pk, 1, {"job_title": "Theirs"}, other)
    DraftVersion.objects.filter(offer=offer, number=1).delete()
    with pytest.raises(StaleDraft):
        save_merged(offer.pk, 1, {"recruiter": "Nobody Inc."}, who)


def test_what_can_be_stored_is_saved_beside_what_cannot(member: Membership, who: Actor) -> None:
    offer = begin_offer(member.employer, who)
    typed = {
        "job_title": "Keeper", "noc_code": "2130099", "hours_per_day": "30", "hourly_wage_cad": "-1",
        "starts_on": "2027-05-02", "ends_on": "2027-05-01", "hours_per_week": "37.5",
    }  # fmt: skip
    saved, wrong = save_good(offer.pk, 1, typed, who)
    assert set(wrong) == {"noc_code", "hours_per_day", "hourly_wage_cad", "starts_on", "ends_on"}
    assert (saved.job_title, str(saved.hours_per_week), saved.starts_on) == ("Keeper", "37.50", None)
