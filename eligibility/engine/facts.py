"""Answers as given, checked against the vocabulary: flat or nested, dates as ISO text, null for unknown."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from eligibility.engine.errors import FactError, FactProblem
from exemption_codes.catalogue.fact_values import ISO_DATE, check_value
from exemption_codes.catalogue.problems import did_you_mean
from exemption_codes.catalogue.rulebook import Rulebook

Facts = Mapping[str, Any]
MAX_FACTS = 1000


def read_facts(given: Mapping[str, Any], rulebook: Rulebook) -> dict[str, Any]:
    """Return checked facts by dotted name; null is left out, for it means unknown.

    Raises FactError with every unknown name and every value of a wrong type or out of bounds.
    """
    problems: list[FactProblem] = []
    flat = flatten(given, rulebook, problems)
    facts: dict[str, Any] = {}
    for name, value in flat.items():
        if value is None:
            continue
        facts[name] = _as_typed(rulebook.facts[name].type, value)
        message, hint = check_value(rulebook, name, facts[name])
        if message:
            problems.append(FactProblem(name, "invalid", message, hint))
    if problems:
        raise FactError(problems)
    return facts


def flatten(given: Mapping[str, Any], rulebook: Rulebook, problems: list[FactProblem]) -> dict[str, Any]:
    """Bring nested facts to dotted names, noting names that the vocabulary does not know."""
    flat: dict[str, Any] = {}
    pending = [(str(name), value) for name, value in given.items()]
    while pending:
        name, value = pending.pop(0)
        if name in rulebook.facts:
            if name in flat and flat[name] != value:
                problems.append(FactProblem(name, "twice", f"{name} is given twice with different values"))
            flat[name] = value
        elif isinstance(value, Mapping) and name.count(".") < 3 and len(pending) < MAX_FACTS:
            pending += [(f"{name}.{part}", inner) for part, inner in value.items()]
            if not value:
                problems.append(_unknown(name, rulebook))
        else:
            problems.append(_unknown(name, rulebook))
    return flat


def _unknown(name: str, rulebook: Rulebook) -> FactProblem:
    return FactProblem(name, "unknown_fact", f"there is no fact {name}", did_you_mean(name, rulebook.facts))


def _as_typed(fact_type: str, value: Any) -> Any:
    if fact_type == "date" and isinstance(value, str) and ISO_DATE.match(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return value
    if fact_type == "integer" and isinstance(value, float) and value.is_integer():
        return int(value)
    return value
