"""Headers of every kind of page, what the logs hold back, errors in one shape, and health."""

import io
import logging
import sys

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import DatabaseError
from django.test import Client

from imp_site import health
from imp_site.log_format import WithoutValuesFormatter

pytestmark = pytest.mark.django_db


def policy(client: Client, path: str) -> dict[str, str]:
    header = client.get(path, follow=True).headers["Content-Security-Policy"]
    parts = [part.strip().partition(" ") for part in header.split(";") if part.strip()]
    return {name: values for name, _space, values in parts}


@pytest.mark.parametrize("path", ["/en/accounts/login/", "/fr/accounts/login/", "/en/nothing-here/", "/api/v1/nothing"])
def test_the_policy_of_public_pages_allows_only_our_own_files(client: Client, path: str) -> None:
    found = policy(client, path)
    assert found["default-src"] == found["script-src"] == found["style-src"] == "'self'"
    assert found["object-src"] == found["base-uri"] == found["frame-ancestors"] == "'none'"
    assert found["form-action"] == "'self'"
    assert "unsafe" not in str(found)


def test_the_policy_is_looser_only_for_staff_and_for_the_documentation_of_the_api(client: Client) -> None:
    client.force_login(User.objects.create_superuser("staff"))
    admin = policy(client, "/admin/")
    assert "'unsafe-eval'" in admin["script-src"]
    assert admin["object-src"] == "'none'"
    docs = policy(client, "/api/v1/docs/")
    assert docs["script-src"] == "'self'"


def test_no_page_asks_another_site_for_anything(client: Client, release: None) -> None:
    for path in ("/en/", "/fr/", "/en/accounts/login/", "/api/v1/docs/"):
        body = client.get(path).content.decode()
        for attribute in ('src="http', 'href="http', "src='http", "@import"):
            found = [part[:80] for part in body.split(attribute)[1:]]
            assert not [part for part in found if "link" in attribute or attribute.startswith(("src", "@"))], path


def test_logs_say_where_and_what_kind_but_not_what_somebody_typed() -> None:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(WithoutValuesFormatter("{levelname} {message}", style="{"))
    logger = logging.Logger("site")
    logger.addHandler(handler)
    typed = "jane.doe@example.org"
    try:
        int(typed)
    except ValueError:
        logger.exception("The page failed")
    said = stream.getvalue()
    assert "test_security.py" in said
    assert "ValueError" in said
    assert "jane.doe" not in said


def test_a_real_site_logs_with_that_formatter() -> None:
    assert settings.LOGGING["formatters"]["without_values"]["()"] == "imp_site.log_format.WithoutValuesFormatter"
    assert settings.LOGGING["loggers"]["django"]["handlers"] == []
    assert "pytest" in sys.modules  # which is why this process itself logs plainly


@pytest.mark.parametrize(("language", "sentence"), [("en", "There is nothing"), ("fr", "Il n’y a rien")])
def test_an_address_of_the_api_that_is_none_is_told_in_its_shape(client: Client, language: str, sentence: str) -> None:
    response = client.get("/api/v1/nothing", headers={"accept-language": language})
    assert response.status_code == 404
    assert set(response.json()) == {"code", "detail", "fields"}
    assert response.json()["detail"].startswith(sentence)


def test_health_tells_database_and_catalogue_apart(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    response = client.get("/healthz/")
    assert (response.status_code, response.json()) == (503, {"database": True, "catalogue": False})

    def broken() -> bool:
        raise DatabaseError

    monkeypatch.setattr(health, "has_published_catalogue", broken)
    assert client.get("/healthz/").json() == {"database": False, "catalogue": None}


def test_health_is_good_once_a_catalogue_is_published(client: Client, release: None) -> None:
    response = client.get("/healthz/")
    assert (response.status_code, response.json()) == (200, {"database": True, "catalogue": True})
    assert "no-store" in response.headers["Cache-Control"]
    assert client.post("/healthz/").status_code == 405


def test_the_admin_asks_for_the_one_login(client: Client) -> None:
    response = client.get("/admin/")
    assert response.status_code == 302
    assert "/accounts/login/" in client.get("/admin/", follow=True).redirect_chain[-1][0]
