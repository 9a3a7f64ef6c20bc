"""From nothing to an employer's overview, and the pages of a workspace's people and company, at the browser."""

import pytest

from employer_portal.models import Employer, Membership, Role
from tests.browser.checking import problems_of
from tests.browser.visitor import Visitor
from tests.portal_pages import steps


@pytest.mark.parametrize("language", ["en", "fr"])
def test_from_sign_up_to_the_overview(visitor: Visitor, language: str) -> None:
    visitor.language = language
    page, found = visitor.page, list[str]()
    steps.sign_up(visitor, "first@firm.example")
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
    steps.set_up_second_step(visitor)
    assert page.url.endswith(f"/{language}/employers/{employer.pk}/")
    assert Membership.objects.get().role == Role.PRIMARY
    found += problems_of(page, "overview, empty")
    assert found == []
