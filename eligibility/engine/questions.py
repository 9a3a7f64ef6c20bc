"""What to ask next: only facts that can still change an outcome, in the order of the pages."""

from collections import Counter
from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Any

from eligibility.engine.compile import NOT_MET, UNKNOWN, CompiledCategory, Plan
from eligibility.engine.derive import RULES
from eligibility.engine.determine import Outcome, Result, judged_facts, open_facts
from exemption_codes.catalogue import documents as doc
from exemption_codes.catalogue.rulebook import Rulebook

GATE_WEIGHT = 1000


@dataclass(frozen=True)
class OpenFact:
    """A fact that can still change an outcome, and the categories that wait for it."""

    name: str
    categories: tuple[str, ...]


@dataclass(frozen=True)
class OpenPage:
    """The next page: its open facts, and the categories still open."""

    page: doc.PageDocument
    facts: tuple[OpenFact, ...]


def ranked_open_facts(result: Result) -> list[str]:
    """Return the facts that would settle something, most useful first: gates, then by categories waiting."""
    waiting: Counter[str] = Counter()
    for determination in result.determinations:
        if determination.outcome is Outcome.UNDETERMINED:
            waiting.update(determination.missing)
    facts = result.rulebook.facts
    weight = {name: count + GATE_WEIGHT * facts[name].gate for name, count in waiting.items()}
    return sorted(waiting, key=lambda name: (-weight[name], name))


def waiting_facts(plan: Plan, values: Mapping[str, Any], only: str | None = None) -> dict[str, tuple[str, ...]]:
    """Return every unknown fact that can still change a category that is not closed, with those categories."""
    judged = judged_facts(plan.rulebook)
    waiting: dict[str, list[str]] = {}
    for compiled in plan.categories:
        if only is not None and compiled.category.id != only:
            continue
        for name in _open_in(compiled, values):
            if name not in judged:
                waiting.setdefault(name, []).append(compiled.category.id)
    return {name: tuple(categories) for name, categories in waiting.items()}


def _open_in(compiled: CompiledCategory, values: Mapping[str, Any]) -> list[str]:
    unsettled = []
    for rule in compiled.rules:
        verdict = rule.run(values)
        if verdict == NOT_MET:
            return []
        if verdict == UNKNOWN and rule.node is not None:
            unsettled.append(rule)
    return list(dict.fromkeys(name for rule in unsettled if rule.node for name in open_facts(rule.node, values)))


def next_page(
    plan: Plan, values: Mapping[str, Any], skipped: Set[str], limit: int, only: str | None = None
) -> OpenPage | None:
    """Return the first page with an open fact that is neither answered nor skipped; None when all is asked.

    `skipped` holds facts answered with "I don't know yet"; at most `limit` facts stand on one page.
    """
    waiting = waiting_facts(plan, values, only)
    for page in plan.rulebook.pages:
        found = [fact for name in page.facts if (fact := _askable(name, waiting, values, skipped, plan.rulebook))]
        if found:
            shown = found if page.kind == "ticks" or len(found) <= limit else _gates_first(found, plan)[:limit]
            return OpenPage(page, tuple(shown))
    return None


def _gates_first(found: list[OpenFact], plan: Plan) -> list[OpenFact]:
    return sorted(found, key=lambda fact: not plan.rulebook.facts[fact.name].gate)


def _askable(
    name: str, waiting: Mapping[str, tuple[str, ...]], values: Mapping[str, Any], skipped: Set[str], rulebook: Rulebook
) -> OpenFact | None:
    if name in values or name in skipped:
        return None
    categories = list(waiting.get(name, ()))
    for derived in _derived_from(name):
        if derived in waiting and not _on_a_page(derived, rulebook):
            categories += waiting[derived]
    for settled in rulebook.facts[name].when_false:
        categories += waiting.get(settled, ())
    return OpenFact(name, tuple(dict.fromkeys(categories))) if categories else None


def _derived_from(base: str) -> list[str]:
    return [derived for derived, (bases, _) in RULES.items() if base in bases]


def _on_a_page(name: str, rulebook: Rulebook) -> bool:
    return any(name in page.facts for page in rulebook.pages)
