"""The schema of the API is exact: whole vocabulary, true shapes, and requests made from it are answered as it says."""

import json
from typing import Any

import pytest
import schemathesis
from django.test import Client
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
)

from exemption_codes.catalogue.rulebook import Rulebook
from tests.eligibility.cases import ENGINEER, NESTED, REFUSED

PATH = "/api/v1/determinations"
CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    negative_data_rejection,
)


@pytest.fixture
def schema(client: Client, release: None) -> dict[str, Any]:
    response = client.get("/api/v1/schema/")
    assert response.status_code == 200
    return dict(json.loads(response.content))


def validator(schema: dict[str, Any], name: str) -> Draft202012Validator:
    reference = {"$ref": f"#/components/schemas/{name}", "components": schema["components"]}
    return Draft202012Validator(reference, format_checker=Draft202012Validator.FORMAT_CHECKER)


def test_the_schema_lists_every_fact_with_its_values(schema: dict[str, Any], rulebook: Rulebook) -> None:
    components = schema["components"]["schemas"]
    assert set(components["FlatFacts"]["properties"]) == set(rulebook.facts)
    assert set(rulebook.facts["offer.role"].choices or ()) == set(components["fact.offer.role"]["anyOf"][0]["enum"])
    assert len(components["NocCode"]["enum"]) == 517


@pytest.mark.parametrize("body", [ENGINEER, NESTED, {"facts": {}}, {"as_of": None, "facts": {"offer.noc": None}}])
def test_cases_and_their_answers_fit_the_schema(client: Client, schema: dict[str, Any], body: dict[str, Any]) -> None:
    is_mixed = body is NESTED
    assert list(validator(schema, "CaseRequest").iter_errors(body)) == [] or is_mixed
    answer = client.post(PATH, body, content_type="application/json").json()
    assert list(validator(schema, "Answer").iter_errors(answer)) == []


@pytest.mark.parametrize(("body", "name", "code", "part"), REFUSED)
def test_refused_cases_do_not_fit_the_schema_save_for_what_it_cannot_say(
    schema: dict[str, Any], body: Any, name: str, code: str, part: str
) -> None:
    beyond = code == "date_not_covered" or name == "applicant.date_of_birth"
    assert beyond or list(validator(schema, "CaseRequest").iter_errors(body))


def test_the_schema_and_its_page_are_open_to_everybody(client: Client, release: None) -> None:
    assert client.get("/api/v1/docs/").status_code == 200
    assert client.get("/api/v1/schema/").headers["Content-Type"].startswith("application/vnd.oai.openapi+json")


def test_requests_made_from_the_schema_are_answered_as_it_says(live_server: Any, release: None) -> None:
    loaded = schemathesis.openapi.from_url(f"{live_server.url}/api/v1/schema/")

    @given(case=loaded[PATH]["POST"].as_strategy())
    @settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    def each(case: schemathesis.Case) -> None:
        case.call_and_validate(checks=list(CHECKS))

    each()
