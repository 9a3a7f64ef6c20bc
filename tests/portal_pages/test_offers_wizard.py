"""The steps of a draft: saved field by field or step by step, checked beside the field, filed once."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from employer_portal.actors import person
from employer_portal.drafts import begin_offer, save_draft
from employer_portal.models import (
    DraftVersion,
    Employer,
    FeeCharge,
    Membership,
    OfferEvent,
    OfferOfEmployment,
    Role,
)
from tests.employer_portal.factories import EmployerFactory, MembershipFactory, charity_draft, draft
from tests.portal_pages.conftest import SignedIn


@pytest.fixture
def client(signed_in: SignedIn) -> Client:
    return signed_in(Role.SECONDARY)


@pytest.fixture
def member(client: Client, employer: Employer) -> Membership:
    return Membership.objects.get(user_id=client.session["_auth_user_id"], employer=employer)


def step(offer: OfferOfEmployment, name: str, language: str = "en") -> str:
    with override(language):
        keys = {"employer_id": offer.employer_id, "offer_id": offer.pk, "step": name}
        return reverse("employer_portal:offer_step", kwargs=keys)


def submit(offer: OfferOfEmployment) -> str:
    return reverse("employer_portal:offer_submit", kwargs={"employer_id": offer.employer_id, "offer_id": offer.pk})


def fresh(offer: OfferOfEmployment) -> OfferOfEmployment:
    return OfferOfEmployment.objects.get(pk=offer.pk)


def date_parts(name: str, day: str, month: str, year: str) -> dict[str, str]:
    return {f"{name}-day": day, f"{name}-month": month, f"{name}-year": year}


def test_a_step_is_saved_with_its_good_fields_and_shows_the_others_as_typed(
    client: Client, employer: Employer, member: Membership
) -> None:
    offer = begin_offer(employer, person(member.user))
    typed = {
        "version": "1", "worker_family_name": "Exemple & Fils / «é»", "worker_passport_number": "XA-000 123",
        "worker_citizenship": "", "worker_citizenship-typed": "Utopia", "worker_email": "no address",
        **date_parts("worker_date_of_birth", "31", "2", "1990"),
        **date_parts("worker_passport_expires_on", "1", "6", "2031"),
    }  # fmt: skip
    answer = client.post(step(offer, "worker"), typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    for words in ("Utopia", "no address", "Enter a day that the month has", 'value="31"', 'id="error-summary"'):
        assert words in page
    saved = fresh(offer)
    assert (saved.worker_family_name, saved.worker_passport_number) == ("Exemple & Fils / «é»", "XA-000 123")
    assert str(saved.worker_passport_expires_on) == "2031-06-01"
    assert saved.version == 2


def test_going_on_is_possible_once_what_is_missing_was_told(
    client: Client, employer: Employer, member: Membership
) -> None:
    offer = begin_offer(employer, person(member.user))
    first = client.post(step(offer, "job"), {"version": "1", "job_title": "Keeper"})
    assert first.status_code == 422
    told = first.content.decode().partition('name="told" value="')[2].partition('"')[0]
    assert "missing.noc_code" in told
    again = client.post(step(offer, "job"), {"version": "2", "job_title": "Keeper", "told": told})
    assert again["Location"] == step(offer, "wage")


def test_numbers_and_dates_are_read_as_each_language_writes_them(
    client: Client, employer: Employer, member: Membership
) -> None:
    offer = begin_offer(employer, person(member.user))
    client.post(step(offer, "wage", "fr"), {"version": "1", "hourly_wage_cad": "1 080,50", "hours_per_week": "37,5"})
    saved = fresh(offer)
    assert (str(saved.hourly_wage_cad), str(saved.hours_per_week)) == ("1080.50", "37.50")
    assert 'value="1080,50"' in client.get(step(offer, "wage", "fr")).content.decode()
    assert 'value="1080.50"' in client.get(step(offer, "wage")).content.decode()


def test_a_yearly_salary_is_converted_and_its_inputs_are_kept(
    client: Client, employer: Employer, member: Membership
) -> None:
    offer = begin_offer(employer, person(member.user))
    typed = {
        "version": "1", "hours_per_week": "37.5", "wage-amount": "78,000", "wage-per": "year", "wage-currency": "usd",
        "wage-rate": "1.25", "convert": "yes",
    }  # fmt: skip
    client.post(step(offer, "wage"), typed)
    saved = fresh(offer)
    assert str(saved.hourly_wage_cad) == "50.00"
    assert saved.wage_as_typed["currency"] == "USD"
    assert saved.wage_as_typed["amount"] == "78000"


def test_autosave_answers_with_the_version_and_says_what_it_could_not_keep(
    client: Client, employer: Employer, member: Membership
) -> None:
    offer = begin_offer(employer, person(member.user))
    typed = {"autosave": "yes", "version": "1", "job_title": "Keeper", "years_of_experience": "many"}
    answer = client.post(step(offer, "job"), typed).json()
    assert answer["version"] == 2
    assert answer["wrong"] == ["Enter a number, for example 12."]
    assert client.post(step(offer, "job"), {**typed, "version": "2"}).json()["version"] == 2
    assert OfferEvent.objects.filter(offer=offer, event="save").count() == 1


@pytest.mark.parametrize("way", ["autosave", "step"])
def test_a_stale_save_leads_to_the_comparison_and_keeps_what_was_typed(
    client: Client, employer: Employer, member: Membership, way: str
) -> None:
    offer = draft(member)
    save_draft(offer.pk, 1, {"job_title": "Theirs"}, person(MembershipFactory(employer=employer).user))
    extra = {"autosave": "yes"} if way == "autosave" else {}
    answer = client.post(step(offer, "job"), {"version": "1", "job_title": "Mine", **extra})
    late = DraftVersion.objects.get(offer=offer, number=None)
    address = answer.json()["compare"] if way == "autosave" else answer["Location"]
    assert address.endswith(f"/compare/{late.pk}/")
    page = client.get(address).content.decode()
    assert all(words in page for words in ("Lighthouse engineer", "Theirs", "Mine"))
    client.post(address, {"version": "2", "job_title": "yours"})
    assert fresh(offer).job_title == "Mine"


def test_places_of_work_are_added_changed_and_removed_without_script(
    client: Client, employer: Employer, member: Membership
) -> None:
    offer = draft(member)
    assert 'name="site-1-street"' in client.get(f"{step(offer, 'sites')}?row").content.decode()
    rows = {
        "sites-shown": "yes", "version": "1", "site-0-street": "1 Harbour Road", "site-0-city": "Halifax",
        "site-0-province": "NS", "site-0-postal_code": "B3H 1A1", "site-7-street": "2 rue du Phare",
        "site-7-city": "Gaspé", "site-7-province": "QC", "site-7-postal_code": "G4X 9Z9", "site-9-street": "",
    }  # fmt: skip
    client.post(step(offer, "sites"), {**rows, "add": "yes"})
    assert [site.city for site in offer.sites.all()] == ["Halifax", "Gaspé"]
    wrong = client.post(step(offer, "sites"), {**rows, "version": "2", "site-7-postal_code": "12345"})
    assert wrong.status_code == 422
    assert "looks like K1A 0B1" in wrong.content.decode()
    client.post(step(offer, "sites"), {**rows, "version": "3", "remove": "0"})
    assert [site.city for site in offer.sites.all()] == ["Gaspé"]


def test_the_exemption_asks_its_own_facts_and_keeps_the_answers(
    client: Client, employer: Employer, member: Membership
) -> None:
    offer = draft(member)
    page = client.get(step(offer, "exemption")).content.decode()
    facts = page.partition('name="facts-shown" value="')[2].partition('"')[0]
    assert "offer.usmca_profession" in facts or len(facts.split(",")) > 3
    yes_no = next(name for name in facts.split(",") if f'name="{name}" value="yes"' in page)
    client.post(step(offer, "exemption"), {"version": "1", "facts-shown": facts, yes_no: "no"})
    assert fresh(offer).facts == {yes_no: False}
    client.post(step(offer, "exemption"), {"version": "2", "facts-shown": facts, yes_no: "unknown"})
    assert fresh(offer).facts == {}


def test_the_check_shows_each_error_once_with_the_way_to_its_field(
    client: Client, employer: Employer, member: Membership
) -> None:
    offer = draft(member, worker_citizenship="FR", hourly_wage_cad="9", agreement_hourly_wage_cad="9")
    page = client.get(step(offer, "check")).content.decode()
    assert f"{step(offer, 'wage')}?check#f-hourly-wage-cad" in page
    assert f"{step(offer, 'worker')}?check#f-worker-citizenship" in page
    assert "R209.2(1)(a)(ii)" in page
    assert submit(offer) not in page
    wage = client.get(f"{step(offer, 'wage')}?check").content.decode()
    assert 'id="f-hourly-wage-cad-error"' in wage


def test_a_warning_is_acknowledged_with_a_reason_before_the_offer_is_filed(
    client: Client, employer: Employer, member: Membership
) -> None:
    offer = draft(member, hours_per_week="20", hours_per_day="5", agreement_hours_per_week="20")
    check = client.get(step(offer, "check")).content.decode()
    assert "reason:hours.part_time" in check
    assert submit(offer) not in check
    client.post(step(offer, "check"), {"version": "1", "reason:hours.part_time": "Half a lighthouse."})
    assert fresh(offer).acknowledged == {"hours.part_time": "Half a lighthouse."}
    assert submit(offer) in client.get(step(offer, "check")).content.decode()


def test_an_offer_is_filed_once_however_often_it_is_sent(
    client: Client, signed_in: SignedIn, employer: Employer, member: Membership
) -> None:
    offer, colleague = draft(member), signed_in(Role.SECONDARY)
    for browser in (client, colleague, client):
        answer = browser.post(submit(offer), {"version": "1"})
        assert answer["Location"].endswith(f"/offers/{offer.pk}/")
    assert fresh(offer).status == "awaiting_fee"
    assert FeeCharge.objects.filter(employer=employer).count() == 1
    assert OfferEvent.objects.filter(offer=offer, event="submit").count() == 1


def test_what_somebody_changed_meanwhile_is_not_filed_unseen(
    client: Client, employer: Employer, member: Membership
) -> None:
    offer = draft(member)
    save_draft(offer.pk, 1, {"job_title": "Theirs"}, person(member.user))
    answer = client.post(submit(offer), {"version": "1"})
    assert answer["Location"] == step(offer, "check")
    assert fresh(offer).status == "draft"


def test_an_offer_without_fee_records_the_number_of_the_official_portal(
    client: Client, employer: Employer, member: Membership, settings: Any
) -> None:
    settings.OFFER_NUMBERS = "record"
    offer = charity_draft(member)
    assert "official_number" in client.get(step(offer, "check")).content.decode()
    wrong = client.post(submit(offer), {"version": "1", "official_number": "A12O4567"})
    assert wrong.status_code == 422
    assert "A1204567" in wrong.content.decode()
    client.post(submit(offer), {"version": "1", "official_number": "a 1204567"})
    assert (fresh(offer).status, fresh(offer).number) == ("issued", "A1204567")


def test_nobody_else_opens_or_writes_a_draft(client: Client, signed_in: SignedIn, employer: Employer) -> None:
    theirs = draft(MembershipFactory(employer=EmployerFactory()))
    keys = {"employer_id": employer.pk, "offer_id": theirs.pk, "step": "worker"}
    address = reverse("employer_portal:offer_step", kwargs=keys)
    assert client.get(address).status_code == client.post(address, {"job_title": "x"}).status_code == 404
    own = draft(Membership.objects.get(user_id=client.session["_auth_user_id"]))
    reader = signed_in(Role.AUDITOR)
    assert reader.get(step(own, "worker")).status_code == 403
    assert reader.post(submit(own), {"version": "1"}).status_code == 403


def test_a_step_takes_as_many_queries_with_twenty_places_as_with_one(
    client: Client, employer: Employer, member: Membership
) -> None:
    site = {"street": "1 Harbour Road", "city": "Halifax", "province": "NS", "postal_code": "B3H 1A1"}
    one, twenty = draft(member), draft(member, sites=[site] * 20)
    client.get(step(one, "sites"))  # the rules are read once
    counted = []
    for offer in (one, twenty):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(step(offer, "sites")).status_code == 200
        counted.append(len(queries))
    assert counted[0] == counted[1]
