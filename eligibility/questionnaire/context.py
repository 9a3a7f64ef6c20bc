"""A result as its page shows it: finished sentences in groups, best first; no policy and no HTML.

Only what is open to somebody is worked out in full; of the rest, a page of its own shows everything.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from eligibility.engine.advice import NearMiss, near_misses
from eligibility.engine.derive import CITIZENSHIP
from eligibility.engine.determine import Determination, Outcome, Result
from eligibility.engine.explain import Statement, explain
from eligibility.engine.questions import ranked_open_facts
from eligibility.engine.words import day_in_words
from eligibility.questionnaire.cards import Card, Opening, card, dates, openings
from eligibility.questionnaire.summaries import Lacking, Summary, lacking_in, summary
from exemption_codes.browse.entry import Entry, entry_of

BEST_FIRST = (Outcome.ELIGIBLE, Outcome.OFFICER_JUDGEMENT, Outcome.UNDETERMINED, Outcome.NOT_ELIGIBLE)
FITTING = (Outcome.ELIGIBLE, Outcome.OFFICER_JUDGEMENT)
MOST_IN_FULL = 10
MOST_UNSETTLED_SHOWN = 8
TOO_MANY_UNSETTLED = 20
MOST_CLOSE = 6
MOST_TO_SETTLE = 8


@dataclass(frozen=True)
class Close:
    """A category that is closed, but within reach: by a change, or by waiting."""

    summary: Summary
    openings: tuple[Opening, ...]
    turns: tuple[str, ...]


@dataclass(frozen=True)
class Family:
    """The categories of one family."""

    name: str
    summaries: tuple[Summary, ...]

    @property
    def codes(self) -> list[str]:
        """The codes of its categories, each once."""
        return list(dict.fromkeys(one.shown_key for one in self.summaries))


@dataclass(frozen=True)
class WithoutPermit:
    """Ways to work without any permit: those that fit, those that cannot be told yet, and the rest."""

    in_full: tuple[Card, ...]
    unsettled: tuple[Summary, ...]
    closed: tuple[Summary, ...]


@dataclass(frozen=True)
class ResultPage:
    """Everything the result page shows; `also_open` and `more_unsettled` are listed without detail."""

    as_of: str
    law_as_of: str
    in_full: tuple[Card, ...]
    also_open: tuple[Summary, ...]
    unsettled: tuple[Summary, ...]
    more_unsettled: tuple[Summary, ...]
    close: tuple[Close, ...]
    closed: tuple[Family, ...]
    closed_count: int
    general: tuple[Statement, ...]
    would_settle: tuple[Lacking, ...]
    without_permit: "WithoutPermit"
    entry: Entry | None

    @property
    def open_count(self) -> int:
        return len(self.in_full) + len(self.also_open)

    @property
    def unsettled_count(self) -> int:
        return len(self.unsettled) + len(self.more_unsettled)

    @property
    def general_failing(self) -> list[Statement]:
        return [statement for statement in self.general if statement.status == "not_met"]


def result_page(result: Result, language: str) -> ResultPage:
    """Put a result into the page's groups, best first."""
    ordered = _best_first(result.determinations)
    open_to_you = [d for d in ordered if d.outcome in FITTING]
    unsettled = [summary(d, result, language) for d in ordered if d.outcome is Outcome.UNDETERMINED]
    shown = MOST_UNSETTLED_SHOWN if len(unsettled) <= TOO_MANY_UNSETTLED else 0
    closed = [d for d in ordered if d.outcome is Outcome.NOT_ELIGIBLE]
    close = within_reach(closed, result, language)
    near = {one.summary.id for one in close}
    far = [summary(d, result, language) for d in closed if d.category.id not in near]
    return ResultPage(
        as_of=day_in_words(result.as_of, language),
        law_as_of=day_in_words(result.rulebook.catalogue.law_as_of, language),
        in_full=tuple(card(d, result, language) for d in open_to_you[:MOST_IN_FULL]),
        also_open=tuple(summary(d, result, language) for d in open_to_you[MOST_IN_FULL:]),
        unsettled=tuple(unsettled[:shown]),
        more_unsettled=tuple(unsettled[shown:]),
        close=close,
        closed=_by_family(far, result, language),
        closed_count=len(far),
        general=tuple(explain(finding, result, language) for finding in result.general),
        would_settle=lacking_in(tuple(ranked_open_facts(result)[:MOST_TO_SETTLE]), result, language),
        without_permit=_without_permit(result, language),
        entry=_entry(result, language),
    )


def _entry(result: Result, language: str) -> Entry | None:
    """What the person needs to travel to Canada; None for somebody who is there."""
    values = result.known.values
    if values.get("applicant.location") == "in_canada":
        return None
    citizenships, residences = (values.get(name) for name in CITIZENSHIP)
    return entry_of(citizenships, residences, result.rulebook, result.known.on, language)


def _without_permit(result: Result, language: str) -> WithoutPermit:
    ordered = _best_first(result.permit_free)
    rest = [summary(d, result, language) for d in ordered if d.outcome not in FITTING]
    return WithoutPermit(
        in_full=tuple(card(d, result, language) for d in ordered if d.outcome in FITTING),
        unsettled=tuple(one for one in rest if one.outcome == Outcome.UNDETERMINED.value),
        closed=tuple(one for one in rest if one.outcome == Outcome.NOT_ELIGIBLE.value),
    )


def _best_first(determinations: Iterable[Determination]) -> list[Determination]:
    def rank(determination: Determination) -> tuple[int, int, str]:
        doubtful = determination.category.confidence != "high"
        return (
            BEST_FIRST.index(determination.outcome),
            len(determination.missing) + doubtful,
            determination.compiled.key,
        )

    return sorted(determinations, key=rank)


def within_reach(closed: Iterable[Determination], result: Result, language: str) -> tuple[Close, ...]:
    """The closed categories nearest to opening: by fewest changes, then by how much of them is met."""
    found: list[tuple[tuple[int, int, float], Close]] = []
    for determination in closed:
        misses = near_misses(determination, result)
        turning = dates(determination, result, language)
        if misses or turning:
            one = Close(summary(determination, result, language), openings(misses, result, language), turning)
            found.append((_distance(misses, one.summary), one))
    found.sort(key=lambda pair: (pair[0], pair[1].summary.key))
    return tuple(one for _, one in found[:MOST_CLOSE])


def _distance(misses: tuple[NearMiss, ...], of: Summary) -> tuple[int, int, float]:
    """Waiting alone is nearest; then what would settle it most surely, by fewest changes."""
    best = min(((BEST_FIRST.index(one.outcome), len(one.changes)) for one in misses), default=(0, 0))
    return (*best, -of.met_count / of.criteria_count)


def _by_family(summaries: list[Summary], result: Result, language: str) -> tuple[Family, ...]:
    groups: dict[str, list[Summary]] = {family.id: [] for family in result.rulebook.catalogue.families}
    for one in sorted(summaries, key=lambda one: one.key):
        groups.setdefault(one.family, []).append(one)
    names = {family.id: family.name.in_language(language) for family in result.rulebook.catalogue.families}
    return tuple(Family(names.get(family, family), tuple(members)) for family, members in groups.items() if members)
