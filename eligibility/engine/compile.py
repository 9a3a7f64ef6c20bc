"""Rules made ready once per release and stretch of dates: lists, tables and parameters put in, exceptions joined.

A category is compiled once for each stretch in which nothing that it reads changes: a category that stays the same
from one day to another is the same object, so looking at other days costs little.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache
from typing import Any

from eligibility.engine.derive import list_behind
from eligibility.engine.evaluate import BY_OFFICER, OFFICER_WEIGHS
from eligibility.engine.normal_form import normal_form
from exemption_codes.catalogue import documents as doc
from exemption_codes.catalogue.conditions import AnyOf, Disputed, Negation, Node, facts_of, resolve
from exemption_codes.catalogue.rulebook import Rulebook

USUAL = Disputed("usual")


@dataclass(frozen=True, eq=False)
class CompiledRule:
    """One criterion or general rule, ready to judge; `node` is None where an officer decides everything.

    `facts` are those it reads, `judged` the ones among them that only an officer can settle.
    """

    rule: doc.Criterion | doc.GeneralRule
    node: Node | None
    applies: Node | None
    facts: tuple[str, ...]
    judged: frozenset[str] = frozenset({BY_OFFICER})

    @cached_property
    def normal(self) -> Node:
        return normal_form(self.node or OFFICER_WEIGHS)


@dataclass(frozen=True, eq=False)
class CompiledCategory:
    """One category as it stands in one stretch of dates, under the code then in force."""

    category: doc.Category
    code: str
    key: str
    rules: tuple[CompiledRule, ...]
    facts: frozenset[str]


@dataclass(frozen=True, eq=False)
class Plan:
    """All rules in force in one stretch of dates."""

    rulebook: Rulebook
    categories: tuple[CompiledCategory, ...]
    general: tuple[CompiledRule, ...]


@lru_cache(maxsize=8)
def judged_facts(rulebook: Rulebook) -> frozenset[str]:
    """Return the facts that only an officer can settle."""
    return frozenset(name for name, fact in rulebook.facts.items() if fact.judged) | {BY_OFFICER}


def plan_for(rulebook: Rulebook, on: date) -> Plan:
    """Return the compiled rules in force on a day; the same object for every day of one stretch."""
    return _plan(rulebook, rulebook.period_start(on))


def category_on(rulebook: Rulebook, category_id: str, on: date) -> CompiledCategory | None:
    """Return one category as it stands on a day; None when it is not in force then."""
    category = rulebook.categories[category_id]
    if not category.in_force.holds(on) or not category.code_on(on):
        return None
    days = days_of_change(rulebook, category_id)
    return _compiled_category(rulebook, category_id, max((day for day in days if day <= on), default=date.min))


@lru_cache(maxsize=4096)
def days_of_change(rulebook: Rulebook, category_id: str) -> tuple[date, ...]:
    """Return every day on which a category, or a list or parameter that it reads, begins to differ, in order."""
    category = rulebook.categories[category_id]
    periods: list[doc.Period] = [category.in_force, *category.codes]
    for criterion in category.criteria:
        periods.append(criterion.in_force)
        for condition in (criterion.when, criterion.applies_when):
            periods += _periods_read(condition, rulebook)
    days = {period.from_ for period in periods if period.from_}
    if category.earlier_terms:
        days.add(category.earlier_terms.until + timedelta(days=1))
    days |= {period.until + timedelta(days=1) for period in periods if period.until}
    return tuple(sorted(days))


@lru_cache(maxsize=64)
def _plan(rulebook: Rulebook, on: date) -> Plan:
    compiled = (category_on(rulebook, category.id, on) for category in rulebook.in_force(on))
    general = tuple(_compile_rule(rule, rulebook, on) for rule in rulebook.general if rule.in_force.holds(on))
    return Plan(rulebook, tuple(category for category in compiled if category), general)


@lru_cache(maxsize=8192)
def _compiled_category(rulebook: Rulebook, category_id: str, on: date) -> CompiledCategory:
    category = rulebook.categories[category_id].as_on(on)
    code = category.code_on(on) or ""
    rules = tuple(_compile_rule(rule, rulebook, on) for rule in category.criteria if rule.in_force.holds(on))
    key = f"{code}/{category.variant}" if category.variant else code
    return CompiledCategory(category, code, key, rules, frozenset(fact for rule in rules for fact in rule.facts))


def _compile_rule(rule: doc.Criterion | doc.GeneralRule, rulebook: Rulebook, on: date) -> CompiledRule:
    applies = None if rule.applies_when is None else resolve(rule.applies_when, rulebook, on)
    if rule.when is None and applies is None:
        return CompiledRule(rule, None, None, ())
    node = OFFICER_WEIGHS if rule.when is None else resolve(rule.when, rulebook, on)
    if isinstance(rule, doc.Criterion) and rule.weight == "usual":
        node = AnyOf((node, USUAL))
    if applies is not None:
        node = AnyOf((Negation(applies), node))
    facts = tuple(dict.fromkeys(facts_of(node)))
    judged = judged_facts(rulebook).intersection(facts)
    return CompiledRule(rule, node, applies, tuple(fact for fact in facts if fact != BY_OFFICER), judged)


def _periods_read(condition: Any, rulebook: Rulebook) -> Iterator[doc.Period]:
    """Yield the dates of every list and parameter that a condition reads, also by way of a derived fact."""
    match condition:
        case doc.AllOf(all=parts) | doc.AnyOf(any=parts):
            for part in parts:
                yield from _periods_read(part, rulebook)
        case doc.Negation(not_=part):
            yield from _periods_read(part, rulebook)
        case doc.RowOf(row_of=table, check=check, holds=holds):
            yield from _editions(table, rulebook)
            yield from _periods_read(check, rulebook)
            rows = (row for edition in rulebook.lists[table].editions for row in edition.rows)
            for row in rows if holds else ():
                yield from _periods_read(row.get(holds or ""), rulebook)
        case doc.FactTest():
            for value in vars(condition).values():
                if isinstance(value, doc.ParameterRef):
                    yield from rulebook.parameters[value.parameter].values
            for listed in (condition.in_list, list_behind(condition.fact)):
                if listed and listed in rulebook.lists:
                    yield from _editions(listed, rulebook)


def _editions(listed: str, rulebook: Rulebook) -> Iterator[doc.Period]:
    """Yield the dates of a list; one of occupations may also change with the classification."""
    yield from (edition.in_force for edition in rulebook.lists[listed].editions)
    if rulebook.lists[listed].of == "noc":
        yield from rulebook.catalogue.occupations
