"""A consultant's day: takes a case, asks for a fact, gets the answer, overrides a code, exports, and sees it lapse."""

import json
import re
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse
from playwright.sync_api import Browser, Page

from eligibility.casework.events import tampering
from eligibility.models import Screening
from exemption_codes.catalogue.reader import read_stored_files, rule_files
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.models import CatalogueRelease
from exemption_codes.releases import publish
from imp_site.demo import ACCOUNTS, create_accounts, no_to_every_gate
from tests.browser.checking import problems_of
from tests.conftest import RULES
from tests.eligibility.cases import ENGINEER
from tests.eligibility.factories import sent

QUEUE = "/admin/eligibility/screening/"
WAGE = "offer.wage_hourly"
REASON = "The letter of the employer names another profession."
WAIT_MS = 30_000


class Day:
    """One consultant at the browser, with one case."""

    def __init__(self, browser: Browser, site: str, case: Screening, language: str = "en") -> None:
        self.site, self.case = site, case
        self.page = browser.new_context(locale=f"{language}-CA").new_page()
        self.page.set_default_timeout(WAIT_MS)

    def sign_in(self) -> None:
        self.page.goto(f"{self.site}/admin/")
        self.page.fill("input[name=login]", "consultant@demo.example")
        self.page.fill("input[name=password]", "demo-consultant")
        self.page.press("input[name=password]", "Enter")
        self.page.wait_for_url("**/admin/")

    def open_case(self, tab: str = "") -> None:
        address = reverse("admin:eligibility_screening_change", args=[self.case.pk])
        self.page.goto(f"{self.site}{address}{f'?tab={tab}' if tab else ''}")

    def press(self, name: str) -> None:
        """Press a button and wait for the page it leads to."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=name, exact=True).click()

    def take_from_the_queue(self) -> None:
        self.page.goto(f"{self.site}{QUEUE}?assignee=nobody&state=open")
        self.page.get_by_role("link", name=self.case.reference).click()
        self.press("Take this case")
        assert self.page.locator(".wb-state").first.inner_text() == "In work"

    def ask_for(self, fact: str, text: str) -> None:
        self.open_case("messages")
        suggested = self.page.locator(f"input[name=facts][value='{fact}']")
        if suggested.count():
            suggested.check()
        else:
            self.page.select_option("select[name=facts]", fact)
        self.page.fill("textarea[name=text]", text)
        self.press("Send the message")
        assert "The mail was sent" in self.page.inner_text(".wb-mail")

    def override_a_code(self, reason: str) -> None:
        self.open_case("decisions")
        self.page.locator(".dc-codes a").first.click()
        self.page.locator("a[href*='/decide/outcome/']").click()
        self.page.check("input[value=not_eligible]")
        self.page.fill("textarea", reason)
        with self.page.expect_navigation():
            self.page.locator(".wb-form button").click()
        self.open_case("decisions")
        assert reason in self.page.inner_text(".dc-entry.in_force")

    def export(self) -> dict[str, Any]:
        with self.page.expect_download() as download:
            self.page.locator("button[value=json]").click()
        exported: dict[str, Any] = json.loads(download.value.path().read_text(encoding="utf-8"))
        return exported

    def save_the_queue_of_answers(self) -> None:
        self.page.goto(f"{self.site}{QUEUE}?state=answered&assignee=me")
        self.page.locator(".wb-save summary").click()
        self.page.fill("#queue-name", "To read")
        self.press("Save")
        assert self.page.get_by_role("link", name="To read").get_attribute("aria-current") == "page"
        assert self.page.get_by_role("link", name=self.case.reference).is_visible()


def answer_through_the_link(page: Page, link: str, wage: str) -> None:
    """What the applicant does: a mistake first, then the answer."""
    page.goto(link)
    assert problems_of(page, "question") == []
    page.fill(f"input[name='{WAGE}']", "a lot")
    page.fill("textarea[name=reply]", "Here it is.")
    with page.expect_navigation():
        page.get_by_role("button", name="Send your answer").click()
    assert page.locator(".error-summary").is_visible()
    assert problems_of(page, "question with an error") == []
    assert page.input_value("textarea[name=reply]") == "Here it is."
    page.fill(f"input[name='{WAGE}']", wage)
    with page.expect_navigation():
        page.get_by_role("button", name="Send your answer").click()
    assert page.inner_text("h1") == "Thank you"
    assert problems_of(page, "thanks") == []


@pytest.fixture
def case(site: str, rulebook: Rulebook, settings: Any) -> Screening:
    settings.SITE_URL = site
    create_accounts({account.username: account.password for account in ACCOUNTS})
    facts = {**no_to_every_gate(rulebook), **ENGINEER["facts"], "situation.listed_profession": True}
    return sent(rulebook, facts, name="Fictional Engineer")


@pytest.fixture
def another(rulebook: Rulebook, release: CatalogueRelease) -> CatalogueRelease:
    """A draft of the same rules with a remark added."""
    files = rule_files(RULES)
    files["catalogue.yaml"] += "\n# A remark.\n"
    digest = read_stored_files(files).digest
    return CatalogueRelease.objects.create(digest=digest, law_as_of=release.law_as_of, files=files)


def test_a_consultant_does_a_days_work(
    browser: Browser, page: Page, site: str, case: Screening, another: CatalogueRelease
) -> None:
    day = Day(browser, site, case)
    day.sign_in()
    day.take_from_the_queue()
    day.ask_for(WAGE, "Please tell us the wage in the offer.")
    found = re.search(r"http\S+", mail.outbox[0].body)
    assert found
    answer_through_the_link(page, found.group(), "41.25")

    day.open_case()
    changed = day.page.locator("section.wb-changed")
    assert "41.25" in changed.inner_text()
    assert problems_of(day.page, "a case whose answers changed") == []
    day.open_case("timeline")
    assert "nothing was changed afterwards" in day.page.inner_text("#content")
    day.save_the_queue_of_answers()
    case.refresh_from_db()
    assert case.answers[WAGE] == 41.25

    day.override_a_code(REASON)
    assert REASON in json.dumps(day.export())
    publish(another)
    day.open_case("decisions")
    assert REASON in day.page.inner_text(".dc-entry.lapsed")
    day.open_case("timeline")
    assert "nothing was changed afterwards" in day.page.inner_text("#content")
    case.refresh_from_db()
    assert tampering(case) == []
    day.page.context.close()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_pages_of_the_workbench_are_accessible(browser: Browser, site: str, case: Screening, language: str) -> None:
    day = Day(browser, site, case, language)
    day.sign_in()
    address = reverse("admin:eligibility_screening_change", args=[case.pk])
    tabs = [f"{address}?tab={tab}" for tab in ("evidence", "messages", "documents", "notes", "timeline")]
    found = []
    for path in (QUEUE, f"{QUEUE}?state=closed", f"{QUEUE}queues/", *tabs):
        day.page.goto(f"{site}{path}")
        day.page.wait_for_load_state("networkidle")
        day.page.eval_on_selector_all("details", "all => all.slice(0, 12).forEach(one => one.open = true)")
        found += problems_of(day.page, path)
    assert found == []
    day.page.context.close()
