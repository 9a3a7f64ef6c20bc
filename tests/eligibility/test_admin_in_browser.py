"""The pages for staff in a browser: nothing that axe finds, in both languages and both schemes, wide and narrow."""

from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.models import CatalogueRelease, ExemptionCode
from imp_site.demo import ACCOUNTS, create_accounts, create_screenings, no_to_every_gate
from tests.eligibility.cases import ENGINEER
from tests.eligibility.factories import AS_OF, sent

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


@pytest.fixture
def site(live_server: Any, release: CatalogueRelease, rulebook: Rulebook) -> str:
    create_accounts({account.username: account.password for account in ACCOUNTS})
    create_screenings(rulebook, AS_OF)
    return str(live_server.url)


def signed_in(browser: "Browser", site: str, language: str, scheme: Any, width: int, who: str = "consultant") -> "Page":
    context = browser.new_context(
        locale=f"{language}-CA", color_scheme=scheme, viewport={"width": width, "height": 900}
    )
    page = context.new_page()
    page.goto(f"{site}/admin/")
    page.fill("input[name=login]", f"{who}@demo.example")
    page.fill("input[name=password]", f"demo-{who}")
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/admin/")
    return page


@pytest.mark.parametrize(("language", "scheme", "width"), [("en", "light", 1280), ("fr", "dark", 400)])
def test_axe_finds_nothing_on_the_pages_for_staff(
    browser: "Browser", site: str, rulebook: Rulebook, language: str, scheme: str, width: int
) -> None:
    case = sent(rulebook, {**no_to_every_gate(rulebook), **ENGINEER["facts"], "situation.listed_profession": True})
    code = ExemptionCode.objects.get(category="cusma-professional")
    whole = reverse("admin:eligibility_screening_change", args=[case.pk])
    addresses = (
        "/admin/",
        "/admin/eligibility/screening/",
        "/admin/eligibility/screening/?q=nothing+like+this",
        whole,
        f"{whole}?code=religious-worker",
        "/admin/exemption_codes/exemptioncode/?q=T23",
        reverse("admin:exemption_codes_exemptioncode_change", args=[code.pk]),
        "/admin/exemption_codes/cataloguerelease/",
        reverse("admin:exemption_codes_cataloguerelease_change", args=[code.release_id]),
    )
    page = signed_in(browser, site, language, scheme, width)
    found = {}
    for address in addresses:
        page.goto(site + address)
        page.wait_for_load_state("networkidle")
        page.eval_on_selector_all("details", "all => all.slice(0, 20).forEach(one => one.open = true)")
        violations = Axe().run(page).response["violations"]
        found[address] = [(one["id"], [node["html"][:120] for node in one["nodes"][:2]]) for one in violations]
        if "/change/" in address:
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
    assert found == {address: [] for address in addresses}
    page.context.close()


def test_a_draft_is_published_on_a_narrow_screen(browser: "Browser", site: str, release: CatalogueRelease) -> None:
    draft = CatalogueRelease.objects.create(digest="f" * 64, law_as_of=release.law_as_of, files=release.files)
    page = signed_in(browser, site, "fr", "light", 320, "publisher")
    page.goto(site + reverse("admin:exemption_codes_cataloguerelease_change", args=[draft.pk]))
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.fill("#reason", "Tout est relu.")
    with page.expect_navigation():
        page.get_by_role("button", name="Publier cette version").click()
    draft.refresh_from_db()
    assert draft.status == CatalogueRelease.Status.PUBLISHED
    violations = Axe().run(page).response["violations"]
    assert [one["id"] for one in violations] == []
    page.context.close()


def test_the_language_of_a_case_is_switched_in_place(browser: "Browser", site: str, rulebook: Rulebook) -> None:
    case = sent(rulebook, ENGINEER["facts"])
    page = signed_in(browser, site, "en", "light", 1280)
    page.goto(site + reverse("admin:eligibility_screening_change", args=[case.pk]))
    assert page.locator("#answers").inner_text() == "Answers"
    with page.expect_navigation():
        page.get_by_role("button", name="Français").first.click()
    assert page.locator("#answers").inner_text() == "Réponses"
    assert str(case.pk) in page.url
    page.locator(".imp-code summary").first.click()
    assert page.locator(".imp-code[open] .imp-findings").first.is_visible()
    page.context.close()
