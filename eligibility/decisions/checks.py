"""Whether something can be decided about a case: there is such a thing, and the value differs from the rules'."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from eligibility.decisions.judged import GENERAL, JudgedCase
from eligibility.decisions.models import Decision
from eligibility.engine.determine import Outcome, Status

Kind = Decision.Kind
OUTCOMES = tuple(outcome.value for outcome in Outcome)
FINDINGS = (Status.MET.value, Status.NOT_MET.value)
VIEWS = (Status.MET.value, Status.NOT_MET.value, Status.UNKNOWN.value)


class DecisionRefused(Exception):
    """A decision cannot be made; the message says why, in the reader's language, and `field` where to show it."""

    def __init__(self, code: str, said: str, field: str = "") -> None:
        self.code, self.field = code, field
        super().__init__(said)


@dataclass(frozen=True)
class Target:
    """What is decided about: its code in words, how it comes out by the rules, and the value that is given."""

    code: str
    by_rules: str
    value: str


def check_target(case: JudgedCase, kind: Kind, category: str, criterion: str, fact: str, value: str) -> Target:
    """Return what is decided about. Raises DecisionRefused."""
    if kind is Kind.FACT:
        return _fact(case, fact)
    if kind in (Kind.FINDING, Kind.VIEW):
        return _finding(case, kind, category, criterion, value)
    if kind is Kind.CONFIRM and not category:
        return Target("", case.screening.best_outcome, case.screening.best_outcome)
    return _outcome(case, kind, category, value)


def _outcome(case: JudgedCase, kind: Kind, category: str, value: str) -> Target:
    judged = case.categories.get(category)
    if judged is None:
        raise DecisionRefused("unknown", _("This case has no such code."))
    by_rules = judged.outcome.value
    if kind is Kind.CONFIRM:
        return Target(judged.compiled.key, by_rules, by_rules)
    if value not in OUTCOMES:
        raise DecisionRefused("value", _("Choose an outcome."), field="value")
    _check_differs(by_rules, value)
    return Target(judged.compiled.key, by_rules, value)


def _finding(case: JudgedCase, kind: Kind, category: str, criterion: str, value: str) -> Target:
    finding = case.finding(category, criterion)
    if finding is None:
        raise DecisionRefused("unknown", _("This case has no such criterion."))
    by_rules = finding.status
    code = "" if category == GENERAL else case.categories[category].compiled.key
    if kind is Kind.VIEW:
        if by_rules is not Status.OFFICER:
            raise DecisionRefused("rules_decide", _("The rules decide this criterion, not an officer."))
        if value not in VIEWS:
            raise DecisionRefused("value", _("Choose what you expect of an officer."), field="value")
        return Target(code, by_rules.value, value)
    if by_rules is Status.OFFICER:
        raise DecisionRefused("officer_decides", _("An officer decides this criterion; give your view on it instead."))
    if value not in FINDINGS:
        raise DecisionRefused("value", _("Choose met or not met."), field="value")
    _check_differs(by_rules.value, value)
    return Target(code, by_rules.value, value)


def _fact(case: JudgedCase, fact: str) -> Target:
    if fact not in case.rulebook.facts:
        raise DecisionRefused("unknown", _("Choose a fact from the list."), field="fact")
    if fact in case.screening.answers:
        raise DecisionRefused("known", _("This is answered already."), field="fact")
    return Target("", "", "")


def _check_differs(by_rules: str, value: str) -> None:
    if by_rules == value:
        raise DecisionRefused("same", _("It comes out like this by the rules; confirm it instead."), field="value")
