"""The keyboard alone is enough."""

from datetime import date
from typing import Any

import pytest

from tests.browser.visitor import Visitor
from tests.journeys.people import NOBODY_WITH_A_CODE

MOST_TABS = 80


class Typist(Visitor):
    """Answers with the keys alone: Tab, Space, arrows, letters and Enter."""

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def tab_to(self, selector: str) -> None:
        for _ in range(MOST_TABS):
            if self.page.evaluate("(wanted) => document.activeElement.matches(wanted)", selector):
                return
            self.press("Tab")
        raise AssertionError(f"{selector} is not reached by Tab")

    def start(self) -> None:
        self.open("")
        self.tab_to("form[action$='/questions/begin/'] button")
        self.press("Enter")
        self.page.wait_for_selector("form[data-questions]")

    def go_on(self) -> None:
        self.tab_to("form[data-questions] .actions button")
        with self.page.expect_navigation():
            self.press("Enter")

    def _fill(self, name: str, kind: str, value: Any) -> None:
        if kind == "radios":
            self._turn_to(name, "unknown" if value is None else {True: "yes", False: "no"}.get(value, value))
        elif value is None or value == []:
            self.tab_to(f"[name='{name}-unknown']" if value is None else f"[name='{name}'][value='none_of_these']")
            self.press("Space")
        elif kind == "date":
            self._type_date(name, value)
        elif kind in ("search", "countries"):
            self._search(name, value if isinstance(value, str) else value[0])
        else:
            self.tab_to(f"[name='{name}']")
            self.page.keyboard.type(str(value))

    def _turn_to(self, name: str, value: str) -> None:
        self.tab_to(f"[type=radio][name='{name}']")
        self.press("Space")
        for _ in range(20):
            if self.page.evaluate("document.activeElement.value") == value:
                return
            self.press("ArrowDown")
        raise AssertionError(f"{name} has no {value}")

    def _type_date(self, name: str, day: date) -> None:
        for part, keys in (("month", day.strftime("%b")), ("day", str(day.day)), ("year", str(day.year))):
            self.tab_to(f"[name='{name}-{part}']")
            self.page.keyboard.type(keys)

    def _search(self, name: str, value: str) -> None:
        words = self.page.locator(f"select[name='{name}'] option[value='{value}']").first.text_content() or ""
        self.tab_to(f"[name='{name}-typed']")
        self.page.keyboard.type(words[:5])
        for _ in range(40):
            self.press("ArrowDown")
            active = self.page.evaluate("document.activeElement.getAttribute('aria-activedescendant')")
            if self.page.inner_text(f"[id='{active}']").split("\n")[0] == words:
                break
        self.press("Enter")


@pytest.fixture
def typist(visitor: Visitor) -> Typist:
    return Typist(visitor.page, visitor.site)


def test_a_whole_journey_needs_no_mouse(typist: Typist) -> None:
    typist.walk(NOBODY_WITH_A_CODE)
    typist.tab_to("a.button[href$='/result/']")
    typist.press("Enter")
    typist.page.wait_for_url("**/result/")
    assert typist.page.get_by_text("Temporary Foreign Worker Program").first.is_visible()
    typist.tab_to("details.family summary")
    typist.press("Enter")
    assert typist.page.locator("details.family[open]").count() == 1


def test_the_first_tab_skips_to_the_content(typist: Typist) -> None:
    typist.open("")
    typist.press("Tab", "Enter", "Tab")
    assert typist.page.evaluate("document.activeElement.closest('main') !== null")


def test_an_error_is_reached_from_its_summary(typist: Typist) -> None:
    typist.start()
    typist.open("questions/job_offer/?fact=offer.paid&fact=offer.wage_hourly")
    typist.go_on()
    assert typist.page.evaluate("document.activeElement.id") == "error-summary"
    typist.tab_to("#error-summary li:nth-child(2) a")
    typist.press("Enter")
    assert typist.page.evaluate("document.activeElement.name") == "offer.wage_hourly"
