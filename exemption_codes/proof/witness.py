"""Fact sets that show a finding: read from a model, judged again by the engine, and written as a worked example."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import yaml

from eligibility.engine.cases import CaseRun, run_case
from eligibility.engine.derive import APPLICATION_DATE, DERIVED, derive
from exemption_codes.catalogue import documents as doc
from exemption_codes.catalogue.rulebook import Rulebook

CASES_INDENT = "  - "


@dataclass(frozen=True)
class Witness:
    """A fact set on a day that shows something of a category."""

    category: str
    on: date
    facts: Mapping[str, Any]

    def run(self, rulebook: Rulebook) -> CaseRun:
        """Judge the fact set as a worked example of its category."""
        case = doc.Case.model_validate({"name": "witness", "outcome": "undetermined"})
        base = doc.CaseBase(as_of=self.on, facts=dict(self.facts))
        return run_case(rulebook, doc.CasesDocument(category=self.category, base=base, cases=[case]), case)

    def as_case(self, rulebook: Rulebook, name: str) -> str:
        """Write the fact set as one line of rules/cases/<category>.yaml, with what the rules say of it now."""
        return case_line(case_of(rulebook, self, name))


def case_of(rulebook: Rulebook, witness: Witness, name: str) -> dict[str, Any]:
    """Return a fact set as a worked example: what it changes in the base of its category, and how it comes out."""
    cases, run = rulebook.cases.get(witness.category), witness.run(rulebook)
    case: dict[str, Any] = {"name": name}
    if cases is None or cases.base.as_of != witness.on:
        case["as_of"] = witness.on
    if change := change_from(cases.base.facts if cases else {}, witness.facts):
        case["change"] = change
    if run.determination is None:
        return {**case, "in_force": False}
    case["outcome"] = run.determination.outcome.value
    if run.failing():
        case["failing"] = run.failing()
    if len(rulebook.categories[witness.category].codes) > 1:
        case["code"] = run.determination.compiled.code
    return case


def change_from(base: Mapping[str, Any], facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return what to change in a base to come to a fact set; None takes a fact away."""
    changed = {name: value for name, value in facts.items() if name not in base or base[name] != value}
    return {**changed, **{name: None for name in base if name not in facts}}


def case_line(case: Mapping[str, Any]) -> str:
    written = yaml.safe_dump(dict(case), default_flow_style=True, width=10**6, allow_unicode=True, sort_keys=False)
    return CASES_INDENT + written.strip()


def without_what_follows(
    rulebook: Rulebook, facts: Mapping[str, Any], on: date, base: Mapping[str, Any]
) -> dict[str, Any]:
    """Leave out derived facts that the engine works out to the same value, save those that a base has outright."""
    given = {name: value for name, value in facts.items() if name != APPLICATION_DATE or value != on}
    for name in [name for name in given if name in DERIVED and (name not in base or base[name] != given[name])]:
        others = {other: value for other, value in given.items() if other != name}
        if derive(others, on, rulebook).values.get(name) == given[name]:
            given = others
    return given


def in_order(rulebook: Rulebook, facts: Mapping[str, Any], first: Iterable[str] = ()) -> dict[str, Any]:
    """Return facts in the order of a base, then of the vocabulary."""
    names = dict.fromkeys([*first, *rulebook.facts])
    return {name: facts[name] for name in names if name in facts}
