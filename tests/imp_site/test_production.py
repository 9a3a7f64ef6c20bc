"""A real site, from outside: its checks pass, its static files are complete, its cookies and headers are strict."""

import json
from pathlib import Path

from tests.imp_site.production import ROOT, run

VISIT = """
import json, django
django.setup()
from django.core.management import call_command
from django.test import Client
call_command("migrate", verbosity=0)
client = Client(headers={"host": "imp-navigator.example"}, raise_request_exception=False)
pages = {"plain": ("/en/", False), "health": ("/healthz/", False), "login": ("/en/accounts/login/", True), "none": ("/en/x/", True)}
said = {}
for name, (path, secure) in pages.items():
    response = client.get(path, secure=secure)
    cookies = {key: {"secure": bool(one["secure"]), "samesite": one["samesite"]} for key, one in response.cookies.items()}
    said[name] = {"status": response.status_code, "headers": dict(response.headers), "cookies": cookies}
print(json.dumps(said))
"""  # noqa: E501


def test_the_site_is_strict_from_outside(tmp_path: Path) -> None:
    static, database = str(tmp_path / "static"), f"sqlite:///{tmp_path / 'site.sqlite3'}"
    collected = run("manage.py", "collectstatic", "--no-input", "--verbosity", "0", STATIC_ROOT=static)
    assert collected.returncode == 0, collected.stderr
    done = run("-c", VISIT, STATIC_ROOT=static, DATABASE_URL=database)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)

    assert said["plain"]["status"] == 301
    assert said["plain"]["headers"]["Location"] == "https://imp-navigator.example/en/"
    assert said["health"]["status"] == 503  # no catalogue is published; but no redirect, so that a probe reaches it
    assert said["login"]["status"] == 200
    assert said["none"]["status"] == 404

    headers = said["login"]["headers"]
    assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    for cookie in said["login"]["cookies"].values():
        assert cookie["secure"]
        assert cookie["samesite"] == "Lax"


def test_the_deployment_check_passes_and_notices_a_weakness() -> None:
    check = ("manage.py", "check", "--deploy", "--fail-level", "WARNING")
    done = run(*check)
    assert done.returncode == 0, done.stderr
    weak = run(*check, SECURE_HSTS_SECONDS="0")
    assert weak.returncode == 1
    assert "security.W004" in weak.stderr


def test_demo_accounts_are_refused_outside_development() -> None:
    done = run("manage.py", "load_demo")
    assert done.returncode == 1
    assert "--outside-development" in done.stderr


def test_no_secret_and_no_database_is_under_version_control() -> None:
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert {"db.sqlite3*", ".venv/", "staticfiles/", "*.mo"} <= set(ignored)
