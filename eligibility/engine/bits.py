"""All categories at once for one person: every joint of the plan is one bit, and a person's facts set the bits.

A joint of kind `all` has a bit that says "dead", one of kind `any` a bit that says "satisfied": a single test is enough
to set either. Under a criterion the two kinds alternate from depth to depth, so a parent's bit follows from the
opposite of its children's. The joints of one depth stand in rows: the first children of all parents, then the second
ones and so on, in the parents' order, so that two shifts bring a whole row under its parents.

What is unknown is tried both ways: tests of ordinary unknown facts, tests only an officer can settle, and disputes are
taken as failing or as holding, each kind by itself (`Rail`). That is Kleene's logic, exact whatever the order.
"""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from itertools import pairwise
from typing import Any, NamedTuple

from eligibility.engine.evaluate import comparison_holds
from eligibility.engine.fact_bits import FactTable
from eligibility.engine.joints import Joint, Row, depth_of, fan_of, joint_of, next_layer
from eligibility.engine.verdict import Outcome, Status
from exemption_codes.catalogue.conditions import Compare, Disputed, Leaf, Negation, Node


class Rail(NamedTuple):
    """What is taken to hold: ordinary unknown tests, tests that wait for an officer, disputes."""

    unknown: bool
    officer: bool
    disputed: bool


POSSIBLE, SURE = Rail(True, True, True), Rail(False, False, False)
GRANTED, REFUSED = Rail(False, True, False), Rail(True, False, True)


class NodeBits:
    """The tables of one set of criteria; `categories` are tuples of criteria in normal form, all of which must hold."""

    def __init__(self, categories: Sequence[Sequence[Node]], judged: AbstractSet[str]) -> None:
        self.judged = judged
        self.facts: dict[str, FactTable] = {}
        self.comparisons: dict[tuple[Compare, bool], list[int]] = {}
        self.officer = [0, 0]
        self.disputed = [0, 0]
        self.offsets: list[int] = []
        self.rows: list[list[Row]] = []
        self.owners: list[int] = []
        self.gaps = 0
        grown = [[joint_of(rule, True, owner) for rule in rules] for owner, rules in enumerate(categories)]
        roots = [root for rules in grown for root in rules]
        roots.sort(key=lambda root: (-depth_of(root), -fan_of(root), -len(root.parts)))
        self._lay_out(roots)
        self.masks = [0] * len(categories)
        for place, root in enumerate(roots):
            self.masks[root.owner] |= 1 << place
        numbers = {id(root): place for place, root in enumerate(roots)}
        self.rules = [[1 << numbers[id(root)] for root in rules] for rules in grown]
        for table in self.facts.values():
            table.finish()
        self.waiting = self._places_of_facts()

    def _lay_out(self, roots: Sequence[Joint]) -> None:
        layer: list[Joint | None] = [*roots]
        under_all = True
        while layer or not self.offsets:
            start = len(self.owners)
            self.offsets.append(start)
            for place, joint in enumerate(layer, start):
                self.owners.append(-1 if joint is None else joint.owner)
                if joint is None:
                    self.gaps |= 1 << place
                else:
                    self._add_tests(joint, 1 << place, under_all)
            layer, rows = next_layer(layer)
            self.rows.append(rows)
            under_all = not under_all
        self.offsets.append(len(self.owners))

    def _add_tests(self, joint: Joint, bit: int, under_all: bool) -> None:
        for test in joint.tests:
            match test:
                case Leaf(""):
                    self.officer[under_all] |= bit
                case Leaf(fact):
                    self.facts.setdefault(fact, FactTable()).add(test, bit, under_all)
                case Compare():
                    self.comparisons.setdefault((test, True), [0, 0])[under_all] |= bit
                case Negation(Compare() as compare):
                    self.comparisons.setdefault((compare, False), [0, 0])[under_all] |= bit
                case Disputed():
                    self.disputed[under_all] |= bit

    def _places_of_facts(self) -> dict[str, int]:
        """Return, for each fact, the joints with a test that reads it."""
        places = {fact: table.failing | table.holding for fact, table in self.facts.items()}
        for (compare, _), (holding, failing) in self.comparisons.items():
            for fact in (compare.fact, compare.other):
                places[fact] = places.get(fact, 0) | holding | failing
        return places

    def read(self, values: Mapping[str, Any]) -> "Reading":
        """Look up what a person's facts settle; `values` hold no None."""
        known = self.gaps
        unknown, officer = [0, 0], list(self.officer)
        for fact, table in self.facts.items():
            value = values.get(fact)
            if value is not None:
                known |= table.bits(value)
            elif fact in self.judged:
                officer[0] |= table.holding
                officer[1] |= table.failing
            else:
                unknown[0] |= table.holding
                unknown[1] |= table.failing
        for (compare, wanted), (holding, failing) in self.comparisons.items():
            left, right = values.get(compare.fact), values.get(compare.other)
            if left is None or right is None:
                unknown[0] |= holding
                unknown[1] |= failing
            else:
                known |= holding if comparison_holds(compare, left, right) is wanted else failing
        return Reading(self, values, known, unknown, officer)


class Reading:
    """One person's facts on the plan; each rail is settled when it is first asked for."""

    def __init__(
        self, plan: NodeBits, values: Mapping[str, Any], known: int, unknown: Sequence[int], officer: Sequence[int]
    ) -> None:
        self.plan, self.values, self.known, self.unknown, self.officer = plan, values, known, unknown, officer
        self._settled: dict[Rail, list[int]] = {}

    def layers(self, rail: Rail) -> list[int]:
        """Return the bits of every depth when unknown things are taken as the rail says."""
        found = self._settled.get(rail)
        if found is None:
            found = self._settled[rail] = self._settle(rail)
        return found

    def _settle(self, rail: Rail) -> list[int]:
        plan = self.plan
        bits = self.known | self.unknown[not rail.unknown] | self.officer[not rail.officer]
        bits |= plan.disputed[not rail.disputed]
        offsets = plan.offsets
        layers = [(bits >> start) & ((1 << (end - start)) - 1) for start, end in pairwise(offsets)]
        for depth in range(len(layers) - 1, 0, -1):
            children, parents = layers[depth], layers[depth - 1]
            for start, mask, under in plan.rows[depth - 1]:
                parents |= (((children >> start) & mask) ^ mask) << under
            layers[depth - 1] = parents
        return layers

    def dead(self, rail: Rail) -> int:
        """Return the criteria that fail on a rail, one bit each."""
        return self.layers(rail)[0]

    @cached_property
    def outcomes(self) -> list[Outcome]:
        """How every category comes out, in the plan's order."""
        failing, unsure = self.dead(POSSIBLE), self.dead(SURE)
        granted, refused = self.dead(GRANTED), self.dead(REFUSED)
        return [
            Outcome.NOT_ELIGIBLE
            if failing & mask
            else Outcome.ELIGIBLE
            if not unsure & mask
            else Outcome.OFFICER_JUDGEMENT
            if refused & mask and not granted & mask
            else Outcome.UNDETERMINED
            for mask in self.plan.masks
        ]

    def statuses(self, owner: int) -> list[Status]:
        """Return how each criterion of a category comes out, in the order given."""
        failing, unsure = self.dead(POSSIBLE), self.dead(SURE)
        granted, refused = self.dead(GRANTED), self.dead(REFUSED)
        return [
            Status.NOT_MET
            if failing & rule
            else Status.MET
            if not unsure & rule
            else Status.OFFICER
            if refused & rule and not granted & rule
            else Status.UNKNOWN
            for rule in self.plan.rules[owner]
        ]

    def open_joints(self, only: AbstractSet[int] | None = None) -> int:
        """Return the joints in which an unknown test can still change how some category (of `only`) comes out.

        A dispute never settles: a category with a criterion that it keeps open can only still be closed.
        """
        closing, succeeding = self._open_rules(only)
        never, hopeful = Rail(False, True, True), Rail(True, False, False)
        return self._reached(POSSIBLE, never, closing) | self._reached(SURE, hopeful, succeeding)

    def weighed_joints(self, only: AbstractSet[int] | None = None) -> int:
        """Return the joints in which an officer's finding can still close some category (of `only`)."""
        open_still = (Outcome.UNDETERMINED, Outcome.OFFICER_JUDGEMENT)
        rules = 0
        for owner, outcome in enumerate(self.outcomes):
            if outcome in open_still and (only is None or owner in only):
                rules |= self.plan.masks[owner]
        return self._reached(POSSIBLE, REFUSED, rules)

    def _open_rules(self, only: AbstractSet[int] | None) -> tuple[int, int]:
        plan = self.plan
        stuck = self.dead(Rail(True, True, False))
        closing = succeeding = 0
        for owner, outcome in enumerate(self.outcomes):
            if outcome is Outcome.UNDETERMINED and (only is None or owner in only):
                mask = plan.masks[owner]
                closing |= mask
                if not stuck & mask:
                    succeeding |= mask
        return closing, succeeding

    def _reached(self, one: Rail, other: Rail, rules: int) -> int:
        """Return the joints that differ between two rails, with everything above them up to some criteria."""
        first, second, plan = self.layers(one), self.layers(other), self.plan
        live = rules & (first[0] ^ second[0])
        found = live
        for depth in range(1, len(first)):
            below = 0
            for start, mask, under in plan.rows[depth - 1]:
                below |= ((live >> under) & mask) << start
            live = below & (first[depth] ^ second[depth])
            found |= live << plan.offsets[depth]
            if not live:
                break
        return found

    def open_facts(self, joints: int) -> list[str]:
        """Return the unknown facts with a test in one of the joints, in the plan's order."""
        judged, values = self.plan.judged, self.values
        return [
            fact
            for fact, places in self.plan.waiting.items()
            if places & joints and fact not in values and fact not in judged
        ]

    def owners_of(self, fact: str, joints: int) -> list[int]:
        """Return the categories whose open joints test a fact, in the plan's order."""
        return self.owners(self.plan.waiting.get(fact, 0) & joints)

    def owners(self, joints: int) -> list[int]:
        """Return the categories that joints belong to, in the plan's order."""
        return sorted({self.plan.owners[place] for place in _places(joints)})


def _places(bits: int) -> Iterator[int]:
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest
