"""The catalogue in a browser: nothing for axe to find, nothing too wide for a small screen, no script needed."""

import pytest

from tests.browser.checking import problems_of, unfold
from tests.browser.visitor import Visitor

PAGES = (
    "codes/",
    "codes/?q=T23",
    "codes/?q=Mexico",
    "codes/?q=nurse",
    "codes/?q=proffessional",
    "codes/cusma-professional/?was=T23",
    "codes/spouse-of-skilled-worker/",
    "codes/iec-working-holiday/",
    "codes/ceta-contract-supplier/",
    "codes/policy-r01-visitor/",
    "codes/no-permit-off-campus-student/",
    "codes/business-owner/?on=2022-12-14",
    "codes/business-owner/?on=soon",
    "codes/changed/",
    "countries/",
    "countries/MX/",
    "countries/GB/",
)
FOLDED_TOO = ("codes/cusma-professional/?was=T23", "countries/MX/")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_page_passes_axe_and_fits_a_small_screen_unfolded_too(visitor: Visitor, language: str) -> None:
    visitor.language = language
    found: list[str] = []
    for path in PAGES:
        visitor.open(path)
        if path in FOLDED_TOO:
            found += problems_of(visitor.page, f"{path} folded")
        unfold(visitor.page)
        found += problems_of(visitor.page, path)
    assert found == []


def test_from_an_old_code_to_the_questionnaire_without_a_script(visitor_without_script: Visitor) -> None:
    visitor = visitor_without_script
    page = visitor.page
    visitor.open("codes/")
    page.fill("#code-search", "t23")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "T23 was used until December 14, 2022" in page.inner_text(".results")
    visitor.press("text=CUSMA professionals")
    assert page.inner_text("h1") == "T36 CUSMA professionals"
    visitor.press("text=Check me against this one")
    assert visitor.is_asked


def test_a_list_opens_for_who_follows_a_link_to_it(visitor_without_script: Visitor) -> None:
    visitor = visitor_without_script
    visitor.open("codes/cusma-professional/")
    assert not visitor.page.is_visible("text=Animal breeder")
    visitor.page.click(".to-list >> nth=0")
    assert visitor.page.is_visible("text=Animal breeder")


def test_another_day_is_chosen_and_left_again(visitor_without_script: Visitor) -> None:
    visitor = visitor_without_script
    page = visitor.page
    visitor.open("codes/cusma-professional/")
    page.fill("#day-on", "2022-12-14")
    visitor.press(".day-form button")
    assert "This is the law of December 14, 2022." in page.inner_text(".past-day")
    assert page.inner_text("h1") == "T23 CUSMA professionals"
    visitor.press("text=See today’s")
    assert page.inner_text("h1") == "T36 CUSMA professionals"


def test_the_other_language_keeps_the_page_the_search_and_the_day(visitor: Visitor) -> None:
    visitor.open("codes/?q=T23&on=2022-12-14")
    visitor.press("[data-language]")
    assert visitor.page.url.endswith("/fr/codes/?q=T23&on=2022-12-14")
    assert "Voici le droit du 14 décembre 2022." in visitor.page.inner_text("main")


def test_a_country_is_searched_for_and_opened(visitor: Visitor) -> None:
    page = visitor.page
    visitor.open("countries/")
    page.fill("#country-code", "mexi")
    page.click("[role=option]")
    visitor.press(".country-form button")
    assert page.url.endswith("/en/countries/MX/")
    assert page.inner_text("h1") == "Mexico"


def test_a_category_prints_whole_and_without_what_only_serves_the_screen(visitor: Visitor) -> None:
    page = visitor.page
    visitor.open("codes/cusma-professional/")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 720, "height": 900})
    assert not page.is_visible(".sections")
    assert not page.is_visible("text=Check me against this one")
    assert page.is_visible("text=All of these must hold")
    assert len(page.pdf()) > 10_000
