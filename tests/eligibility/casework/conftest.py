"""A queue with a few cases, and the people who work on it."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from eligibility.models import Screening
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.models import CatalogueRelease
from imp_site.demo import no_to_every_gate
from imp_site.staff_groups import CONSULTANTS
from tests.eligibility.cases import ENGINEER
from tests.eligibility.factories import member, sent

ENGINEER_FACTS = {**ENGINEER["facts"], "situation.listed_profession": True}


@pytest.fixture
def ada(release: CatalogueRelease) -> User:
    """A consultant."""
    return member(CONSULTANTS, username="ada")


@pytest.fixture
def ben(release: CatalogueRelease) -> User:
    """Another consultant."""
    return member(CONSULTANTS, username="ben")


@pytest.fixture
def at_work(client: Client, ada: User) -> Client:
    client.force_login(ada)
    return client


@pytest.fixture
def engineer(rulebook: Rulebook, release: CatalogueRelease) -> Screening:
    return sent(rulebook, {**no_to_every_gate(rulebook), **ENGINEER_FACTS}, name="Fictional Engineer")


@pytest.fixture
def cook(rulebook: Rulebook, release: CatalogueRelease) -> Screening:
    """Somebody of two countries for whom nothing can be told yet, in French."""
    return sent(rulebook, {"applicant.citizenships": ["SN", "FR"]}, "fr", "Cuisinière Fictive")
