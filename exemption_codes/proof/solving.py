"""One stretch of a category in z3: can its criteria hold together, and can one fail alone?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import z3

from eligibility.engine.determine import Status
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.proof.encoding import Encoding, Formula, Pair, conditions_of
from exemption_codes.proof.nearest import nearest
from exemption_codes.proof.stretches import Stretch
from exemption_codes.proof.witness import Witness, in_order, without_what_follows


class EncodingDiffers(Exception):
    """The engine says otherwise than the formulas do: the encoding is wrong."""

    def __init__(self, stretch: Stretch, criterion: str, claimed: str, status: Status) -> None:
        super().__init__(f"{stretch}: {criterion} should be {claimed}, the engine finds {status.value}")


@dataclass(frozen=True)
class Claim:
    """What a fact set must show of one criterion: it holds, fails, or at least does not surely hold."""

    criterion: str
    state: str

    def fits(self, status: Status) -> bool:
        if self.state == "holds":
            return status in (Status.MET, Status.OFFICER)
        return status is Status.NOT_MET if self.state == "fails" else status is not Status.MET


class Proof:
    """The formulas of one stretch, with a switch for each thing that may be asked of each criterion.

    `on` is the day looked at: that of the category's worked examples where it lies in the stretch, else the first.
    """

    def __init__(self, rulebook: Rulebook, stretch: Stretch, also: Iterable[str] = ()) -> None:
        self.rulebook, self.stretch = rulebook, stretch
        cases = rulebook.cases.get(stretch.category_id)
        self.base: Mapping[str, Any] = cases.base.facts if cases else {}
        self.on = cases.base.as_of if cases and stretch.holds(cases.base.as_of) else stretch.first
        rules = {rule.rule.id: rule.node for rule in stretch.compiled.rules}
        self.encoding = Encoding(rulebook, conditions_of(rules.values()), self.on, self.base, also)
        self.pairs: dict[str, Pair] = {name: self.encoding.pair(node) for name, node in rules.items()}
        self.solver = z3.Solver()
        self.solver.add(*self.encoding.bounds)
        self.switches: dict[Claim, Formula] = {}

    def switch(self, claim: Claim) -> Formula:
        """Return a variable that, assumed true, makes the claim hold."""
        if claim not in self.switches:
            pair = self.pairs[claim.criterion]
            wanted = {"holds": pair.holds, "fails": pair.fails}.get(claim.state, z3.Not(pair.holds))
            self.switches[claim] = z3.Bool(f"{claim.criterion} {claim.state}")
            self.solver.add(z3.Implies(self.switches[claim], wanted))
        return self.switches[claim]

    def all_hold(self, but: str = "") -> list[Claim]:
        return [Claim(criterion, "holds") for criterion in self.pairs if criterion != but]

    def possible(self, claims: Iterable[Claim], *others: Formula) -> bool:
        """Tell whether some fact set shows all the claims, and makes other formulas true."""
        return bool(self.solver.check(*map(self.switch, claims), *others) == z3.sat)

    def conflict(self) -> list[str]:
        """Return the criteria that cannot hold together, after `possible` has found so."""
        core = {str(formula) for formula in self.solver.unsat_core()}
        return [claim.criterion for claim, switch in self.switches.items() if str(switch) in core]

    def witness(self, claims: Sequence[Claim], *others: Formula) -> Witness | None:
        """Return a fact set near the base of the category's cases that shows the claims; None where there is none.

        Raises EncodingDiffers when the engine does not find what is claimed.
        """
        assumed = [*map(self.switch, claims), *others]
        facts = nearest(self.solver, self.encoding, self.base, assumed)
        if facts is None:
            return None
        given = without_what_follows(self.rulebook, facts, self.on, self.base)
        witness = Witness(self.stretch.category_id, self.on, in_order(self.rulebook, given, self.base))
        self._check(witness, claims)
        return witness

    def _check(self, witness: Witness, claims: Iterable[Claim]) -> None:
        run = witness.run(self.rulebook)
        assert run.determination is not None
        found = {finding.rule.id: finding.status for finding in run.determination.findings}
        for claim in claims:
            if not claim.fits(found[claim.criterion]):
                raise EncodingDiffers(self.stretch, claim.criterion, claim.state, found[claim.criterion])
