"""Axe finds nothing on any page in any state, in both languages, and 320 pixels are wide enough."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Browser, Page

from tests.browser.checking import problems_of, unfold
from tests.browser.visitor import Visitor
from tests.journeys.people import NOBODY_WITH_A_CODE, founder, irish_graduate

SEND_TOO_MANY_FIELDS = """(most) => {
    const form = document.querySelector("form[action$='/questions/begin/']");
    for (let name = 0; name <= most; name++) form.append(Object.assign(document.createElement("input"), { name }));
    form.submit();
}"""
LANGUAGES = [code for code, _ in settings.LANGUAGES]


@pytest.fixture(params=LANGUAGES)
def somebody(request: pytest.FixtureRequest, visitor: Visitor) -> Visitor:
    visitor.language = request.param
    return visitor


def test_the_pages_on_the_way_pass_empty_wrong_and_filled(somebody: Visitor) -> None:
    page, found, seen = somebody.page, list[str](), set[str]()
    somebody.open("")
    found += problems_of(page, "start")

    def check() -> None:
        here = page.url.split("?")[0]
        if here in seen:
            return
        seen.add(here)
        unfold(page)
        found.extend(problems_of(page, f"{here} empty"))
        somebody.go_on()
        found.extend(problems_of(page, f"{here} wrong"))
        assert page.evaluate("document.activeElement.id") == "error-summary"

    somebody.walk(founder(51), each=check)
    found += problems_of(page, "answers")
    for change in page.locator("dd.change a").all()[:4]:
        page.goto(somebody.site + (change.get_attribute("href") or ""))
        found += problems_of(page, f"{page.url} filled")
        somebody.back()
    somebody.open("")
    found += problems_of(page, "start, with answers")
    assert found == []


def test_the_pages_of_the_result_pass(somebody: Visitor) -> None:
    page, found = somebody.page, list[str]()
    somebody.walk(irish_graduate(35, timezone.localdate()))
    somebody.open("result/")
    found += problems_of(page, "result")
    unfold(page)
    found += problems_of(page, "result, unfolded")
    for path in ("result/cusma-professional/", "result/send/", "answers/erase/"):
        somebody.open(path)
        found += problems_of(page, path)
    somebody.open("result/send/")
    somebody.press("main form .button")
    found += problems_of(page, "send, wrong")
    page.fill("#id_contact_name", "Niamh Exemple")
    page.fill("#id_contact_email", "niamh@example.com")
    page.check("#id_consent")
    somebody.press("main form .button")
    found += problems_of(page, "sent")
    somebody.open("answers/erase/")
    found += problems_of(page, "erase, after sending")
    somebody.press("main form .button")
    found += problems_of(page, "start, after erasing")
    assert found == []


def test_a_result_where_nothing_fits_and_one_before_the_end_pass(somebody: Visitor) -> None:
    page, found = somebody.page, list[str]()
    somebody.start()
    somebody.open("answers/")
    found += problems_of(page, "answers, none")
    somebody.open("result/")
    found += problems_of(page, "result, before the first answer")
    somebody.walk(NOBODY_WITH_A_CODE)
    somebody.open("result/")
    found += problems_of(page, "result, nothing fits")
    assert found == []


@pytest.mark.parametrize("searched", ["", "T23", "engineer", "zzzz"])
def test_the_search_for_a_code_passes(somebody: Visitor, searched: str) -> None:
    somebody.open(f"codes/find/?q={searched}")
    assert problems_of(somebody.page, f"find {searched}") == []


@pytest.fixture
def in_the_dark(site: str, browser: Browser) -> Iterator[Visitor]:
    context = browser.new_context(color_scheme="dark")
    yield Visitor(context.new_page(), site)
    context.close()


def test_the_dark_scheme_has_enough_contrast(in_the_dark: Visitor) -> None:
    page, found = in_the_dark.page, list[str]()
    in_the_dark.start()
    found += problems_of(page, "ticks")
    in_the_dark.go_on()
    found += problems_of(page, "ticks, wrong")
    in_the_dark.open("questions/job_offer/?fact=offer.province&fact=offer.wage_hourly&fact=offer.paid")
    in_the_dark.go_on()
    found += problems_of(page, "questions, wrong")
    in_the_dark.open("result/")
    unfold(page)
    found += problems_of(page, "result")
    assert found == []


def error_page(page: Page, somebody: Visitor, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bring about an error."""
    match kind:
        case "404":
            somebody.open("no-such-page/")
        case "expired form":
            somebody.open("")
            page.context.clear_cookies()
            somebody.press("form[action$='/questions/begin/'] button")
        case "400":
            somebody.open("")
            page.evaluate(SEND_TOO_MANY_FIELDS, settings.DATA_UPLOAD_MAX_NUMBER_FIELDS)
            page.wait_for_url("**/questions/begin/")
        case "500":

            def broken() -> None:
                raise RuntimeError("broken for this test")

            monkeypatch.setattr("eligibility.questionnaire.views.published_rulebook", broken)
            somebody.open("")


@pytest.mark.parametrize("kind", ["404", "expired form", "400", "500"])
def test_error_pages_pass_and_lead_on(somebody: Visitor, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    error_page(somebody.page, somebody, kind, monkeypatch)
    assert somebody.page.locator("h1").count() == 1
    assert somebody.page.locator("main .button").is_visible()
    assert problems_of(somebody.page, kind) == []
