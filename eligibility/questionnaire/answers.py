"""Answers of one walk through the questionnaire: which are kept, which count, and what is asked next.

What counts is found by walking the pages again with the present answers. So the result never depends on the order in
which somebody answered, changed an answer or went back; an answer to a question that is no longer asked is kept in
case it is asked again, but does not count.
"""

from collections import Counter
from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import date
from typing import Any

from eligibility.engine.compile import Plan, plan_for
from eligibility.engine.derive import KnownFacts, derive
from eligibility.engine.determine import Outcome, outcomes
from eligibility.engine.questions import OpenFact, OpenPage
from eligibility.questionnaire.next_questions import asked_together, is_gate, open_page
from exemption_codes.catalogue import documents as doc
from exemption_codes.catalogue.rulebook import Rulebook


@dataclass(frozen=True)
class Step:
    """Some questions of one page as they were asked, with the categories that waited for each."""

    page: doc.PageDocument
    waiting: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Walk:
    """The path through the pages that the present answers give; `next` is None when nothing is left to ask."""

    steps: tuple[Step, ...]
    counting: Mapping[str, Any]
    known: KnownFacts
    plan: Plan
    next: OpenPage | None
    outcomes: Mapping[Outcome, int]

    @property
    def open_categories(self) -> int:
        return self.outcomes.get(Outcome.UNDETERMINED, 0)

    @property
    def fitting_categories(self) -> int:
        return self.outcomes.get(Outcome.ELIGIBLE, 0) + self.outcomes.get(Outcome.OFFICER_JUDGEMENT, 0)

    @property
    def all_categories(self) -> int:
        return sum(self.outcomes.values())

    def waiting_for(self, fact: str) -> tuple[str, ...]:
        """Return the categories that wait, or waited when it was asked, for a fact."""
        for step in self.steps:
            if fact in step.waiting:
                return step.waiting[fact]
        open_now = self.next.facts if self.next else ()
        return next((item.categories for item in open_now if item.name == fact), ())


def walk(rulebook: Rulebook, answers: Mapping[str, Any], skipped: Set[str], on: date, only: str = "") -> Walk:
    """Walk the pages with these answers, leaving out what is not answered yet; `next` is the first page left out.

    `only` limits the questions to one category. Raises DateNotCovered outside the catalogue's dates.
    """
    rulebook.check_covers(on)
    counting: dict[str, Any] = {}
    passed: set[str] = set()
    steps: list[Step] = []
    is_asked_ahead = False
    said = {*answers, *skipped}
    while True:
        known = derive(counting, on, rulebook)
        plan = plan_for(rulebook, known.on)
        page = open_page(plan, counting, known.values, passed, only)
        taken = _gates_first([fact for fact in page.facts if fact.name in said], plan) if page else []
        if page and taken:
            steps.append(Step(page.page, {fact.name: fact.categories for fact in taken}))
            counting.update({fact.name: answers[fact.name] for fact in taken if fact.name in answers})
            passed.update(fact.name for fact in taken if fact.name not in answers)
            continue
        if page is None or said <= passed | counting.keys():
            if is_asked_ahead:  # what was answered ahead may have settled what was left out before it
                page = open_page(plan, counting, known.values, passed & skipped, only)
            first_open = page and asked_together(page, plan, counting, on, only)
            return Walk(tuple(steps), counting, known, plan, first_open, _tally(plan, known, rulebook, only))
        is_asked_ahead = True
        passed.update(fact.name for fact in page.facts)


def _gates_first(taken: list[OpenFact], plan: Plan) -> list[OpenFact]:
    """Of answers on one page take the gates alone, if there are any: the rest may not be asked after them."""
    return [fact for fact in taken if is_gate(fact.name, plan)] or taken


def ticked_page(page: doc.PageDocument, ticked: Set[str]) -> dict[str, bool | None]:
    """Return what a page of ticks says: a box left empty is no, save where another tick leaves it open (None)."""
    said: dict[str, bool | None] = {}
    for name in page.facts:
        leaves_open = not ticked.isdisjoint(page.false_unless.get(name, ()))
        said[name] = True if name in ticked else None if leaves_open else False
    return said


def _tally(plan: Plan, known: KnownFacts, rulebook: Rulebook, only: str) -> Counter[Outcome]:
    found = outcomes(plan, known.values)
    if only:
        return Counter(outcome for category, outcome in found.items() if category == only)
    return Counter(found[name] for name in found if not rulebook.categories[name].is_permit_free)
