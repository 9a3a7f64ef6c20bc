"""The acts that a page offers: for each the form, its words, and what is decided when it is sent."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from eligibility.decisions.basis import basis_of
from eligibility.decisions.checks import FINDINGS, OUTCOMES, VIEWS
from eligibility.decisions.deciding import Said
from eligibility.decisions.forms import Choices, FactForm, ValueForm, WhyForm
from eligibility.decisions.judged import JudgedCase
from eligibility.decisions.models import Decision
from eligibility.decisions.words import VIEW_WORDS, fact_words, outcome_words
from eligibility.engine.determine import Status
from eligibility.engine.questions import ranked_open_facts
from eligibility.engine.words import status_word

Kind = Decision.Kind
TITLES = {
    Kind.CONFIRM: _("Confirm what the rules say"),
    Kind.OUTCOME: _("Change the outcome"),
    Kind.FINDING: _("Change a finding"),
    Kind.VIEW: _("Give your view on what an officer judges"),
    Kind.FACT: _("Ask for a fact"),
}
ANSWER_TITLES = {
    "renew": _("Renew the decision"),
    "approve": _("Approve the decision"),
    "decline": _("Decline the decision"),
    "withdraw": _("Take the decision back"),
}


@dataclass(frozen=True)
class Act:
    """What somebody is about to decide: its kind, and what it is about."""

    kind: Kind
    category: str = ""
    criterion: str = ""

    def form(self, case: JudgedCase, language: str, data: Any = None) -> WhyForm:
        """Return the form of this act, empty or as it was sent."""
        basis = basis_of(case.last).mark if case.last else ""
        if self.kind is Kind.CONFIRM:
            return WhyForm(data, basis=basis)
        if self.kind is Kind.FACT:
            return FactForm(data, choices=lacking_facts(case, language), basis=basis)
        return ValueForm(data, choices=self._values(case, language), basis=basis)

    def said(self, form: WhyForm) -> Said:
        values = form.cleaned_data
        fact, value = values.get("fact", ""), values.get("value", "")
        return Said(self.kind, self.category, self.criterion, fact, value)

    def _values(self, case: JudgedCase, language: str) -> Choices:
        """Return the values to choose from; what the rules say is left out."""
        if self.kind is Kind.VIEW:
            return [(value, VIEW_WORDS[value]) for value in VIEWS]
        if self.kind is Kind.FINDING:
            finding = case.finding(self.category, self.criterion)
            now = finding.status.value if finding else ""
            return [(value, status_word(value, language)) for value in FINDINGS if value != now]
        outcome = case.categories[self.category].outcome.value
        return [(value, outcome_words(value)) for value in OUTCOMES if value != outcome]


def act_named(case: JudgedCase, name: str, category: str, criterion: str) -> Act:
    """Return the act that an address names. Raises Http404 when the case has nothing of the kind."""
    kind = next((kind for kind in TITLES if kind.value == name), None)
    if kind is None:
        raise Http404
    if kind in (Kind.FINDING, Kind.VIEW):
        finding = case.finding(category, criterion)
        if finding is None or (finding.status is Status.OFFICER) is not (kind is Kind.VIEW):
            raise Http404
        return Act(kind, category, criterion)
    if kind is Kind.FACT:
        return Act(kind)
    if category not in case.categories and (category or kind is Kind.OUTCOME):
        raise Http404
    return Act(kind, category)


def lacking_facts(case: JudgedCase, language: str) -> Choices:
    """Return the facts that nobody has told, as choices: those that would settle most come first."""
    if case.result is None:
        return []
    ranked = ranked_open_facts(case.result)
    others = {fact for one in case.result.general for fact in one.missing} - set(ranked)
    return [(name, fact_words(case, name, language)) for name in (*ranked, *sorted(others))]
