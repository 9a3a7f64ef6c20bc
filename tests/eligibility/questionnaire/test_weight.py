"""No page weighs more than 100 KB on the wire, with everything it loads on a first visit."""

import gzip
from pathlib import Path

import pytest
from django.test import Client

from exemption_codes.catalogue.rulebook import Rulebook
from tests.journeys.people import indian_manager
from tests.journeys.walking import walk

STATIC = Path(__file__).parents[3] / "static"
LOADED = ("css/tokens.css", "css/site.css", "js/search-list.js", "js/page.js", "img/mark.svg")
BUDGET = 100_000


def weight(client: Client, address: str) -> int:
    """Bytes of a page and of what it loads, compressed as a server sends them."""
    page = client.get(address, headers={"accept-encoding": "gzip"})
    assert page["Content-Encoding"] == "gzip"
    return len(page.content) + sum(len(gzip.compress((STATIC / name).read_bytes())) for name in LOADED)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(
    "path",
    [
        "questions/role/?fact=offer.noc&fact=offer.cusma_profession",
        "questions/family_principal/?fact=principal.noc&fact=principal.permit_code",
        "questions/identity/?fact=applicant.citizenships&fact=applicant.permanent_residence_countries",
    ],
)
def test_the_longest_lists_stay_within_the_budget(visitor: Client, language: str, path: str) -> None:
    assert weight(visitor, f"/{language}/{path}") < BUDGET


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_whole_result_stays_within_the_budget(visitor: Client, rulebook: Rulebook, language: str) -> None:
    walk(visitor, indian_manager(12), rulebook)
    assert weight(visitor, f"/{language}/result/") < BUDGET
