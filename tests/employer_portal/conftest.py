"""A published catalogue for every test of the portal, and a day on which it holds: rules and offers have dates."""

import pytest
from django.utils import timezone

from exemption_codes.models import CatalogueRelease
from tests.employer_portal.clock import NOW


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)


@pytest.fixture
def portal(release: CatalogueRelease) -> CatalogueRelease:
    """The database with a published catalogue."""
    return release
