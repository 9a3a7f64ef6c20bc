"""The money page, receipts, the claim of an exemption, and files: what is shown, and to whom."""

import csv
import io
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from payments import PaymentStatus
from pytest_django import Settings

from employer_portal.actors import person
from employer_portal.erasure import erase_personal_data
from employer_portal.ledger_export import safe_cell
from employer_portal.models import (
    Employer,
    Membership,
    OfferOfEmployment,
    Receipt,
    Refund,
    Role,
    UploadedFile,
)
from employer_portal.offers import submit_group, submit_offer, withdraw_offer
from employer_portal.payments import hear, start_payment
from employer_portal.refunds import send_due_refunds
from tests.employer_portal.documents import PDF_BYTES, upload
from tests.employer_portal.factories import EmployerFactory, draft, group_of
from tests.portal_pages.conftest import SignedIn


@pytest.fixture
def client(signed_in: SignedIn) -> Client:
    return signed_in(Role.SECONDARY)


@pytest.fixture
def member(client: Client) -> Membership:
    return Membership.objects.get(user_id=client.session["_auth_user_id"])


def paid(member: Membership, **changes: str) -> OfferOfEmployment:
    """Return an offer whose fee is paid."""
    who = person(member.user)
    offer = submit_offer(draft(member, **changes).pk, who)
    hear(start_payment(offer.charge_id, who, str(offer.pk)), PaymentStatus.CONFIRMED)
    return OfferOfEmployment.objects.get(pk=offer.pk)


def refunded(member: Membership) -> Refund:
    withdraw_offer(paid(member).pk, person(member.user))
    return Refund.objects.get()


def money(employer: Employer, language: str = "en") -> str:
    address = reverse("employer_portal:money", kwargs={"employer_id": employer.pk})
    return address.replace("/en/", f"/{language}/")


def receipt_address(receipt: Receipt, employer: Employer) -> str:
    return reverse("employer_portal:receipt", kwargs={"employer_id": employer.pk, "receipt_id": receipt.pk})


# The money page -------------------------------------------------------------------------------------------------------


def test_totals_and_movements_tell_the_whole_story(client: Client, member: Membership) -> None:
    refunded(member)
    paid(member)
    submit_offer(draft(member).pk, person(member.user))
    page = client.get(money(member.employer)).content.decode()
    sums = re.findall(r"<strong>(\$[\d.,]+)</strong>", page)
    assert sums == ["$230.00", "$460.00", "$230.00", "$0.00"]
    assert page.count("<td>") == 2 * 6
    assert "Owed back: offer withdrawn" in page


def test_a_refund_is_followed_to_the_money_in_hand(client: Client, member: Membership) -> None:
    refund = refunded(member)
    arrived = reverse(
        "employer_portal:refund_arrived", kwargs={"employer_id": member.employer_id, "refund_id": refund.pk}
    )
    assert arrived not in client.get(money(member.employer)).content.decode()
    assert client.post(arrived).status_code == 409
    assert send_due_refunds() == 1
    assert arrived in client.get(money(member.employer)).content.decode()
    for _pressed_twice in range(2):
        assert client.post(arrived).status_code == 302
    assert Refund.objects.get().status == "arrived"
    assert client.get(money(member.employer)).content.decode().count('class="done"') == 3


def test_the_number_of_queries_does_not_grow(client: Client, member: Membership) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(money(member.employer))
        return len(captured)

    refunded(member)
    submit_offer(draft(member).pk, person(member.user))
    queries()
    few = queries()
    for _more in range(3):
        paid(member)
        submit_offer(draft(member).pk, person(member.user))
    assert queries() == few <= MOST_QUERIES


MOST_QUERIES = 16


def test_the_export_has_every_movement_and_no_formula(client: Client, member: Membership) -> None:
    paid(member, job_title="=HYPERLINK(1)", agreement_job_title="=HYPERLINK(1)")
    answer = client.get(reverse("employer_portal:ledger_csv", kwargs={"employer_id": member.employer_id}))
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [(row["Charged, CAD"], row["Paid, CAD"]) for row in rows] == [("230.00", ""), ("", "230.00")]
    assert {row["Position"] for row in rows} == {"'=HYPERLINK(1)"}
    assert rows[1]["Receipt"] == str(Receipt.objects.get())


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t=", " =", "\r", "＝"])
def test_no_cell_begins_a_formula(sign: str) -> None:
    assert safe_cell(f"{sign}1") == f"'{sign}1"
    assert safe_cell("1+1") == "1+1"


# Receipts -------------------------------------------------------------------------------------------------------------


def test_a_receipt_is_an_accessible_pdf_in_both_languages_for_ever(client: Client, member: Membership) -> None:
    offer = paid(member)
    address = receipt_address(Receipt.objects.get(), member.employer)
    english, french = client.get(address), client.get(address.replace("/en/", "/fr/"))
    assert english["Content-Disposition"].startswith("attachment")
    assert english["X-Content-Type-Options"] == "nosniff"
    for answer, language in ((english, b"en-CA"), (french, b"fr-CA")):
        assert answer.content.startswith(b"%PDF-")
        for mark in (
            b"/Lang(" + language,
            b"/StructTreeRoot",
            b"pdfuaid:part>1",
            b"/FontFile",
            b"/DisplayDocTitle true",
        ):
            assert mark in answer.content
    withdraw_offer(offer.pk, person(member.user))
    erase_personal_data(offer.pk)
    assert client.get(address).content == english.content


def test_a_receipt_says_it_is_no_official_one_and_shows_every_sign(
    client: Client, member: Membership, settings: Settings
) -> None:
    from employer_portal.receipts import receipt_words
    from exemption_codes.releases import published_rulebook

    Employer.objects.update(legal_name='灯台 & "Fils" #x')
    paid(member)
    receipt = Receipt.objects.get()
    words = receipt_words(receipt, "fr", published_rulebook())
    assert "pas un reçu officiel du gouvernement" in words["notice"]
    assert words["employer"]["legal_name"] == '灯台 & "Fils" #x'
    assert (words["total"], words["offers"][0]["share"]) == ("230,00\xa0$", "230,00\xa0$")
    assert words["words"]["colon"] == "\xa0: "
    assert b"pdfuaid:part>1" in client.get(receipt_address(receipt, member.employer)).content


def test_a_group_has_one_receipt_with_its_maximum(client: Client, member: Membership) -> None:
    who = person(member.user)
    offers = submit_group(group_of(4, member), who)
    page = client.get(
        reverse("employer_portal:pay", kwargs={"employer_id": member.employer_id, "offer_id": offers[2].pk})
    ).content.decode()
    assert "$690.00" in page
    assert "R303.1(7)" in page
    hear(start_payment(offers[0].charge_id, who, "group"), PaymentStatus.CONFIRMED)
    receipt = Receipt.objects.get()
    assert len(receipt.content["offers"]) == 4
    assert client.get(receipt_address(receipt, member.employer)).status_code == 200


def test_receipts_and_money_of_another_employer_are_not_there(
    signed_in: SignedIn, client: Client, member: Membership
) -> None:
    paid(member)
    receipt = Receipt.objects.get()
    stranger = signed_in(Role.PRIMARY, of=EmployerFactory())
    theirs = Membership.objects.get(user_id=stranger.session["_auth_user_id"]).employer
    assert stranger.get(money(member.employer)).status_code == 404
    for employer in (member.employer, theirs):
        assert stranger.get(receipt_address(receipt, employer)).status_code == 404
    narrow = signed_in(Role.SECONDARY)
    Membership.objects.filter(user_id=narrow.session["_auth_user_id"]).update(own_offers_only=True)
    assert narrow.get(receipt_address(receipt, member.employer)).status_code == 404
    assert receipt.payment.charge.amount_cad
    assert "$230.00" not in narrow.get(money(member.employer)).content.decode()
    assert signed_in(Role.AUDITOR).get(receipt_address(receipt, member.employer)).status_code == 200


# The claim that no fee is due -----------------------------------------------------------------------------------------


def charity(member: Membership) -> OfferOfEmployment:
    return draft(
        member, exemption_category="charitable-worker", is_unpaid=True, hourly_wage_cad=None,
        agreement_hourly_wage_cad=None,
    )  # fmt: skip


def claim_address(offer: OfferOfEmployment) -> str:
    return reverse("employer_portal:claim", kwargs={"employer_id": offer.employer_id, "offer_id": offer.pk})


def claim(offer: OfferOfEmployment, **changes: object) -> dict[str, object]:
    version = OfferOfEmployment.objects.get(pk=offer.pk).version
    given = {"version": version, "situation": "unpaid_religious_or_charitable", "explanation": "No pay at all."}
    return {**given, "proof": upload(), **changes}


def test_a_claim_is_kept_with_its_proof_and_changes_what_is_due(client: Client, member: Membership) -> None:
    offer = charity(member)
    before = client.get(claim_address(offer)).content.decode()
    assert "$230.00 is due" in before
    assert "R299(2)(f)" in before
    assert client.post(claim_address(offer), claim(offer)).status_code == 302
    after = client.get(claim_address(offer)).content.decode()
    assert "no fee is due" in after
    proof = UploadedFile.objects.get()
    assert (proof.purpose, proof.offer_id, proof.name) == ("fee_exemption", offer.pk, "proof.pdf")
    filed = submit_offer(charity_ready(offer, member).pk, person(member.user))
    assert filed.fee_share_cad == 0
    shown = client.get(claim_address(offer)).content.decode()
    assert "No pay at all." in shown
    assert '<form method="post" enctype' not in shown


def charity_ready(offer: OfferOfEmployment, member: Membership) -> OfferOfEmployment:
    """Return the draft with the facts that its exemption asks for."""
    from employer_portal.drafts import save_draft
    from tests.employer_portal.factories import UNPAID_CHARITY

    version = OfferOfEmployment.objects.get(pk=offer.pk).version
    return save_draft(offer.pk, version, {"facts": UNPAID_CHARITY["facts"]}, person(member.user))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"explanation": " "}, "Say why this situation applies"),
        ({"proof": upload(b"not a document")}, "Only whole PDF"),
        ({"version": 99}, "changed elsewhere"),
        ({"situation": "research"}, "valid choice"),
    ],
)
def test_a_wrong_claim_says_what_is_wrong_and_keeps_nothing(
    client: Client, member: Membership, changes: dict[str, object], words: str
) -> None:
    offer = charity(member)
    page = client.post(claim_address(offer), claim(offer, **changes)).content.decode()
    assert words in page
    assert changes.get("explanation") or "No pay at all." in page
    assert not UploadedFile.objects.exists()
    assert not OfferOfEmployment.objects.get(pk=offer.pk).fee_exemption


def test_a_claim_is_written_by_who_may_write(signed_in: SignedIn, member: Membership) -> None:
    offer = charity(member)
    auditor = signed_in(Role.AUDITOR)
    assert auditor.get(claim_address(offer)).status_code == 200
    assert auditor.post(claim_address(offer), claim(offer)).status_code == 403
    assert not OfferOfEmployment.objects.get(pk=offer.pk).fee_exemption
    assert signed_in(Role.PRIMARY, of=EmployerFactory()).get(claim_address(offer)).status_code == 404


# Files ----------------------------------------------------------------------------------------------------------------


def test_a_file_is_a_download_that_no_browser_runs(client: Client, member: Membership, signed_in: SignedIn) -> None:
    offer = charity(member)
    client.post(claim_address(offer), claim(offer, proof=upload(name="Preuve signée.pdf")))
    file = UploadedFile.objects.get()
    address = reverse("employer_portal:file", kwargs={"employer_id": member.employer_id, "file_id": file.pk})
    answer = client.get(address)
    assert answer.content == PDF_BYTES
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''Preuve%20sign%C3%A9e.pdf"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert (answer["X-Content-Type-Options"], answer["Cache-Control"]) == ("nosniff", "private, no-store")
    stranger = signed_in(Role.PRIMARY, of=EmployerFactory())
    theirs = Membership.objects.get(user_id=stranger.session["_auth_user_id"]).employer_id
    for employer_id in (member.employer_id, theirs):
        other = reverse("employer_portal:file", kwargs={"employer_id": employer_id, "file_id": file.pk})
        assert stranger.get(other).status_code == 404
        assert stranger.post(f"{other}remove/").status_code == 404
    narrow = signed_in(Role.SECONDARY)
    Membership.objects.filter(user_id=narrow.session["_auth_user_id"]).update(own_offers_only=True)
    assert narrow.get(address).status_code == 404
    assert signed_in(Role.AUDITOR).post(f"{address}remove/").status_code == 403
    assert client.post(f"{address}remove/", {"back": claim_address(offer)})["Location"] == claim_address(offer)
    assert client.get(address).status_code == 404
    assert client.post(f"{address}remove/", {"back": "https://elsewhere.example/"}).status_code == 404


def test_documents_of_an_offer_are_added_and_read(client: Client, member: Membership, signed_in: SignedIn) -> None:
    offer = draft(member)
    address = reverse("employer_portal:documents", kwargs={"employer_id": member.employer_id, "offer_id": offer.pk})
    assert client.post(address, {"purpose": "agreement", "document": upload(name="contract.pdf")}).status_code == 302
    page = client.get(address).content.decode()
    assert "contract.pdf" in page
    assert "/remove/" in page
    wrong = client.post(address, {"purpose": "duty", "document": upload(b"text")}).content.decode()
    assert 'href="#id_document"' in wrong or "valid choice" in wrong
    submit_offer(offer.pk, person(member.user))
    file = UploadedFile.objects.get()
    assert "/remove/" not in client.get(address).content.decode()
    removal = reverse("employer_portal:file_remove", kwargs={"employer_id": member.employer_id, "file_id": file.pk})
    assert client.post(removal).status_code == 409
    auditor = signed_in(Role.AUDITOR)
    assert "contract.pdf" in auditor.get(address).content.decode()
    auditor.post(address, {"purpose": "other", "document": upload()})
    assert UploadedFile.objects.count() == 1
    assert signed_in(Role.PRIMARY, of=EmployerFactory()).get(address).status_code == 404


def test_a_huge_upload_is_refused_without_being_kept(client: Client, member: Membership, settings: Settings) -> None:
    settings.UPLOAD_MAX_BYTES = 100_000
    offer = charity(member)
    page = client.post(claim_address(offer), claim(offer, proof=upload(PDF_BYTES + b"%" * 5_000_000))).content.decode()
    assert "too large" in page
    assert "No pay at all." in page
