"""Offers at the browser: from sign-up to a number and through a correction, and drafts that lose nothing."""

from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from employer_portal.actors import person
from employer_portal.drafts import save_draft
from employer_portal.models import Membership, OfferOfEmployment, Refund, WorkerConfirmation
from employer_portal.offers import submit_offer
from employer_portal.uploaded_rows import keep_rows
from employer_portal.workers import confirm, invite_worker
from tests.browser.checking import problems_of, unfold
from tests.browser.visitor import Visitor
from tests.employer_portal.factories import MembershipFactory, UserFactory, charity_draft, draft
from tests.employer_portal.test_workers import passport
from tests.portal_pages import offer_steps, steps


@pytest.fixture
def writer(visitor: Visitor) -> Membership:
    """Somebody signed in at the browser who writes offers."""
    user = UserFactory(username="writer")
    user.set_password(steps.PASSWORD)
    user.save()
    member: Membership = MembershipFactory(user=user, role="secondary")
    steps.sign_in(visitor, user.email)
    return member


@pytest.mark.parametrize("language", ["en", "fr"])
def test_from_sign_up_to_a_number_and_through_a_correction(visitor: Visitor, settings: Any, language: str) -> None:
    settings.SITE_URL = visitor.site
    visitor.language = language
    page, found = visitor.page, list[str]()

    def check(state: str) -> None:
        found.extend(problems_of(page, state))

    steps.sign_up(visitor, "first@firm.example")
    steps.enrol(visitor)
    steps.set_up_second_step(visitor)
    employer_id = steps.employer_id(page)
    visitor.open(f"employers/{employer_id}/offers/")
    check("offers, none")
    offer_steps.begin(visitor, employer_id)
    visitor.press(offer_steps.SAVE)
    assert page.evaluate("document.activeElement.id") == "error-summary"
    check("worker, empty")
    offer_steps.write(visitor, check)
    check("check, ready")
    visitor.press(offer_steps.SUBMIT)
    check("awaiting the fee")
    first = offer_steps.pay(visitor)
    check("issued")

    visitor.press("a[href$='/do/correct/']")
    check("correct")
    page.fill("#reason", "Passport renewed.")
    visitor.press("main form .actions button")
    page.wait_for_url("**/edit/check/")
    assert page.locator(offer_steps.SUBMIT).count() == 0
    page.goto(page.url.replace("/check/", "/worker/"))
    offer_steps.fill(visitor, {"worker_passport_number": "XB 999"})
    offer_steps.save(visitor)
    page.goto(page.url.replace("/exemption/", "/declarations/"))
    offer_steps.declare(visitor)
    offer_steps.save(visitor)
    visitor.press(offer_steps.SUBMIT)
    second = offer_steps.pay(visitor)
    assert first != second

    old, new = (OfferOfEmployment.objects.get(number=number) for number in (first, second))
    assert (old.status, new.status, new.worker_passport_number) == ("withdrawn", "issued", "XB 999")
    call_command("send_refunds")
    refund = Refund.objects.get(offer=old)
    assert (refund.amount_cad, refund.status) == (230, "sent")
    page.goto(page.url.replace(str(new.pk), str(old.pk)))
    assert "230" in page.inner_text(".offer-columns")
    unfold(page)
    check("withdrawn, unfolded")
    assert found == []


def test_what_is_typed_is_saved_at_once_kept_offline_and_sent_when_the_line_is_back(
    visitor: Visitor, writer: Membership
) -> None:
    page, offer = visitor.page, draft(writer)
    visitor.open(f"employers/{writer.employer_id}/offers/{offer.pk}/edit/job/")
    status = page.locator("#saved")
    with page.expect_response("**/edit/job/"):
        offer_steps.fill(visitor, {"job_title": "Keeper"})
        page.press("[name='job_title']", "Tab")
    expect(page.locator("[name='version']")).to_have_value("2")
    page.context.set_offline(True)
    offer_steps.fill(visitor, {"main_duties": "Keeps the light."})
    page.press("[name='main_duties']", "Tab")
    expect(status).to_contain_text("no connection")
    page.context.set_offline(False)
    expect(page.locator("[name='version']")).to_have_value("3")
    expect(status).to_contain_text("Saved")

    page.route("**/edit/job/", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    offer_steps.fill(visitor, {"recruiter": "Nobody Inc."})
    page.press("[name='recruiter']", "Tab")
    expect(status).to_contain_text("no connection")
    page.unroute("**/edit/job/")
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(page.locator("[name='version']")).to_have_value("4")
    stored = OfferOfEmployment.objects.get(pk=offer.pk)
    assert (stored.job_title, stored.main_duties, stored.recruiter) == ("Keeper", "Keeps the light.", "Nobody Inc.")


def test_two_people_on_one_field_are_led_to_compare_and_choose(visitor: Visitor, writer: Membership) -> None:
    page, offer = visitor.page, draft(writer)
    visitor.open(f"employers/{writer.employer_id}/offers/{offer.pk}/edit/job/")
    save_draft(offer.pk, 1, {"job_title": "Theirs"}, person(writer.user))
    offer_steps.fill(visitor, {"job_title": "Mine"})
    page.press("[name='job_title']", "Tab")
    visitor.press("#saved a")
    assert problems_of(page, "compare") == []
    page.check("[name='job_title'][value='yours']")
    visitor.press("main form .actions button")
    assert OfferOfEmployment.objects.get(pk=offer.pk).job_title == "Mine"


def test_places_of_work_come_and_go_by_script(visitor: Visitor, writer: Membership) -> None:
    page, offer = visitor.page, draft(writer)
    visitor.open(f"employers/{writer.employer_id}/offers/{offer.pk}/edit/sites/")
    page.click("button[name='add']")
    second = {"street": "2 rue du Phare", "city": "Gaspé", "province": "QC", "postal_code": "G4X 9Z9"}
    offer_steps.fill(visitor, {f"site-1-{name}": value for name, value in second.items()})
    page.click("button[name='remove'] >> nth=0")
    assert page.locator("[data-row] legend").all_inner_texts() == ["Place 1"]
    offer_steps.save(visitor)
    assert [site.city for site in offer.sites.all()] == ["Gaspé"]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_other_pages_pass_in_both_languages(visitor: Visitor, writer: Membership, language: str) -> None:
    visitor.language = language
    page, who, found = visitor.page, person(writer.user), list[str]()
    offer = draft(writer, worker_citizenship="FR", hourly_wage_cad="9", hours_per_week="20", hours_per_day="5")
    _one, opened = invite_worker(offer.pk, "kim@worker.example", "en", who)
    confirm(opened, passport(offer, passport_number="XA000123"))
    rows = [{"job_title": "Keeper", "hours_per_day": "99"}, {"job_title": "Keeper"}]
    upload = keep_rows(rows, "a.csv", writer.employer, who)
    base = f"employers/{writer.employer_id}/offers"
    paths = {
        "list": f"{base}/",
        "list, nothing found": f"{base}/?q=nobody",
        "new": f"{base}/new/",
        "wage, wrong": f"{base}/{offer.pk}/edit/wage/?check",
        "check, wrong": f"{base}/{offer.pk}/edit/check/",
        "offer, differing": f"{base}/{offer.pk}/",
        "upload": f"{base}/upload/",
        "preview": f"{base}/upload/{upload.pk}/",
        "groups": f"{base}/groups/",
        "worker, done": f"employers/worker/{opened}/",
        "worker, form": f"employers/worker/{opened}/?again",
        "worker, closed": "employers/worker/nobody/",
        "quote": "employers/offer-number/",
    }
    for state, path in paths.items():
        visitor.open(path)
        unfold(page)
        found += problems_of(page, f"{language} {state}")
    visitor.open("employers/offer-number/")
    visitor.press("main form .actions button")
    found += problems_of(page, f"{language} quote, wrong")
    assert found == []


def test_a_worker_confirms_the_passport_and_quotes_the_number_in_a_browser(visitor_without_script: Visitor) -> None:
    """A page that hides its address must not hide the origin of its forms: browsers send it, test clients do not."""
    page, member = visitor_without_script.page, MembershipFactory()
    offer = submit_offer(charity_draft(member).pk, person(member.user))
    _link, secret = invite_worker(offer.pk, "kim@worker.example", "en", person(member.user))
    visitor_without_script.open(f"employers/worker/{secret}/")
    expires_on = offer.worker_passport_expires_on.isoformat()
    typed = {"family_name": "Example", "given_names": "Kim", "date_of_birth": "1990-02-03",
             "passport_number": str(offer.worker_passport_number), "passport_expires_on": expires_on}  # fmt: skip
    for name, value in typed.items():
        page.fill(f"[name={name}]", value)
    page.select_option("[name=citizenship]", "US")
    visitor_without_script.press("main form button")
    assert WorkerConfirmation.objects.get().passport_number == offer.worker_passport_number
    visitor_without_script.press("main form[action$='/questionnaire/'] button")
    assert "/questions/" in page.url
    visitor_without_script.open("employers/offer-number/")
    page.fill("[name=number]", str(offer.number).lower())
    page.fill("[name=passport_number]", str(offer.worker_passport_number))
    page.fill("[name=date_of_birth]", "1990-02-03")
    visitor_without_script.press("main form button")
    assert "/questions/" in page.url
