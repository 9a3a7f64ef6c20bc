"""A consultant decides in a browser: overrides a code, exports, sees it lapse with a new release and renews it."""

from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from eligibility.models import Decision, Screening
from exemption_codes.models import CatalogueRelease
from exemption_codes.releases import publish
from imp_site.demo import ACCOUNTS, create_accounts
from tests.eligibility.test_admin_in_browser import signed_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
REASON = "The letter of the employer names another profession."


@pytest.fixture
def site(live_server: Any, case: Screening) -> str:
    create_accounts({account.username: account.password for account in ACCOUNTS})
    return str(live_server.url)


def seen_to_be_accessible(page: "Page") -> None:
    page.wait_for_load_state("networkidle")
    violations = Axe().run(page).response["violations"]
    assert [(one["id"], [node["html"][:150] for node in one["nodes"][:2]]) for one in violations] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(("language", "scheme", "width"), [("en", "light", 1280), ("fr", "dark", 320)])
def test_a_code_is_overridden_exported_and_renewed_after_a_new_release(
    browser: "Browser",
    site: str,
    case: Screening,
    another: CatalogueRelease,
    language: str,
    scheme: Any,
    width: int,
) -> None:
    page = signed_in(browser, site, language, scheme, width)
    page.goto(site + reverse("admin:eligibility_case_decisions", args=[case.pk]))
    seen_to_be_accessible(page)
    page.locator(".dc-codes a").first.click()
    seen_to_be_accessible(page)
    page.locator("a[href*='/decide/outcome/']").click()
    page.locator(".wb-form button").click()
    assert page.locator(".error-summary a").count() == 2
    seen_to_be_accessible(page)
    page.check("input[value=not_eligible]")
    page.fill("textarea", REASON)
    page.locator(".wb-form button").dblclick()
    page.wait_for_url("**/decide/")
    assert page.locator(".dc-entry.in_force").count() == 1
    assert page.locator(".dc-codes .verdict.not_eligible").count() == 1
    seen_to_be_accessible(page)
    with page.expect_download() as download:
        page.locator("button[value=pdf-fr]").click()
    assert download.value.suggested_filename == f"case-{case.reference}-fr.pdf"

    publish(another)
    page.reload()
    assert page.locator(".dc-entry.lapsed").count() == 1
    seen_to_be_accessible(page)
    page.locator(".dc-stale a").click()
    seen_to_be_accessible(page)
    page.locator(".wb-form button").click()
    page.wait_for_url("**/decide/")
    page.locator("a[href$='/renew/']").click()
    page.fill("textarea", f"{REASON} Checked again.")
    page.locator(".wb-form button").click()
    page.wait_for_url("**/decide/")
    assert page.locator(".dc-entry.replaced").count() == 1
    assert page.locator(".dc-entry.in_force").count() == 1
    assert Decision.objects.filter(screening=case).count() == 2
    page.context.close()
