"""A published catalogue for every test of the portal, for each offer stands on one."""

import pytest

from exemption_codes.models import CatalogueRelease


@pytest.fixture
def portal(release: CatalogueRelease) -> CatalogueRelease:
    """The database with a published catalogue."""
    return release
