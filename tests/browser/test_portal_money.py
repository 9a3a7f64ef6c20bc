"""Money and duties in a browser: every page in every state passes axe, a payment goes through, a late answer shows."""

from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings as site_settings
from django.test import Client
from django.utils import timezone
from payments import PaymentStatus
from playwright.sync_api import Browser, Page, expect

from employer_portal.actors import Actor, person
from employer_portal.duty_records import record_duty
from employer_portal.models import FeePayment, Membership, OfferOfEmployment, Receipt
from employer_portal.offers import submit_group, submit_offer, withdraw_offer
from employer_portal.payments import hear, start_payment
from employer_portal.refunds import send_due_refunds
from tests.browser.checking import problems_of, unfold
from tests.employer_portal.documents import PDF_BYTES, upload
from tests.employer_portal.factories import MembershipFactory, draft, group_of, used_offer

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
pytestmark = pytest.mark.django_db(transaction=True)


class Desk:
    """Somebody signed in at a browser, with an employer whose money and workers are in every state."""

    def __init__(self, page: Page, site: str, member: Membership) -> None:
        self.page, self.site, self.member = page, site, member
        client = Client()
        client.force_login(member.user)
        cookie = client.cookies[site_settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": site_settings.SESSION_COOKIE_NAME, "value": cookie, "url": site}])

    @property
    def who(self) -> Actor:
        return person(self.member.user)

    def address(self, path: str, language: str = "en") -> str:
        return f"{self.site}/{language}/employers/{self.member.employer_id}/{path}"

    def open(self, path: str, language: str = "en") -> None:
        self.page.goto(self.address(path, language))

    def press(self, selector: str) -> None:
        with self.page.expect_navigation():
            self.page.click(selector)

    def awaiting(self) -> OfferOfEmployment:
        return submit_offer(draft(self.member).pk, self.who)

    def payment(self, status: str = "") -> FeePayment:
        payment = start_payment(self.awaiting().charge_id, self.who, "key")
        if status:
            hear(payment, status)
        return payment


@pytest.fixture
def member(site: str) -> Membership:
    member = MembershipFactory()
    TOTP.activate(member.user, SECRET)
    return member


@pytest.fixture
def desk(site: str, page: Page, member: Membership) -> Desk:
    return Desk(page, site, member)


def money_states(desk: Desk) -> dict[str, str]:
    """Bring about every state of money; return the addresses of the pages that show them."""
    paid, open_, exempt = desk.payment(PaymentStatus.CONFIRMED), desk.awaiting(), draft(desk.member)
    withdraw_offer(paid.charge.offers.get().pk, desk.who)
    send_due_refunds()
    group = submit_group(group_of(3, desk.member), desk.who)
    charity = draft(
        desk.member, exemption_category="charitable-worker", is_unpaid=True, hourly_wage_cad=None,
        agreement_hourly_wage_cad=None,
    )  # fmt: skip
    waiting, failed, twice = desk.payment(), desk.payment(PaymentStatus.REJECTED), desk.payment()
    surplus = start_payment(twice.charge_id, desk.who, "other", afresh=True)
    for payment in (twice, surplus):
        hear(payment, PaymentStatus.CONFIRMED)
    start_payment(open_.charge_id, desk.who, "begun")
    return {
        "money": "money/", "bill": f"offers/{open_.pk}/pay/", "group": f"offers/{group[0].pk}/pay/",
        "paid bill": f"offers/{paid.charge.offers.get().pk}/pay/", "nothing due": f"offers/{exempt.pk}/pay/",
        "documents": f"offers/{charity.pk}/documents/",
        "claim": f"offers/{charity.pk}/fee-exemption/", "no claim": f"offers/{exempt.pk}/fee-exemption/",
        "rehearsal": f"../payments/{waiting.token}/", "waiting": f"../payments/{waiting.token}/done/",
        "left": f"../payments/{waiting.token}/failed/", "failed": f"../payments/{failed.token}/failed/",
        "done": f"../payments/{paid.token}/done/", "sent back": f"../payments/{surplus.token}/done/",
    }  # fmt: skip


def duty_states(desk: Desk) -> dict[str, str]:
    worker, late = used_offer(desk.member), used_offer(desk.member, worker_given_names="Robin")
    today = timezone.localdate()
    record_duty(worker.pk, "rights_information", today, desk.who, "Note", upload())
    OfferOfEmployment.objects.filter(pk=late.pk).update(first_day_on=today - timedelta(days=3))
    return {
        "duties": "duties/", "worker": f"duties/{worker.pk}/", "record": f"duties/{worker.pk}/record/renewal/",
        "first day": f"duties/{worker.pk}/first-day/", "responsibilities": "duties/responsibilities/",
        "reminders": "duties/reminders/", "estimate": "duties/estimate/", "old day": "duties/estimate/?on=2015-01-01",
        "notice": "duties/notice/?notice=final&sent_on=2026-03-03", "no such day": "duties/notice/?sent_on=x",
    }  # fmt: skip


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_page_in_every_state_is_accessible(desk: Desk, language: str) -> None:
    problems = []
    for states in (money_states, duty_states):
        for state, path in states(desk).items():
            desk.open(path, language)
            unfold(desk.page)
            problems += problems_of(desk.page, f"{state}, {language}")
    estimate, feed = "form[method=post] button", "section + section button"
    for path, button in (("duties/estimate/", estimate), ("duties/reminders/", feed)):
        desk.open(path, language)
        desk.press(button)
        problems += problems_of(desk.page, f"{path} sent, {language}")
    assert problems == []


def test_a_payment_and_a_late_answer_that_shows_by_itself(desk: Desk) -> None:
    offer = desk.awaiting()
    desk.open("money/")
    desk.press(".to-pay a")
    desk.press("form[data-once] button")
    desk.page.check("input[value=waiting]")
    desk.press("form[data-once] button")
    desk.press(".actions a.quiet")
    expect(desk.page.locator("h1")).to_have_text("Waiting for the provider")
    hear(FeePayment.objects.get(), PaymentStatus.CONFIRMED)
    expect(desk.page.locator("h1")).to_have_text("The fee is paid", timeout=15_000)
    number = OfferOfEmployment.objects.get(pk=offer.pk).number
    expect(desk.page.locator(".reference")).to_have_text(str(number))
    with desk.page.expect_download() as download:
        desk.page.click("a[download]")
    assert download.value.suggested_filename == f"{Receipt.objects.get()}-en.pdf"


def test_without_script_a_claim_a_payment_and_a_record_work(site: str, browser: Browser, member: Membership) -> None:
    context = browser.new_context(java_script_enabled=False)
    desk = Desk(context.new_page(), site, member)
    desk.awaiting()
    desk.open("money/", "fr")
    desk.press(".to-pay a")
    desk.press("form[data-once] button")
    desk.page.check("input[value=confirmed]")
    desk.press("form[data-once] button")
    expect(desk.page.locator("h1")).to_have_text("Les frais sont payés")
    worker = used_offer(member)
    desk.open(f"duties/{worker.pk}/record/document:agreement/", "fr")
    contract = {"name": "contrat.pdf", "mimeType": "application/pdf", "buffer": PDF_BYTES}
    desk.page.set_input_files("#id_proof", contract)
    desk.press("form[data-once] button")
    expect(desk.page.get_by_text("contrat.pdf")).to_be_visible()
    desk.press("form.inline button")
    expect(desk.page.get_by_text("contrat.pdf")).to_have_count(0)
    context.close()
