"""Worked examples against mutants: a mutant is killed when some example no longer comes out as it says."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from eligibility.engine.compile import CompiledRule, category_on
from eligibility.engine.derive import derive
from eligibility.engine.evaluate import outcome_of_all, status_of
from eligibility.engine.facts import read_facts
from eligibility.engine.verdict import Outcome, Status
from exemption_codes.catalogue import documents as doc
from exemption_codes.catalogue.conditions import AllOf, AnyOf, Leaf, Node
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.proof.mutants import Mutant, reads_derived_list
from exemption_codes.proof.reading import criterion_reads

Judged = tuple[CompiledRule, Status]
FEW_ROWS = 4
WORST_FIRST = (Status.NOT_MET, Status.UNKNOWN, Status.OFFICER)


@dataclass(eq=False)
class Tried:
    """A worked example with its facts, and how each criterion of the true rules comes out."""

    case: doc.Case
    given: Mapping[str, Any]
    as_of: date
    on: date
    values: Mapping[str, Any]
    judged: dict[str, Judged]


class Bench:
    """The worked examples of one category, ready to be tried on many mutants; only what a mutant changes is judged
    again.
    """

    def __init__(self, rulebook: Rulebook, category: str) -> None:
        self.rulebook, self.category = rulebook, rulebook.categories[category]
        self.tried = [self._prepare(case) for case in self._cases()]

    def _cases(self) -> list[doc.Case]:
        cases = self.rulebook.cases.get(self.category.id)
        return cases.spread() if cases else []

    def _prepare(self, case: doc.Case) -> Tried:
        base = self.rulebook.cases[self.category.id].base
        as_of = case.as_of or base.as_of
        given = read_facts({**base.facts, **case.change}, self.rulebook)
        known = derive(given, as_of, self.rulebook)
        compiled = category_on(self.rulebook, self.category.id, known.on)
        judged = {rule.rule.id: (rule, _status(rule, known.values)) for rule in (compiled.rules if compiled else ())}
        return Tried(case, given, as_of, known.on, known.values, judged)

    def add(self, case: doc.Case) -> None:
        """Try one more worked example from now on."""
        self.tried.append(self._prepare(case))

    def killer_of(self, mutant: Mutant) -> str | None:
        """Return the name of a worked example that notices a mutant; None when it survives.

        Those about the row of a table that is changed are tried first, then those that noticed most lately, for mutants
        come in an order in which neighbours resemble.
        """
        trial = _Trial(self, mutant)
        likely = [tried for tried in self.tried if mutant.row and mutant.row in tried.values.values()]
        killer = next((tried for tried in (*likely, *self.tried) if trial.differs(tried)), None)
        if killer is None:
            return None
        self.tried.remove(killer)
        self.tried.insert(0, killer)
        return killer.case.name


class _Trial:
    """One mutant as one category stands under it."""

    def __init__(self, bench: Bench, mutant: Mutant) -> None:
        self.bench, self.mutated = bench, mutant.applied_to(bench.rulebook)
        self.category = self.mutated.categories[bench.category.id]
        self.changed = self._changed(mutant)
        self.derived = reads_derived_list(self.mutated, mutant.file.removeprefix("lists/"))
        touched = [criterion for criterion in self.category.criteria if criterion.id in self.changed]
        part = self.category.model_copy(update={"criteria": touched})
        self.partial = replace(self.mutated, categories={self.category.id: part})

    def _changed(self, mutant: Mutant) -> set[str]:
        if isinstance(mutant.document, doc.Category):
            original = {criterion.id: criterion for criterion in self.bench.category.criteria}
            return {found.id for found in self.category.criteria if found is not original[found.id]}
        name = mutant.document.id
        return {one.id for one in self.category.criteria if criterion_reads(one, name, self.bench.rulebook)}

    def differs(self, tried: Tried) -> bool:
        in_force = self.category.in_force.holds(tried.on)
        code = self.category.code_on(tried.on) if in_force else None
        if not code or not tried.case.in_force:
            return bool(code) != tried.case.in_force
        if tried.case.code and tried.case.code != code:
            return True
        judged = list(self._judged(tried))
        if tried.case.failing is not None:
            failing = sorted(rule.rule.id for rule, status in judged if status is Status.NOT_MET)
            if failing != sorted(tried.case.failing):
                return True
        return _outcome(judged, tried.values).value != tried.case.outcome

    def _judged(self, tried: Tried) -> Iterator[Judged]:
        values = derive(tried.given, tried.as_of, self.mutated).values if self.derived else tried.values
        compiled = category_on(self.partial, self.category.id, tried.on) if self.changed else None
        again = {rule.rule.id: rule for rule in compiled.rules} if compiled else {}
        for criterion in self.category.criteria:
            if criterion.in_force.holds(tried.on):
                rule = again.get(criterion.id)
                yield (rule, _status(rule, values)) if rule else tried.judged[criterion.id]


def _status(rule: CompiledRule, values: Mapping[str, Any]) -> Status:
    return status_of(rule.node and narrowed(rule.node, values), values, rule.judged)


def narrowed(node: Node, values: Mapping[str, Any]) -> Node:
    """Return a condition that comes out alike on some facts, with the rows of tables left out that they do not pick."""
    match node:
        case AnyOf(parts) if len(parts) > FEW_ROWS:
            return AnyOf(tuple(part for part in parts if not _is_other_row(part, values)))
        case AnyOf(parts):
            return AnyOf(tuple(narrowed(part, values) for part in parts))
    return node


def _is_other_row(part: Node, values: Mapping[str, Any]) -> bool:
    match part:
        case AllOf((Leaf(fact, "is", key), *_)):
            return fact in values and bool(values[fact] != key)
    return False


def _outcome(judged: list[Judged], values: Mapping[str, Any]) -> Outcome:
    """Return what all criteria come to, as `judge` does: their conjunction where only an officer may still help."""
    statuses = {status for _, status in judged}
    if statuses >= {Status.UNKNOWN, Status.OFFICER} and Status.NOT_MET not in statuses:
        officers = frozenset[str]().union(*(rule.judged for rule, _ in judged))
        return outcome_of_all([rule.node for rule, _ in judged], values, officers)
    return Outcome.of(next((status for status in WORST_FIRST if status in statuses), Status.MET))
