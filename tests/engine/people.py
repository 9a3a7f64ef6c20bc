"""Plainly fictional cases, by what they lack or are near to."""

from datetime import date
from typing import Any

from eligibility.engine.determine import Determination, Result, determine
from eligibility.engine.facts import read_facts
from exemption_codes.catalogue.rulebook import Rulebook


def facts_of_case(rulebook: Rulebook, category: str, **changes: Any) -> dict[str, Any]:
    """Return the facts with which a category succeeds in its worked examples, changed; None takes a fact away."""
    changed = {name.replace("__", "."): value for name, value in changes.items()}
    return read_facts({**rulebook.cases[category].base.facts, **changed}, rulebook)


def judged(rulebook: Rulebook, facts: dict[str, Any], category: str, on: date) -> tuple[Determination, Result]:
    """Judge a case; returns what comes out for one category, and everything."""
    result = determine(rulebook, facts, on)
    found = (*result.determinations, *result.permit_free)
    return next(one for one in found if one.category.id == category), result


def given(result: Result) -> dict[str, Any]:
    """Return the facts somebody gave, without the day that follows from `as_of`."""
    facts = result.known.given
    return {name: value for name, value in facts.items() if name != "application.date"}
