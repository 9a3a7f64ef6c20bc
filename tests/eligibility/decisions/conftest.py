"""A case that an engineer sent, and the staff who decide about it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection

from eligibility.models import Screening
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.models import CatalogueRelease
from imp_site.demo import no_to_every_gate
from tests.eligibility.cases import ENGINEER
from tests.eligibility.factories import member, sent

Publish = Callable[[], CatalogueRelease]


@pytest.fixture
def case(rulebook: Rulebook, release: CatalogueRelease) -> Screening:
    return sent(rulebook, {**no_to_every_gate(rulebook), **ENGINEER["facts"], "situation.listed_profession": True})


@pytest.fixture
def consultant(db: None) -> User:
    return member("Consultants", username="consultant-one")


@pytest.fixture
def senior(db: None) -> User:
    return member("Senior consultants", username="senior-one")


@contextmanager
def guarded() -> Iterator[Any]:
    """A cursor while the triggers are on: the tests run with a row that suspends them."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM eligibility_erasure")
        yield cursor
        cursor.execute("INSERT INTO eligibility_erasure (id) VALUES (1)")
