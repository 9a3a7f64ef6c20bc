"""Answers of one walk through the questionnaire: which are kept, which count, and what is asked next.

What counts is found by walking the pages again with the present answers. So the result never depends on the order in
which somebody answered, changed an answer or went back; an answer to a question that is no longer asked is kept in
case it is asked again, but does not count.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import date
from typing import Any

from eligibility.engine.compile import Plan, plan_for
from eligibility.engine.derive import KnownFacts, derive
from eligibility.engine.determine import Outcome, judged_facts, outcome_of
from eligibility.engine.questions import OpenPage, next_page
from exemption_codes.catalogue import documents as doc
from exemption_codes.catalogue.rulebook import Rulebook

QUESTIONS_ON_A_PAGE = 6


@dataclass(frozen=True)
class Step:
    """One page as it was asked: its facts in order, with the categories that waited for each."""

    page: doc.PageDocument
    waiting: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Walk:
    """The path through the pages that the present answers give."""

    steps: tuple[Step, ...]
    counting: Mapping[str, Any]
    skipped: frozenset[str]
    known: KnownFacts
    plan: Plan
    next: OpenPage | None
    open_categories: int

    def step_asking(self, fact: str) -> Step | None:
        return next((step for step in self.steps if fact in step.waiting), None)

    @property
    def asked(self) -> list[str]:
        """Every fact on the path that has been answered or skipped, in the order asked."""
        return [fact for step in self.steps for fact in step.waiting]


def walk(rulebook: Rulebook, answers: Mapping[str, Any], skipped: Set[str], on: date, only: str = "") -> Walk:
    """Walk the pages with these answers; stops at the first page with a question that is not answered yet.

    `only` limits the questions to one category. Raises DateNotCovered outside the catalogue's dates.
    """
    rulebook.check_covers(on)
    counting: dict[str, Any] = {}
    passed: set[str] = set()
    steps: list[Step] = []
    known = derive(counting, on, rulebook)
    while True:
        plan = plan_for(rulebook, known.on)
        page = next_page(plan, known.values, passed, QUESTIONS_ON_A_PAGE, only or None)
        asked = page.facts if page else ()
        taken = [fact for fact in asked if fact.name in answers or fact.name in skipped]
        if page and taken:
            steps.append(Step(page.page, {fact.name: fact.categories for fact in taken}))
            counting.update({fact.name: answers[fact.name] for fact in taken if fact.name in answers})
            passed.update(fact.name for fact in taken if fact.name not in answers)
            known = derive(counting, on, rulebook)
        if page is None or len(taken) < len(asked):
            return Walk(
                tuple(steps), counting, frozenset(passed), known, plan, page if len(taken) < len(asked) else None,
                _open_categories(plan, known, rulebook, only),
            )  # fmt: skip


def ticked_page(page: doc.PageDocument, ticked: Set[str]) -> dict[str, bool | None]:
    """Return what a page of ticks says: a box left empty is no, save where another tick leaves it open (None)."""
    said: dict[str, bool | None] = {}
    for name in page.facts:
        leaves_open = not ticked.isdisjoint(page.false_unless.get(name, ()))
        said[name] = True if name in ticked else None if leaves_open else False
    return said


def _open_categories(plan: Plan, known: KnownFacts, rulebook: Rulebook, only: str) -> int:
    judged = judged_facts(rulebook)
    return sum(
        outcome_of(compiled, known.values, judged) is Outcome.UNDETERMINED
        for compiled in plan.categories
        if not only or compiled.category.id == only
    )
