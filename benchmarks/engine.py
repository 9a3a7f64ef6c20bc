"""One person on the whole catalogue: outcomes alone, with reasons, with every word of the answer.

python -m benchmarks.engine
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.people import people
from benchmarks.timing import best_ms, said
from eligibility.engine.advice import near_misses
from eligibility.engine.bits import NodeBits
from eligibility.engine.compile import Plan, judged_facts, plan_for
from eligibility.engine.derive import derive
from eligibility.engine.determine import determine, outcomes, plan_bits
from eligibility.engine.questions import OpenQuestions
from eligibility.engine.report import as_json
from eligibility.engine.turns import turns
from exemption_codes.catalogue.reader import read_rulebook
from exemption_codes.catalogue.rulebook import Rulebook

RULES = Path(__file__).parents[1] / "rules"
DAY = date(2026, 11, 22)


def facts_told(rulebook: Rulebook) -> dict[str, Any]:
    """Return what a fictional engineer may have answered at the end of the questionnaire."""
    person = people(rulebook, 1, 1, DAY)[0]
    asked = (name for page in rulebook.pages[:8] for name in page.facts)
    return {name: value for name in asked if (value := person.answer(name)) is not None}


def measured(rulebook: Rulebook) -> Iterator[tuple[str, float, float]]:
    """Yield what is measured, milliseconds, and the budget."""
    facts = facts_told(rulebook)
    plan, known = plan_for(rulebook, DAY), derive(facts, DAY, rulebook)
    result = determine(rulebook, facts, DAY)
    everything = result.determinations
    yield "tables of a plan, made once a release and stretch of dates", best_ms(lambda: _tables(plan)), 500
    yield "facts that follow from those told", best_ms(lambda: derive(facts, DAY, rulebook)), 0.5
    yield "outcomes of all categories, without reasons", best_ms(lambda: outcomes(plan, known.values)), 1
    yield "what is open for all categories", best_ms(lambda: OpenQuestions(plan, known.values)), 1.5
    yield "determination: every criterion of all categories", best_ms(lambda: determine(rulebook, facts, DAY)), 10
    yield "near misses of all categories", best_ms(lambda: [near_misses(one, result) for one in everything]), 100
    fresh = best_ms(lambda: _turns(rulebook, facts))
    yield "turning days of all categories, with the determination", fresh, 100
    yield "the whole answer in words, as the API gives it", best_ms(lambda: _answer(rulebook, facts)), 250


def _tables(plan: Plan) -> NodeBits:
    criteria = [[rule.normal for rule in compiled.rules] for compiled in plan.categories]
    return NodeBits(criteria, judged_facts(plan.rulebook))


def _turns(rulebook: Rulebook, facts: dict[str, Any]) -> None:
    result = determine(rulebook, facts, DAY)
    for one in result.determinations:
        turns(one, result)


def _answer(rulebook: Rulebook, facts: dict[str, Any]) -> dict[str, Any]:
    return as_json(determine(rulebook, facts, DAY), "en")


def main() -> int:
    rulebook = read_rulebook(RULES)
    plan = plan_for(rulebook, DAY)
    tests = sum(len(table.tests) for table in plan_bits(plan).facts.values())
    criteria = sum(len(compiled.rules) for compiled in plan.categories)
    print(f"{len(plan.categories)} categories in force, {criteria} criteria, {tests} distinct tests")
    kept = [said(*figures) for figures in measured(rulebook)]
    return 0 if all(kept) else 1


if __name__ == "__main__":
    raise SystemExit(main())
