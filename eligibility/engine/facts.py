"""Answers as given, checked against the vocabulary: flat or nested, dates as ISO text, null for unknown."""

from collections import deque
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from eligibility.engine.errors import FactError, FactProblem, message, suggestion
from exemption_codes.catalogue.fact_values import ISO_DATE, check_value, shown
from exemption_codes.catalogue.problems import nearest
from exemption_codes.catalogue.rulebook import Rulebook

Facts = Mapping[str, Any]
MAX_FACTS = 1000
MAX_SUGGESTIONS = 20
LONGEST_NAME = 100


def read_facts(given: Mapping[str, Any], rulebook: Rulebook, language: str = "en") -> dict[str, Any]:
    """Return checked facts by dotted name; null is left out, for it means unknown.

    Raises FactError, in the given language, with every unknown name and every value of a wrong type or out of bounds.
    """
    problems: list[FactProblem] = []
    flat = flatten(given, rulebook, problems, language)
    facts: dict[str, Any] = {}
    for name, value in flat.items():
        if value is None:
            continue
        facts[name] = _as_typed(rulebook.facts[name].type, value)
        wrong, hint = check_value(rulebook, name, facts[name], language=language)
        if wrong:
            problems.append(FactProblem(name, "invalid", wrong, hint))
    if problems:
        raise FactError(problems)
    return facts


def readable_facts(given: Mapping[str, Any], rulebook: Rulebook) -> dict[str, Any]:
    """Return the answers that the vocabulary knows, and leave out the rest: a release may have changed since."""
    facts: dict[str, Any] = {}
    for name, value in given.items():
        try:
            facts.update(read_facts({name: value}, rulebook))
        except FactError:
            continue
    return facts


def flatten(
    given: Mapping[str, Any], rulebook: Rulebook, problems: list[FactProblem], language: str = "en"
) -> dict[str, Any]:
    """Bring nested facts to dotted names, noting names that the vocabulary does not know."""
    flat: dict[str, Any] = {}
    for count, (name, value) in enumerate(_named(given, rulebook)):
        if count == MAX_FACTS:
            hint = suggestion("fewer", language)
            problems.append(FactProblem("facts", "too_many", message("too_many", language, "facts", MAX_FACTS), hint))
            break
        if name not in rulebook.facts:
            if value is not None or name not in _groups(rulebook):
                problems.append(_unknown(name, rulebook, language, with_hint=len(problems) < MAX_SUGGESTIONS))
        elif name in flat and flat[name] != value:
            problems.append(_problem(name, "twice", language, "once"))
        else:
            flat[name] = value
    return flat


def _named(given: Mapping[str, Any], rulebook: Rulebook) -> Iterator[tuple[str, Any]]:
    """Yield each value with its dotted name; objects are opened where their name is a group of the vocabulary."""
    pending = deque((str(name), value) for name, value in given.items())
    while pending:
        name, value = pending.popleft()
        if isinstance(value, Mapping) and name in _groups(rulebook) and name not in rulebook.facts:
            pending.extend((f"{name}.{part}", inner) for part, inner in value.items())
        else:
            yield name, value


@lru_cache(maxsize=8)
def _groups(rulebook: Rulebook) -> frozenset[str]:
    """Return the dotted beginnings of fact names: `applicant`, `applicant.french`."""
    parts = [name.split(".") for name in rulebook.facts]
    return frozenset(".".join(words[:length]) for words in parts for length in range(1, len(words)))


def _unknown(name: str, rulebook: Rulebook, language: str, with_hint: bool) -> FactProblem:
    short = name[:LONGEST_NAME]
    if name in _groups(rulebook):
        example = next(fact for fact in rulebook.facts if fact.startswith(f"{name}."))
        hint = suggestion("group", language, example)
        return FactProblem(short, "group", message("group", language, short), hint)
    near = nearest(short, rulebook.facts) if with_hint else ""
    hint = suggestion("near", language, near) if near else suggestion("vocabulary", language)
    return FactProblem(short, "unknown_fact", message("unknown_fact", language, short), hint)


def _problem(name: str, code: str, language: str, hint: str, value: Any = "") -> FactProblem:
    said = message(code, language, name, shown(value))
    return FactProblem(name, code, said, suggestion(hint, language))


def _as_typed(fact_type: str, value: Any) -> Any:
    if fact_type == "date" and isinstance(value, str) and ISO_DATE.match(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return value
    if fact_type == "integer" and isinstance(value, float) and value.is_integer():
        return int(value)
    return value
