"""What happens to offers: each action once, with what it checks, changes, books and writes down."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from pytest_django import Settings

from employer_portal import ledger
from employer_portal.actors import Actor, person, staff
from employer_portal.drafts import duplicate_offer, save_draft
from employer_portal.errors import (
    OfferMoveRefused,
    OfferNotReady,
    OfferNumberInvalid,
    OfferNumberTaken,
    PaymentRefused,
)
from employer_portal.expiry import expire_unused_offers
from employer_portal.matching import Application
from employer_portal.models import Employer, FeeCharge, Membership, OfferNumberAllotment, OfferOfEmployment, Refund
from employer_portal.offers import (
    cancel_submission,
    confirm_withdrawal,
    correct_offer,
    match_offer,
    print_permit,
    refuse_permit,
    request_withdrawal,
    submit_group,
    submit_offer,
    unmatch_offer,
    withdraw_offer,
    worker_withdraws,
)
from employer_portal.payments import hear, record_official_payment, start_payment
from tests.employer_portal.factories import MembershipFactory, UserFactory, charity_draft, draft, group_of


@pytest.fixture
def officer(portal: object) -> Actor:
    return staff(UserFactory(is_staff=True))


def fresh(offer: OfferOfEmployment) -> OfferOfEmployment:
    return OfferOfEmployment.objects.get(pk=offer.pk)


def pay(offer: OfferOfEmployment, who: Actor, key: str = "key") -> OfferOfEmployment:
    hear(start_payment(offer.charge_id, who, key), "confirmed")
    return fresh(offer)


def issued(member: Membership, **changes: Any) -> OfferOfEmployment:
    who = person(member.user)
    return pay(submit_offer(draft(member, **changes).pk, who), who)


def matched(member: Membership, officer: Actor) -> OfferOfEmployment:
    offer = issued(member)
    assert match_offer(offer.pk, Application(offer.number or "", "XA-000 123", "US"), officer) == ()
    return fresh(offer)


def events(offer: OfferOfEmployment) -> list[str]:
    return list(offer.events.values_list("event", flat=True))


# Submit ---------------------------------------------------------------------------------------------------------------


def test_submitting_freezes_the_offer_and_charges_the_fee(member: Membership, who: Actor) -> None:
    offer = submit_offer(draft(member).pk, who)
    assert (offer.status, offer.number, offer.fee_share_cad) == ("awaiting_fee", None, Decimal(230))
    charge = offer.charge
    assert charge is not None
    assert (charge.status, charge.amount_cad, charge.provisions) == ("open", Decimal(230), ["R303.1(1)"])
    assert offer.snapshot["job_title"] == "Lighthouse engineer"
    assert offer.snapshot["employer"]["legal_name"] == member.employer.legal_name
    assert offer.exemption is not None
    assert (offer.exemption.code, offer.exemption.release.digest) == ("T36", offer.release_digest)
    assert (offer.submitted_by, offer.submitted_at is None) == (who.user, False)
    assert ledger.balances()["receivable"] == Decimal(230)


def test_a_later_profile_leaves_a_filed_offer_as_it_was(member: Membership, who: Actor) -> None:
    offer = submit_offer(draft(member).pk, who)
    Employer.objects.filter(pk=member.employer_id).update(legal_name="Renamed")
    assert fresh(offer).snapshot["employer"]["legal_name"] == member.employer.legal_name


def test_without_a_fee_the_number_comes_at_once(member: Membership, who: Actor) -> None:
    offer = submit_offer(charity_draft(member).pk, who)
    assert (offer.status, offer.charge and offer.charge.status) == ("issued", "nothing_due")
    assert OfferNumberAllotment.objects.get(offer_id=offer.pk).number == offer.number
    event = offer.events.get(event="submit")
    assert (event.source, event.target, event.details["decision"]) == ("draft", "issued", "exempt")
    assert event.details["provisions"] == ["R303.1(5)", "R299(2)(f)"]
    assert not any(ledger.balances().values())


def test_an_offer_with_something_to_mend_is_not_filed(member: Membership, who: Actor) -> None:
    offer = draft(member, job_title="", worker_citizenship="BR")
    with pytest.raises(OfferNotReady) as refused:
        submit_offer(offer.pk, who)
    keys = {problem.key for problem in refused.value.report.errors}
    assert {"missing.job_title", "criterion.citizenship"} <= keys
    assert (fresh(offer).status, events(offer), FeeCharge.objects.count()) == ("draft", ["create"], 0)


def test_a_warning_needs_a_reason_which_is_kept_with_its_words(member: Membership, who: Actor) -> None:
    offer = draft(member, hours_per_week="20", agreement_hours_per_week="20")
    with pytest.raises(OfferNotReady):
        submit_offer(offer.pk, who)
    save_draft(offer.pk, 1, {"acknowledged": {"hours.part_time": "The light burns at night only."}}, who)
    submitted = submit_offer(offer.pk, who)
    # An event is for ever and says no more than which; the snapshot is encrypted, and erased with the rest.
    assert submitted.events.get(event="submit").details["acknowledged"] == ["hours.part_time"]
    (kept,) = fresh(offer).snapshot["warnings"]
    assert kept["reason"] == "The light burns at night only."
    assert [kept["en"][:24], kept["fr"][:19]] == ["Fewer than 30 hours a we", "Moins de 30 heures "]


def test_an_offer_is_submitted_once(member: Membership, who: Actor) -> None:
    offer = submit_offer(draft(member).pk, who)
    with pytest.raises(OfferMoveRefused):
        submit_offer(offer.pk, who)
    assert FeeCharge.objects.count() == 1


def test_a_barred_employer_files_nothing(member: Membership, who: Actor) -> None:
    Employer.objects.filter(pk=member.employer_id).update(
        standing="ineligible_until", ineligible_until=timezone.localdate() + timedelta(days=1)
    )
    with pytest.raises(OfferNotReady) as refused:
        submit_offer(draft(member).pk, who)
    assert [problem.key for problem in refused.value.report.errors] == ["employer.ineligible"]


# Numbers --------------------------------------------------------------------------------------------------------------


def test_a_taken_number_is_drawn_again(member: Membership, who: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    draws = iter([1234567, 1234567, 7654321])
    monkeypatch.setattr("employer_portal.numbering.secrets.randbelow", lambda _most: next(draws))
    numbers = [submit_offer(charity_draft(member).pk, who).number for _ in range(2)]
    assert numbers == ["A1234567", "A7654321"]


def test_a_number_stays_with_its_dead_offer(member: Membership, who: Actor) -> None:
    offer = withdraw_offer(submit_offer(charity_draft(member).pk, who).pk, who)
    copy = duplicate_offer(offer.pk, who)
    assert (offer.number is not None, copy.number) == (True, None)
    assert OfferNumberAllotment.objects.filter(number=offer.number, offer_id=offer.pk).exists()


# Official numbers -----------------------------------------------------------------------------------------------------


def test_official_numbers_are_recorded_where_the_setting_says_so(
    member: Membership, who: Actor, settings: Settings
) -> None:
    settings.OFFER_NUMBERS = "record"
    offer = submit_offer(draft(member).pk, who)
    assert offer.status == "awaiting_fee"
    payment = record_official_payment(offer.charge_id, who, {str(offer.pk): "a 123-4567"}, "RCPT-1", Decimal(230))
    assert (fresh(offer).status, fresh(offer).number) == ("issued", "A1234567")
    assert (payment.source, payment.official_receipt) == ("recorded", "RCPT-1")
    event = offer.events.get(event="capture")
    assert (event.party, event.by, event.on_behalf) == ("provider", who.user, "recorded")
    assert OfferNumberAllotment.objects.get().source == "recorded"
    assert payment.receipt.content["official_receipt"] == "RCPT-1"


def test_an_official_number_is_recorded_for_one_offer_only(member: Membership, who: Actor, settings: Settings) -> None:
    settings.OFFER_NUMBERS = "record"
    submit_offer(charity_draft(member).pk, who, official_number="A1234567")
    for number, error in (("A1234567", OfferNumberTaken), ("A12E4567", OfferNumberInvalid), ("", OfferNumberInvalid)):
        offer = charity_draft(member)
        with pytest.raises(error):
            submit_offer(offer.pk, who, official_number=number)
        assert (fresh(offer).status, offer.events.count()) == ("draft", 1)


def test_official_payments_are_for_installations_that_record(member: Membership, who: Actor) -> None:
    offer = submit_offer(draft(member).pk, who)
    with pytest.raises(PaymentRefused):
        record_official_payment(offer.charge_id, who, {str(offer.pk): "A1234567"}, "R", Decimal(230))


def test_an_official_payment_of_another_amount_is_refused(member: Membership, who: Actor, settings: Settings) -> None:
    settings.OFFER_NUMBERS = "record"
    offer = submit_offer(draft(member).pk, who)
    with pytest.raises(PaymentRefused) as refused:
        record_official_payment(offer.charge_id, who, {str(offer.pk): "A1234567"}, "R", Decimal(155))
    assert refused.value.reason == "amount"
    assert not OfferNumberAllotment.objects.exists()


# Cancel and withdraw --------------------------------------------------------------------------------------------------


def test_a_submission_can_be_taken_back_until_it_is_paid(member: Membership, who: Actor) -> None:
    offer = submit_offer(draft(member).pk, who)
    again = cancel_submission(offer.pk, who)
    assert (again.status, again.snapshot, again.charge, again.submitted_at) == ("draft", None, None, None)
    assert not any(ledger.balances().values())
    save_draft(offer.pk, 1, {"job_title": "Keeper", "agreement_job_title": "Keeper"}, who)
    paid = pay(submit_offer(offer.pk, who), who)
    with pytest.raises(OfferMoveRefused):
        cancel_submission(paid.pk, who)
    assert FeeCharge.objects.filter(status="void").count() == 1


def test_withdrawing_kills_the_number_and_owes_the_fee_back(member: Membership, who: Actor) -> None:
    offer = withdraw_offer(issued(member).pk, who, " The worker is\x00 not coming. ")
    refund = Refund.objects.get()
    assert (refund.amount_cad, refund.reason, refund.status) == (Decimal(230), "withdrawn", "due")
    assert refund.provisions == ["R303.1(6)(b)"]
    assert offer.events.get(event="withdraw").reason == "The worker is not coming."
    with pytest.raises(OfferMoveRefused):
        withdraw_offer(offer.pk, who)
    assert Refund.objects.count() == 1


def test_a_filed_offer_is_corrected_by_withdrawing_and_copying_at_once(member: Membership, who: Actor) -> None:
    offer = issued(member)
    again = correct_offer(offer.pk, who, "wrong start")
    assert (fresh(offer).status, again.status, again.number) == ("withdrawn", "draft", None)
    assert Refund.objects.get().amount_cad == Decimal(230)
    with pytest.raises(OfferMoveRefused):
        correct_offer(again.pk, who)


def test_an_exempt_offer_owes_nothing_back(member: Membership, who: Actor) -> None:
    withdraw_offer(submit_offer(charity_draft(member).pk, who).pk, who)
    assert not Refund.objects.exists()


# The application ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("passport", "citizenship", "differing"),
    [
        ("XA-000 123", "US", ()),
        ("XA000123", "US", ("passport_number",)),
        ("xa-000 123", "US", ("passport_number",)),
        ("XA-000 123", "MX", ("citizenship",)),
        ("", "", ("passport_number", "citizenship")),
    ],
)
def test_a_match_is_exact_and_shows_what_differs(
    member: Membership, officer: Actor, passport: str, citizenship: str, differing: tuple[str, ...]
) -> None:
    offer = issued(member)
    found = match_offer(offer.pk, Application(offer.number or "", passport, citizenship), officer)
    assert found == differing
    assert fresh(offer).status == ("issued" if differing else "matched")
    assert events(offer)[-1] == ("match_failed" if differing else "match")


def test_an_application_before_the_number_is_noted(member: Membership, officer: Actor) -> None:
    offer = issued(member)
    early = Application(offer.number or "", "XA-000 123", "US", timezone.now() - timedelta(days=1))
    match_offer(offer.pk, early, officer)
    assert events(offer)[-2:] == ["applied_early", "match"]


def test_a_match_can_be_undone_and_done_again(member: Membership, officer: Actor) -> None:
    offer = matched(member, officer)
    unmatch_offer(offer.pk, officer, "wrong application")
    assert (fresh(offer).status, fresh(offer).matched_at) == ("issued", None)
    match_offer(offer.pk, Application(offer.number or "", "XA-000 123", "US"), officer)
    assert fresh(offer).status == "matched"


def test_a_matched_offer_is_locked_for_the_employer(member: Membership, who: Actor, officer: Actor) -> None:
    offer = matched(member, officer)
    with pytest.raises(OfferMoveRefused):
        withdraw_offer(offer.pk, who)
    assert request_withdrawal(offer.pk, who, "plans changed").status == "withdrawal_requested"
    assert confirm_withdrawal(offer.pk, officer).status == "withdrawn"
    assert Refund.objects.get().reason == "withdrawn"


@pytest.mark.parametrize(
    ("action", "status", "reason", "provisions"),
    [
        (refuse_permit, "refused", "refused", ["R303.1(6)(a)"]),
        (worker_withdraws, "closed_no_permit", "worker_withdrew", ["R303.1(6)"]),
    ],
)
def test_an_application_without_permit_owes_the_fee_back_unasked(
    member: Membership, officer: Actor, action: Any, status: str, reason: str, provisions: list[str]
) -> None:
    offer = action(matched(member, officer).pk, officer)
    assert offer.status == status
    refund = Refund.objects.get()
    assert (refund.amount_cad, refund.reason, refund.provisions) == (Decimal(230), reason, provisions)


def test_a_printed_permit_ends_every_refund(member: Membership, who: Actor, officer: Actor) -> None:
    offer = print_permit(matched(member, officer).pk, officer, date(2026, 12, 1), date(2027, 12, 1))
    with pytest.raises(OfferMoveRefused) as refused:
        withdraw_offer(offer.pk, who)
    assert "permit has been printed" in refused.value.text.en
    with pytest.raises(OfferMoveRefused):
        unmatch_offer(offer.pk, officer)
    assert not Refund.objects.exists()
    assert duplicate_offer(offer.pk, who).status == "draft"


def test_a_permit_may_be_printed_while_a_withdrawal_is_asked_for(
    member: Membership, who: Actor, officer: Actor
) -> None:
    offer = request_withdrawal(matched(member, officer).pk, who)
    print_permit(offer.pk, officer, date(2026, 12, 1))
    with pytest.raises(OfferMoveRefused):
        confirm_withdrawal(offer.pk, officer)
    assert fresh(offer).status == "used"


def test_the_employer_never_decides_an_application(member: Membership, who: Actor, officer: Actor) -> None:
    offer = matched(member, officer)
    for attempt in (refuse_permit, worker_withdraws, unmatch_offer):
        with pytest.raises(OfferMoveRefused) as refused:
            attempt(offer.pk, who)
        assert refused.value.reason == "party"
    with pytest.raises(OfferMoveRefused):
        print_permit(offer.pk, who, date(2026, 12, 1))
    assert fresh(offer).status == "matched"


def test_staff_never_files_for_an_employer(member: Membership, officer: Actor) -> None:
    with pytest.raises(OfferMoveRefused):
        submit_offer(draft(member).pk, officer)


def test_an_unused_offer_expires_and_can_still_be_withdrawn(member: Membership, who: Actor) -> None:
    offer = issued(member)
    assert expire_unused_offers() == 0
    later = fresh(offer)
    OfferOfEmployment.objects.filter(pk=later.pk).update(
        starts_on=timezone.localdate() - timedelta(days=9), ends_on=timezone.localdate() - timedelta(days=1)
    )
    assert expire_unused_offers() == 1
    assert (fresh(offer).status, fresh(offer).number) == ("expired", offer.number)
    withdraw_offer(offer.pk, who)
    assert Refund.objects.get().amount_cad == Decimal(230)


# Groups ---------------------------------------------------------------------------------------------------------------


def test_four_artists_filed_together_pay_690(member: Membership, who: Actor) -> None:
    offers = submit_group(group_of(4, member), who)
    charges = {offer.charge_id for offer in offers}
    assert len(charges) == 1
    charge = FeeCharge.objects.get()
    assert (charge.amount_cad, charge.decision) == (Decimal(690), "capped")
    hear(start_payment(charge.pk, who, "group"), "confirmed")
    numbers = {fresh(offer).number for offer in offers}
    assert len(numbers) == 4
    assert {fresh(offer).status for offer in offers} == {"issued"}


def test_who_leaves_a_capped_group_brings_back_only_what_lowers_the_total(member: Membership, who: Actor) -> None:
    offers = submit_group(group_of(5, member), who)
    hear(start_payment(offers[0].charge_id, who, "group"), "confirmed")
    back = []
    for offer in offers:
        withdraw_offer(offer.pk, who)
        back.append(sum(refund.amount_cad for refund in Refund.objects.all()))
    assert back == [0, 0, 230, 460, 690]


def test_one_offer_that_is_not_ready_keeps_the_group_back(member: Membership, who: Actor) -> None:
    group = group_of(3, member)
    last = group.offers.order_by("pk").last()
    assert last is not None
    save_draft(last.pk, 1, {"declared": []}, who)
    with pytest.raises(OfferNotReady):
        submit_group(group, who)
    assert set(group.offers.values_list("status", flat=True)) == {"draft"}
    assert not FeeCharge.objects.exists()


def test_a_group_is_cancelled_as_a_whole(member: Membership, who: Actor) -> None:
    offers = submit_group(group_of(3, member), who)
    cancel_submission(offers[1].pk, who)
    assert {fresh(offer).status for offer in offers} == {"draft"}
    assert not any(ledger.balances().values())


def test_an_empty_group_submits_nothing(member: Membership, who: Actor) -> None:
    assert submit_group(group_of(0, member), who) == []


def test_everybody_else_of_the_employer_is_told(member: Membership, who: Actor) -> None:
    colleague: User = MembershipFactory(employer=member.employer, role="auditor").user
    MembershipFactory()
    offer = issued(member)
    assert list(colleague.notifications.values_list("kind", flat=True)) == ["capture", "submit"]
    assert list(member.user.notifications.values_list("kind", flat=True)) == ["capture"]
    assert colleague.notifications.filter(offer=offer).count() == 2
