"""A key is carried out once: repeated, with another request, refused, after its time."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from employer_portal.api.idempotency import forget_old_requests
from employer_portal.models import IdempotentRequest, Membership, OfferOfEmployment
from tests.employer_portal.api.conftest import Program
from tests.employer_portal.factories import MembershipFactory, content, draft


def test_the_same_request_with_the_same_key_is_answered_the_same_and_done_once(program: Program) -> None:
    first = program.post("/offers", {"content": {"job_title": "Keeper", "noc_code": "21300"}}, "k1")
    again = program.post("/offers", {"content": {"noc_code": "21300", "job_title": "Keeper"}}, "k1")
    assert (first.status_code, first.json()) == (again.status_code, again.json())
    assert (first.headers.get("Idempotent-Replayed"), again.headers["Idempotent-Replayed"]) == (None, "true")
    assert OfferOfEmployment.objects.count() == 1
    assert program.post("/offers", {"content": {"job_title": "Keeper"}}, "k2").json()["id"] != first.json()["id"]


@pytest.mark.parametrize("path", ["/offers", "/offers/{other}/duplicate"])
def test_the_same_key_with_another_request_is_refused(program: Program, member: Membership, path: str) -> None:
    offer = draft(member)
    program.post(f"/offers/{offer.pk}/duplicate", {}, "k1")
    answer = program.post(path.format(other=draft(member).pk), {}, "k1")
    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_reused")


def test_a_refusal_is_an_answer_that_stays(program: Program, member: Membership) -> None:
    offer = draft(member, declared=[])
    first = program.post(f"/offers/{offer.pk}/submit", {}, "k1")
    assert first.status_code == 422
    program.patch(f"/offers/{offer.pk}", {"declared": content()["declared"]}, 1)
    assert program.post(f"/offers/{offer.pk}/submit", {}, "k1").json() == first.json()
    assert program.post(f"/offers/{offer.pk}/submit", {}, "k2").json()["status"] == "awaiting_fee"


def test_a_failure_of_ours_keeps_neither_the_key_nor_half_of_the_work(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    program.client.raise_request_exception = False
    with monkeypatch.context() as patch:
        patch.setattr("employer_portal.api.offers.offer_answer", lambda offer: 1 / 0)
        assert program.post("/offers", {}, "k1").status_code == 500
    assert not OfferOfEmployment.objects.exists()
    assert not IdempotentRequest.objects.exists()
    assert program.post("/offers", {}, "k1").status_code == 201


def test_keys_of_two_employers_never_meet(program: Program) -> None:
    stranger = Program(MembershipFactory())
    mine, theirs = program.post("/offers", {}, "k1").json(), stranger.post("/offers", {}, "k1").json()
    assert mine["id"] != theirs["id"]


def test_a_key_is_forgotten_after_its_time(program: Program, settings: Any) -> None:
    first = program.post("/offers", {}, "k1").json()
    settings.IDEMPOTENCY_HOURS = 2
    IdempotentRequest.objects.update(made_at=timezone.now() - timedelta(hours=2, seconds=1))
    assert program.post("/offers", {}, "k1").json()["id"] != first["id"]
    assert forget_old_requests() == 0
    IdempotentRequest.objects.update(made_at=timezone.now() - timedelta(hours=3))
    assert forget_old_requests() == 1


@pytest.mark.parametrize("key", ["", "x" * 101, "a\tb", "é"])
def test_every_post_needs_a_key(program: Program, key: str) -> None:
    headers = {"idempotency-key": key} if key else {}
    answer = program.client.post(f"{program.root}/offers", {}, content_type="application/json", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (400, "idempotency_key_missing")


def test_a_kept_answer_cannot_be_read_in_the_database(program: Program) -> None:
    program.post("/offers", {"content": {"worker_family_name": "Exemple"}}, "k1")
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM employer_portal_idempotentrequest")
        assert "Exemple" not in cursor.fetchone()[0]
    assert "Exemple" in str(IdempotentRequest.objects.get().body)
