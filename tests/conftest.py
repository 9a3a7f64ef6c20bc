"""What many tests need: the rules read once, a published release, and a browser that is on the machine."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache
from django.db import connection
from django.utils import translation
from pytest_django import DjangoDbBlocker, Settings

from exemption_codes.catalogue.reader import read_rulebook, rule_files
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.models import CatalogueRelease
from exemption_codes.releases import publish, store
from imp_site.messages import compile_messages
from tests.browsers import find_chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

RULES = Path(__file__).parents[1] / "rules"


def pytest_configure() -> None:
    compile_messages()


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    return read_rulebook(RULES)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Let transactional tests empty every table; a row here suspends the triggers of what is append-only."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        for app in ("eligibility", "employer_portal", "exemption_codes"):
            cursor.execute(f"INSERT INTO {app}_erasure (id) VALUES (1)")


@pytest.fixture
def release(db: None, rulebook: Rulebook) -> CatalogueRelease:
    """The rules of this repository, stored and published."""
    stored, _is_new = store(rulebook, rule_files(RULES))
    publish(stored)
    stored.refresh_from_db()
    return stored


@pytest.fixture(autouse=True)
def _english() -> None:
    """A test begins in English, whatever the test before has asked for."""
    translation.activate("en")


@pytest.fixture(autouse=True)
def _no_counted_requests() -> Iterator[None]:
    """Limits on requests count in the cache, which outlives a test."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def _uploads_of_the_test(settings: Settings, tmp_path: Path) -> None:
    """What a test uploads is gone with it."""
    settings.UPLOADS_DIR = tmp_path / "uploads"


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    from playwright.sync_api import sync_playwright

    # Playwright runs an event loop in this thread; the tests' own queries beside it are still synchronous.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        path = find_chromium()
        opened = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield opened
        opened.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def browser_context(browser: "Browser") -> Iterator["BrowserContext"]:
    context = browser.new_context(locale="en-CA", viewport={"width": 1280, "height": 900})
    yield context
    context.close()


@pytest.fixture
def page(browser_context: "BrowserContext") -> "Page":
    return browser_context.new_page()
