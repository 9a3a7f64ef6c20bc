"""The catalogue over the API: every answer fits its schema, and says what the rule files say."""

import json
from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft202012Validator

from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.models import CatalogueRelease

CODES, COUNTRIES = "/api/v1/codes", "/api/v1/countries"


@pytest.fixture
def schema(client: Client, release: CatalogueRelease) -> dict[str, Any]:
    return dict(json.loads(client.get("/api/v1/schema/").content))


def errors(schema: dict[str, Any], name: str, answer: Any) -> list[str]:
    """Return where an answer departs from its schema; a key that the schema does not have counts."""
    components = {**schema["components"], "schemas": {**schema["components"]["schemas"]}}
    for title, component in components["schemas"].items():
        if component.get("type") == "object" and not title.startswith("fact."):
            components["schemas"][title] = {"additionalProperties": False, **component}
    validator = Draft202012Validator({"$ref": f"#/components/schemas/{name}", "components": components})
    return [f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(answer)]


@pytest.mark.parametrize("query", ["", "?lang=fr", "?on=2022-12-14", "?q=T23", "?q=Mexique&lang=fr"])
def test_the_list_fits_its_schema(client: Client, schema: dict[str, Any], query: str) -> None:
    assert errors(schema, "CodeList", client.get(CODES + query).json()) == []


def test_every_category_in_full_fits_its_schema(client: Client, schema: dict[str, Any], rulebook: Rulebook) -> None:
    found = {name: errors(schema, "Category", client.get(f"{CODES}/{name}").json()) for name in rulebook.categories}
    assert {name: said for name, said in found.items() if said} == {}


@pytest.mark.parametrize("code", ["MX", "gb", "CH", "SN"])
def test_every_country_fits_its_schema(client: Client, schema: dict[str, Any], code: str) -> None:
    assert errors(schema, "Country", client.get(f"{COUNTRIES}/{code}?lang=fr").json()) == []


@pytest.mark.usefixtures("release")
def test_the_list_has_every_category_and_a_search_those_it_finds(client: Client, rulebook: Rulebook) -> None:
    answer = client.get(CODES).json()
    assert {one["id"] for one in answer["codes"]} == set(rulebook.categories)
    assert answer["catalogue"]["digest"] == rulebook.digest
    found = [one["code"] for one in client.get(f"{CODES}?q=T23").json()["codes"]]
    assert found[0] == "T36"
    assert "T47" in [one["code"] for one in client.get(f"{CODES}?q=21231").json()["codes"]]


@pytest.mark.usefixtures("release")
@pytest.mark.parametrize(
    ("name", "category"),
    [("cusma-professional", "cusma-professional"), ("T36", "cusma-professional"), ("C21/WH", "iec-working-holiday")],
)
def test_a_category_is_found_by_id_or_code(client: Client, name: str, category: str) -> None:
    assert client.get(f"{CODES}/{name}").json()["id"] == category


@pytest.mark.usefixtures("release")
def test_the_day_decides_code_and_rule(client: Client) -> None:
    answer = client.get(f"{CODES}/cusma-professional?on=2022-12-14").json()
    assert (answer["code"], answer["on"], answer["rule_on"]) == ("T23", "2022-12-14", "2022-12-14")
    owner = client.get(f"{CODES}/business-owner?on=2025-05-26&lang=fr").json()
    assert "half_ownership_before_2025" in {one["id"] for one in owner["criteria"]}


@pytest.mark.usefixtures("release")
@pytest.mark.parametrize(
    ("address", "status", "code", "field"),
    [
        (f"{CODES}/T23", 409, "several_categories", ""),
        (f"{CODES}/Z99", 404, "not_found", ""),
        (f"{COUNTRIES}/XX", 404, "not_found", ""),
        (f"{CODES}?on=1999-01-01", 400, "invalid", "on"),
        (f"{CODES}/T36?on=soon", 400, "invalid", "on"),
        (f"{COUNTRIES}/MX?lang=de", 400, "invalid", "lang"),
    ],
)
def test_what_cannot_be_answered_is_said_in_the_api_s_one_shape(
    client: Client, address: str, status: int, code: str, field: str
) -> None:
    response = client.get(address)
    assert (response.status_code, response.json()["code"]) == (status, code)
    assert list(response.json()["fields"]) == ([field] if field else [])


@pytest.mark.usefixtures("release")
def test_errors_are_in_the_asked_language(client: Client) -> None:
    detail = client.get(f"{CODES}/T23?lang=fr").json()["detail"]
    assert detail.startswith("Plusieurs catégories")
    assert "cusma-professional" in detail


@pytest.mark.usefixtures("release")
def test_the_catalogue_is_read_only_and_needs_no_account(client: Client) -> None:
    assert client.post(CODES, {}, content_type="application/json").status_code == 405
    assert client.get(CODES).status_code == 200


@pytest.mark.django_db
def test_without_a_published_catalogue_the_api_says_so(client: Client) -> None:
    response = client.get(CODES)
    assert (response.status_code, response.json()["code"]) == (503, "no_catalogue")
