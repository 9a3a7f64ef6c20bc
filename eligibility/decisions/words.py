"""Decisions in words: what they are about, the values by the rules and by the consultant. No HTML."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from eligibility.decisions.judged import GENERAL, JudgedCase
from eligibility.decisions.models import Decision
from eligibility.engine.words import capitalised, label, status_word
from eligibility.models import OutcomeWords

Kind = Decision.Kind
VIEW_WORDS = {
    "met": gettext_lazy("I expect an officer to find it met"),
    "not_met": gettext_lazy("I expect an officer to find it not met"),
    "unknown": gettext_lazy("It can go either way"),
}


def outcome_words(outcome: str) -> str:
    return str(OutcomeWords(outcome).label) if outcome else ""


def value_words(kind: str, value: str, language: str) -> str:
    """Return a value as people read it; empty where a decision gives none."""
    if not value:
        return ""
    if kind == Kind.VIEW:
        return str(VIEW_WORDS[value])
    if kind == Kind.FINDING:
        return status_word(value, language)
    return outcome_words(value)


def by_rules_words(kind: str, value: str, language: str) -> str:
    """Return what the rules said, as people read it."""
    return status_word(value, language) if value and kind in (Kind.VIEW, Kind.FINDING) else outcome_words(value)


def category_name(case: JudgedCase, category: str, language: str) -> str:
    """Return a category's name, or what stands for all of them; empty when its release is not stored."""
    if category == GENERAL:
        return _("Rules of every permit")
    judged = case.categories.get(category)
    return judged.category.name.in_language(language) if judged else ""


def criterion_words(case: JudgedCase, category: str, criterion: str, language: str) -> str:
    """Return what a criterion asks for; its id when this release does not have it."""
    finding = case.finding(category, criterion)
    return finding.rule.text.in_language(language) if finding else criterion


def fact_words(case: JudgedCase, fact: str, language: str) -> str:
    """Return the name of a fact as people read it; its own name when this release does not have it."""
    known = case.result is not None and fact in case.rulebook.facts
    return capitalised(label(fact, case.rulebook, language)) if known else fact


def subject_words(case: JudgedCase, decision: Decision, language: str) -> list[str]:
    """Return what a decision is about: the code and its name, then the criterion or the fact."""
    parts = []
    if decision.category:
        parts.append(f"{decision.code} {category_name(case, decision.category, language)}".strip())
    if decision.criterion:
        parts.append(criterion_words(case, decision.category, decision.criterion, language))
    if decision.fact:
        parts.append(fact_words(case, decision.fact, language))
    return parts or [_("The whole case")]
