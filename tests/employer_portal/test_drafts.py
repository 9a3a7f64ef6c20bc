from typing import Any

import pytest

from employer_portal.actors import person
from employer_portal.content import CONTENT_FIELDS, SITES, content_of
from employer_portal.drafts import (
    begin_from_template,
    begin_group,
    begin_offer,
    claim_fee_exemption,
    delete_draft,
    delete_template,
    duplicate_offer,
    make_template,
    put_in_group,
    restore_draft,
    save_draft,
)
from employer_portal.errors import ActionNotAllowed, FieldsInvalid, OfferMoveRefused, StaleDraft
from employer_portal.lookups import folded, lookup_hashes
from employer_portal.models import DraftVersion, Membership, OfferOfEmployment
from employer_portal.offers import submit_offer, withdraw_offer
from employer_portal.payments import start_payment
from exemption_codes.catalogue.rulebook import Rulebook
from tests.employer_portal.factories import BranchFactory, MembershipFactory, charity_draft, content, draft, group_of


def fresh(offer: OfferOfEmployment) -> OfferOfEmployment:
    return OfferOfEmployment.objects.get(pk=offer.pk)


def test_a_draft_begins_empty_and_keeps_each_field_by_itself(member: Membership) -> None:
    who = person(member.user)
    offer = begin_offer(member.employer, who)
    assert (offer.status, offer.version) == ("draft", 1)
    save_draft(offer.pk, 1, {"job_title": "  Keeper  "}, who)
    saved = save_draft(offer.pk, 2, {"hours_per_week": "37.5", "noc_code": "21300"}, who)
    assert (saved.version, saved.job_title, str(saved.hours_per_week), saved.noc_code) == (
        3,
        "Keeper",
        "37.50",
        "21300",
    )


def test_every_field_is_kept_as_it_was_given(member: Membership) -> None:
    given = content()
    stored = content_of(fresh(draft(member)))
    assert stored[SITES] == [{"name": "", **given.pop(SITES)[0]}]
    numbers = {"hours_per_day": "7.50", "hours_per_week": "37.50", "vacation_days": "15.0"}
    assert {name: stored[name] for name in given} == {
        **given, **numbers, "agreement_hours_per_week": "37.50"
    }  # fmt: skip
    assert set(stored) == {*CONTENT_FIELDS, SITES}


def test_names_are_kept_as_typed_whatever_their_letters(member: Membership) -> None:
    offer = draft(member, worker_family_name="Ōé & Co./\u202aشمس ’x", job_title="R&D / « chef » <b>")
    assert fresh(offer).worker_family_name == "Ōé & Co./\u202aشمس ’x"
    assert fresh(offer).job_title == "R&D / « chef » <b>"


def test_a_stale_save_changes_nothing_shows_the_difference_and_loses_nothing(member: Membership) -> None:
    who = person(member.user)
    offer = begin_offer(member.employer, who, {"job_title": "Keeper", "noc_code": "21300"})
    save_draft(offer.pk, 1, {"job_title": "Engineer"}, who)
    with pytest.raises(StaleDraft) as refused:
        save_draft(offer.pk, 1, {"job_title": "Painter", "noc_code": "21300", "main_duties": "Paints."}, who)
    assert refused.value.difference == {
        "job_title": ("Keeper", "Engineer", "Painter"),
        "main_duties": ("", "", "Paints."),
    }
    assert fresh(offer).job_title == "Engineer"
    late = DraftVersion.objects.get(offer=offer, number=None)
    assert (late.content["job_title"], late.content["main_duties"], late.based_on) == ("Painter", "Paints.", 1)


def test_a_stale_save_of_places_shows_them(member: Membership) -> None:
    who = person(member.user)
    offer = begin_offer(member.employer, who)
    save_draft(offer.pk, 1, {SITES: [{"city": "Halifax"}]}, who)
    with pytest.raises(StaleDraft) as refused:
        save_draft(offer.pk, 1, {SITES: [{"city": "Truro"}]}, who)
    _before, stored, typed = refused.value.difference[SITES]
    assert (stored[0]["city"], typed[0]["city"]) == ("Halifax", "Truro")
    assert fresh(offer).sites.get().city == "Halifax"


def test_the_same_save_twice_is_told_apart_only_by_its_version(member: Membership) -> None:
    who = person(member.user)
    offer = begin_offer(member.employer, who)
    save_draft(offer.pk, 1, {"job_title": "Keeper"}, who)
    with pytest.raises(StaleDraft) as refused:
        save_draft(offer.pk, 1, {"job_title": "Keeper"}, who)
    assert refused.value.difference == {}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"noc_code": "123456"}, "noc_code"),
        ({"worker_date_of_birth": "31-31-1990"}, "worker_date_of_birth"),
        ({"worker_citizenship": "XX"}, "worker_citizenship"),
        ({"hourly_wage_cad": "much"}, "hourly_wage_cad"),
        ({"hourly_wage_cad": "12345678901"}, "hourly_wage_cad"),
        ({"worker_sex": "Q"}, "worker_sex"),
        ({"worker_email": "nobody"}, "worker_email"),
        ({"main_duties": "x" * 8001}, "main_duties"),
        ({"worker_family_name": "x" * 201}, "worker_family_name"),
        ({"worker_family_name": "O\x00x"}, "worker_family_name"),
        ({"job_title": "Keeper \ud800"}, "job_title"),
        ({"acknowledged": {"wage.low": "\x00"}}, "acknowledged"),
        ({"status": "issued"}, "status"),
        ({"number": "A1234567"}, "number"),
        ({"declared": ["everything"]}, "declared"),
        ({"acknowledged": {"wage.low": 5}}, "acknowledged"),
        ({SITES: "Halifax"}, SITES),
        ({SITES: [{"province": "ZZ"}]}, "sites.0.province"),
        ({SITES: [{"id": "1"}]}, "sites.0.id"),
        ({SITES: [{}] * 501}, SITES),
        ({"facts": {"offer.colour": "red"}}, "facts.offer.colour"),
        ({"facts": {"applicant.education_level": "wizard"}}, "facts.applicant.education_level"),
    ],
    ids=lambda value: ascii(value)[:40],
)
def test_what_cannot_be_stored_is_refused_beside_its_field(
    member: Membership, rulebook: Rulebook, changes: dict[str, Any], field: str
) -> None:
    offer = begin_offer(member.employer, person(member.user))
    with pytest.raises(FieldsInvalid) as refused:
        save_draft(offer.pk, 1, {"job_title": "Keeper", **changes}, person(member.user), rulebook)
    assert set(refused.value.fields) == {field}
    text = refused.value.fields[field]
    assert text.en != text.fr
    assert fresh(offer).version == 1


def test_unlimited_places_of_work_keep_their_order(member: Membership) -> None:
    sites = [{"city": f"Town {number}"} for number in range(120)]
    offer = draft(member, sites=sites)
    assert [site.city for site in offer.sites.order_by("position")] == [site["city"] for site in sites]


def test_a_deleted_draft_can_be_restored_with_everything(member: Membership) -> None:
    who = person(member.user)
    offer = draft(member)
    before = content_of(offer)
    delete_draft(offer.pk, who)
    assert fresh(offer).status == "deleted"
    with pytest.raises(OfferMoveRefused):
        save_draft(offer.pk, 1, {"job_title": "Keeper"}, who)
    restore_draft(offer.pk, who)
    assert content_of(fresh(offer)) == before


def test_a_filed_offer_is_never_edited_and_says_what_to_do_instead(member: Membership) -> None:
    who = person(member.user)
    offer = submit_offer(charity_draft(member).pk, who)
    with pytest.raises(OfferMoveRefused) as refused:
        save_draft(offer.pk, offer.version, {"job_title": "Keeper"}, who)
    assert (refused.value.reason, refused.value.instead) == ("status", "withdraw")
    assert fresh(offer).job_title == "Lighthouse engineer"


def test_a_copy_takes_fields_but_not_number_fee_claim_or_declarations(member: Membership) -> None:
    who = person(member.user)
    offer = submit_offer(charity_draft(member).pk, who)
    with pytest.raises(OfferMoveRefused):
        duplicate_offer(offer.pk, who)
    withdraw_offer(offer.pk, who)
    copy = duplicate_offer(offer.pk, who)
    assert (copy.status, copy.number, copy.charge, copy.declared, copy.fee_exemption) == ("draft", None, None, [], "")
    assert (copy.job_title, copy.worker_passport_number) == (offer.job_title, offer.worker_passport_number)
    assert copy.copied_from == offer
    assert copy.sites.get().city == "Halifax"


def test_a_template_keeps_the_position_and_nobody(member: Membership) -> None:
    who = person(member.user)
    template = make_template(draft(member).pk, "Engineer", who)
    assert not any(name.startswith(("worker_", "agreement_")) for name in template.content)
    offer = begin_from_template(template, who, {"worker_family_name": "Other"})
    assert (offer.job_title, offer.worker_family_name, offer.worker_passport_number) == (
        "Lighthouse engineer",
        "Other",
        None,
    )
    assert offer.sites.get().city == "Halifax"


def test_a_worker_is_found_by_the_hash_of_name_or_passport(member: Membership) -> None:
    offer = draft(member, worker_family_name="Ñandú", worker_given_names="Zoë")
    found = OfferOfEmployment.objects.filter(worker_passport_hash__in=lookup_hashes("passport", "XA-000 123"))
    assert list(found) == [offer]
    named = OfferOfEmployment.objects.filter(worker_name_hash__in=lookup_hashes("name", folded(" zoe  NANDU ")))
    assert list(named) == [offer]


def test_old_versions_are_kept_up_to_a_limit(member: Membership) -> None:
    who = person(member.user)
    offer = begin_offer(member.employer, who)
    for version in range(1, 56):
        save_draft(offer.pk, version, {"job_title": f"Keeper {version}"}, who)
    kept = DraftVersion.objects.filter(offer=offer).order_by("number").values_list("number", flat=True)
    assert list(kept) == list(range(7, 57))


def test_a_stranger_writes_nothing(member: Membership) -> None:
    stranger = person(MembershipFactory().user)
    offer = draft(member)
    for attempt in (
        lambda: begin_offer(member.employer, stranger),
        lambda: save_draft(offer.pk, 1, {"job_title": "X"}, stranger),
        lambda: delete_draft(offer.pk, stranger),
        lambda: make_template(offer.pk, "X", stranger),
        lambda: submit_offer(offer.pk, stranger),
    ):
        with pytest.raises(ActionNotAllowed):
            attempt()
    assert fresh(offer).status == "draft"


def test_who_acts_for_a_branch_begins_offers_of_the_branch(portal: object) -> None:
    branch = BranchFactory()
    member = MembershipFactory(employer=branch.employer, branch=branch, role="secondary")
    assert begin_offer(branch.employer, person(member.user)).branch == branch


def test_an_offer_never_begins_in_a_branch_or_group_of_somebody_else(portal: object) -> None:
    branch = BranchFactory()
    member = MembershipFactory(employer=branch.employer, branch=branch, role="secondary")
    head = MembershipFactory(employer=branch.employer)
    elsewhere, sister = BranchFactory(), BranchFactory(employer=branch.employer)
    for who, wanted in ((member, sister), (member, elsewhere), (head, elsewhere)):
        with pytest.raises(ActionNotAllowed):
            begin_offer(branch.employer, person(who.user), branch=wanted)
    with pytest.raises(ActionNotAllowed):
        begin_offer(branch.employer, person(head.user), group=group_of(0))
    assert begin_offer(branch.employer, person(head.user), branch=sister).branch == sister


def test_a_draft_is_put_into_a_group_of_its_employer_and_taken_out(member: Membership) -> None:
    who = person(member.user)
    offer, group = draft(member), begin_group(member.employer, " Ensemble ", who)
    assert put_in_group(offer.pk, group, who).group == group
    with pytest.raises(ActionNotAllowed):
        put_in_group(offer.pk, group_of(0), who)
    assert put_in_group(offer.pk, None, who).group is None
    submit_offer(offer.pk, who)
    with pytest.raises(OfferMoveRefused):
        put_in_group(offer.pk, group, who)


def test_a_claim_is_a_save_of_the_draft(member: Membership) -> None:
    who = person(member.user)
    offer = claim_fee_exemption(draft(member).pk, 1, "research", "Designated work.", who)
    assert (offer.version, offer.fee_exemption, offer.fee_exemption_explanation) == (2, "research", "Designated work.")


def test_a_deleted_template_leaves_its_offers(member: Membership) -> None:
    who = person(member.user)
    template = make_template(draft(member).pk, "Engineer", who)
    offer = begin_from_template(template, who)
    with pytest.raises(ActionNotAllowed):
        delete_template(template, person(MembershipFactory().user))
    delete_template(template, who)
    assert fresh(offer).job_title == "Lighthouse engineer"


def test_paying_for_a_stranger_is_refused(member: Membership) -> None:
    offer = submit_offer(draft(member).pk, person(member.user))
    with pytest.raises(ActionNotAllowed):
        start_payment(offer.charge_id, person(MembershipFactory().user), "key")
