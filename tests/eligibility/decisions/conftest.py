"""A case that an engineer sent, and the staff who decide about it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection

from eligibility.models import Screening
from exemption_codes.catalogue.reader import read_stored_files, rule_files
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.models import CatalogueRelease
from imp_site.demo import no_to_every_gate
from tests.conftest import RULES
from tests.eligibility.cases import ENGINEER
from tests.eligibility.factories import member, sent


@pytest.fixture
def case(rulebook: Rulebook, release: CatalogueRelease) -> Screening:
    return sent(rulebook, {**no_to_every_gate(rulebook), **ENGINEER["facts"], "situation.listed_profession": True})


@pytest.fixture
def consultant(db: None) -> User:
    return member("Consultants", username="consultant-one")


@pytest.fixture
def senior(db: None) -> User:
    return member("Senior consultants", username="senior-one")


@pytest.fixture(scope="session")
def other_files() -> dict[str, str]:
    """The rule files with a remark added: another release that says the same."""
    files = rule_files(RULES)
    return {**files, "catalogue.yaml": f"{files['catalogue.yaml']}\n# A remark.\n"}


@pytest.fixture(scope="session")
def other_digest(other_files: dict[str, str]) -> str:
    return read_stored_files(other_files).digest


@pytest.fixture
def another(release: CatalogueRelease, other_files: dict[str, str], other_digest: str) -> CatalogueRelease:
    """A draft of those files."""
    return CatalogueRelease.objects.create(digest=other_digest, law_as_of=release.law_as_of, files=other_files)


@contextmanager
def guarded() -> Iterator[Any]:
    """A cursor while the triggers are on: the tests run with a row that suspends them."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM eligibility_erasure")
        yield cursor
        cursor.execute("INSERT INTO eligibility_erasure (id) VALUES (1)")
