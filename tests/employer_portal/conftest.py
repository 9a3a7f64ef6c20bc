"""A published catalogue for every test of the portal, and a day on which it holds: rules and offers have dates."""

import pytest
from django.utils import timezone

from employer_portal.actors import Actor, person
from employer_portal.models import Membership
from exemption_codes.models import CatalogueRelease
from tests.employer_portal.clock import NOW
from tests.employer_portal.factories import MembershipFactory


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)


@pytest.fixture
def portal(release: CatalogueRelease) -> CatalogueRelease:
    """The database with a published catalogue."""
    return release


@pytest.fixture
def member(portal: CatalogueRelease) -> Membership:
    """A primary user of an employer."""
    found: Membership = MembershipFactory()
    return found


@pytest.fixture
def who(member: Membership) -> Actor:
    return person(member.user)
