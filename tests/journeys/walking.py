"""A walk through the questionnaire with Django's test client, and the outcomes that the result page shows."""

from collections.abc import Mapping
from datetime import date
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.test import Client

from exemption_codes.catalogue.rulebook import Rulebook

MOST_PAGES = 60


class OutcomeReader(HTMLParser):
    """Collects `data-code` and `data-outcome` of a result page."""

    def __init__(self) -> None:
        super().__init__()
        self.outcomes: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if "data-code" in found:
            self.outcomes[found["data-code"] or ""] = found["data-outcome"] or ""


def walk(client: Client, facts: Mapping[str, Any], rulebook: Rulebook, language: str = "en") -> list[str]:
    """Answer from the facts until nothing is left to ask; returns the facts asked, in order."""
    client.post(f"/{language}/questions/begin/")
    asked: list[str] = []
    for _ in range(MOST_PAGES):
        there = client.get(f"/{language}/questions/")["Location"]
        if there.endswith("/answers/"):
            return asked
        names = parse_qs(urlsplit(there).query)["fact"]
        is_ticks = any(page.kind == "ticks" and f"/{page.id}/" in there for page in rulebook.pages)
        response = client.post(there, posted(names, facts, rulebook, is_ticks))
        assert response.status_code == 302, (there, response.content.decode())
        asked += names
    raise AssertionError(f"more than {MOST_PAGES} pages; the last asked {asked[-6:]}")


def posted(names: list[str], facts: Mapping[str, Any], rulebook: Rulebook, is_ticks: bool = False) -> dict[str, Any]:
    """What a form of these facts sends; a fact that is not there is not known yet."""
    if is_ticks:
        return {"ticked": [name for name in names if facts.get(name) is True] or ["none_of_these"]}
    data: dict[str, Any] = {}
    for name in names:
        data |= _typed(name, facts.get(name), rulebook)
    return data


def _typed(name: str, value: Any, rulebook: Rulebook) -> dict[str, Any]:
    if value is None:
        return {name: "unknown", f"{name}-unknown": "on"}
    if isinstance(value, bool):
        return {name: "yes" if value else "no"}
    if isinstance(value, date):
        return {f"{name}-day": value.day, f"{name}-month": value.month, f"{name}-year": value.year}
    return {name: value or ["none_of_these"] if isinstance(value, list) else str(value)}


def outcomes(client: Client, language: str = "en") -> dict[str, str]:
    """Return the outcome of every code as the result page shows it."""
    reader = OutcomeReader()
    reader.feed(client.get(f"/{language}/result/").content.decode())
    return reader.outcomes
