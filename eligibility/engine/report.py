"""The contract for other programs: one request object in, one answer object out, as plain JSON values."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from eligibility.engine.advice import NearMiss, change_in_words, near_miss_in_words, near_misses
from eligibility.engine.determine import Determination, Finding, Result, determine
from eligibility.engine.errors import FactError, FactProblem
from eligibility.engine.explain import explain
from eligibility.engine.facts import read_facts
from eligibility.engine.questions import ranked_open_facts
from eligibility.engine.turns import Turn, turn_in_words, turns
from exemption_codes.catalogue.fact_values import ISO_DATE
from exemption_codes.catalogue.problems import DateNotCovered, did_you_mean
from exemption_codes.catalogue.rulebook import Rulebook

REQUEST_KEYS = ("as_of", "facts")


def answer(rulebook: Rulebook, request: Any, today: date, language: str = "en") -> dict[str, Any]:
    """Answer one request object `{"as_of": ..., "facts": {...}}`; `as_of` is `today` where it is left out.

    Raises FactError with every problem: keys, names, values, and dates that the catalogue does not cover.
    """
    as_of, facts = read_request(rulebook, request, today)
    try:
        result = determine(rulebook, facts, as_of)
    except DateNotCovered as error:
        raise FactError([FactProblem("as_of", "date_not_covered", str(error))]) from error
    return as_json(result, language)


def read_request(rulebook: Rulebook, request: Any, today: date) -> tuple[date, dict[str, Any]]:
    """Check a request object; returns its day and facts.

    Raises FactError with every problem.
    """
    if not isinstance(request, Mapping):
        raise FactError([FactProblem("", "not_an_object", 'write an object {"as_of": ..., "facts": {...}}')])
    problems = [
        FactProblem(str(key), "unknown_key", f"there is no key {key}", did_you_mean(str(key), REQUEST_KEYS))
        for key in request
        if key not in REQUEST_KEYS
    ]
    as_of = _read_day(request.get("as_of"), today, problems)
    facts: dict[str, Any] = {}
    given = request.get("facts", {})
    if not isinstance(given, Mapping):
        problems.append(FactProblem("facts", "not_an_object", "facts is an object of names and values"))
    else:
        try:
            facts = read_facts(given, rulebook)
        except FactError as error:
            problems += error.problems
    for name, day in (("as_of", as_of), ("application.date", facts.get("application.date"))):
        if isinstance(day, date) and not rulebook.catalogue.covers.holds(day):
            covers = rulebook.catalogue.covers
            message = str(DateNotCovered(day, covers.from_, covers.until))
            problems.append(FactProblem(name, "date_not_covered", message))
    if problems:
        raise FactError(problems)
    return as_of, facts


def _read_day(written: Any, today: date, problems: list[FactProblem]) -> date:
    if written is None:
        return today
    try:
        if isinstance(written, str) and ISO_DATE.match(written):
            return date.fromisoformat(written)
    except ValueError:
        pass
    problems.append(FactProblem("as_of", "invalid", f"as_of is a date, not {written!r}", "write YYYY-MM-DD"))
    return today


def as_json(result: Result, language: str) -> dict[str, Any]:
    """Put a result into the contract's shape."""
    return {
        "as_of": result.as_of.isoformat(),
        "catalogue": {
            "digest": result.rulebook.digest,
            "law_as_of": result.rulebook.catalogue.law_as_of.isoformat(),
        },
        "determinations": [determination_as_json(d, result, language) for d in result.determinations],
        "general": [finding_as_json(finding, result, language) for finding in result.general],
        "open_facts": ranked_open_facts(result),
    }


def determination_as_json(determination: Determination, result: Result, language: str) -> dict[str, Any]:
    category, compiled = determination.category, determination.compiled
    return {
        "code": compiled.code,
        "key": compiled.key,
        "category": category.id,
        "former_codes": [name.code for name in category.codes if name.until and name.until < result.known.on],
        "name": category.name.in_language(language),
        "outcome": determination.outcome.value,
        "permit_type": category.permit_type,
        "offer_required": category.offer_required,
        "fee_required": category.fee_required,
        "findings": [finding_as_json(finding, result, language) for finding in determination.findings],
        "missing": list(determination.missing),
        "near_misses": [_near_miss(found, result, language) for found in near_misses(determination, result)],
        "turns": [_turn(turn, result, language) for turn in turns(determination, result)],
    }


def finding_as_json(finding: Finding, result: Result, language: str) -> dict[str, Any]:
    statement = explain(finding, result, language)
    first = statement.citations[0]
    return {
        "criterion": statement.criterion,
        "status": statement.status,
        "facts": {name: plain(value) for name, value in finding.facts.items()},
        "missing": list(finding.missing),
        "text": statement.text,
        "citation": {"instrument": first.instrument, "provision": first.provision, "url": first.url},
    }


def plain(value: Any) -> Any:
    """Return a value as JSON knows it: dates as ISO text."""
    return value.isoformat() if isinstance(value, date) else value


def _near_miss(found: NearMiss, result: Result, language: str) -> dict[str, Any]:
    changes = [
        {
            "fact": change.fact,
            "from": plain(change.now),
            "to": plain(change.to),
            "text": change_in_words(change, result.rulebook, language),
        }
        for change in found.changes
    ]
    words = near_miss_in_words(found, result.rulebook, language)
    return {"changes": changes, "text": words, "outcome": found.outcome.value}


def _turn(turn: Turn, result: Result, language: str) -> dict[str, Any]:
    because = turn_in_words(turn, result.rulebook, language)
    return {"on": turn.on.isoformat(), "outcome": turn.outcome.value, "because": because}
