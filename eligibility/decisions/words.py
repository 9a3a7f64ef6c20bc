"""Decisions in words: what they are about, the values by the rules and by the consultant. No HTML."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from eligibility.decisions.judged import GENERAL, JudgedCase
from eligibility.decisions.models import Decision
from eligibility.engine.words import capitalised, label, status_word
from eligibility.models import OutcomeWords
from exemption_codes.catalogue.documents import Text
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.releases import NoSuchRelease, rulebook_of

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
    """Return what a decision is about: the code and its name, then the criterion or the fact.

    In the words of the release that it was made under, as long as that is stored: a later one may ask something else.
    """
    rulebook = _made_under(case, decision)
    parts = []
    if decision.category:
        own = rulebook.categories.get(decision.category) if rulebook else None
        name = own.name.in_language(language) if own else category_name(case, decision.category, language)
        parts.append(f"{decision.code} {name}".strip())
    if decision.criterion:
        texts = _texts(rulebook, decision.category) if rulebook else {}
        own_text = texts.get(decision.criterion)
        parts.append(
            own_text.in_language(language)
            if own_text
            else criterion_words(case, decision.category, decision.criterion, language)
        )
    if decision.fact:
        is_known = rulebook is not None and decision.fact in rulebook.facts
        parts.append(capitalised(label(decision.fact, rulebook, language)) if rulebook and is_known else decision.fact)
    return parts or [_("The whole case")]


def _made_under(case: JudgedCase, decision: Decision) -> Rulebook | None:
    """The rules that a decision was made under, or else those of the last determination."""
    digest = decision.determination.release_digest
    if case.result is not None and case.rulebook.digest == digest:
        return case.rulebook
    try:
        return rulebook_of(digest)
    except NoSuchRelease:
        return case.rulebook if case.result is not None else None


def _texts(rulebook: Rulebook, category: str) -> dict[str, Text]:
    """What each criterion of a category, or each rule of every permit, asks for."""
    if category == GENERAL:
        return {rule.id: rule.text for rule in rulebook.general}
    known = rulebook.categories.get(category)
    return {one.id: one.text for one in known.criteria} if known else {}
