"""Outside development nothing unsafe is accepted, and everything wrong is told at once without showing a secret."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from imp_site.environment import Environment
from tests.imp_site.production import REAL_SITE, run

LOAD = ("-c", "import imp_site.settings")


def test_a_well_configured_site_starts() -> None:
    done = run(*LOAD)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("DJANGO_SECRET_KEY", None, "DJANGO_SECRET_KEY must be set, 50 characters"),
        ("DJANGO_SECRET_KEY", "short", "DJANGO_SECRET_KEY must be set, 50 characters"),
        ("ALLOWED_HOSTS", None, "ALLOWED_HOSTS must name the hosts"),
        ("ALLOWED_HOSTS", "*", "not *"),
        ("FIELD_ENCRYPTION_KEYS", None, "FIELD_ENCRYPTION_KEYS must hold"),
        ("FIELD_ENCRYPTION_KEYS", "a-key-of-a-real-site-that-is-long-enough,short", "FIELD_ENCRYPTION_KEYS must hold"),
        ("DETERMINATION_SIGNING_KEY", None, "DETERMINATION_SIGNING_KEY must be 64 hexadecimal digits"),
        ("DETERMINATION_SIGNING_KEY", "dedede00" * 8, "DETERMINATION_SIGNING_KEY must be 64 hexadecimal digits"),
        ("DETERMINATION_SIGNING_KEY", "short", "DETERMINATION_SIGNING_KEY must be 64 hexadecimal digits"),
        ("DETERMINATION_VERIFY_KEYS", "short", "DETERMINATION_VERIFY_KEYS must hold public keys"),
        ("DETERMINATION_VERIFY_KEYS", REAL_SITE["DETERMINATION_SIGNING_KEY"], "not the signing key"),
        ("DECISIONS_NEED_APPROVAL", "maybe", "DECISIONS_NEED_APPROVAL must be 1 or 0"),
        ("DJANGO_DEBUG", "perhaps", "DJANGO_DEBUG must be 1 or 0"),
        ("DATABASE_URL", "bananas://user:hunter2@host/name", "DATABASE_URL must be an address"),
        ("TRUSTED_PROXIES", "-1", "TRUSTED_PROXIES must be a whole number"),
        ("API_REQUESTS_PER_MINUTE", "0", "API_REQUESTS_PER_MINUTE must be a whole number, 1 or more"),
        ("DATA_RETENTION_DAYS", "for ever", "DATA_RETENTION_DAYS must be a whole number"),
        ("LOG_LEVEL", "LOUD", "LOG_LEVEL must be"),
        ("SECURE_SSL_REDIRECT", "sometimes", "SECURE_SSL_REDIRECT must be 1 or 0"),
    ],
)
def test_it_is_refused(name: str, value: str | None, told: str) -> None:
    done = run(*LOAD, **{name: value})
    assert done.returncode == 1
    assert "ImproperlyConfigured" in done.stderr
    assert told in done.stderr
    assert "hunter2" not in done.stderr
    assert not any(secret in done.stderr for secret in REAL_SITE.values() if secret != REAL_SITE["ALLOWED_HOSTS"])


def test_everything_wrong_is_told_at_once() -> None:
    done = run(*LOAD, DJANGO_SECRET_KEY=None, ALLOWED_HOSTS=None, FIELD_ENCRYPTION_KEYS=None)
    assert [line[:16] for line in done.stderr.splitlines() if line.startswith("- ")] == [
        "- DJANGO_SECRET_",
        "- ALLOWED_HOSTS ",
        "- FIELD_ENCRYPTI",
    ]


def test_the_web_entrances_never_fall_back_to_development() -> None:
    for entrance in ("imp_site.wsgi", "imp_site.asgi"):
        done = run("-c", f"import {entrance}", DJANGO_SECRET_KEY=None, ALLOWED_HOSTS=None, FIELD_ENCRYPTION_KEYS=None)
        assert "ImproperlyConfigured" in done.stderr


def test_values_are_read_as_what_they_mean() -> None:
    env = Environment({"A": " yes ", "B": "12", "C": " x , y,,", "D": ""})
    assert env.flag("A")
    assert not env.flag("D")
    assert env.number("B", 1) == 12
    assert env.number("MISSING", 7) == 7
    assert env.words("C") == ["x", "y"]
    assert env.text("D", "default") == "default"
    env.refuse_problems()
    env.flag("B")
    with pytest.raises(ImproperlyConfigured, match="B must be 1 or 0"):
        env.refuse_problems()
