"""What would open a code that is closed: the smallest changes, each verified by applying it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, islice, product
from typing import Any

from eligibility.engine.compile import judged_facts
from eligibility.engine.derive import DERIVED, KnownFacts, derive, follows_from
from eligibility.engine.determine import Determination, Result, outcome_of
from eligibility.engine.evaluate import comparison_holds, leaf_holds, status_of
from eligibility.engine.looked_up import LOOKED_UP
from eligibility.engine.tree import DATED
from eligibility.engine.trials import tested_numbers, trial_values
from eligibility.engine.verdict import Outcome, Status
from eligibility.engine.words import capitalised, label, value_in_words
from exemption_codes.catalogue.conditions import Compare, Leaf, leaves_of
from exemption_codes.catalogue.fact_values import allowed_words
from exemption_codes.catalogue.rulebook import Rulebook

MAX_CHANGES = 3
MAX_NEAR_MISSES = 3
MAX_TRIES = 400
MAX_NAMED = 8
MAX_BARRED = 4
SITUATION = "situation."
BEST_FIRST = (Outcome.ELIGIBLE, Outcome.OFFICER_JUDGEMENT, Outcome.UNDETERMINED)
IF_WORDS = {
    "is": ("{label}: {value}", "{label} : {value}"),
    "at_least": ("{label}: at least {value}", "{label} : au moins {value}"),
    "more_than": ("{label}: more than {value}", "{label} : plus de {value}"),
    "at_most": ("{label}: at most {value}", "{label} : au plus {value}"),
    "less_than": ("{label}: less than {value}", "{label} : moins de {value}"),
}
STILL_OPEN = {
    "en": " Some criteria would then still be open.",
    "fr": " Certains critères resteraient alors à déterminer.",
}
OR = {"en": " or ", "fr": " ou "}
ANYTHING_BUT = {"en": "anything but {value}", "fr": "tout sauf {value}"}
FOR_EXAMPLE = {"en": "for example {value}", "fr": "par exemple {value}"}


@dataclass(frozen=True)
class Change:
    """One fact that would have to be otherwise: its present value, and a value that is enough.

    `limit` is the bound that `operator` speaks of; `alternatives` are all values of a choice that are enough.
    """

    fact: str
    now: Any
    to: Any
    operator: str = "is"
    limit: Any = None
    alternatives: tuple[Any, ...] = ()


@dataclass(frozen=True)
class NearMiss:
    """A smallest set of changes after which the category is no longer closed."""

    changes: tuple[Change, ...]
    outcome: Outcome


def near_misses(determination: Determination, result: Result) -> tuple[NearMiss, ...]:
    """Return the smallest sets of changeable facts that would open a closed category, fewest first.

    Each is verified: applied, the outcome flips, and with any part left out it does not. A set that only makes the
    outcome undetermined is no near miss while more criteria are unknown than met.
    """
    if determination.outcome is not Outcome.NOT_ELIGIBLE:
        return ()
    trial = _Trial(determination, result)
    found: list[NearMiss] = []
    for levers in trial.lever_sets():
        if any({change.fact for change in smaller.changes} <= set(levers) for smaller in found):
            continue
        near_miss = trial.best(levers)
        if near_miss is not None:
            found.append(near_miss)
    ordered = sorted(found, key=lambda miss: (len(miss.changes), BEST_FIRST.index(miss.outcome)))
    return tuple(ordered[:MAX_NEAR_MISSES])


def near_miss_in_words(near_miss: NearMiss, rulebook: Rulebook, language: str) -> str:
    """Say the changes of a near miss in one line."""
    changes = "; ".join(change_in_words(change, rulebook, language) for change in near_miss.changes)
    return f"{changes}.{STILL_OPEN[language] if near_miss.outcome is Outcome.UNDETERMINED else ''}"


def change_in_words(change: Change, rulebook: Rulebook, language: str) -> str:
    """Say what one fact would have to be."""
    words = DATED if rulebook.facts[change.fact].type == "date" and change.operator in DATED else IF_WORDS
    pattern = words[change.operator][language == "fr"]
    if change.operator == "is":
        value = _choices_in_words(change, rulebook, language)
    else:
        value = value_in_words(change.fact, change.limit, rulebook, language)
    return pattern.format(label=capitalised(label(change.fact, rulebook, language)), value=value)


def _choices_in_words(change: Change, rulebook: Rulebook, language: str) -> str:
    """Name every choice that is enough, or the few that are not, or an example."""
    if not change.alternatives:
        value = value_in_words(change.fact, change.to, rulebook, language)
        return FOR_EXAMPLE[language].format(value=value) if rulebook.facts[change.fact].type == "noc" else value
    pattern, named = "{value}", list(change.alternatives)
    if len(named) > MAX_NAMED:
        barred = [word for word in allowed_words(rulebook, change.fact) if word not in change.alternatives]
        few = len(barred) <= MAX_BARRED
        pattern, named = (ANYTHING_BUT[language], barred) if few else (FOR_EXAMPLE[language], [change.to])
    words = [value_in_words(change.fact, word, rulebook, language) for word in named]
    return pattern.format(value=_one_of(words, language))


def _one_of(words: Sequence[str], language: str) -> str:
    *others, last = words
    comma = "; " if any("," in word for word in words) else ", "
    return OR[language].join([comma.join(others), last] if others else [last])


def apply_changes(changes: Mapping[str, Any], result: Result) -> KnownFacts:
    """Return the case with some facts changed, as if the change were made on the day of the application."""
    facts = result.rulebook.facts
    given = {**result.known.given, **changes}
    for name in changes:
        dated_by = facts[name].dated_by
        if dated_by:
            given.setdefault(dated_by, result.known.on)
    return derive(given, result.as_of, result.rulebook)


class _Trial:
    """Tries changes on one closed category."""

    def __init__(self, determination: Determination, result: Result) -> None:
        self.compiled, self.result = determination.compiled, result
        self.judged = judged_facts(result.rulebook)
        self.failing = determination.failing()
        self.tests = [test for rule in self.compiled.rules if rule.node for test in leaves_of(rule.node)]
        self.tries = 0

    def lever_sets(self) -> Iterator[tuple[str, ...]]:
        """Yield sets of facts that could be changed and that touch every failed criterion, smallest first."""
        touching = [self._levers_of(finding.compiled.facts) for finding in self.failing]
        if not all(touching):
            return
        levers = sorted(frozenset[str]().union(*touching))
        for size in range(1, MAX_CHANGES + 1):
            for chosen in combinations(levers, size):
                entangled = any(follower in chosen for lever in chosen for follower in follows_from(lever))
                if not entangled and all(not group.isdisjoint(chosen) for group in touching):
                    yield chosen

    def best(self, levers: Sequence[str]) -> NearMiss | None:
        """Return the changes of just these facts that open the category most; None when none does."""
        found: tuple[int, dict[str, Any]] | None = None
        for values in islice(product(*map(self._options, levers)), max(0, MAX_TRIES - self.tries)):
            self.tries += 1
            changes = dict(zip(levers, values, strict=True))
            outcome = self._outcome(changes)
            if outcome is Outcome.NOT_ELIGIBLE or (found and found[0] <= BEST_FIRST.index(outcome)):
                continue
            if self._is_near(outcome, changes) and self._needs_every_part(changes):
                found = (BEST_FIRST.index(outcome), changes)
        if found is None:
            return None
        return NearMiss(tuple(self._change(name, found[1]) for name in levers), BEST_FIRST[found[0]])

    def _levers_of(self, facts: Sequence[str]) -> frozenset[str]:
        return frozenset(lever for fact in facts for lever in self._levers(fact))

    def _levers(self, name: str) -> Iterator[str]:
        """Yield what a person could change to change a fact: the fact, what it follows from, or the gate behind it."""
        facts, known = self.result.rulebook.facts, self.result.known
        behind = known.derived_from.get(name, ())
        if behind and name in LOOKED_UP:
            return  # what others are paid is nobody's to change
        if name in known and name not in DERIVED and behind:
            candidates: tuple[str, ...] = behind
        else:
            candidates = (name,) if facts[name].changeable or name not in DERIVED else DERIVED[name].bases
        for lever in candidates:
            fact = facts[lever]
            if lever in known and fact.changeable and not fact.judged and not lever.startswith(SITUATION):
                yield lever

    def _options(self, name: str) -> list[Any]:
        """Return the values worth trying; what a list holds already stays where that is enough."""
        now = self.result.known.values[name]
        apart = {name, *follows_from(name)}
        others = {key: value for key, value in self.result.known.values.items() if key not in apart}
        tests = [test for test in self.tests if _reads(test, name)]
        options = list(trial_values(name, tests, others, self.result.rulebook))
        if not tests and self.result.rulebook.facts[name].type == "boolean":
            options = [not now]
        if isinstance(now, list):
            options = [[*now, *(item for item in option if item not in now)] for option in options] + options
        return [option for option in options if option != now]

    def _outcome(self, changes: Mapping[str, Any]) -> Outcome:
        return outcome_of(self.compiled, apply_changes(changes, self.result).values, self.judged)

    def _is_near(self, outcome: Outcome, changes: Mapping[str, Any]) -> bool:
        if outcome is not Outcome.UNDETERMINED:
            return True
        values = apply_changes(changes, self.result).values
        statuses = [status_of(rule.node, values, self.judged) for rule in self.compiled.rules]
        return statuses.count(Status.UNKNOWN) <= statuses.count(Status.MET)

    def _needs_every_part(self, changes: Mapping[str, Any]) -> bool:
        parts = [part for size in range(1, len(changes)) for part in combinations(changes.items(), size)]
        return all(self._outcome(dict(part)) is Outcome.NOT_ELIGIBLE for part in parts)

    def _change(self, name: str, changes: Mapping[str, Any]) -> Change:
        now, to, rulebook = self.result.known.values[name], changes[name], self.result.rulebook
        match rulebook.facts[name].type:
            case "integer" | "decimal" | "date":
                operator, limit = self._bound(name, now, to)
                return Change(name, now, to, operator, limit, self._named(name, changes) if operator == "is" else ())
            case "one_of" | "province":
                return Change(name, now, to, alternatives=self._alternatives(name, changes))
        return Change(name, now, to)

    def _bound(self, name: str, now: Any, to: Any) -> tuple[str, Any]:
        """Return the bound that the new value keeps and the present one does not, as the rules put it."""
        bounds: list[tuple[str, Any]] = []
        for finding in self.failing:
            for test in leaves_of(finding.compiled.node) if finding.compiled.node else ():
                if isinstance(test, Compare):
                    bounds += self._compared_bound(test, name, now, to)
                elif _keeps(test, name, to) and not leaf_holds(test, now):
                    bounds.append((test.operator, test.value))
        return min(bounds, key=lambda bound: abs(to - bound[1]), default=("is", to))

    def _compared_bound(self, test: Compare, name: str, now: Any, to: Any) -> Iterator[tuple[str, Any]]:
        values = self.result.known.values
        if name == test.fact and comparison_holds(test, to, values[test.other]):
            yield "at_least" if test.operator == "at_least" else "is", values[test.other]
        elif name == test.other and comparison_holds(test, values[test.fact], to):
            yield "at_most" if test.operator == "at_least" else "is", values[test.fact]

    def _alternatives(self, name: str, changes: Mapping[str, Any]) -> tuple[Any, ...]:
        """Return every value of a choice that would do as well, the other changes staying as they are."""
        return self._as_good(name, allowed_words(self.result.rulebook, name), changes)

    def _named(self, name: str, changes: Mapping[str, Any]) -> tuple[Any, ...]:
        """Return every number or day that the rules name and that would do as well."""
        tests = [test for test in self.tests if isinstance(test, Leaf) and test.fact == name]
        return self._as_good(name, sorted({value for test in tests for value in tested_numbers(test)}), changes)

    def _as_good(self, name: str, values: Iterable[Any], changes: Mapping[str, Any]) -> tuple[Any, ...]:
        wanted, now = self._outcome(changes), self.result.known.values[name]
        return tuple(value for value in values if value != now and self._outcome({**changes, name: value}) is wanted)


def _keeps(test: Leaf, name: str, value: Any) -> bool:
    """Tell whether a test bounds a fact, and a value keeps the bound."""
    return test.fact == name and test.operator != "is" and test.operator in IF_WORDS and leaf_holds(test, value)


def _reads(test: Leaf | Compare, name: str) -> bool:
    read = (test.fact, test.other) if isinstance(test, Compare) else (test.fact,)
    return name in read or not set(read).isdisjoint(follows_from(name))
