"""Categories, general rules and worked examples against everything else in the catalogue."""

import re
from collections.abc import Iterator
from itertools import combinations
from typing import Any

from exemption_codes.catalogue import documents as doc
from exemption_codes.catalogue.condition_checks import Place, check_condition
from exemption_codes.catalogue.date_checks import (
    check_covers,
    check_period,
    check_spans,
    common_part,
    in_words,
    is_within,
)
from exemption_codes.catalogue.draft import ALWAYS, Draft, check_unique
from exemption_codes.catalogue.problems import Problem, did_you_mean
from exemption_codes.catalogue.yaml_reader import PathKey, Source

Reports = Iterator[Problem]
EXEMPTION_CODE = re.compile(r"^[A-Z]\d{2}$")


def check_category(draft: Draft, category: doc.Category, source: Source) -> Reports:
    yield from check_period(category.in_force, source, ("in_force",))
    for what in ("codes", "basis"):
        spans = getattr(category, what) or []
        yield from check_spans(spans, source, (what,), what)
        yield from check_covers(spans, category.in_force, source, (what,), what)
    yield from _check_permit(draft, category, source)
    families = draft.family_names()
    if families is not None and category.family is not None and category.family not in families:
        hint = did_you_mean(category.family, families) or f"the families are {', '.join(families)}"
        yield source.problem(("family",), f"there is no family {category.family}", hint)
    for index, basis in enumerate(category.basis or ()):
        if basis is not None:
            yield from draft.check_provision(basis.provision, source, ("basis", index, "provision"))
    ids = _criterion_ids(category)
    yield from check_unique(ids or [], source, ("criteria",))
    for index, criterion in enumerate(category.criteria or ()):
        if criterion is not None:
            yield from _check_criterion(draft, category, criterion, ("criteria", index), source)
    for index, paper in enumerate(category.documents or ()):
        if paper is not None:
            yield from _check_criterion_id(paper.criterion, ids, source, ("documents", index, "criterion"))
    for index, link in enumerate(category.links or ()):
        yield from draft.check_source(link, source, ("links", index))
    for index, note in enumerate(category.notes or ()):
        if note is not None:
            yield from draft.check_conflict(note.conflict, source, ("notes", index, "conflict"))
    yield from draft.check_category(category.spouse_category, source, ("spouse_category",))


def _check_permit(draft: Draft, category: doc.Category, source: Source) -> Reports:
    """A permit rests on an exemption code and is applied for somewhere; where none is needed, a provision says so."""
    if category.permit_type is None:
        return
    for index, named in enumerate(category.codes or ()):
        if named is None or not named.code:
            continue
        if category.permit_type == "none":
            yield from draft.check_provision(named.code, source, ("codes", index, "code"))
        elif not EXEMPTION_CODE.match(named.code):
            message = f"{named.code} is a provision, not an exemption code"
            yield source.problem(("codes", index, "code"), message, "write T36, or permit_type: none")
    if category.permit_type == "none" and (category.offer_required or category.fee_required):
        yield source.problem(
            ("permit_type",), "without a permit no offer is filed and no fee paid", "say false to both"
        )
    if category.permit_type != "none" and category.apply_at == []:
        yield source.problem(("apply_at",), "somewhere one must apply", "add online, port_of_entry ...")


def _check_criterion(
    draft: Draft, category: doc.Category, criterion: doc.Criterion, here: PathKey, source: Source
) -> Reports:
    life = category.in_force or ALWAYS
    yield from _check_rule(draft, criterion, life, here, source)
    raw = source.value["criteria"][here[1]]
    if "when" not in raw and not criterion.officer:
        yield source.problem(
            here, "a criterion without a condition is left to the officer", "add officer: true, or when:"
        )
    if criterion.in_force and not is_within(criterion.in_force, life):
        hint = f"the category lives {in_words(life)}"
        yield source.problem((*here, "in_force"), "outside the life of the category", hint)


def _check_rule(
    draft: Draft, rule: doc.Criterion | doc.GeneralRule, life: doc.Period, here: PathKey, source: Source
) -> Reports:
    yield from check_period(rule.in_force, source, (*here, "in_force"))
    read_on = common_part(rule.in_force or ALWAYS, life) or life
    place = Place(draft, source, read_on)
    for part in ("when", "applies_when"):
        yield from check_condition(getattr(rule, part), place, (*here, part))
    yield from draft.check_citations(rule.cite, source, (*here, "cite"))


def check_keys(draft: Draft) -> Reports:
    """No two categories may bear the same code and variant on the same day; several may have left a retired code."""
    bearers: dict[tuple[str, str], list[tuple[str, doc.Period]]] = {}
    for name, category in draft.rulebook.categories.items():
        for named in category.codes or () if category else ():
            if not category or not category.in_force or not named or named.until:
                continue
            if days := common_part(named, category.in_force):
                bearers.setdefault((named.code, category.variant or ""), []).append((name, days))
    for (code, variant), found in bearers.items():
        for (one, days), (two, other_days) in combinations(found, 2):
            if common_part(days, other_days):
                key = f"{code}/{variant}" if variant else code
                source = draft.sources[f"exemptions/{two}"]
                message = f"{key} is borne by {one} and {two} on the same days"
                yield source.problem(("codes",), message, "give one of them a variant, or mend the dates")


def check_general(draft: Draft) -> Reports:
    source = draft.sources.get("general")
    if source is None:
        return
    rules = [rule for rule in draft.rulebook.general if rule]
    yield from check_unique([rule.id for rule in rules if rule.id], source, ("rules",))
    for index, rule in enumerate(draft.rulebook.general):
        if rule is not None:
            yield from _check_rule(draft, rule, ALWAYS, ("rules", index), source)


def _criterion_ids(category: doc.Category | None) -> list[str] | None:
    """Return the ids of a category's criteria; None when some could not be read."""
    criteria = category.criteria if category else None
    if not criteria or any(criterion is None or criterion.id is None for criterion in criteria):
        return None
    return [criterion.id for criterion in criteria]


def _check_criterion_id(name: str | None, ids: list[str] | None, source: Source, path: PathKey) -> Reports:
    if name is not None and ids is not None and name not in ids:
        hint = did_you_mean(name, ids) or f"the criteria are {', '.join(ids)}"
        yield source.problem(path, f"there is no criterion {name}", hint)


def check_cases(draft: Draft, cases: doc.CasesDocument, source: Source) -> Reports:
    yield from draft.check_category(cases.category, source, ("category",))
    base = cases.base
    if base is not None:
        yield from _check_case_date(draft, base.as_of, source, ("base", "as_of"))
        yield from _check_case_facts(draft, base.facts, source, ("base", "facts"))
    category = draft.rulebook.categories.get(cases.category) if cases.category else None
    names = [case.name for case in cases.cases or () if case and case.name]
    yield from check_unique(names, source, ("cases",))
    for index, case in enumerate(cases.cases or ()):
        if case is not None:
            yield from _check_case(draft, category, case, source, ("cases", index))


def _check_case(draft: Draft, category: doc.Category | None, case: doc.Case, source: Source, here: PathKey) -> Reports:
    yield from _check_case_date(draft, case.as_of, source, (*here, "as_of"))
    yield from _check_case_facts(draft, case.change, source, (*here, "change"))
    for name, values in (case.each or {}).items():
        for number, value in enumerate(values or ()):
            yield from _check_case_facts(draft, {name: value}, source, (*here, "each"), number)
    if case.in_force and "outcome" not in source.value["cases"][here[1]]:
        yield source.problem(here, "the case says no outcome", "add outcome:, or in_force: false")
    ids = _criterion_ids(category)
    for number, name in enumerate(case.failing or ()):
        yield from _check_criterion_id(name, ids, source, (*here, "failing", number))
    if category is None:
        return
    codes = [named.code for named in category.codes or () if named and named.code]
    if case.code and category.codes and len(codes) == len(category.codes) and case.code not in codes:
        yield source.problem((*here, "code"), f"the category never bore {case.code}", f"it bore {', '.join(codes)}")


def _check_case_date(draft: Draft, day: Any, source: Source, path: PathKey) -> Reports:
    covered = draft.covered()
    if day is not None and covered is not None and not covered.holds(day):
        yield source.problem(path, f"the catalogue does not cover {day}", f"it covers {in_words(covered)}")


def _check_case_facts(
    draft: Draft, facts: dict[str, Any] | None, source: Source, path: PathKey, *number: int
) -> Reports:
    for name, value in (facts or {}).items():
        yield from draft.check_fact(name, source, (*path, name))
        if value is not None:
            yield from draft.check_value(name, value, source, (*path, name, *number))
