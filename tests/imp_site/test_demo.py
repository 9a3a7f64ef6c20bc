"""Demo data: plainly fictional, in both languages, of several outcomes, and made once."""

import io
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client

from eligibility.models import Screening
from employer_portal.models import Notification, OfferOfEmployment
from exemption_codes.models import CatalogueRelease
from imp_site.demo import ACCOUNTS, PEOPLE
from tests.employer_portal.invariants import broken_invariants


def load(**options: Any) -> str:
    out = io.StringIO()
    call_command("load_demo", stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def _development(settings: Any) -> None:
    settings.DEBUG = True


@pytest.mark.usefixtures("_development")
def test_a_second_run_keeps_everything(release: CatalogueRelease) -> None:
    said = load(port=8123)
    assert "http://127.0.0.1:8123/admin/" in said
    assert all(account.email in said and account.password in said for account in ACCOUNTS)
    user = User.objects.get(username="consultant")
    user.set_password("changed")
    user.save()
    references = set(Screening.objects.submitted().values_list("reference", flat=True))
    assert "0 demo accounts and 0 demo screenings are new" in load()
    assert User.objects.get(username="consultant").check_password("changed")
    assert set(Screening.objects.submitted().values_list("reference", flat=True)) == references


@pytest.mark.usefixtures("_development")
def test_the_data_are_fictional_in_both_languages_and_of_every_outcome_and_state(
    client: Client, release: CatalogueRelease
) -> None:
    load()
    screenings = list(Screening.objects.all())
    assert len(screenings) == len(PEOPLE)
    assert {screening.language for screening in screenings} == {"en", "fr"}
    assert {s.best_outcome for s in screenings} == {"eligible", "officer_judgement", "undetermined", "not_eligible"}
    assert all("Fict" in (s.contact_name or "") and (s.contact_email or "").endswith(".example") for s in screenings)

    states = {"draft", "awaiting_fee", "issued", "matched", "used", "refused", "withdrawn"}
    assert set(OfferOfEmployment.objects.values_list("status", flat=True)) == states
    assert broken_invariants() == []
    assert not Notification.objects.filter(mail_wanted=True).exists()
    client.force_login(User.objects.get(username="senior"))
    charts = client.get("/admin/").context["charts"]
    assert [chart.id for chart in charts if not chart.bars] == []
    for account in ACCOUNTS:
        client.logout()
        client.post("/en/accounts/login/", {"login": account.email, "password": account.password})
        assert client.get("/admin/").status_code == 200


@pytest.mark.usefixtures("_development")
def test_without_a_catalogue_it_says_what_to_do(db: None) -> None:
    with pytest.raises(CommandError, match="load_catalogue"):
        load()


def test_outside_development_passwords_are_random_and_an_option_is_needed(release: CatalogueRelease) -> None:
    with pytest.raises(CommandError, match="outside-development"):
        load()
    said = load(outside_development=True)
    assert not any(account.password in said for account in ACCOUNTS)
    assert not User.objects.get(username="administrator").check_password("demo-administrator")
