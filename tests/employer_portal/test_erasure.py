from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import connection

from employer_portal.actors import Actor
from employer_portal.drafts import delete_draft
from employer_portal.erasure import erase_past_retention, erase_personal_data
from employer_portal.models import Membership, OfferOfEmployment
from employer_portal.offers import submit_offer, withdraw_offer
from employer_portal.workers import invite_worker
from exemption_codes.catalogue.rulebook import Rulebook
from tests.employer_portal.clock import TODAY
from tests.employer_portal.factories import charity_draft, draft
from tests.employer_portal.invariants import broken_invariants


def is_erased(offer: OfferOfEmployment) -> bool:
    return OfferOfEmployment.objects.get(pk=offer.pk).worker_passport_number is None


def test_nothing_personal_is_left_and_everything_else_is(member: Membership, who: Actor) -> None:
    offer = submit_offer(charity_draft(member).pk, who)
    invite_worker(offer.pk, "kim@worker.example", "en", who)
    withdraw_offer(offer.pk, who)
    erased = erase_personal_data(offer.pk)
    assert (erased.worker_name, erased.worker_email, erased.snapshot, erased.facts) == ("", "", None, {})
    assert (erased.number, erased.job_title, erased.events.count()) == (offer.number, "Lighthouse engineer", 3)
    assert not erased.versions.exists()
    assert not erased.confirmations.exists()
    assert erased.files.get().removed_at is not None
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM employer_portal_offerofemployment")
        assert "worker.example" not in repr(cursor.fetchall())
    assert broken_invariants() == []


@pytest.mark.parametrize(("days", "erased"), [(90, False), (91, True)])
def test_a_deleted_draft_is_kept_for_some_days(
    member: Membership, who: Actor, rulebook: Rulebook, days: int, erased: bool
) -> None:
    offer = draft(member)
    delete_draft(offer.pk, who)
    assert erase_past_retention(TODAY + timedelta(days=days), rulebook) == erased
    assert is_erased(offer) == erased


@pytest.mark.parametrize(("on", "erased"), [(date(2027, 11, 24), False), (date(2027, 11, 25), True)])
def test_a_closed_offer_is_kept_for_the_years_of_law(
    member: Membership, who: Actor, rulebook: Rulebook, on: date, erased: bool
) -> None:
    offer = withdraw_offer(submit_offer(charity_draft(member).pk, who).pk, who)
    assert offer.closed_at is not None
    five_years_ago = offer.closed_at - timedelta(days=1826)
    OfferOfEmployment.objects.filter(pk=offer.pk).update(closed_at=five_years_ago)
    assert erase_past_retention(on, rulebook) == erased
    assert erase_past_retention(on, rulebook) == 0


def test_living_offers_are_never_erased(member: Membership, who: Actor, rulebook: Rulebook) -> None:
    offers = [draft(member), submit_offer(charity_draft(member).pk, who), submit_offer(draft(member).pk, who)]
    assert erase_past_retention(date(2027, 12, 1), rulebook) == 0
    assert not any(is_erased(offer) for offer in offers)


def test_the_command_runs(member: Membership, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("erase_old_offers")
    assert capsys.readouterr().out == "0 offers erased.\n0 answers to programs forgotten.\n"
