"""Every mutant against the worked examples: killed, equivalent by proof, explained, or survived."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.proof.killing import Bench
from exemption_codes.proof.mutants import Mutant, mutants_of
from exemption_codes.proof.witness import Witness

State = Literal["killed", "equivalent", "survived"]
WANTED_SHARE = 0.95
Telling = Callable[[Rulebook, Mutant, str], Witness | None]


@dataclass(frozen=True)
class Fate:
    """What became of one mutant; `witness` would kill it if it were a worked example."""

    mutant: Mutant
    state: State
    killer: str = ""
    witness: Witness | None = None


@dataclass
class Tally:
    """How many mutants there were, and what became of them."""

    survivors: list[Fate] = field(default_factory=list)
    equivalent: list[Fate] = field(default_factory=list)
    states: Counter[State] = field(default_factory=Counter)
    kinds: dict[str, Counter[State]] = field(default_factory=dict)
    files: dict[str, Counter[State]] = field(default_factory=dict)

    def add(self, fate: Fate) -> None:
        self.states[fate.state] += 1
        for by, key in ((self.kinds, fate.mutant.kind), (self.files, fate.mutant.file)):
            by.setdefault(key, Counter())[fate.state] += 1
        if fate.state == "survived":
            self.survivors.append(fate)
        elif fate.state == "equivalent":
            self.equivalent.append(fate)

    @property
    def total(self) -> int:
        return sum(self.states.values())

    @property
    def share(self) -> float:
        """The share of mutants that are killed, of those that can be."""
        return share_killed(self.states)


def share_killed(states: Counter[State]) -> float:
    possible = states["killed"] + states["survived"]
    return states["killed"] / possible if possible else 1.0


def run_mutants(rulebook: Rulebook, telling: Telling | None, only: Iterable[str] = ()) -> Iterator[Fate]:
    """Yield what becomes of each mutant of the rule files (`only` some: exemptions/cusma-trader).

    `telling` finds facts that tell a mutant from the true rules, or proves that there are none; without it, a mutant
    that no example kills counts as survived.
    """
    wanted, benches = set(only), dict[str, Bench]()
    for mutant in mutants_of(rulebook):
        if not wanted or mutant.file in wanted:
            yield _fate(rulebook, mutant, benches, telling)


def _fate(rulebook: Rulebook, mutant: Mutant, benches: dict[str, Bench], telling: Telling | None) -> Fate:
    for category in mutant.categories:
        if category not in benches:
            benches[category] = Bench(rulebook, category)
        if killer := benches[category].killer_of(mutant):
            return Fate(mutant, "killed", f"{category}: {killer}")
    if telling is None:
        return Fate(mutant, "survived")
    witnesses = (telling(rulebook, mutant, category) for category in mutant.categories)
    witness = next((found for found in witnesses if found), None)
    return Fate(mutant, "survived" if witness else "equivalent", witness=witness)
