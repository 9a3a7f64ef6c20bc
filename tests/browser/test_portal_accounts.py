"""From nothing to an employer's overview, and the pages of a workspace's people and company, at the browser."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.models import User
from playwright.sync_api import Page

from employer_portal.actors import person
from employer_portal.memberships import invite
from employer_portal.models import Employer, Membership, Notification, Role
from employer_portal.offers import submit_offer
from tests.browser.checking import problems_of
from tests.browser.visitor import Visitor
from tests.employer_portal.factories import BranchFactory, MembershipFactory, draft
from tests.portal_pages import steps


@pytest.mark.parametrize("language", ["en", "fr"])
def test_from_sign_up_to_the_overview(visitor: Visitor, language: str) -> None:
    visitor.language = language
    page, found = visitor.page, list[str]()

    def look(state: str) -> None:
        found.extend(problems_of(page, state))

    steps.sign_up(visitor, "first@firm.example", look)
    page.wait_for_url(f"**/{language}/employers/")
    found += problems_of(page, "front page, empty")

    visitor.press("main a.button")
    found += problems_of(page, "enrol, empty")
    visitor.press(steps.BUTTON)
    assert page.evaluate("document.activeElement.id") == "error-summary"
    found += problems_of(page, "enrol, wrong")
    steps.enrol(visitor, business_number="123456789")
    assert page.input_value("#id_legal_name") == steps.EMPLOYER["legal_name"]
    assert "123456789" in page.inner_text("#id_business_number_error")
    page.fill("#id_business_number", steps.EMPLOYER["business_number"])
    visitor.press(steps.BUTTON)

    employer = Employer.objects.get()
    assert page.url.endswith(f"/{employer.pk}/second-factor/?next=/{language}/employers/{employer.pk}/")
    found += problems_of(page, "second factor is needed")
    assert (employer.postal_code, employer.telephone) == ("B3H 1A1", "+19025550100")
    assert employer.contacts.get().language == language
    steps.set_up_second_step(visitor, look)
    assert page.url.endswith(f"/{language}/employers/{employer.pk}/")
    assert Membership.objects.get().role == Role.PRIMARY
    found += problems_of(page, "overview, empty")
    assert found == []


@pytest.fixture
def primary(site: str) -> Membership:
    """A primary user with a second step, a branch, colleagues, an invitation, an offer that moved, and news."""
    user = User.objects.create_user("primary", "primary@firm.example", steps.PASSWORD)
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    member: Membership = MembershipFactory(user=user)
    branch = BranchFactory(employer=member.employer, street="2 Fog Street", city="Halifax", province="NS")
    MembershipFactory(employer=member.employer, role=Role.REPRESENTATIVE, licence_number="R1", own_offers_only=True)
    invite(member.employer, "guest@else.example", Role.SECONDARY, person(user), branch=branch)
    offer = draft(member)
    submit_offer(offer.pk, person(user))
    Notification.objects.create(person=user, employer=member.employer, offer=offer, kind="capture")
    MembershipFactory(user=user, role=Role.REPRESENTATIVE)
    return member


FILLED = (
    "", "company/", "company/edit/", "company/history/", "company/contacts/add/", "company/branches/add/",
    "company/tokens/", "people/", "people/invite/", "notifications/", "notifications/settings/",
)  # fmt: skip
WRONG = ("company/contacts/add/", "company/branches/add/", "company/tokens/", "people/invite/")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_page_of_a_workspace_passes(visitor: Visitor, primary: Membership, language: str) -> None:
    TOTP.activate(primary.user, SECRET)
    visitor.language = language
    page, found, home = visitor.page, list[str](), f"employers/{primary.employer_id}/"
    steps.sign_in(visitor, primary.user.email)
    found += problems_of(page, "second step")
    page.fill("#id_code", steps.code_of(SECRET))
    visitor.press(steps.BUTTON)
    found += problems_of(page, "front page, two employers")
    other = Membership.objects.filter(employer=primary.employer).exclude(pk=primary.pk).get()
    branch = primary.employer.branches.get()
    more = (f"people/{other.pk}/", f"people/{other.pk}/remove/", f"company/branches/{branch.pk}/remove/")
    for path in (*FILLED, *more):
        visitor.open(home + path)
        assert page.locator("main h1").count() == 1, path
        found += problems_of(page, path)
    for path in WRONG:
        visitor.open(home + path)
        visitor.press(steps.BUTTON)
        assert page.evaluate("document.activeElement.id") == "error-summary", path
        found += problems_of(page, f"{path}, wrong")
    visitor.open(f"{home}company/tokens/")
    page.fill("#id_name", "payroll")
    visitor.press(steps.BUTTON)
    assert page.inner_text(".secret").startswith("imp_")
    found += problems_of(page, "a new token")
    assert found == []


SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def test_a_security_key_is_a_second_step(visitor: Visitor, primary: Membership, page: Page) -> None:
    """A virtual key of the browser; the strict content security policy stays on."""
    keys = page.context.new_cdp_session(page)
    keys.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "usb", "hasResidentKey": True, "hasUserVerification": True}
    keys.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": {**options, "isUserVerified": True, "automaticPresenceSimulation": True}},
    )
    steps.sign_in(visitor, primary.user.email)
    visitor.open("accounts/2fa/webauthn/add/")
    steps.confirm_password(visitor)
    found = problems_of(page, "add a key")
    page.fill("#id_name", "Blue key")
    visitor.press("#mfa_webauthn_add")
    assert Authenticator.objects.filter(user=primary.user, type="webauthn").count() == 1
    visitor.open("accounts/2fa/webauthn/")
    assert "Blue key" in page.inner_text("main")
    found += problems_of(page, "keys")
    visitor.open(f"employers/{primary.employer_id}/")
    assert "/second-factor/" not in page.url

    page.context.clear_cookies()
    steps.sign_in(visitor, primary.user.email)
    found += problems_of(page, "second step with a key")
    visitor.press("#mfa_webauthn_authenticate")
    assert page.url.endswith("/en/employers/")
    assert found == []
