"""Answers that are chosen: radio buttons for a few, a list for many, a list with a search for very many."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from eligibility.engine.words import capitalised
from eligibility.questionnaire import option_lists
from eligibility.questionnaire.fields import PICK_FROM_LIST, AnswerField, AnswerWidget, SeveralWidget
from eligibility.questionnaire.option_lists import Option

NONE_OF_THESE = "none_of_these"
MOST_RADIOS = 9
MOST_IN_PLAIN_LIST = 15
NOT_BOTH = gettext_lazy("Choose either “None of these” or what applies, not both.")


class ChoiceAnswer(AnswerField):
    """One of the fact's own choices; `search_hint` says what to type where the list has a search."""

    widget = AnswerWidget
    search_hint = gettext_lazy("Type part of the name")

    @property
    def kind(self) -> str:  # type: ignore[override]
        if len(self.options) <= MOST_RADIOS:
            return "radios"
        return "list" if len(self.options) <= MOST_IN_PLAIN_LIST else "search"

    @property
    def options(self) -> list[Option]:
        other = "en" if self.language == "fr" else "fr"
        named = {**(self.fact.choices or {}), **self.fact.choices_from}
        return [
            Option(value, capitalised(text.in_language(self.language)), text.in_language(other))
            for value, text in named.items()
        ]

    def is_option(self, value: Any) -> bool:
        return any(option.value == value for option in self.options)

    def clean_typed(self, typed: Any) -> Any:
        if not self.is_option(typed):
            raise forms.ValidationError(PICK_FROM_LIST, code="invalid_choice")
        return typed


class YesNoAnswer(ChoiceAnswer):
    @property
    def options(self) -> list[Option]:
        return [Option("yes", _("Yes")), Option("no", _("No"))]

    def clean_typed(self, typed: Any) -> Any:
        return super().clean_typed(typed) == "yes"

    def as_typed(self, answer: Any) -> Any:
        return "yes" if answer else "no"


class SeveralAnswer(ChoiceAnswer):
    """Boxes to tick, with one that says none of these."""

    widget = SeveralWidget
    kind = "checkboxes"

    @property
    def options(self) -> list[Option]:
        return [*super().options, Option(NONE_OF_THESE, _("None of these"))]

    def clean_typed(self, typed: Any) -> Any:
        if not all(map(self.is_option, typed)):
            raise forms.ValidationError(PICK_FROM_LIST, code="invalid_choice")
        if NONE_OF_THESE in typed and len(typed) > 1:
            raise forms.ValidationError(NOT_BOTH, code="both")
        return [item for item in dict.fromkeys(typed) if item != NONE_OF_THESE]

    def as_typed(self, answer: Any) -> Any:
        return list(answer) or [NONE_OF_THESE]


class CountryAnswer(ChoiceAnswer):
    kind = "search"

    @property
    def options(self) -> list[Option]:
        return option_lists.countries(self.language)


class CountriesAnswer(SeveralAnswer):
    """A list for the first country and more that unfold; a box says none, for one may be a citizen of nowhere."""

    kind = "countries"

    @property
    def options(self) -> list[Option]:
        return option_lists.countries(self.language)

    @property
    def none_words(self) -> str:
        return _("None (stateless)") if self.fact_name.endswith("citizenships") else _("None")

    def is_option(self, value: Any) -> bool:
        return value == NONE_OF_THESE or super().is_option(value)


class ProvinceAnswer(ChoiceAnswer):
    kind = "list"

    @property
    def options(self) -> list[Option]:
        provinces = option_lists.provinces(self.language)
        return provinces if self.fact_name.startswith("offer.") else [*provinces, Option("none", _("None of these"))]


class OccupationAnswer(ChoiceAnswer):
    """The NOC's unit groups, found by their titles in both languages."""

    kind = "search"
    search_hint = gettext_lazy("Type part of a job title, or a NOC code")

    @property
    def options(self) -> list[Option]:
        return option_lists.occupations(self.rulebook, self.language)


class CodeAnswer(ChoiceAnswer):
    """The exemption code of a permit, or that it rests on an LMIA, or that there is no such permit."""

    kind = "search"
    search_hint = gettext_lazy("Type a code such as C41, or a word of its name")

    @property
    def options(self) -> list[Option]:
        return [
            Option("LMIA", _("None: the permit rests on an LMIA")),
            Option("none", _("No such permit")),
            *option_lists.exemption_codes(self.rulebook, self.language),
        ]
