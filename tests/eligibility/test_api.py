"""`POST /api/v1/determinations`: open, in the reader's language, and the same answers as the command line."""

import json
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from rest_framework.throttling import SimpleRateThrottle

from eligibility.engine.report import answer
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.models import CatalogueRelease
from tests.eligibility.cases import ENGINEER, NESTED, REFUSED, UNREADABLE

URL = "/api/v1/determinations"
TODAY = date(2026, 11, 22)
pytestmark = pytest.mark.usefixtures("release")


def post(client: Client, body: Any, url: str = URL, **headers: str) -> Any:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return client.post(url, data, content_type="application/json", headers=headers)


@pytest.mark.parametrize("body", [ENGINEER, NESTED, {"facts": {}}, {"as_of": "2021-06-01", "facts": {}}])
def test_the_answer_is_that_of_the_engine(client: Client, rulebook: Rulebook, body: dict[str, Any]) -> None:
    response = post(client, {"as_of": "2026-11-22", **body})
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/json"
    assert response.json() == answer(rulebook, {"as_of": "2026-11-22", **body}, TODAY, "en")


@pytest.mark.parametrize(
    ("url", "accepts", "language"),
    [
        (URL, "fr-CA,fr;q=0.9,en;q=0.5", "fr"),
        (URL, "en", "en"),
        (URL, "de", "en"),
        (f"{URL}?lang=fr", "en", "fr"),
        (f"{URL}?lang=en", "fr", "en"),
    ],
)
def test_the_language_is_the_asked_one(client: Client, url: str, accepts: str, language: str) -> None:
    response = post(client, ENGINEER, url, accept_language=accepts)
    names = {determination["key"]: determination["name"] for determination in response.json()["determinations"]}
    assert ("ACEUM" in names["T36"]) is (language == "fr")
    assert response.headers["Content-Language"] == language
    assert "Accept-Language" in response.headers["Vary"]


def test_a_language_that_we_do_not_speak_is_refused_by_name(client: Client) -> None:
    response = post(client, ENGINEER, f"{URL}?lang=es")
    assert response.status_code == 400
    assert set(response.json()["fields"]) == {"lang"}


@pytest.mark.parametrize(("body", "name", "code", "part"), REFUSED)
def test_what_is_wrong_is_named_with_a_suggestion(client: Client, body: Any, name: str, code: str, part: str) -> None:
    response = post(client, body)
    assert response.status_code == 400
    problem = response.json()["fields"][name][0]
    assert problem["code"] == code
    assert part in f"{problem['detail']} {problem['suggestion']}"


@pytest.mark.parametrize(("body", "part"), UNREADABLE)
def test_what_is_no_json_is_told(client: Client, body: bytes, part: str) -> None:
    response = post(client, body)
    reply = response.json()
    assert (response.status_code, reply["code"]) == (400, "not_json")
    assert part in reply["fields"]["request"][0]["detail"]


def test_errors_are_in_french_for_a_french_reader(client: Client) -> None:
    assert post(client, b"{", f"{URL}?lang=fr").json()["detail"].startswith("Ce n’est pas du JSON")
    assert "vouliez-vous dire" in post(client, {"facts": {"offer.nocc": 1}}, accept_language="fr").json()["detail"]


def test_a_body_of_more_than_a_megabyte_is_refused(client: Client) -> None:
    response = post(client, b'{"facts": {"note": "' + b"x" * 1_100_000 + b'"}}')
    assert (response.status_code, response.json()["code"]) == (413, "request_too_large")


def test_a_body_that_is_announced_as_too_large_is_refused_in_the_same_shape(client: Client, settings: Any) -> None:
    settings.DEBUG = True  # as on a developer's machine, where Django would answer with its own page
    response = client.post(URL, b'{"facts": {}}', content_type="application/json", CONTENT_LENGTH="9000000")
    assert (response.status_code, response.json()["code"]) == (413, "request_too_large")


def test_another_method_or_another_kind_of_body_is_refused(client: Client) -> None:
    assert client.get(URL).status_code == 405
    response = client.post(URL, {"facts": "x"})
    assert response.status_code == 415
    assert set(response.json()) == {"code", "detail", "fields"}


def test_a_signed_in_reader_needs_no_csrf_token() -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(User.objects.create_user("someone"))
    assert post(strict, {"facts": {}}).status_code == 200


def test_hundreds_of_cases_in_a_minute_are_answered_and_a_flood_is_not(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert SimpleRateThrottle.THROTTLE_RATES["anon"] == "6000/min"
    monkeypatch.setitem(SimpleRateThrottle.THROTTLE_RATES, "anon", "3/min")
    statuses = [post(client, b"{").status_code for _ in range(4)]
    assert statuses == [400, 400, 400, 429]
    refused = post(client, b"{", f"{URL}?lang=fr")
    assert 0 < int(refused.headers["Retry-After"]) <= 60
    assert refused.json()["code"] == "throttled"


def test_without_a_published_catalogue_the_answer_says_so(client: Client) -> None:
    CatalogueRelease.objects.update(status=CatalogueRelease.Status.WITHDRAWN)
    response = post(client, {"facts": {}})
    assert (response.status_code, response.json()["code"]) == (503, "no_catalogue")


def test_the_release_published_now_is_the_one_that_answers(client: Client, release: CatalogueRelease) -> None:
    assert post(client, {"facts": {}}).json()["catalogue"]["digest"] == release.digest


def test_nothing_is_queried_but_the_published_release(client: Client, django_assert_max_num_queries: Any) -> None:
    post(client, {"facts": {}})
    with django_assert_max_num_queries(1):
        post(client, ENGINEER)
