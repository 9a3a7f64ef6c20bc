"""Walk fictional people through the questionnaire: needless questions, pages and questions of a journey.

    python -m benchmarks.questionnaire [PEOPLE] [SEED]

A question is needless when no two of its answers make any category come out differently, however the rest may be
answered. For each question asked a witness is looked for: two answers, and answers to the rest, under which the whole
determination differs. The witness is then tried with the reference reader on plain facts.
"""

import statistics
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.people import Person, people
from eligibility.engine.compile import CompiledCategory
from eligibility.engine.derive import derive
from eligibility.engine.determine import judge
from eligibility.engine.looked_up import asked_before, read_by
from eligibility.engine.needed import Needs
from eligibility.questionnaire.answers import Walk, ticked_page, walk
from exemption_codes.catalogue.reader import read_rulebook
from exemption_codes.catalogue.rulebook import Rulebook

RULES = Path(__file__).parents[1] / "rules"
DAY = date(2026, 11, 22)
MOST_PAGES = 14
MOST_MS = 5


@dataclass
class Journey:
    """One person's way: the questions of each page, and those of them that no answer could have made useful."""

    person: Person
    pages: list[tuple[str, list[str]]] = field(default_factory=list)
    needless: list[str] = field(default_factory=list)
    boxes: int = 0
    steps: list[float] = field(default_factory=list)
    answers: dict[str, Any] = field(default_factory=dict)

    @property
    def questions(self) -> int:
        return sum(len(asked) for _, asked in self.pages)


def journey(person: Person, rulebook: Rulebook) -> Journey:
    """Answer page after page until nothing is asked any more, trying the answers of every question."""
    made, skipped = Journey(person), set[str]()
    while True:
        started = time.process_time()
        walked = walk(rulebook, made.answers, skipped, DAY)
        made.steps.append(time.process_time() - started)
        if walked.next is None:
            return made
        asked = [fact.name for fact in walked.next.facts]
        made.pages.append((walked.next.page.id, asked))
        made.boxes += len(asked) if walked.next.page.kind == "ticks" else 0
        made.needless += [
            fact.name for fact in walked.next.facts if not makes_a_difference(fact.name, walked, rulebook)
        ]
        answered = _answers(person, walked, asked)
        made.answers.update({name: value for name, value in answered.items() if value is not None})
        skipped.update(name for name, value in answered.items() if value is None)


def _answers(person: Person, walked: Walk, asked: list[str]) -> dict[str, Any]:
    assert walked.next is not None
    if walked.next.page.kind != "ticks":
        return {name: person.answer(name) for name in asked}
    ticked = {name for name in asked if person.answer(name)}
    return {name: value for name, value in ticked_page(walked.next.page, ticked).items() if name in asked}


def makes_a_difference(name: str, walked: Walk, rulebook: Rulebook) -> bool:
    """Tell whether two answers to a question are found under which some category comes out differently.

    A question may also stand in for another that a table then answers: what an occupation is paid where the job is.
    """
    waiting = set(walked.waiting_for(name))
    categories = [compiled for compiled in walked.plan.categories if compiled.category.id in waiting]
    spared = [fact for fact in read_by(name) if name in asked_before(fact, walked.known.values, rulebook)]
    return any(_is_different(fact, categories, walked, rulebook) for fact in (name, *spared))


def _is_different(name: str, categories: list[CompiledCategory], walked: Walk, rulebook: Rulebook) -> bool:
    witness = Needs(walked.known.values, rulebook).witness(name, categories)
    if witness is None:
        return False
    compiled = next(one for one in categories if one.category.id == witness.category)
    settled = rulebook.facts[name].when_false
    tried = []
    for answer in witness.answers:
        rest = {other: said for other, said in witness.rest.items() if answer is not False or other not in settled}
        told = {} if answer is None else {name: answer}
        known = derive({**walked.counting, **rest, **told}, DAY, rulebook)
        tried.append(judge(compiled, known.values).outcome)
    return tried[0] is not tried[1]


def report(journeys: list[Journey], seconds: float) -> Iterator[str]:
    """Yield the figures, line by line."""
    pages = sorted(len(made.pages) for made in journeys)
    questions = sorted(made.questions for made in journeys)
    needless = Counter(name for made in journeys for name in made.needless)
    yield f"people                {len(journeys)}"
    yield f"questions asked       {sum(questions)}"
    yield f"needless questions    {sum(needless.values())}"
    yield f"pages of a journey    median {_median(pages)} (budget {MOST_PAGES}), p90 {_p90(pages)}, most {pages[-1]}"
    boxes = sorted(made.boxes for made in journeys)
    steps = sorted(1000 * step for made in journeys for step in made.steps)
    yield f"questions a journey   median {_median(questions)} (boxes to tick: {_median(boxes)}), p90 {_p90(questions)}"
    yield f"engine time a step    median {_median(steps):.1f} ms (budget {MOST_MS}), p90 {_p90(steps):.1f} ms"
    yield f"seconds               {seconds:.1f}"
    if needless:
        yield f"needless: {dict(needless.most_common(12))}"
    kinds: dict[str, list[Journey]] = defaultdict(list)
    for made in journeys:
        kinds[made.person.kind].append(made)
    for kind, some in kinds.items():
        counts = sorted(len(made.pages) for made in some), sorted(made.questions for made in some)
        yield f"  {kind:<42} pages {_median(counts[0]):>4}  questions {_median(counts[1]):>5}"


def _median(numbers: list[Any]) -> float:
    return float(statistics.median(numbers))


def _p90(numbers: list[Any]) -> Any:
    return numbers[round(0.9 * (len(numbers) - 1))]


def main(arguments: list[str]) -> int:
    count, seed = (int(arguments[place]) if len(arguments) > place else usual for place, usual in ((0, 210), (1, 2026)))
    rulebook = read_rulebook(RULES)
    started = time.perf_counter()
    journeys = [journey(person, rulebook) for person in people(rulebook, count, seed, DAY)]
    for line in report(journeys, time.perf_counter() - started):
        print(line)
    too_long = _median([len(made.pages) for made in journeys]) > MOST_PAGES
    return 1 if too_long or any(made.needless for made in journeys) else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
