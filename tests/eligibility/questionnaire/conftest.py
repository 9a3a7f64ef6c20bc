"""A visitor of the questionnaire: Django's test client on the published rules."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.models import CatalogueRelease
from tests.journeys.walking import posted

Save = Callable[..., HttpResponse]


@pytest.fixture
def visitor(client: Client, release: CatalogueRelease) -> Client:
    """Somebody who has pressed "Start now"."""
    client.post("/en/questions/begin/")
    return client


@pytest.fixture
def save(visitor: Client, rulebook: Rulebook) -> Save:
    """Save one page with these answers, as its form sends them; `query` is added to its address."""

    def send(page: str, query: str = "", **answers: Any) -> Any:
        facts = {name.replace("__", "."): value for name, value in answers.items()}
        address = "&".join([*(f"fact={name}" for name in facts), *([query] if query else [])])
        return visitor.post(f"/en/questions/{page}/?{address}", posted(list(facts), facts, rulebook))

    return send
