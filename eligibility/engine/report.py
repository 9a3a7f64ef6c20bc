"""The contract for other programs: one request object in, one answer object out, as plain JSON values."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from eligibility.engine.advice import NearMiss, change_in_words, near_miss_in_words, near_misses
from eligibility.engine.determine import Determination, Finding, Result, determine
from eligibility.engine.errors import FactError, FactProblem, message, suggestion
from eligibility.engine.explain import explain
from eligibility.engine.facts import LONGEST_NAME, read_facts
from eligibility.engine.future import Turn
from eligibility.engine.questions import ranked_open_facts
from eligibility.engine.turns import turn_in_words, turns
from exemption_codes.catalogue.fact_values import ISO_DATE, shown
from exemption_codes.catalogue.problems import nearest
from exemption_codes.catalogue.rulebook import Rulebook

REQUEST_KEYS = ("as_of", "facts")


def answer(rulebook: Rulebook, request: Any, today: date, language: str = "en") -> dict[str, Any]:
    """Answer one request object `{"as_of": ..., "facts": {...}}`; `as_of` is `today` where it is left out.

    Raises FactError with every problem: keys, names, values, and dates that the catalogue does not cover.
    """
    as_of, facts = read_request(rulebook, request, today, language)
    return as_json(determine(rulebook, facts, as_of), language)


def read_request(rulebook: Rulebook, request: Any, today: date, language: str = "en") -> tuple[date, dict[str, Any]]:
    """Check a request object; returns its day and facts.

    Raises FactError with every problem, in the given language.
    """
    if not isinstance(request, Mapping):
        said = message("not_an_object", language, "request", shown(request))
        raise FactError([FactProblem("", "not_an_object", said, suggestion("object", language))])
    problems = [_unknown_key(str(key), language) for key in request if key not in REQUEST_KEYS]
    as_of = _read_day(request.get("as_of"), today, problems, language)
    facts = _read_given(request, rulebook, problems, language)
    covers = rulebook.catalogue.covers
    for name, day in (("as_of", as_of), ("application.date", facts.get("application.date"))):
        if isinstance(day, date) and not covers.holds(day):
            said = message("date_not_covered", language, name, day)
            joint = "to" if language == "en" else "au"
            hint = suggestion("covered", language, f"{covers.from_} {joint} {covers.until}")
            problems.append(FactProblem(name, "date_not_covered", said, hint))
    if problems:
        raise FactError(problems)
    return as_of, facts


def _unknown_key(key: str, language: str) -> FactProblem:
    key = key[:LONGEST_NAME]
    near = nearest(key, REQUEST_KEYS)
    hint = suggestion("near", language, near) if near else suggestion("object", language)
    return FactProblem(key, "unknown_key", message("unknown_key", language, key), hint)


def _read_given(
    request: Mapping[str, Any], rulebook: Rulebook, problems: list[FactProblem], language: str
) -> dict[str, Any]:
    given = request.get("facts")
    if given is None:
        return {}
    if not isinstance(given, Mapping):
        said, hint = message("not_an_object", language, "facts", shown(given)), suggestion("facts", language)
        problems.append(FactProblem("facts", "not_an_object", said, hint))
        return {}
    try:
        return read_facts(given, rulebook, language)
    except FactError as error:
        problems += error.problems
        return {}


def _read_day(written: Any, today: date, problems: list[FactProblem], language: str) -> date:
    if written is None:
        return today
    try:
        if isinstance(written, str) and ISO_DATE.match(written):
            return date.fromisoformat(written)
    except ValueError:
        pass
    said = message("not_a_day", language, "as_of", shown(written))
    problems.append(FactProblem("as_of", "not_a_day", said, suggestion("day", language)))
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
        "no_permit": [permit_free_as_json(d, result, language) for d in result.permit_free],
        "general": [_general_as_json(finding, result, language) for finding in result.general],
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


def permit_free_as_json(determination: Determination, result: Result, language: str) -> dict[str, Any]:
    """Put into JSON what is said of one way to work without a permit."""
    category, compiled = determination.category, determination.compiled
    return {
        "provision": compiled.code,
        "key": compiled.key,
        "category": category.id,
        "name": category.name.in_language(language),
        "outcome": determination.outcome.value,
        "findings": [finding_as_json(finding, result, language) for finding in determination.findings],
        "missing": list(determination.missing),
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


def _general_as_json(finding: Finding, result: Result, language: str) -> dict[str, Any]:
    """A finding on every permit, with the codes (or code/variant) that it does not bind."""
    not_for = list(explain(finding, result, language).not_for)
    return {**finding_as_json(finding, result, language), "not_for": not_for}


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
