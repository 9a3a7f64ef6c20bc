"""Steps at the browser with an offer: writing it step by step, filing it, paying for it."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from playwright.sync_api import expect

from employer_portal.content import AGREEMENT_FIELDS, JOB_FIELDS, WAGE_FIELDS, WORKER_FIELDS
from tests.browser.visitor import Visitor
from tests.employer_portal.factories import content

SAVE = "#form > .actions button"
SUBMIT = "form[action$='/submit/'] button"
DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
FIELDS: dict[str, tuple[str, ...]] = {
    "worker": WORKER_FIELDS,
    "exemption": ("applies_on", "exemption_category", "exemption_explanation"),
    "job": JOB_FIELDS,
    "wage": WAGE_FIELDS,
    "agreement": AGREEMENT_FIELDS,
}


def begin(visitor: Visitor, employer_id: str) -> None:
    """Begin an empty offer; ends on its first step."""
    visitor.open(f"employers/{employer_id}/offers/new/")
    visitor.press("main form .actions button")


def write(visitor: Visitor, each: Callable[[str], None], **changes: Any) -> None:
    """Fill in every step from the first; `each` is called on every step once it is filled. Ends on the check."""
    said = content(**changes)
    for step in ("worker", "exemption", "job", "wage", "sites", "agreement", "fee", "declarations"):
        visitor.page.wait_for_url(f"**/edit/{step}/")
        if step == "sites":
            _fill_places(visitor, said["sites"])
        elif step == "declarations":
            declare(visitor)
        else:
            fill(visitor, {name: said[name] for name in FIELDS.get(step, ()) if name in said})
        each(step)
        save(visitor)
    visitor.page.wait_for_url("**/edit/check/")


def fill(visitor: Visitor, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        _fill_one(visitor, name, value)


def declare(visitor: Visitor) -> None:
    for box in visitor.page.locator("input[name='declared']").all():
        box.check()


def save(visitor: Visitor) -> None:
    """Go on to the next step, once what was typed is saved by itself."""
    expect(visitor.page.locator("#saved[data-state='changed'], #saved[data-state='saving']")).to_have_count(0)
    visitor.press(SAVE)
    assert not visitor.page.locator(".error-summary").count(), visitor.page.inner_text(".error-summary")


def pay(visitor: Visitor) -> str:
    """From the page of an offer that awaits its fee: pay, and return the number that the offer got."""
    page = visitor.page
    offer = page.url
    visitor.press("a[href$='/pay/']")
    visitor.press("main form .actions button")
    page.check("input[name='outcome'][value='confirmed']")
    visitor.press("main form .actions button")
    page.goto(offer)
    return page.inner_text("#offer-number")


def _fill_places(visitor: Visitor, places: list[dict[str, str]]) -> None:
    for number, place in enumerate(places):
        if number:
            visitor.page.click("button[name='add']")
        for name, value in place.items():
            _fill_one(visitor, f"site-{number}-{name}", value)


def _fill_one(visitor: Visitor, name: str, value: Any) -> None:
    page = visitor.page
    if isinstance(value, bool):
        value = "yes" if value else "no"
    if parts := DAY.fullmatch(value):
        page.fill(f"[name='{name}-day']", str(int(parts[3])))
        page.select_option(f"[name='{name}-month']", str(int(parts[2])))
        page.fill(f"[name='{name}-year']", parts[1])
    elif page.locator(f"[name='{name}-typed']").count():
        list_of = page.locator(f"select[name='{name}']")
        words = list_of.evaluate("(list, value) => [...list.options].find((one) => one.value === value).text", value)
        page.fill(f"[name='{name}-typed']", words)
        page.press(f"[name='{name}-typed']", "Tab")
    elif page.locator(f"select[name='{name}']").count():
        page.select_option(f"select[name='{name}']", value)
    elif page.locator(f"[name='{name}'][type='radio']").count():
        page.check(f"[name='{name}'][value='{value}']")
    else:
        is_number = page.locator(f"[name='{name}'][inputmode='decimal']").count()
        page.fill(f"[name='{name}']", value.replace(".", ",") if is_number and visitor.language == "fr" else value)
