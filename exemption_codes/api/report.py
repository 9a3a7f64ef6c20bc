"""The catalogue as plain JSON values: one category in short or in full, and what a citizenship opens."""

from datetime import date
from typing import Any

from eligibility.engine.explain import CitationStatement, citations
from exemption_codes.browse.corrections import CorrectionSheet
from exemption_codes.browse.countries import CountryPage, OpenCategory
from exemption_codes.browse.days import day_in_life
from exemption_codes.browse.rows import row_of
from exemption_codes.browse.rule_tree import RuleBranch, rule_branch
from exemption_codes.browse.tables import Table
from exemption_codes.catalogue import documents as doc
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.pages import CategoryPage, category_page, general_rules

Json = dict[str, Any]


def head(rulebook: Rulebook, on: date) -> Json:
    """Which day and which catalogue an answer speaks of."""
    law = rulebook.catalogue.law_as_of.isoformat()
    return {"on": on.isoformat(), "catalogue": {"digest": rulebook.digest, "law_as_of": law}}


def summary(category: doc.Category, rulebook: Rulebook, on: date, language: str) -> Json:
    """A category in short, as it stands on a day."""
    row = row_of(category, on, language)
    families = {family.id: family.name.in_language(language) for family in rulebook.catalogue.families}
    return {
        "id": row.id,
        "code": row.code,
        "key": row.key,
        "name": row.name,
        "for_whom": row.for_whom,
        "family": {"id": row.family, "name": families.get(row.family, row.family)},
        "permit_type": None if row.is_permit_free else row.permit_type,
        "state": row.state,
        "in_force": _period(category.in_force),
        "codes": [{"code": name.code, **_period(name)} for name in category.codes],
        "confidence": category.confidence,
    }


def full(category: doc.Category, rulebook: Rulebook, on: date, language: str) -> Json:
    """A category in full; `rule_on` is the day of its life whose rule is told."""
    page, day = category_page(rulebook, category.id, on, language), day_in_life(category, on)
    return {
        **head(rulebook, on),
        **summary(category, rulebook, on, language),
        "rule_on": day.isoformat(),
        "basis": [{"provision": one.provision, **_period(one)} for one in category.basis],
        "offer_required": category.offer_required,
        "fee_required": category.fee_required,
        "fee_note": page.fee_note,
        "fees": [_fee(fee) for fee in page.fees],
        "criteria": [
            _rule(criterion, rulebook, day, language)
            | {"officer": criterion.officer, "weight": criterion.weight}
            | {"note": criterion.note.in_language(language) if criterion.note else ""}
            for criterion in category.criteria
            if criterion.in_force.holds(day)
        ],
        "lists": [_table(table) for table in page.tables],
        "durations": {
            "text": page.duration,
            "initial_months": category.durations.initial_months,
            "extension_months": category.durations.extension_months,
            "cap_months": category.durations.cap_months,
        },
        "documents": [{"criterion": one.criterion, "text": one.in_language(language)} for one in category.documents],
        "apply_at": list(category.apply_at),
        "apply_note": page.place_note,
        "general_rules": [
            _rule(rule, rulebook, day, language) | {"officer": rule.officer}
            for rule in general_rules(category, rulebook, day)
        ],
        "notes": [{"text": note.text, "conflict": note.conflict} for note in page.notes],
        "corrections": [_correction(one) for one in page.corrections],
        "timeline": [{"on": event.day.isoformat(), "texts": list(event.texts)} for event in page.timeline.events],
        "sources": [_source(page, number) for number in range(len(page.sources))],
        "partner_category": category.spouse_category,
    }


def country(page: CountryPage, rulebook: Rulebook, on: date, language: str) -> Json:
    """What the rules say of the citizens of a country."""

    def opened(one: OpenCategory) -> Json:
        category = rulebook.categories[one.row.id]
        return {**summary(category, rulebook, on, language), "because": one.because}

    def short(name: str) -> Json:
        return summary(rulebook.categories[name], rulebook, on, language)

    return {
        **head(rulebook, on),
        "code": page.country.code,
        "name": page.country.name,
        "entry": {"need": page.entry.need, "citations": [_citation(one) for one in page.entry.citations]},
        "opened": [opened(one) for family in page.opened for one in family.categories],
        "unsettled": [opened(one) for one in page.unsettled],
        "youth": [
            {**short(one.row.id), "age_min": one.age_min, "age_max": one.age_max, "months": one.months}
            for one in page.youth
        ],
        "for_permanent_residents": [opened(one) for one in page.resident],
        "by_another_way": [opened(one) for one in page.otherwise],
        "whatever_the_citizenship": [short(row.id) for family in page.independent for row in family.rows],
        "closed": [short(row.id) for row in page.closed],
    }


def _period(period: doc.Period) -> Json:
    return {
        "from": period.from_.isoformat() if period.from_ else None,
        "until": period.until.isoformat() if period.until else None,
    }


def _rule(rule: doc.Criterion | doc.GeneralRule, rulebook: Rulebook, on: date, language: str) -> Json:
    def tree(condition: Any) -> Json | None:
        return _branch(rule_branch(condition, rulebook, on, language)) if condition is not None else None

    return {
        "id": rule.id,
        "text": rule.text.in_language(language),
        "condition": tree(rule.when),
        "only_if": tree(rule.applies_when),
        "in_force": _period(rule.in_force),
        "confidence": rule.confidence,
        "citations": [_citation(one) for one in citations(rule.cite, rulebook, language)],
    }


def _branch(branch: RuleBranch) -> Json:
    return {
        "kind": branch.kind,
        "text": branch.text,
        "values": list(branch.values),
        "list": branch.table,
        "parameter": branch.parameter,
        "parts": [_branch(part) for part in branch.parts],
    }


def _citation(citation: CitationStatement) -> Json:
    return {
        "instrument": citation.instrument,
        "provision": citation.provision,
        "url": citation.url,
        "read_on": citation.read_on or None,
    }


def _source(page: CategoryPage, number: int) -> Json:
    source = page.sources[number]
    return {**_citation(source.citation), "as_of": source.as_of, "kind": source.kind}


def _fee(fee: Any) -> Json:
    return {
        "id": fee.id,
        "name": fee.name,
        "due": fee.due,
        "amount_cad": str(fee.amount_cad),
        "payer": fee.payer_id,
        "reason": fee.reason,
        "ceilings": list(fee.ceilings),
        "citations": [_citation(one) for one in fee.citations],
    }


def _table(table: Table) -> Json:
    return {
        "id": table.id,
        "name": table.name,
        "members": list(table.members),
        "in_doubt": list(table.doubt),
        "columns": list(table.columns),
        "rows": [
            {
                "names": list(row.names),
                "cells": [{"text": c.text, "condition": _branch(c.branch) if c.branch else None} for c in row.cells],
            }
            for row in table.rows
        ],
        "citations": [_citation(one) for one in table.citations],
        "confidence": table.confidence,
    }


def _correction(one: CorrectionSheet) -> Json:
    return {
        "id": one.id,
        "title": one.title,
        "changed_on": one.changed_on.isoformat() if one.changed_on else None,
        "said": one.said,
        "holds": one.holds,
        "citations": [_citation(citation) for citation in one.citations],
    }
