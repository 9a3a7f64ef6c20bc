"""The overview: what is there, what waits for this person and no other, in as many queries whatever there is."""

import uuid
from datetime import timedelta
from itertools import count

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from employer_portal.models import Employer, Membership, OfferOfEmployment, Role, WorkerConfirmation
from employer_portal.overview import SHOWN, overview_of
from employer_portal.pages.dashboard import BAR_WIDTH, segments_of
from exemption_codes.models import CatalogueRelease
from exemption_codes.releases import published_rulebook
from imp_site.demo import ACCOUNTS, create_accounts
from imp_site.demo_portal import MEMBERS, create_portal
from tests.employer_portal.factories import EmployerFactory
from tests.portal_pages.conftest import SECRET, SignedIn

COPIES = 49
NUMBERS = count(1)


@pytest.fixture
def demo(release: CatalogueRelease) -> Employer:
    """The demo's employer: an offer in each state."""
    create_accounts({account.username: account.password for account in ACCOUNTS})
    create_portal({member.username: member.password for member in MEMBERS})
    return Employer.objects.get(operating_name="Fictional Lighthouses")


def overview(client: Client, employer: Employer) -> str:
    page = client.get(reverse("employer_portal:dashboard", kwargs={"employer_id": employer.pk}))
    assert page.status_code == 200
    return page.content.decode()


def client_of(username: str) -> Client:
    user = User.objects.get(username=username)
    TOTP.activate(user, SECRET)
    client = Client()
    client.force_login(user)
    return client


def copy(offer: OfferOfEmployment) -> None:
    """Store an offer several times more, with numbers of their own."""
    for _time in range(COPIES):
        offer.pk, offer._state.adding = uuid.uuid4(), True
        if offer.number:
            offer.number = f"A{next(NUMBERS):07d}"
        offer.save(force_insert=True)


def test_the_overview_shows_what_waits_for_each_role(demo: Employer, signed_in: SignedIn, employer: Employer) -> None:
    client = client_of("employer")
    page = overview(client, demo)
    for state in ("draft", "awaiting_fee", "issued", "matched", "used", "withdrawn", "refused"):
        assert f"?state={state}" in page
    waits = ("Pay the compliance fee of $230.00", "says something else in 1 field", "Finish the draft")
    assert all(words in page for words in waits)
    assert ("$1,150.00" in page, "$460.00" in page) == (True, True)
    seen = overview_of(
        Membership.objects.get(user__username="employer", employer=demo), timezone.localdate(), published_rulebook()
    )
    segments = segments_of(seen)
    assert sum(segment.width for segment in segments) == BAR_WIDTH
    assert sum(segment.count for segment in segments) == seen.total == OfferOfEmployment.objects.count()

    reads = overview(client_of("reader"), demo)
    assert not any(words in reads for words in (*waits, "offers/new/"))
    assert ("Nothing waits for you." in reads, "$1,150.00" in reads) == (True, True)

    Membership.objects.filter(user__username="clerk").update(own_offers_only=True)
    for narrow in (overview(client_of("clerk"), demo), overview(signed_in(Role.PRIMARY), employer)):
        assert "There is no offer yet" in narrow
        assert not any(words in narrow for words in ("Lighthouse engineer", "$1,150.00"))

    assert "Hand over the rights information" not in page, "the first day is 60 days away"
    OfferOfEmployment.objects.filter(employer=demo, status="used").update(first_day_on=timezone.localdate())
    assert "Hand over the rights information – " in overview(client, demo)

    today, used = timezone.localdate(), OfferOfEmployment.objects.filter(employer=demo, status="used")
    for days, is_shown in ((0, True), (120, True), (121, False)):
        used.update(permit_expires_on=today + timedelta(days=days))
        assert ("The permit ends on" in overview(client, demo)) == is_shown, days


def test_many_offers_take_no_more_queries_than_one_in_each_state(demo: Employer) -> None:
    client = client_of("employer")
    overview(client, demo)
    with CaptureQueriesContext(connection) as few:
        overview(client, demo)
    confirmed, drafts = WorkerConfirmation.objects.get(), OfferOfEmployment.objects.filter(status="draft")
    for status in ("draft", "awaiting_fee", "used", "withdrawn"):
        copy(OfferOfEmployment.objects.filter(status=status).latest("created_at"))
    WorkerConfirmation.objects.bulk_create(
        WorkerConfirmation(
            offer=draft, token_hash=uuid.uuid4().hex, confirmed_at=confirmed.confirmed_at, passport_number="XX",
            expires_at=confirmed.expires_at,
        )
        for draft in drafts
    )  # fmt: skip
    with CaptureQueriesContext(connection) as many:
        page = overview(client, demo)
    assert len(many) == len(few)
    assert f"{drafts.count() - SHOWN} more" in page


@pytest.mark.parametrize("role", [Role.PRIMARY, Role.AUDITOR])
def test_without_offers_it_leads_to_the_first(signed_in: SignedIn, employer: Employer, role: Role) -> None:
    page = overview(signed_in(role), employer)
    assert ("Write the first offer" in page) == (role is Role.PRIMARY)
    assert "state-bar" not in page


def test_an_incomplete_profile_waits_for_who_may_complete_it(signed_in: SignedIn, employer: Employer) -> None:
    bare = EmployerFactory(postal_code="", contact=None)
    page = overview(signed_in(Role.PRIMARY, bare), bare)
    assert "Complete the company profile" in page
    assert "postal code, main contact" in page
    assert "Complete the company profile" not in overview(signed_in(Role.SECONDARY, bare), bare)
