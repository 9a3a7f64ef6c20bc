"""Tests with a real browser: the site on a free port, with the rules of this repository, and somebody who visits it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from exemption_codes.models import CatalogueRelease
from tests.browser.visitor import Visitor

WAIT_MS = 30_000


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


@pytest.fixture
def site(live_server: LiveServer, release: CatalogueRelease) -> str:
    """The address of the site; the release is stored after the server's database has been emptied."""
    return live_server.url


@pytest.fixture
def visitor(site: str, page: Page) -> Visitor:
    page.set_default_timeout(WAIT_MS)
    return Visitor(page, site)


@pytest.fixture
def visitor_without_script(site: str, browser: Browser) -> Iterator[Visitor]:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.set_default_timeout(WAIT_MS)
    yield Visitor(page, site)
    context.close()
