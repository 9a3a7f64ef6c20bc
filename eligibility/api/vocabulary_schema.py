"""The vocabulary of facts as OpenAPI schemas: one per fact, and the two ways to give many of them."""

from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.utils.translation import get_language
from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ResolvedComponent
from drf_spectacular.utils import Direction

from exemption_codes.catalogue import documents as doc
from exemption_codes.catalogue.fact_values import (
    EARLIEST_DAY,
    LARGEST_NUMBER,
    LATEST_DAY,
    MAX_MEMBERS,
    MAX_TEXT,
    allowed_words,
)
from exemption_codes.catalogue.reader import read_rulebook
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.releases import NoPublishedRelease, published_rulebook

SHARED = {"country": "CountryCode", "countries": "CountryCode", "province": "ProvinceCode", "noc": "NocCode"}
NULL = {"type": "null"}  # unknown
CODE_PATTERN = r"^([A-Z]\d{2}(/\w{1,40})?|LMIA|none)$"


class FactsFieldExtension(OpenApiSerializerFieldExtension):
    target_class = "eligibility.api.serializers.FactsField"

    def map_serializer_field(self, auto_schema: AutoSchema, direction: Direction) -> dict[str, Any]:
        rulebook = _vocabulary()
        references = {name: _registered(auto_schema, rulebook, name) for name in rulebook.facts}
        flat = {"type": "object", "properties": references, "additionalProperties": False}
        nested: dict[str, Any] = {"type": "object", "properties": {}, "additionalProperties": False}
        for name, reference in references.items():
            _place(nested, name.split("."), reference)
        forms = [_component(auto_schema, "FlatFacts", flat), _component(auto_schema, "NestedFacts", nested)]
        return {"anyOf": [*forms, NULL]}


def refuse_unknown_keys(result: dict[str, Any], **_rest: Any) -> dict[str, Any]:
    """Say in the schema that a case has no other keys; run by drf-spectacular when the schema is made."""
    result["components"]["schemas"]["CaseRequest"]["additionalProperties"] = False
    return result


def _vocabulary() -> Rulebook:
    """The published rulebook; that of the files while nothing is published."""
    try:
        return published_rulebook()
    except (DatabaseError, NoPublishedRelease):
        return read_rulebook(settings.RULES_DIR)


def _registered(auto_schema: AutoSchema, rulebook: Rulebook, name: str) -> dict[str, Any]:
    return _component(auto_schema, f"fact.{name}", _fact_schema(auto_schema, rulebook, name))


def _component(auto_schema: AutoSchema, name: str, schema: dict[str, Any]) -> dict[str, Any]:
    component = ResolvedComponent(name=name, type=ResolvedComponent.SCHEMA, object=name, schema=schema)
    auto_schema.registry.register_on_missing(component)
    return {"$ref": f"#/components/schemas/{name}"}


def _place(node: dict[str, Any], path: list[str], reference: dict[str, Any]) -> None:
    for part in path[:-1]:
        node = node["properties"].setdefault(part, {"type": "object", "properties": {}, "additionalProperties": False})
    node["properties"][path[-1]] = reference


def _fact_schema(auto_schema: AutoSchema, rulebook: Rulebook, name: str) -> dict[str, Any]:
    fact = rulebook.facts[name]
    language = (get_language() or "en")[:2]
    single = _single(auto_schema, rulebook, name)
    if fact.type in ("several_of", "countries"):
        single = {"type": "array", "items": single, "uniqueItems": True, "maxItems": MAX_MEMBERS}
    unit = f" ({fact.unit})" if fact.unit else ""
    return {"description": fact.question.in_language(language) + unit, "anyOf": [single, NULL]}


def _single(auto_schema: AutoSchema, rulebook: Rulebook, name: str) -> dict[str, Any]:
    """The schema of one value, or of one member where the fact is a list."""
    fact = rulebook.facts[name]
    match fact.type:
        case "boolean":
            return {"type": "boolean"}
        case "integer" | "decimal":
            return {"type": "integer" if fact.type == "integer" else "number", **_bounds(fact)}
        case "date":
            return {"type": "string", "format": "date", "description": f"From {EARLIEST_DAY} to {LATEST_DAY}."}
        case "text":
            return {"type": "string", "maxLength": MAX_TEXT}
        case "exemption_code":
            return {"type": "string", "pattern": CODE_PATTERN}
    words = {"type": "string", "enum": allowed_words(rulebook, name)}
    return _component(auto_schema, SHARED[fact.type], words) if fact.type in SHARED else words


def _bounds(fact: doc.FactDocument) -> dict[str, Any]:
    low, high = (fact.bounds.min, fact.bounds.max) if fact.bounds else (None, None)
    return {
        "minimum": -LARGEST_NUMBER if low is None else low,
        "maximum": LARGEST_NUMBER if high is None else high,
    }
