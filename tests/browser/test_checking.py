"""The checks of the browser tests notice what they are there for."""

from playwright.sync_api import Page

from tests.browser.checking import problems_of

GOOD = "<!doctype html><html lang=en><title>A page</title><main><h1>A page</h1><p>Words.</p></main>"
BAD = "<!doctype html><html lang=en><title>A page</title><main><h1>A page</h1><input><img src='data:,'></main>"
WIDE = GOOD.replace("<p>", "<p style='width: 400px'>")


def test_a_good_page_passes(page: Page) -> None:
    page.set_content(GOOD)
    assert problems_of(page, "good") == []


def test_a_control_without_a_name_is_noticed(page: Page) -> None:
    page.set_content(BAD)
    found = " ".join(problems_of(page, "bad"))
    assert "label" in found
    assert "image-alt" in found


def test_a_page_too_wide_for_a_small_screen_is_noticed(page: Page) -> None:
    page.set_content(WIDE)
    assert any("pixels wide at 320" in problem for problem in problems_of(page, "wide"))
