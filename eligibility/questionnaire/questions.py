"""Questions and answers as the pages show them: finished words for templates, and why each question is asked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from eligibility.engine.words import UNIT_WORDS, capitalised, label, value_in_words
from eligibility.questionnaire.answers import Walk
from eligibility.questionnaire.fields import COUNTRIES_ASKED, AnswerField, ChoiceAnswer, OccupationAnswer
from eligibility.questionnaire.forms import QuestionsForm
from exemption_codes.catalogue.rulebook import Rulebook

CODES_NAMED = 4


@dataclass(frozen=True)
class Question:
    """One fact on a page: its control, what the control shows, its errors, and why it is asked."""

    name: str
    id: str
    kind: str
    label: str
    help: str
    unit: str
    choices: Sequence[tuple[str, ...]]
    typed: Any
    is_unknown: bool
    errors: Sequence[str]
    why: str
    autocomplete: str = ""

    @property
    def described_by(self) -> str:
        """The ids of the hint and the error, for aria-describedby."""
        parts = [f"{self.id}-hint"] if self.help else []
        return " ".join([*parts, *([f"{self.id}-error"] if self.errors else [])])

    @property
    def first_control(self) -> str:
        """The id of the control that the error summary leads to."""
        ends = {"date": "-day", "radios": "-0", "checkboxes": "-0", "countries": "-0"}
        return self.id + ends.get(self.kind, "")


@dataclass(frozen=True)
class SaidAnswer:
    label: str
    value: str
    fact: str
    is_unknown: bool


@dataclass(frozen=True)
class SaidTopic:
    """The answers of one page, for checking."""

    page: str
    title: str
    answers: tuple[SaidAnswer, ...]
    facts: tuple[str, ...]
    is_ticks: bool


def questions_of(form: QuestionsForm, facts: Iterable[str], walked: Walk, language: str) -> list[Question]:
    """Put the fields of a page into questions."""
    return [_question(form, name, walked, language) for name in facts]


def _question(form: QuestionsForm, name: str, walked: Walk, language: str) -> Question:
    field = form.fields[name]
    assert isinstance(field, AnswerField)
    typed, is_unknown = form.typed(name)
    unit = UNIT_WORDS.get(field.fact.unit or "", ("", ""))[language == "fr"] if field.kind == "number" else ""
    if field.kind == "countries":
        typed = [*typed, *[""] * COUNTRIES_ASKED][:COUNTRIES_ASKED]
    return Question(
        name=name,
        id=f"q-{name.replace('.', '-')}",
        kind=field.kind,
        label=str(field.label),
        help=str(field.help_text),
        unit=unit,
        choices=_choices(field),
        typed=typed,
        is_unknown=is_unknown,
        errors=[str(error) for error in form.errors.get(name, [])],
        why=why_asked(name, walked),
        autocomplete="bday" if name == "applicant.date_of_birth" else "",
    )


def _choices(field: AnswerField) -> Sequence[tuple[str, ...]]:
    """The choices of a control; an occupation also with its title in the other language, for the search."""
    if isinstance(field, OccupationAnswer):
        return [(code, words, field.title_in_other_language(code)) for code, words in field.choices]
    return field.choices if isinstance(field, ChoiceAnswer) else ()


def why_asked(name: str, walked: Walk) -> str:
    """Say which codes wait for a fact, from the rules; empty when none does any longer."""
    step = walked.step_asking(name)
    waiting = step.waiting[name] if step else ()
    if not waiting and walked.next:
        waiting = next((fact.categories for fact in walked.next.facts if fact.name == name), ())
    keys = {compiled.category.id: compiled.key for compiled in walked.plan.categories}
    codes = sorted({keys[category] for category in waiting if category in keys})
    if not codes:
        return ""
    named = ", ".join(codes[:CODES_NAMED])
    more = len(codes) - CODES_NAMED
    if more > 0:
        return _("Decides %(codes)s and %(count)s more.") % {"codes": named, "count": more}
    return _("Decides %(codes)s.") % {"codes": named}


def said_answers(walked: Walk, rulebook: Rulebook, language: str) -> list[SaidTopic]:
    """Return the answers on the path, topic by topic; a page asked in several steps is one topic."""
    topics: dict[str, list[SaidAnswer]] = {}
    for step in walked.steps:
        topics.setdefault(step.page.id, []).extend(_said(name, walked, rulebook, language) for name in step.waiting)
    pages = {page.id: page for page in rulebook.pages}
    return [
        SaidTopic(
            page=page_id,
            title=pages[page_id].title.in_language(language),
            answers=tuple(answers),
            facts=tuple(answer.fact for answer in answers),
            is_ticks=pages[page_id].kind == "ticks",
        )
        for page_id, answers in topics.items()
    ]


def _said(name: str, walked: Walk, rulebook: Rulebook, language: str) -> SaidAnswer:
    is_known = name in walked.counting
    value = value_in_words(name, walked.counting[name], rulebook, language) if is_known else _("I don’t know yet")
    return SaidAnswer(capitalised(label(name, rulebook, language)), capitalised(value), name, not is_known)


def codes_open(count: int) -> str:
    """Say how many codes are still open."""
    return ngettext("%(count)s code is still open", "%(count)s codes are still open", count) % {"count": count}
