"""What the chosen exemption asks beyond the fields of an offer: questions of the questionnaire, about this worker."""

from collections.abc import Mapping
from typing import Any

from eligibility.engine.compile import plan_for
from eligibility.engine.facts import read_facts
from eligibility.questionnaire.answers import Step, Walk
from eligibility.questionnaire.forms import QuestionsForm
from eligibility.questionnaire.questions import Question, questions_of
from employer_portal.content import plain
from employer_portal.models import OfferOfEmployment
from employer_portal.offer_check import OfferReport
from employer_portal.offer_facts import FIELD_OF_FACT
from exemption_codes.catalogue.rulebook import Rulebook


class OpenQuestionsForm(QuestionsForm):
    """Questions that may all stay open: a draft is saved at every answer."""

    def clean(self) -> None:
        super().clean()
        for name, errors in self.errors.as_data().items():
            if {error.code for error in errors} == {"required"}:
                del self.errors[name]


def asked_facts(offer: OfferOfEmployment, report: OfferReport, rulebook: Rulebook) -> list[str]:
    """Return the facts to ask, in the order of the questionnaire: the open ones, and those that were answered here."""
    if not report.judged:
        return []
    rules = report.judged[0][0].compiled.rules
    answered = {fact for rule in rules for fact in rule.facts if fact in offer.facts}
    wanted = {*report.open_facts, *answered} - FIELD_OF_FACT.keys()
    return [fact for page in rulebook.pages for fact in page.facts if fact in wanted]


def questions_form(
    offer: OfferOfEmployment, facts: list[str], rulebook: Rulebook, language: str, data: Any = None
) -> OpenQuestionsForm:
    stored = {name: value for name, value in offer.facts.items() if name in rulebook.facts}
    return OpenQuestionsForm(facts, rulebook, language, read_facts(stored, rulebook), (), data)


def posted_facts(data: Mapping[str, Any], rulebook: Rulebook) -> list[str]:
    """Return the facts whose questions a page showed."""
    shown = set(str(data.get("facts-shown", "")).split(","))
    return [fact for page in rulebook.pages for fact in page.facts if fact in shown]


def answered_facts(form: OpenQuestionsForm, stored: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts of the offer with what the form says; an answer taken back is open again."""
    answers, _unknown = form.answered() if form.is_valid() else (_clean(form), set())
    kept = {name: value for name, value in stored.items() if name not in form.fields or name in form.errors}
    return {**kept, **{name: plain(value) for name, value in answers.items()}}


def shown_questions(
    form: OpenQuestionsForm, offer: OfferOfEmployment, report: OfferReport, rulebook: Rulebook, language: str
) -> list[Question]:
    """Return the questions of a form with the reason why the exemption asks each."""
    if not form.fields or not report.judged:
        return []
    result = report.judged[0][1]
    waiting = dict.fromkeys(form.fields, (offer.exemption_category,))
    plan = plan_for(rulebook, result.known.on)
    walked = Walk((Step(rulebook.pages[0], waiting),), result.known.values, result.known, plan, None, {})
    return questions_of(form, walked, language)


def _clean(form: OpenQuestionsForm) -> dict[str, Any]:
    return {name: value for name, value in form.cleaned_data.items() if value != "unknown"}
