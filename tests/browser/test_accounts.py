"""The pages of accounts have the site's look, and axe finds nothing on them."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import User

from tests.browser.checking import problems_of
from tests.browser.visitor import Visitor

PASSWORD = "three-quiet-herons-waiting"
BEFORE = ("login/", "signup/", "password/reset/", "password/reset/done/", "confirm-email/", "inactive/")
AFTER = ("email/", "password/change/", "2fa/", "2fa/totp/activate/", "2fa/recovery-codes/", "logout/")


@pytest.fixture
def account(site: str) -> User:
    user = User.objects.create_user("consultant", "consultant@example.com", PASSWORD)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_pages_before_signing_in_pass(visitor: Visitor, language: str) -> None:
    visitor.language = language
    found: list[str] = []
    for path in BEFORE:
        visitor.open(f"accounts/{path}")
        found += problems_of(visitor.page, path)
        assert visitor.page.locator(".masthead .brand").is_visible()
    for path in ("login/", "signup/"):
        visitor.open(f"accounts/{path}")
        visitor.press("main button.button")
        found += problems_of(visitor.page, f"{path}, wrong")
        assert visitor.page.evaluate("document.activeElement.id") == "error-summary"
    assert found == []


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_pages_after_signing_in_pass(visitor: Visitor, account: User, language: str) -> None:
    visitor.language = language
    page, found = visitor.page, list[str]()
    visitor.open("accounts/login/")
    page.fill("#id_login", account.email)
    page.fill("#id_password", PASSWORD)
    visitor.press("main button.button")
    page.wait_for_url(f"**/{language}/employers/")
    for path in AFTER:
        visitor.open(f"accounts/{path}")
        found += problems_of(page, page.url)
        if "reauthenticate" in page.url:
            page.fill("#id_password", PASSWORD)
            visitor.press("main button.button")
            found += problems_of(page, page.url)
    assert found == []
