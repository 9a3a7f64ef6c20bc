"""The pages for portal officers in a browser: nothing that axe finds, nothing wider than the window, a whole move."""

from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from django.urls import reverse

from employer_portal.actors import person, staff
from employer_portal.matching import Application
from employer_portal.models import FeePayment, Membership, OfferOfEmployment, Refund
from employer_portal.offers import match_offer, submit_offer
from employer_portal.payments import hear, start_payment
from employer_portal.tokens import make_token
from employer_portal.workers import confirm, invite_worker
from exemption_codes.models import CatalogueRelease
from tests.eligibility.factories import member as staff_member
from tests.employer_portal.factories import MembershipFactory, draft

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


@pytest.fixture
def offer(release: CatalogueRelease) -> OfferOfEmployment:
    """An offer with everything that its page can show: paid twice, confirmed differently, matched in vain."""
    member: Membership = MembershipFactory()
    who = person(member.user)
    made = draft(member)
    _confirmation, secret = invite_worker(made.pk, "kim@worker.example", "en", who)
    said = {
        "family_name": "Example", "given_names": "Kim", "date_of_birth": made.worker_date_of_birth,
        "passport_number": "XA-000124", "passport_expires_on": made.worker_passport_expires_on, "citizenship": "US",
    }  # fmt: skip
    confirm(secret, said)
    submitted = submit_offer(made.pk, who)
    first = start_payment(submitted.charge_id, who, "one")
    second = start_payment(submitted.charge_id, who, "two", afresh=True)
    hear(first, "confirmed")
    hear(second, "confirmed")
    found = OfferOfEmployment.objects.get(pk=made.pk)
    match_offer(found.pk, Application(str(found.number), "other", "US"), staff(member.user))
    make_token(member.employer, "Payroll", who)
    return found


def signed_in(browser: "Browser", site: str, language: str, scheme: Any, width: int) -> "Page":
    context = browser.new_context(
        locale=f"{language}-CA", color_scheme=scheme, viewport={"width": width, "height": 900}
    )  # fmt: skip
    client = Client()
    client.force_login(staff_member("Portal officers", username="officer"))
    cookies = {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}
    cookies[settings.LANGUAGE_COOKIE_NAME] = language
    context.add_cookies([{"name": name, "value": value, "url": site} for name, value in cookies.items()])
    return context.new_page()


@pytest.mark.parametrize(("language", "scheme", "width"), [("en", "light", 1280), ("fr", "dark", 400)])
def test_axe_finds_nothing_on_the_pages_for_portal_officers(
    browser: "Browser", live_server: Any, offer: OfferOfEmployment, language: str, scheme: str, width: int
) -> None:
    site = str(live_server.url)
    page = signed_in(browser, site, language, scheme, width)
    move = reverse("admin:employer_portal_offerofemployment_move", args=[offer.pk, "match"])
    addresses = [
        reverse("admin:employer_portal_offerofemployment_changelist"),
        reverse("admin:employer_portal_offerofemployment_change", args=[offer.pk]),
        move,
        reverse("admin:employer_portal_employer_change", args=[offer.employer_id]),
        reverse("admin:employer_portal_employer_act", args=[offer.employer_id]),
        reverse("admin:employer_portal_refund_change", args=[Refund.objects.get().pk]),
        reverse("admin:employer_portal_feepayment_change", args=[FeePayment.objects.latest("pk").pk]),
        reverse("admin:employer_portal_ledgerentry_changelist"),
    ]
    found = {}
    for address in addresses:
        page.goto(site + address)
        page.wait_for_load_state("networkidle")
        if address == move:
            page.locator(".imp form.wb-form button").click()
            page.wait_for_load_state("networkidle")
            assert page.locator(".imp [role=alert]").is_visible()
        page.eval_on_selector_all("details", "all => all.slice(0, 20).forEach(one => one.open = true)")
        violations = Axe().run(page).response["violations"]
        found[address] = [(one["id"], [node["html"][:160] for node in one["nodes"][:2]]) for one in violations]
        if "/changelist" not in address and not address.endswith("entry/"):
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
    assert found == {address: [] for address in addresses}
    page.context.close()


def test_an_officer_matches_an_offer_after_correcting_what_differs(
    browser: "Browser", live_server: Any, offer: OfferOfEmployment
) -> None:
    page = signed_in(browser, str(live_server.url), "en", "light", 1280)
    page.goto(f"{live_server.url}{reverse('admin:employer_portal_offerofemployment_change', args=[offer.pk])}")
    page.get_by_role("link", name="Match to an application").click()
    page.get_by_label("Offer number").fill(str(offer.number))
    page.get_by_label("Passport number").fill("XA000123")
    page.get_by_label("Citizenship").select_option("US")
    page.get_by_role("button", name="Match", exact=True).click()
    error = page.locator(".wb-field.has-error")
    assert "Passport number" in error.inner_text()
    assert page.get_by_label("Offer number").input_value() == offer.number
    page.get_by_label("Passport number").fill("XA-000 123")
    page.get_by_role("button", name="Match", exact=True).dblclick()
    page.wait_for_url("**/change/")
    assert "Matched to an application" in page.locator(".imp h2").first.inner_text()
    assert offer.events.filter(event="match").count() == 1
    page.context.close()
