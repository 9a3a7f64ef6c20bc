"""Steps at the browser from nothing to an employer's overview, in either language; other journeys begin with them."""

import re
import time
from collections.abc import Callable
from urllib.parse import urlsplit

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from playwright.sync_api import Page

from tests.browser.visitor import Visitor

PASSWORD = "three-quiet-herons-waiting"
# What a journey does on each page that it passes, given a name for the page's state.
Look = Callable[[str], None]
BUTTON = "main form .actions button.button"
EMPLOYER = {
    "legal_name": "Phares d’Ailleurs & Fog Ltd.",
    "operating_name": "Lighthouses of Elsewhere",
    "business_number": "12345 6782 RP0001",
    "street": "1 Harbour Road",
    "city": "Halifax",
    "postal_code": "b3h1a1",
    "telephone": "902 555 0100",
    "activity": "Keeping of lighthouses",
    "established_on": "2001-05-01",
    "contact_name": "Robin Example",
    "contact_email": "robin@firm.example",
}
CHOSEN = {"province": "NS", "business_type": "corporation"}
TICKED = {"employee_band": "under_100", "revenue_band": "30k_to_5m", "has_barred_activity": "no"}


def sign_up(visitor: Visitor, email: str, look: Look = lambda state: None) -> None:
    """Create an account and follow the link of the message; ends signed in, on the portal's front page."""
    visitor.open("employers/")
    visitor.page.click("main a[href*='/accounts/signup/']")
    visitor.page.fill("#id_email", email)
    visitor.page.fill("#id_password1", PASSWORD)
    visitor.page.fill("#id_password2", PASSWORD)
    visitor.press(BUTTON)
    look("a link is on its way")
    follow_link(visitor, email)
    look("confirm the address")
    visitor.press(BUTTON)


def sign_in(visitor: Visitor, email: str) -> None:
    visitor.open("accounts/login/")
    visitor.page.fill("#id_login", email)
    visitor.page.fill("#id_password", PASSWORD)
    visitor.press(BUTTON)


def follow_link(visitor: Visitor, email: str) -> None:
    """Open the link of the newest message to an address."""
    message = next(sent for sent in reversed(mail.outbox) if sent.to == [email])
    found = re.search(r"https?://\S+", str(message.body))
    assert found, message.body
    visitor.page.goto(visitor.site + urlsplit(found[0]).path)


def enrol(visitor: Visitor, **changes: str) -> None:
    """Enrol an employer; ends on the page that asks for a second step."""
    visitor.open("employers/enrol/")
    for name, typed in {**EMPLOYER, **changes}.items():
        visitor.page.fill(f"#id_{name}", typed)
    for name, value in CHOSEN.items():
        visitor.page.select_option(f"#id_{name}", value)
    for name, value in TICKED.items():
        visitor.page.check(f"[name='{name}'][value='{value}']")
    visitor.press(BUTTON)


def set_up_second_step(visitor: Visitor, look: Look = lambda state: None) -> str:
    """From the page that asks for it, set up an app's code, and go on to where one was going; returns the secret."""
    page = visitor.page
    visitor.press("main .actions a.button")
    confirm_password(visitor)
    secret = page.input_value("#authenticator_secret")
    look("set up an app")
    page.fill("#id_code", "000000")
    visitor.press(BUTTON)
    look("set up an app, wrong")
    page.fill("#id_code", code_of(secret))
    visitor.press(BUTTON)
    look("recovery codes")
    visitor.press("main .inset a")
    return secret


def confirm_password(visitor: Visitor) -> None:
    """Enter the password again where a page asks for it before something that matters."""
    if "reauthenticate" in visitor.page.url:
        visitor.page.fill("#id_password", PASSWORD)
        visitor.press(BUTTON)


def code_of(secret: str) -> str:
    """Return the code that an authenticator app shows now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def employer_id(page: Page) -> str:
    """Return the employer's key from the address of a page of its workspace."""
    return page.url.split("/employers/")[1].split("/")[0]
