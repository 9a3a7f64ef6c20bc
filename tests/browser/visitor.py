"""Somebody at the browser: starts, answers whatever page asks from a dictionary of facts, and reads the result."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from playwright.sync_api import Page

MOST_PAGES = 60
GO_ON = "form[data-questions] .actions button"


class Visitor:
    def __init__(self, page: Page, site: str, language: str = "en") -> None:
        self.page, self.site, self.language = page, site, language

    def open(self, path: str) -> None:
        self.page.goto(f"{self.site}/{self.language}/{path}")

    def start(self) -> None:
        self.open("")
        self.press("form[action$='/questions/begin/'] button")

    @property
    def is_asked(self) -> bool:
        return "/questions/" in self.page.url

    def walk(self, facts: Mapping[str, Any], each: Callable[[], None] = lambda: None) -> None:
        """Start and answer page after page until nothing is left to ask; `each` is called on every page first."""
        self.start()
        for _ in range(MOST_PAGES):
            if not self.is_asked:
                return
            each()
            self.answer(facts)
            self.go_on()
            assert not self.page.locator(".error-summary").count(), self.page.inner_text(".error-summary")
        raise AssertionError(f"more than {MOST_PAGES} pages")

    def go_on(self) -> None:
        self.press(GO_ON)

    def press(self, selector: str) -> None:
        """Click what leads to another page, and wait for it."""
        with self.page.expect_navigation():
            self.page.click(selector)

    def back(self) -> None:
        """Go one page back, as the browser's button does."""
        with self.page.expect_navigation():
            self.page.evaluate("history.back()")

    def answer(self, facts: Mapping[str, Any]) -> None:
        """Fill in the page; what the facts do not tell is not known yet."""
        asked, ticks = self.page.evaluate(
            """() => [[...document.querySelectorAll("[data-fact]")].map((one) => [one.dataset.fact, one.dataset.kind]),
                      [...document.querySelectorAll("input[name=ticked]")].map((one) => one.value)]"""
        )
        if ticks:
            for value in [name for name in ticks if facts.get(name) is True] or ["none_of_these"]:
                self.page.check(f"input[value='{value}']")
        for name, kind in asked:
            self._fill(name, kind, facts.get(name))

    def _fill(self, name: str, kind: str, value: Any) -> None:
        if kind == "radios":
            said = "unknown" if value is None else {True: "yes", False: "no"}.get(value, value)
            self.page.check(f"[name='{name}'][value='{said}']")
        elif value is None:
            self.page.check(f"[name='{name}-unknown']")
        elif kind == "date":
            self._fill_date(name, value)
        elif kind == "checkboxes" or value == []:
            self._fill_boxes(name, value or ["none_of_these"])
        elif kind in ("number", "text"):
            self.page.fill(f"[name='{name}']", str(value))
        else:
            for position, one in enumerate(value if isinstance(value, list) else [value]):
                self._choose(name, position, one)

    def _fill_date(self, name: str, day: date) -> None:
        self.page.fill(f"[name='{name}-day']", str(day.day))
        self.page.select_option(f"[name='{name}-month']", str(day.month))
        self.page.fill(f"[name='{name}-year']", str(day.year))

    def _fill_boxes(self, name: str, values: list[str]) -> None:
        for value in values:
            box = self.page.locator(f"[name='{name}'][value='{value}']")
            if not box.is_visible():
                self.page.click(f"[data-fact='{name}'] .more-boxes summary")
            box.check()

    def _choose(self, name: str, position: int, value: str) -> None:
        """Choose from a list: type an entry's words where there is a search box, else take it from the list."""
        boxes = self.page.locator(f"[name='{name}-typed']")
        select = self.page.locator(f"select[name='{name}']").nth(position)
        if not boxes.count():
            select.select_option(value)
            return
        if position == 1:
            self.page.click(f"[data-fact='{name}'] details summary")
        words = select.evaluate("(list, value) => [...list.options].find((one) => one.value === value).text", value)
        boxes.nth(position).fill(words)
        boxes.nth(position).press("Tab")

    def outcomes(self) -> dict[str, str]:
        """Return the outcome of every code as the result page shows it."""
        self.open("result/")
        shown = self.page.locator("[data-code]").evaluate_all(
            "items => items.map(item => [item.dataset.code, item.dataset.outcome])"
        )
        return dict(shown)
