"""Days on which an outcome turns: months that fill up or run out, birthdays, and rules that begin or end."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, floor
from typing import Any

from eligibility.engine.compile import plan_for
from eligibility.engine.derive import RULES, KnownFacts, add_months, derive, whole_months_between
from eligibility.engine.determine import Determination, Outcome, Result, judge, judged_facts
from eligibility.engine.words import capitalised, day_in_words, label
from exemption_codes.catalogue.conditions import Leaf, leaves_of
from exemption_codes.catalogue.rulebook import Rulebook

HORIZON_YEARS = 3
MAX_TURNS = 4
ORDERED = ("at_least", "more_than", "at_most", "less_than")
WORDS = {
    Outcome.ELIGIBLE: ("you qualify", "vous êtes admissible"),
    Outcome.OFFICER_JUDGEMENT: ("only an officer’s judgement remains", "seul le jugement d’un agent reste à venir"),
    Outcome.UNDETERMINED: ("this can no longer be told", "on ne peut plus se prononcer"),
    Outcome.NOT_ELIGIBLE: ("you no longer qualify", "vous n’êtes plus admissible"),
}


@dataclass(frozen=True)
class Turn:
    """From this day the outcome is another, if nothing but time changes; `because` names the criteria that turn."""

    on: date
    outcome: Outcome
    because: tuple[str, ...]
    facts: tuple[str, ...]


def turns(determination: Determination, result: Result) -> tuple[Turn, ...]:
    """Return the days, within three years and the catalogue's dates, on which a category's outcome turns.

    Each is found by judging the case again on that day, with what time alone changes.
    """
    assumed = _assumed_dates(determination, result)
    before = _judged_on(result.known.on, determination, result, assumed)
    if before is None or (assumed and before.outcome is Outcome.NOT_ELIGIBLE):
        return ()
    found: list[Turn] = []
    for day in sorted(set(_candidate_days(determination, result, assumed))):
        after = _judged_on(day, determination, result, assumed)
        if after is None:
            found.append(Turn(day, Outcome.NOT_ELIGIBLE, ("in_force",), ()))
            break
        if after.outcome is not before.outcome:
            found.append(_turn(day, before, after))
        before = after
        if len(found) == MAX_TURNS:
            break
    return tuple(found)


def turn_in_words(turn: Turn, rulebook: Rulebook, language: str) -> str:
    """Say a turn in one sentence."""
    french = language == "fr"
    day, words = day_in_words(turn.on, language), WORDS[turn.outcome][french]
    names = ", ".join(capitalised(label(fact, rulebook, language)) for fact in turn.facts)
    start = f"À compter du {day}, {words}" if french else f"From {day}, {words}"
    if turn.because == ("in_force",):
        return f"{start}{' : la catégorie prend fin.' if french else ': the category ends.'}"
    return f"{start}{' : ' if french else ': '}{names}." if names else f"{start}."


def _turn(day: date, before: Determination, after: Determination) -> Turn:
    old = {finding.rule.id: finding.status for finding in before.findings}
    changed = [finding for finding in after.findings if old.get(finding.rule.id) is not finding.status]
    facts = tuple(dict.fromkeys(fact for finding in changed for fact in finding.facts))
    moving = tuple(fact for fact in facts if fact in RULES or _moves(fact, after))
    return Turn(day, after.outcome, tuple(finding.rule.id for finding in changed), moving or facts[:1])


def _moves(fact: str, determination: Determination) -> bool:
    return any(fact in finding.facts for finding in determination.findings) and fact.endswith(("months", "days"))


def _judged_on(
    day: date, determination: Determination, result: Result, assumed: tuple[str, ...]
) -> Determination | None:
    plan = plan_for(result.rulebook, day)
    compiled = next((c for c in plan.categories if c.category.id == determination.category.id), None)
    if compiled is None:
        return None
    known = _later(day, result, assumed)
    return judge(compiled, known.values, judged_facts(result.rulebook))


def _later(day: date, result: Result, assumed: tuple[str, ...]) -> KnownFacts:
    """Return the case as time alone would leave it on a later day."""
    values = {n: v for n, v in result.known.values.items() if n not in result.known.derived_from}
    values["application.date"] = day
    for name, value in list(values.items()):
        fact = result.rulebook.facts[name]
        if fact.elapses and isinstance(value, int | float):
            passed = _passed(result.known.on, day, fact.unit or "months")
            values[name] = value + passed if fact.elapses == "up" else max(0, value - passed)
    values.update(dict.fromkeys(assumed, day))
    return derive(values, day, result.rulebook)


def _passed(start: date, end: date, unit: str) -> float:
    if unit == "days":
        return (end - start).days
    if unit == "weeks":
        return (end - start).days // 7
    months = whole_months_between(start, end)
    return months // 12 if unit == "years" else months


def _assumed_dates(determination: Determination, result: Result) -> tuple[str, ...]:
    """Dates that only the future will give (an invitation): assumed to be the day looked at."""
    dated = {fact.dated_by for fact in result.rulebook.facts.values() if fact.dated_by}
    missing = set(determination.missing)
    needed = {base for name in missing | dated for base in RULES.get(name, ((),))[0] if base in dated}
    return tuple(sorted(base for base in needed | (missing & dated) if base not in result.known))


def _candidate_days(determination: Determination, result: Result, assumed: tuple[str, ...]) -> Iterator[date]:
    on, covers = result.known.on, result.rulebook.catalogue.covers
    last = min(add_months(on, 12 * HORIZON_YEARS), covers.until or date.max)
    days = [day for day in result.rulebook.boundaries() if day > on]
    for rule in determination.compiled.rules:
        for leaf in leaves_of(rule.node) if rule.node else ():
            if isinstance(leaf, Leaf) and leaf.operator in ORDERED:
                days += _threshold_days(leaf, result)
    if assumed:
        days += _birthdays(result.known.values, on)
    yield from (day for day in days if on < day <= last)


def _threshold_days(leaf: Leaf, result: Result) -> list[date]:
    fact = result.rulebook.facts[leaf.fact]
    value = result.known.values.get(leaf.fact)
    if not fact.elapses or not isinstance(value, int | float) or not isinstance(leaf.value, int | float):
        return []
    distance = leaf.value - value if fact.elapses == "up" else value - leaf.value
    steps = {step for step in (ceil(distance), floor(distance) + 1) if step > 0}
    return [_after(result.known.on, step, fact.unit or "months") for step in steps]


def _after(start: date, steps: int, unit: str) -> date:
    if unit in ("days", "weeks"):
        return start + timedelta(days=min(steps * (7 if unit == "weeks" else 1), 366 * HORIZON_YEARS))
    return add_months(start, min(steps * (12 if unit == "years" else 1), 12 * HORIZON_YEARS + 1))


def _birthdays(values: Mapping[str, Any], on: date) -> list[date]:
    birth = values.get("applicant.date_of_birth")
    if not isinstance(birth, date):
        return []
    return [add_months(birth, 12 * (year - birth.year)) for year in range(on.year, on.year + HORIZON_YEARS + 1)]
