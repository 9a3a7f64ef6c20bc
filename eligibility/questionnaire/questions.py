"""Questions and answers as the pages show them: finished words for templates."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from babel.numbers import format_currency
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from eligibility.engine.words import LOCALES, UNIT_WORDS, capitalised, label, value_in_words
from eligibility.questionnaire.answers import Walk
from eligibility.questionnaire.choice_fields import NONE_OF_THESE, ChoiceAnswer, CountriesAnswer
from eligibility.questionnaire.fields import AnswerField
from eligibility.questionnaire.forms import QuestionsForm, TicksForm
from eligibility.questionnaire.option_lists import Option
from eligibility.questionnaire.reasons import Why, values_read, why_asked
from eligibility.questionnaire.typed_fields import BIRTH
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.catalogue.wages import minimum_wage_cad

COUNTRIES_ASKED = 3
MOST_BOXES = 12
FIRST_CONTROL = {"radios": "-0", "checkboxes": "-0", "countries": "-0"}
MINIMUM_WAGE = "offer.minimum_wage_hourly"
DATE_PARTS = ("day", "month", "year")


@dataclass(frozen=True)
class Question:
    """One fact on a page: its control, what the control shows, its errors, and why it is asked."""

    name: str
    id: str
    kind: str
    label: str
    help: str
    unit: str
    options: Sequence[Option]
    more_options: Sequence[Option]
    search_hint: str
    none_words: str
    is_none: bool
    typed: Any
    searched: Sequence[str]
    is_unknown: bool
    errors: Sequence[str]
    wrong_part: str
    why: Why

    @property
    def described_by(self) -> str:
        """The ids of the hint and the error, for aria-describedby."""
        parts = [f"{self.id}-hint"] if self.help else []
        return " ".join([*parts, *([f"{self.id}-error"] if self.errors else [])])

    @property
    def first_control(self) -> str:
        """The id of the control that the error summary leads to."""
        if self.kind == "date":
            return f"{self.id}-{self.wrong_part or 'day'}"
        return self.id + FIRST_CONTROL.get(self.kind, "")

    @property
    def is_group(self) -> bool:
        """Whether the control has several parts, so that its question is a legend."""
        return self.kind in ("radios", "checkboxes", "countries", "date")

    @property
    def has_more_ticked(self) -> bool:
        return any(option.value in self.typed for option in self.more_options)

    @property
    def is_birth(self) -> bool:
        return self.name == BIRTH


@dataclass(frozen=True)
class Tick:
    """One box of a page of ticks, with how many categories wait for it."""

    name: str
    label: str
    question: str
    count: int
    is_ticked: bool


@dataclass(frozen=True)
class SaidAnswer:
    fact: str
    label: str
    value: str
    is_unknown: bool


@dataclass(frozen=True)
class SaidTopic:
    """The answers of one page, for checking."""

    page: str
    title: str
    answers: tuple[SaidAnswer, ...]
    ticked: tuple[SaidAnswer, ...]
    is_ticks: bool


def questions_of(form: QuestionsForm, walked: Walk, language: str, shows_errors: bool = True) -> list[Question]:
    """Put the fields of a page into questions."""
    errors = form.errors.as_data() if form.is_bound and shows_errors else {}
    return [_question(form, name, errors.get(name, []), walked, language) for name in form.fields]


def _question(
    form: QuestionsForm, name: str, errors: Sequence[ValidationError], walked: Walk, language: str
) -> Question:
    field = form.fields[name]
    assert isinstance(field, AnswerField)
    typed, is_unknown = form.typed(name)
    codes = [str(error.code) for error in errors]
    options = field.options if isinstance(field, ChoiceAnswer) else []
    first = _first_options(name, options, walked) if field.kind == "checkboxes" else options
    return Question(
        name=name,
        id=f"q-{name.replace('.', '-')}",
        kind=field.kind,
        label=str(field.label),
        help=" ".join(filter(None, [str(field.help_text), _known_here(name, walked, language)])),
        unit=UNIT_WORDS.get(field.fact.unit or "", ("", ""))[language == "fr"] if field.kind == "number" else "",
        options=first,
        more_options=[option for option in options if option not in first],
        search_hint=str(field.search_hint) if isinstance(field, ChoiceAnswer) else "",
        none_words=field.none_words if isinstance(field, CountriesAnswer) else "",
        is_none=NONE_OF_THESE in typed,
        typed=_with_room(form, name, typed) if field.kind == "countries" else typed,
        searched=["" if chosen else words for chosen, words in form.searched(name)],
        is_unknown=is_unknown,
        errors=[str(message) for error in errors for message in error.messages],
        wrong_part=_wrong_part(typed, codes) if field.kind == "date" else "",
        why=why_asked(name, walked.waiting_for(name), walked.plan, language),
    )


def _known_here(name: str, walked: Walk, language: str) -> str:
    """What a table of the catalogue says of what is asked, so that nobody has to look it up elsewhere."""
    values, rulebook = walked.known.values, walked.plan.rulebook
    province = values.get("offer.province")
    if name != MINIMUM_WAGE or not province:
        return ""
    wage = minimum_wage_cad(province, walked.known.on, rulebook)
    if wage is None:
        return ""
    words = {
        "province": value_in_words("offer.province", province, rulebook, language),
        "wage": format_currency(wage, "CAD", locale=LOCALES[language]),
    }
    return _("The latest rate known here for %(province)s is %(wage)s an hour.") % words


def _first_options(name: str, options: Sequence[Option], walked: Walk) -> Sequence[Option]:
    """Of very many boxes, those that the open categories name; the others unfold."""
    if len(options) <= MOST_BOXES:
        return options
    read = values_read(name, walked.waiting_for(name), walked.plan, walked.known) | {NONE_OF_THESE}
    return [option for option in options if option.value in read]


def _with_room(form: QuestionsForm, name: str, typed: Sequence[str]) -> list[str]:
    """The countries given, in their places, with empty lists for more."""
    given = [chosen for chosen, _ in form.searched(name)] or [code for code in typed if code != NONE_OF_THESE]
    return [*given, *[""] * max(not given or bool(given[-1]), COUNTRIES_ASKED - len(given))]


def _wrong_part(typed: Any, codes: Sequence[str]) -> str:
    """The part of a date that its error is about."""
    if "incomplete" in codes:
        return next((name for name, part in zip(DATE_PARTS, typed, strict=True) if not part), "")
    return "year" if {"year", "future"} & set(codes) else "day" if codes else ""


def ticks_of(form: TicksForm, facts: Iterable[str], answers: dict[str, Any], walked: Walk, language: str) -> list[Tick]:
    """Put the facts of a page of ticks into boxes, the last of which says none of these."""
    facts = list(facts)
    said = {name for name in facts if answers.get(name) is True}
    if not said and facts and all(answers.get(name) is False for name in facts):
        said = {NONE_OF_THESE}
    ticked = form.posted() if form.is_bound else said
    none = Tick(NONE_OF_THESE, _("None of these"), "", 0, NONE_OF_THESE in ticked)
    return [*(_tick(name, name in ticked, walked, language) for name in facts), none]


def _tick(name: str, is_ticked: bool, walked: Walk, language: str) -> Tick:
    fact = walked.plan.rulebook.facts[name]
    words = capitalised(fact.label.in_language(language))
    return Tick(name, words, fact.question.in_language(language), len(walked.waiting_for(name)), is_ticked)


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
            ticked=tuple(answer for answer in answers if walked.counting.get(answer.fact) is True),
            is_ticks=pages[page_id].kind == "ticks",
        )
        for page_id, answers in topics.items()
    ]


def _said(name: str, walked: Walk, rulebook: Rulebook, language: str) -> SaidAnswer:
    is_known = name in walked.counting
    value = value_in_words(name, walked.counting[name], rulebook, language) if is_known else _("I don’t know yet")
    return SaidAnswer(name, capitalised(label(name, rulebook, language)), capitalised(value), not is_known)
