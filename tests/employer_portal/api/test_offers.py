"""The employers' API: drafts, checks, moves and money by the same functions as the pages, errors in one shape."""

from base64 import b64encode
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from employer_portal.actors import staff
from employer_portal.matching import Application
from employer_portal.models import DraftVersion, FeePayment, Membership, OfferEvent, OfferOfEmployment
from employer_portal.offers import match_offer
from employer_portal.payments import hear
from employer_portal.refunds import send_due_refunds
from tests.employer_portal.api.conftest import Program
from tests.employer_portal.documents import PDF_BYTES
from tests.employer_portal.factories import (
    UNPAID_CHARITY,
    BranchFactory,
    EmployerFactory,
    MembershipFactory,
    UserFactory,
    charity_draft,
    content,
    draft,
)


def begun(program: Program, **changes: Any) -> Any:
    answer = program.post("/offers", {"content": content(**changes)})
    assert answer.status_code == 201, answer.content
    return answer.json()


def paid(program: Program, **changes: Any) -> str:
    """Return the identifier of an offer that was begun, submitted and paid."""
    offer = begun(program, **changes)["id"]
    assert program.post(f"/offers/{offer}/submit").json()["status"] == "awaiting_fee"
    payment = program.post(f"/offers/{offer}/pay").json()["payment"]
    hear(FeePayment.objects.get(token=payment["id"]), "confirmed")
    return str(offer)


def test_a_draft_holds_what_was_sent_and_is_read_back(program: Program) -> None:
    hours = {"hours_per_day": "7.50", "hours_per_week": "37.50", "agreement_hours_per_week": "37.50"}
    sent = content(worker_given_names="Zoë 名前", hourly_wage_cad="80.50", vacation_days="15.0", **hours)
    made = program.post("/offers", {"content": sent}).json()
    assert made["status"] == "draft"
    assert made["number"] is None
    assert {name: made["content"][name] for name in sent if name != "sites"} == {
        name: value for name, value in sent.items() if name != "sites"
    }
    assert made["content"]["sites"][0]["city"] == "Halifax"
    read = program.get(f"/offers/{made['id']}")
    assert read.json() == made
    assert read.headers["ETag"] == '"1"'
    assert OfferEvent.objects.get().on_behalf == f"token {program.token.token.prefix}"


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"hourly_wage_cad": 80}, "hourly_wage_cad"),
        ({"hourly_wage_cad": "80.123"}, "hourly_wage_cad"),
        ({"is_seasonal": "yes"}, "is_seasonal"),
        ({"years_of_experience": True}, "years_of_experience"),
        ({"worker_sex": " X"}, "worker_sex"),
        ({"starts_on": "2026-1-1"}, "starts_on"),
        ({"starts_on": "2026-02-30"}, "starts_on"),
        ({"worker_citizenship": "ZZ"}, "worker_citizenship"),
        ({"job_title": "x" * 201}, "job_title"),
        ({"job_title": "a\x00b"}, "job_title"),
        ({"declared": [["a"]]}, "declared"),
        ({"sites": [{"planet": "Mars"}]}, "sites"),
        ({"facts": {"offer.no_such": 1}}, "facts.offer.no_such"),
        ({"number": "A1234567"}, "number"),
        ({"status": "issued"}, "status"),
    ],
)
def test_what_cannot_be_stored_is_named_by_its_field(program: Program, sent: Any, field: str) -> None:
    answer = program.post("/offers", {"content": sent})
    assert answer.status_code == 400, answer.content
    body = answer.json()
    assert body["code"] == "invalid"
    assert field in body["fields"]
    assert not OfferOfEmployment.objects.exists()


def test_errors_are_in_the_language_that_was_asked_for(program: Program) -> None:
    answer = program.get("/offers?status=lost&lang=fr")
    assert answer.status_code == 400
    assert answer.json()["detail"] == "Certaines valeurs ne sont pas valides."
    assert answer.headers["Content-Language"] == "fr"
    assert program.get("/offers?colour=red").json()["fields"]["colour"]


def test_a_late_change_is_refused_with_the_difference_and_kept(program: Program) -> None:
    offer = begun(program)["id"]
    changed = program.patch(f"/offers/{offer}", {"job_title": "Keeper"}, 1)
    assert changed.status_code == 200
    assert changed.headers["ETag"] == '"2"'
    late = program.patch(f"/offers/{offer}", {"job_title": "Diver", "recruiter": "Nobody"}, 1)
    assert late.status_code == 412
    difference = late.json()["fields"]
    assert set(difference) == {"job_title", "recruiter"}
    said = difference["job_title"][0]
    assert (said["before"], said["stored"], said["typed"]) == ("Lighthouse engineer", "Keeper", "Diver")
    assert DraftVersion.objects.filter(number=None).count() == 1
    assert program.get(f"/offers/{offer}").json()["content"]["job_title"] == "Keeper"


def test_a_change_says_which_version_it_saw(program: Program) -> None:
    offer = begun(program)["id"]
    sent = {"content": {"job_title": "Keeper"}}
    path = f"{program.root}/offers/{offer}"
    without = program.client.patch(path, sent, content_type="application/json")
    assert (without.status_code, without.json()["code"]) == (428, "version_missing")
    any_version = program.client.patch(path, sent, content_type="application/json", headers={"if-match": "*"})
    assert (any_version.status_code, set(any_version.json()["fields"])) == (400, {"If-Match"})


def test_the_check_tells_what_keeps_an_offer_and_changes_nothing(program: Program) -> None:
    offer = begun(program, worker_citizenship="BR", declared=[], hours_per_week="20", agreement_hours_per_week="20")
    report = program.get(f"/offers/{offer['id']}/check").json()
    assert not report["is_ready"]
    assert report["code"] == "T36"
    assert report["fee"] == {"decision": "due", "amount_cad": "230.00", "provisions": report["fee"]["provisions"]}
    assert report["fields"]["declared"][0]["code"] == "declarations.missing"
    assert report["fields"]["hours_per_week"][0]["level"] == "warning"
    refused = program.post(f"/offers/{offer['id']}/submit")
    assert refused.status_code == 422
    assert refused.json()["code"] == "offer_not_ready"
    assert refused.json()["fields"].keys() == report["fields"].keys()
    assert program.get(f"/offers/{offer['id']}").json() == offer


def test_an_offer_goes_from_draft_to_number_to_refund(program: Program) -> None:
    offer = paid(program)
    issued = program.get(f"/offers/{offer}").json()
    assert issued["status"] == "issued"
    assert issued["fee"] == {**issued["fee"], "status": "paid", "amount_cad": "230.00", "share_cad": "230.00"}
    assert "withdraw" in issued["moves"]
    receipt = program.get("/receipts").json()["results"][0]
    assert receipt["offers"] == [
        {"number": issued["number"], "job_title": "Lighthouse engineer", "share_cad": "230.00"}
    ]
    assert program.get(f"/receipts/{receipt['id']}").json() == receipt
    edit = program.patch(f"/offers/{offer}", {"job_title": "Keeper"}, issued["version"])
    assert (edit.status_code, edit.json()["fields"]["status"][0]["suggestion"]) == (409, "withdraw")
    corrected = program.post(f"/offers/{offer}/correct", {"reason": "A typing error."})
    assert corrected.status_code == 201
    copy = corrected.json()
    assert (copy["status"], copy["copied_from"], copy["content"]["declared"]) == ("draft", offer, [])
    assert program.get(f"/offers/{offer}").json()["status"] == "withdrawn"
    send_due_refunds()
    refund = program.get("/refunds").json()["results"][0]
    assert (refund["offer"], refund["status"], refund["amount_cad"]) == (offer, "sent", "230.00")
    events = program.get(f"/offers/{offer}/events").json()["results"]
    assert [event["event"] for event in events] == ["create", "submit", "capture", "withdraw", "duplicate"]
    assert events[3]["reason"] == "A typing error."
    assert events[2]["by"] == ""


def test_a_payment_is_begun_once_and_tells_where_it_is_paid(program: Program) -> None:
    offer = begun(program)["id"]
    program.post(f"/offers/{offer}/submit")
    first = program.post(f"/offers/{offer}/pay").json()
    second = program.post(f"/offers/{offer}/pay").json()
    assert first == second
    assert first["payment"]["pay_at"].endswith(f"/employers/payments/{first['payment']['id']}/")
    assert FeePayment.objects.count() == 1
    hear(FeePayment.objects.get(), "confirmed")
    again = program.post(f"/offers/{offer}/pay")
    assert (again.status_code, again.json()["fields"]["payment"][0]["code"]) == (409, "already_paid")


def test_an_official_payment_is_recorded_with_its_number(program: Program, settings: Any) -> None:
    settings.OFFER_NUMBERS = "record"
    offer = begun(program)["id"]
    program.post(f"/offers/{offer}/submit")
    body = {"receipt": "R-77", "captured_cad": "230.00", "numbers": {offer: "a 765 4321"}}
    lacking = program.post(f"/offers/{offer}/pay", {"receipt": "R-77"})
    assert set(lacking.json()["fields"]) == {"captured_cad", "numbers"}
    wrong = program.post(f"/offers/{offer}/pay", {**body, "numbers": {offer: "A765432O"}})
    assert (wrong.status_code, set(wrong.json()["fields"])) == (400, {"number"})
    done = program.post(f"/offers/{offer}/pay", body).json()
    assert (done["offer"]["status"], done["offer"]["number"]) == ("issued", "A7654321")
    assert (done["payment"]["is_captured"], done["payment"]["pay_at"]) == (True, "")
    assert FeePayment.objects.get().captured_amount == Decimal(230)


def test_no_money_is_taken_here_where_official_payments_are_recorded(program: Program, settings: Any) -> None:
    offer = begun(program)["id"]
    program.post(f"/offers/{offer}/submit")
    settings.OFFER_NUMBERS = "record"
    refused = program.post(f"/offers/{offer}/pay")
    assert (refused.status_code, refused.json()["fields"]["payment"][0]["code"]) == (409, "recording")
    assert not FeePayment.objects.exists()


def test_an_offer_without_a_fee_has_its_number_at_once(program: Program, member: Membership) -> None:
    offer = charity_draft(member)
    answer = program.post(f"/offers/{offer.pk}/submit").json()
    assert (answer["status"], answer["fee"]["amount_cad"]) == ("issued", "0.00")
    assert answer["number"].startswith("A")
    refused = program.post(f"/offers/{offer.pk}/pay")
    assert (refused.status_code, refused.json()["code"]) == (409, "payment_refused")


def test_a_draft_is_put_away_and_restored(program: Program) -> None:
    offer = begun(program)["id"]
    assert program.delete(f"/offers/{offer}").json()["status"] == "deleted"
    assert program.delete(f"/offers/{offer}").status_code == 409
    assert program.post(f"/offers/{offer}/restore").json()["status"] == "draft"


def test_a_submission_is_taken_back_before_it_is_paid(program: Program) -> None:
    offer = begun(program)["id"]
    program.post(f"/offers/{offer}/submit")
    assert program.post(f"/offers/{offer}/cancel").json()["status"] == "draft"
    assert program.post(f"/offers/{offer}/pay").status_code == 409
    assert program.post(f"/offers/{paid(program)}/cancel").status_code == 409


def test_a_matched_offer_can_only_be_asked_to_be_withdrawn(program: Program) -> None:
    offer = paid(program)
    number = program.get(f"/offers/{offer}").json()["number"]
    match_offer(offer, Application(number, "XA-000 123", "US"), staff(UserFactory()))
    refused = program.post(f"/offers/{offer}/withdraw")
    assert (refused.status_code, refused.json()["fields"]["status"][0]["code"]) == (409, "status")
    asked = program.post(f"/offers/{offer}/request-withdrawal", {"reason": "Not coming."})
    assert asked.json()["status"] == "withdrawal_requested"
    assert program.post(f"/offers/{offer}/duplicate").status_code == 409


def test_duties_come_with_their_days(program: Program) -> None:
    offer = begun(program)["id"]
    duties = program.get(f"/offers/{offer}/duties").json()["results"]
    assert {duty["duty"] for duty in duties} >= {"rights_information", "keep_records", "no_fees"}
    assert all(duty["provision"] for duty in duties)


def test_a_long_list_comes_in_pages_and_none_is_lost_when_others_are_added(
    program: Program, member: Membership
) -> None:
    made = [str(draft(member, job_title=f"Job {number}").pk) for number in range(5)]
    for minutes, offer in enumerate(made, start=1):
        OfferOfEmployment.objects.filter(pk=offer).update(created_at=timezone.now() - timedelta(minutes=minutes))
    page = program.get("/offers?limit=2").json()
    draft(member, job_title="Late")
    seen = [offer["id"] for offer in page["results"]]
    while page["next"]:
        page = program.client.get(page["next"]).json()
        seen += [offer["id"] for offer in page["results"]]
    assert sorted(seen) == sorted(made)
    assert "content" not in page["results"][0]


def test_offers_are_found_by_state_number_exemption_and_change(program: Program) -> None:
    offer = paid(program)
    begun(program, exemption_category="charitable-worker")
    number = program.get(f"/offers/{offer}").json()["number"]

    def found(query: str) -> list[str]:
        return [each["id"] for each in program.get(f"/offers?{query}").json()["results"]]

    assert found("status=issued") == found(f"number={number.lower()}") == [offer]
    assert found("exemption_category=cusma-professional") == [offer]
    assert len(found(f"changed_since={timezone.now():%Y-%m-%dT%H:%M:%SZ}")) == 2
    assert program.get("/offers?changed_since=yesterday").status_code == 400
    assert program.get("/offers?number=A12").json()["fields"].keys() == {"number"}
    assert program.get("/offers?limit=0").status_code == 400
    assert program.get("/offers?cursor=made-up").status_code == 404


def test_another_employer_is_not_there_under_any_address(program: Program, member: Membership) -> None:
    stranger = Program(MembershipFactory())
    theirs = paid(stranger)
    receipt = stranger.get("/receipts").json()["results"][0]["id"]
    for path in ("", "/offers", "/refunds", "/receipts", f"/offers/{theirs}", f"/receipts/{receipt}"):
        assert program.client.get(stranger.root + path).status_code == 404
    assert program.get(f"/offers/{theirs}").status_code == 404
    assert program.get(f"/receipts/{receipt}").status_code == 404
    for path in ("submit", "pay", "withdraw", "correct", "duplicate", "restore", "cancel", "request-withdrawal"):
        assert program.post(f"/offers/{theirs}/{path}").status_code == 404
    branch = BranchFactory(employer=EmployerFactory())
    assert set(program.post("/offers", {"branch": str(branch.pk)}).json()["fields"]) == {"branch"}
    assert program.get("/offers").json()["results"] == []


def test_a_token_that_reads_changes_nothing(member: Membership) -> None:
    reader = Program(member, may_write=False)
    offer = draft(member)
    assert reader.get(f"/offers/{offer.pk}").status_code == 200
    refused = reader.post("/offers", {"content": {}})
    assert (refused.status_code, refused.json()["code"]) == (403, "action_not_allowed")
    assert reader.delete(f"/offers/{offer.pk}").status_code == 403
    assert reader.get("").json()["token"] == {"name": "Payroll", "may_write": False, "expires_at": None}


def test_who_has_no_token_or_a_wrong_one_is_told_nothing(program: Program, client: Any, settings: Any) -> None:
    answer = client.get(program.root)
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
    client.force_login(Membership.objects.get().user)
    assert client.get(program.root).status_code == 401
    wrong = client.get(program.root, headers={"authorization": f"Bearer {program.token.secret[:-2]}"})
    assert (wrong.status_code, wrong.json()["code"]) == (401, "token_invalid")


def test_requests_and_wrong_tokens_are_limited(program: Program, client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from employer_portal.api.authentication import FailedTokenThrottle, TokenThrottle

    monkeypatch.setattr(TokenThrottle, "rate", "2/min", raising=False)
    monkeypatch.setattr(FailedTokenThrottle, "rate", "2/min", raising=False)
    assert [program.get("").status_code for _time in range(3)] == [200, 200, 429]
    guess = {"authorization": "Bearer imp_guess"}
    assert [client.get(program.root, headers=guess).status_code for _time in range(3)] == [401, 401, 429]


def test_a_receipt_is_read_as_pdf_in_either_language(program: Program) -> None:
    paid(program)
    receipt = program.get("/receipts").json()["results"][0]
    for language in ("en", "fr"):
        answer = program.get(f"/receipts/{receipt['id']}/pdf?lang={language}", accept="application/pdf")
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
        assert answer.content.startswith(b"%PDF-")
        assert f"{receipt['number']}-{language}.pdf" in answer.headers["Content-Disposition"]
    missing = program.get(f"/receipts/{uuid4()}/pdf", accept="application/pdf")
    assert (missing.status_code, missing.json()["code"]) == (404, "not_found")
    other = Program(MembershipFactory())
    assert other.get(f"/receipts/{receipt['id']}/pdf").status_code == 404


def test_a_group_of_artists_is_filed_together_under_one_maximum(program: Program) -> None:
    group = program.post("/groups", {"name": "Foghorn Ensemble"}).json()
    for number in range(4):
        offer = begun(program, worker_passport_number=f"XD-{number}")["id"]
        put = program.post(f"/offers/{offer}/group", {"group": group["id"]})
        assert (put.status_code, put.json()["group"]) == (200, group["id"])
    filed = program.post(f"/groups/{group['id']}/submit").json()
    assert {offer["status"] for offer in filed["offers"]} == {"awaiting_fee"}
    assert {offer["fee"]["amount_cad"] for offer in filed["offers"]} == {"690.00"}
    assert program.get("/groups").json()["results"] == [program.get(f"/groups/{group['id']}").json()]
    late = program.post(f"/offers/{filed['offers'][0]['id']}/group", {"group": None})
    assert late.status_code == 409


def test_one_offer_that_is_not_ready_keeps_a_group_back(program: Program) -> None:
    group = program.post("/groups", {"name": "Foghorn Ensemble"}).json()["id"]
    for title in ("Keeper", ""):
        offer = begun(program, worker_passport_number=f"XE-{title}", job_title=title, agreement_job_title=title)["id"]
        program.post(f"/offers/{offer}/group", {"group": group})
    refused = program.post(f"/groups/{group}/submit")
    assert (refused.status_code, refused.json()["code"]) == (422, "offer_not_ready")
    assert "job_title" in refused.json()["fields"]
    assert {offer["status"] for offer in program.get(f"/groups/{group}").json()["offers"]} == {"draft"}


@pytest.mark.parametrize("name", ["", "   ", "a\x00b"])
def test_a_group_needs_a_name(program: Program, name: str) -> None:
    refused = program.post("/groups", {"name": name})
    assert (refused.status_code, list(refused.json()["fields"])) == (400, ["name"])


def test_an_exempt_offer_is_filed_with_its_proof_and_no_person(program: Program, settings: Any, tmp_path: Any) -> None:
    settings.UPLOADS_DIR = tmp_path
    offer = begun(program, **UNPAID_CHARITY)["id"]
    document = {"purpose": "fee_exemption", "name": "proof.pdf", "content": b64encode(PDF_BYTES).decode()}
    kept = program.post(f"/offers/{offer}/files", document, "one")
    assert (kept.status_code, kept.json()["content_type"]) == (201, "application/pdf")
    assert program.post(f"/offers/{offer}/files", document, "one").json() == kept.json()
    assert program.get(f"/offers/{offer}/files").json()["results"] == [kept.json()]
    assert program.post(f"/offers/{offer}/submit").json()["status"] == "issued"
    stays = program.delete(f"/offers/{offer}/files/{kept.json()['id']}")
    assert (stays.status_code, stays.json()["code"]) == (422, "upload_refused")


def test_a_document_is_removed_while_the_offer_is_a_draft(program: Program, settings: Any, tmp_path: Any) -> None:
    settings.UPLOADS_DIR = tmp_path
    offer = begun(program)["id"]
    document = {"purpose": "other", "name": "../../x.pdf", "content": b64encode(PDF_BYTES).decode()}
    kept = program.post(f"/offers/{offer}/files", document).json()
    assert kept["name"] == "x.pdf"
    assert program.delete(f"/offers/{offer}/files/{kept['id']}").json()["removed_at"]
    assert program.get(f"/offers/{offer}/files").json()["results"] == []
    assert program.delete(f"/offers/{offer}/files/{kept['id']}").status_code == 404
    assert list(tmp_path.iterdir()) == [] or not OfferOfEmployment.objects.get().files.filter(removed_at=None)


@pytest.mark.parametrize(
    ("content_sent", "status", "code"),
    [
        ("not base64!", 400, "invalid"),
        ("", 422, "upload_refused"),
        (b64encode(b"MZ" * 100).decode(), 422, "upload_refused"),
        ("A" * (15 * 1024 * 1024), 413, "request_too_large"),
    ],
    ids=["no base64", "empty", "no kind", "too large"],
)
def test_what_is_no_document_is_refused(program: Program, content_sent: str, status: int, code: str) -> None:
    offer = begun(program)["id"]
    document = {"purpose": "other", "name": "a.pdf", "content": content_sent}
    refused = program.post(f"/offers/{offer}/files", document)
    assert (refused.status_code, refused.json()["code"]) == (status, code)


def test_a_document_larger_than_other_requests_is_taken(program: Program, settings: Any, tmp_path: Any) -> None:
    settings.UPLOADS_DIR = tmp_path
    offer = begun(program)["id"]
    large = PDF_BYTES.replace(b"trailer", b"%" + b"x" * 2_000_000 + b"\ntrailer")
    document = {"purpose": "other", "name": "a.pdf", "content": b64encode(large).decode()}
    kept = program.post(f"/offers/{offer}/files", document)
    assert (kept.status_code, kept.json().get("size_bytes")) == (201, len(large)), kept.json()
    assert program.post("/groups", {"name": "x" * 2_000_000}).status_code == 413
