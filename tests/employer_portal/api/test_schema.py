"""The schema of the employers' API: requests answered as it says, answers of its shape, examples that fit."""

import json
from typing import Any
from uuid import uuid4

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
)

from employer_portal.actors import person
from employer_portal.api.urls import urlpatterns
from employer_portal.drafts import begin_group
from employer_portal.models import FeePayment, Membership
from employer_portal.payments import hear
from tests.employer_portal.api.conftest import Program
from tests.employer_portal.factories import content, draft

CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    negative_data_rejection,
)
BASE = "/api/v1/employers/{employer_id}"


@pytest.fixture
def schema(program: Program) -> dict[str, Any]:
    return dict(json.loads(program.client.get("/api/v1/schema/").content))


def operations(schema: dict[str, Any]) -> dict[str, Any]:
    """Return every operation of this API by its name, with its address."""
    return {
        operation["operationId"]: {**operation, "path": path, "method": method}
        for path, item in schema["paths"].items()
        if path.startswith(BASE)
        for method, operation in item.items()
    }


def test_every_address_is_in_the_schema_with_its_security_errors_and_examples(schema: dict[str, Any]) -> None:
    assert len(urlpatterns) == len({operation["path"] for operation in operations(schema).values()})
    for name, operation in operations(schema).items():
        assert operation["security"] == [{"employerToken": []}], name
        assert {"400", "401", "403", "404", "429"} <= set(operation["responses"]), name
        assert operation["summary"], name
        if operation["method"] == "post":
            key = next(each for each in operation["parameters"] if each["name"] == "Idempotency-Key")
            assert key["required"], name
        if "requestBody" in operation:
            media = operation["requestBody"]["content"]["application/json"]
            assert media["schema"]["additionalProperties"] is False, name
            examples = [each["value"] for each in media["examples"].values()]
            assert examples, name
            for example in examples:
                assert list(_validator(schema, media["schema"]).iter_errors(example)) == [], name


def test_answers_of_a_whole_life_fit_the_schema(program: Program, schema: dict[str, Any]) -> None:
    made = program.post("/offers", {"content": content()})
    offer = made.json()["id"]
    told = {
        "create_offer": made,
        "check_offer": program.get(f"/offers/{offer}/check"),
        "change_offer": program.patch(f"/offers/{offer}", {"recruiter": "Nobody"}, 1),
        "submit_offer": program.post(f"/offers/{offer}/submit"),
        "pay_offer": program.post(f"/offers/{offer}/pay"),
    }
    hear(FeePayment.objects.get(), "confirmed")
    told |= {
        "get_offer": program.get(f"/offers/{offer}"),
        "correct_offer": program.post(f"/offers/{offer}/correct"),
        "duplicate_offer": program.post(f"/offers/{offer}/duplicate"),
        "list_offers": program.get("/offers"),
        "list_events": program.get(f"/offers/{offer}/events"),
        "list_duties": program.get(f"/offers/{offer}/duties"),
        "list_receipts": program.get("/receipts"),
        "create_group": program.post("/groups", {"name": "Foghorns"}),
        "list_groups": program.get("/groups"),
        "list_files": program.get(f"/offers/{offer}/files"),
        "list_refunds": program.get("/refunds"),
        "get_employer": program.get(""),
    }
    for name, answer in told.items():
        responses = operations(schema)[name]["responses"]
        expected = responses[str(answer.status_code)]["content"]["application/json"]["schema"]
        assert list(_validator(schema, expected).iter_errors(answer.json())) == [], name


def test_requests_made_from_the_schema_are_answered_as_it_says(
    live_server: Any, program: Program, member: Membership, schema: dict[str, Any]
) -> None:
    made = {"offer_id": draft(member).pk, "group_id": begin_group(program.employer, "Foghorns", person(member.user)).pk}
    known = {name: str(key) for name, key in {"employer_id": program.employer.pk, **made}.items()}
    known |= {"receipt_id": str(uuid4()), "file_id": str(uuid4())}
    loaded = schemathesis.openapi.from_dict(_with_addresses(schema, known))
    loaded.config.update(base_url=live_server.url)
    tried = 0
    for found in loaded.get_all_operations():
        _try(found.ok(), {"Authorization": f"Bearer {program.token.secret}"})
        tried += 1
    assert tried == len(operations(schema))


def _try(operation: Any, headers: dict[str, str]) -> None:
    """Send what the schema allows, and what it does not, to one address."""

    @given(case=operation.as_strategy())
    @settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    def each(case: schemathesis.Case) -> None:
        case.call_and_validate(headers=headers, checks=list(CHECKS))

    each()


def _with_addresses(schema: dict[str, Any], known: dict[str, str]) -> dict[str, Any]:
    """Return the part of this API with the addresses of one employer and one offer in it."""
    paths: dict[str, Any] = {}
    for operation in operations(schema).values():
        left = [each for each in operation["parameters"] if each["in"] != "path"]
        path = operation["path"].format(**known)
        paths.setdefault(path, {})[operation["method"]] = {**operation, "parameters": left}
    return {**schema, "paths": paths}


def _validator(schema: dict[str, Any], part: Any) -> Draft202012Validator:
    whole = {**part, "components": schema["components"]}
    return Draft202012Validator(whole, format_checker=Draft202012Validator.FORMAT_CHECKER)
