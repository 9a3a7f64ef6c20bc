"""What to ask next: only facts that can still change an outcome, in the order of the pages."""

from collections import Counter
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache, reduce
from itertools import product
from operator import or_
from typing import Any

from eligibility.engine.bits import Reading
from eligibility.engine.compile import CompiledCategory, Plan
from eligibility.engine.derive import follows_from
from eligibility.engine.determine import Outcome, Result, plan_bits
from eligibility.engine.looked_up import asked_before, read_by
from eligibility.engine.needed import Needs
from exemption_codes.catalogue import documents as doc
from exemption_codes.catalogue.rulebook import Rulebook

GATE_WEIGHT = 1000
DECIDES_MUCH = 2


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


class OpenQuestions:
    """What is open for somebody: the facts that wait, each with the categories that it can still change."""

    def __init__(self, plan: Plan, values: Mapping[str, Any], only: str | None = None) -> None:
        self.plan, self.values = plan, values
        self.reading: Reading = plan_bits(plan).read(values)
        self.needs = Needs(values, plan.rulebook)
        places = _places_of(plan, only)
        self.joints = self.reading.open_joints(places)
        self.weighed = self.reading.weighed_joints(places)
        self._waiting: dict[str, list[CompiledCategory]] = {}

    def waiting_for(self, name: str) -> list[CompiledCategory]:
        """Return the categories with an open test that an answer reaches, in the plan's order."""
        if name not in self._waiting:
            self._waiting[name] = [self.plan.categories[place] for place in self._places(name)]
        return self._waiting[name]

    def _places(self, name: str) -> list[int]:
        tested, judged = self.reading.plan.waiting, self.reading.plan.judged
        if name in self.values or name in judged or not _reach(self.plan).get(name, 0) & (self.joints | self.weighed):
            return []
        reached = [fact for fact in reached_by(name, self.plan.rulebook) if fact not in self.values]
        joints = (tested.get(fact, 0) & (self.weighed if fact in judged else self.joints) for fact in reached)
        return self.reading.owners(reduce(or_, joints, 0))

    def open_fact(self, name: str) -> OpenFact | None:
        """Return a fact with the categories that wait for it; None when no answer changes how one comes out."""
        waiting = self.waiting_for(name)
        if not waiting or not (self.needs.is_needed(name, waiting) or self._looks_up(name)):
            return None
        return OpenFact(name, tuple(compiled.category.id for compiled in waiting))

    def _looks_up(self, name: str) -> bool:
        """Tell whether a table is read by a fact for another that is needed."""
        wanted = [fact for fact in read_by(name) if name in asked_before(fact, self.values, self.plan.rulebook)]
        return any(self.needs.is_needed(fact, waiting) for fact in wanted if (waiting := self.waiting_for(fact)))


def next_page(
    plan: Plan, values: Mapping[str, Any], skipped: AbstractSet[str], limit: int, only: str | None = None
) -> OpenPage | None:
    """Return the first page with an open fact that is neither answered nor skipped; None when all is asked.

    The pages are gone through twice: first for the facts that decide much, gates and what several categories wait for,
    then for the rest. The last page comes when nothing else is open. `skipped` holds facts answered with "I don't know
    yet"; at most `limit` facts stand on one page.
    """
    questions = OpenQuestions(plan, values, only)
    *pages, last = plan.rulebook.pages
    for page, least in (*product(pages, (DECIDES_MUCH,)), *product(pages, (1,)), (last, 1)):
        shown = _shown_on(page, questions, skipped, limit, least)
        if shown:
            return OpenPage(page, shown)
    return None


def _shown_on(
    page: doc.PageDocument, questions: OpenQuestions, skipped: AbstractSet[str], limit: int, least: int
) -> tuple[OpenFact, ...]:
    """Return the open facts of a page that at least so many categories wait for (or that are gates), weighty first."""
    facts = questions.plan.rulebook.facts
    weights = {
        name: len(questions.waiting_for(name))
        for name in page.facts
        if name not in skipped and skipped >= set(asked_before(name, questions.values, questions.plan.rulebook))
    }
    is_ticks = page.kind == "ticks"
    names = [name for name, weight in weights.items() if weight >= (1 if is_ticks or facts[name].gate else least)]
    if not is_ticks:
        names.sort(key=lambda name: (not facts[name].gate, -weights[name]))
    shown: list[OpenFact] = []
    for name in names:
        if not is_ticks and len(shown) == limit:
            break
        found = questions.open_fact(name)
        if found:
            shown.append(found)
    return tuple(shown)


@lru_cache(maxsize=4096)
def reached_by(name: str, rulebook: Rulebook) -> tuple[str, ...]:
    """Return the facts that an answer can settle: itself, what follows from it unasked, what it is a gate to."""
    asked = _on_pages(rulebook)
    follow = [other for other in follows_from(name) if other in rulebook.facts and other not in asked]
    looked_up = [other for other in read_by(name) if other in rulebook.facts and rulebook.wages]
    return tuple(dict.fromkeys([name, *follow, *looked_up, *rulebook.facts[name].when_false]))


@lru_cache(maxsize=64)
def _reach(plan: Plan) -> dict[str, int]:
    """Return, for each fact that a page asks, the joints with a test that an answer can reach."""
    tested = plan_bits(plan).waiting
    return {
        name: reduce(or_, (tested.get(fact, 0) for fact in reached_by(name, plan.rulebook)), 0)
        for name in plan.rulebook.facts
    }


@lru_cache(maxsize=8)
def _on_pages(rulebook: Rulebook) -> frozenset[str]:
    return frozenset(name for page in rulebook.pages for name in page.facts)


def _places_of(plan: Plan, only: str | None) -> frozenset[int] | None:
    if only is None:
        return None
    return frozenset(place for place, compiled in enumerate(plan.categories) if compiled.category.id == only)
