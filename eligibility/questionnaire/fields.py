"""One form field per fact: the control people expect for its type, and what they typed turned into the fact's value."""

import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from eligibility.engine.words import PROVINCE_NAMES, occupation_title
from exemption_codes.catalogue import documents as doc
from exemption_codes.catalogue.fact_values import (
    BUSINESS_OWNER_NOC,
    MAX_TEXT,
    PROVINCES,
    check_value,
    country_codes,
    country_name,
)
from exemption_codes.catalogue.rulebook import Rulebook

UNKNOWN = "unknown"
NONE_OF_THESE = "none_of_these"
MOST_RADIOS = 9
COUNTRIES_ASKED = 3
Choices = list[tuple[str, str]]
ANSWER_OR_UNKNOWN = _("Answer this question, or choose “I don’t know yet”.")
PICK_FROM_LIST = _("Choose an answer from the list.")


class AnswerField(forms.Field):
    """A fact's field; cleaned, it gives the fact's value, or UNKNOWN for "I don't know yet"."""

    kind = "text"

    def __init__(self, name: str, rulebook: Rulebook, language: str) -> None:
        self.fact_name, self.rulebook, self.language = name, rulebook, language
        self.fact: doc.FactDocument = rulebook.facts[name]
        super().__init__(required=False, label=self.fact.question.in_language(language))
        self.help_text = self.fact.help.in_language(language) if self.fact.help else ""

    def clean_typed(self, typed: Any) -> Any:
        """Turn what was typed into the fact's value.

        Raises ValidationError.
        """
        return typed

    def clean(self, value: Any) -> Any:
        typed, is_unknown = value
        if is_unknown:
            return UNKNOWN
        if typed in (None, "", [], ("", "", "")):
            raise forms.ValidationError(ANSWER_OR_UNKNOWN, code="required")
        answer = self.clean_typed(typed)
        if check_value(self.rulebook, self.fact_name, answer)[0]:
            raise forms.ValidationError(self.out_of_bounds(), code="invalid")
        return answer

    def out_of_bounds(self) -> Any:
        return PICK_FROM_LIST

    def as_typed(self, answer: Any) -> Any:
        """Return a stored answer as the control shows it."""
        return answer


class AnswerWidget(forms.Widget):
    """Reads a control and its "I don't know yet" box; the templates of the questionnaire draw it."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> tuple[Any, bool]:
        typed = data.get(name, "")
        typed = typed.strip() if isinstance(typed, str) else typed
        return ("", True) if typed == UNKNOWN else (typed, data.get(f"{name}-unknown") == "on")


class SeveralWidget(AnswerWidget):
    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> tuple[Any, bool]:
        typed = data.getlist(name) if isinstance(data, MultiValueDict) else data.get(name, [])
        typed = [item for item in typed if item]
        return typed, UNKNOWN in typed or data.get(f"{name}-unknown") == "on"


class DateWidget(AnswerWidget):
    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> tuple[Any, bool]:
        parts = tuple(str(data.get(f"{name}-{part}", "")).strip() for part in ("day", "month", "year"))
        return parts, data.get(f"{name}-unknown") == "on"


class ChoiceAnswer(AnswerField):
    """Radio buttons, or a list where there are many."""

    widget = AnswerWidget

    @property
    def kind(self) -> str:  # type: ignore[override]
        return "radios" if len(self.choices) <= MOST_RADIOS else "select"

    @property
    def choices(self) -> Choices:
        return [(value, text.in_language(self.language)) for value, text in (self.fact.choices or {}).items()]

    def clean_typed(self, typed: Any) -> Any:
        if typed not in dict(self.choices):
            raise forms.ValidationError(PICK_FROM_LIST, code="invalid_choice")
        return typed


class YesNoAnswer(ChoiceAnswer):
    @property
    def choices(self) -> Choices:
        return [("yes", str(_("Yes"))), ("no", str(_("No")))]

    def clean_typed(self, typed: Any) -> Any:
        return super().clean_typed(typed) == "yes"

    def as_typed(self, answer: Any) -> Any:
        return "yes" if answer else "no"


class SeveralAnswer(ChoiceAnswer):
    """Boxes to tick, with one that says none of these."""

    widget = SeveralWidget
    kind = "checkboxes"

    @property
    def choices(self) -> Choices:
        return [*super().choices, (NONE_OF_THESE, str(_("None of these")))]

    def clean_typed(self, typed: Any) -> Any:
        if unknown := set(typed) - set(dict(self.choices)):
            raise forms.ValidationError(PICK_FROM_LIST, code="invalid_choice", params={"value": unknown})
        if NONE_OF_THESE in typed and len(typed) > 1:
            raise forms.ValidationError(_("Choose either “None of these” or what applies, not both."), code="both")
        return [item for item in typed if item != NONE_OF_THESE]

    def as_typed(self, answer: Any) -> Any:
        return list(answer) or [NONE_OF_THESE]


class ListAnswer(ChoiceAnswer):
    kind = "select"


class CountryAnswer(ListAnswer):
    @property
    def choices(self) -> Choices:
        return country_choices(self.language)


class CountriesAnswer(CountryAnswer):
    """Several lists, each of which may stay empty; "none" where somebody need not have any."""

    widget = SeveralWidget
    kind = "countries"

    @property
    def choices(self) -> Choices:
        none = [] if self.fact_name.endswith("citizenships") else [(NONE_OF_THESE, str(_("None")))]
        return [*none, *super().choices]

    def clean_typed(self, typed: Any) -> Any:
        if set(typed) - set(dict(self.choices)):
            raise forms.ValidationError(PICK_FROM_LIST, code="invalid_choice")
        return [item for item in dict.fromkeys(typed) if item != NONE_OF_THESE]

    def as_typed(self, answer: Any) -> Any:
        return list(answer) or [NONE_OF_THESE]


class ProvinceAnswer(ListAnswer):
    @property
    def choices(self) -> Choices:
        is_french = self.language == "fr"
        return sorted(((code, PROVINCE_NAMES[code][is_french]) for code in PROVINCES), key=_by_name)


class OccupationAnswer(ListAnswer):
    """The NOC's unit groups; a plain list that a script turns into a search over both languages."""

    kind = "occupation"

    @property
    def choices(self) -> Choices:
        codes = [*self.rulebook.noc_codes(), BUSINESS_OWNER_NOC]
        named = [(code, occupation_title(code, self.rulebook, self.language)) for code in codes]
        return [(code, f"{title} ({code})") for code, title in sorted(named, key=_by_name)]

    def title_in_other_language(self, code: str) -> str:
        return occupation_title(code, self.rulebook, "en" if self.language == "fr" else "fr")


class CodeAnswer(ListAnswer):
    """An exemption code, an LMIA, or neither."""

    @property
    def choices(self) -> Choices:
        codes = {name.code for category in self.rulebook.categories.values() for name in category.codes}
        return [
            ("LMIA", str(_("None: the permit rests on an LMIA"))),
            *((code, code) for code in sorted(codes)),
            ("none", str(_("No such permit"))),
        ]


class NumberAnswer(AnswerField):
    widget = AnswerWidget
    kind = "number"

    def clean_typed(self, typed: Any) -> Any:
        try:
            number = float(str(typed).replace("\u00a0", "").replace(" ", "").replace("$", "").replace(",", self.comma))
        except ValueError:
            raise forms.ValidationError(_("Enter a number, for example 12."), code="not_a_number") from None
        if self.fact.type == "integer" and not number.is_integer():
            raise forms.ValidationError(_("Enter a whole number."), code="not_whole")
        return int(number) if number.is_integer() else number

    @property
    def comma(self) -> str:
        """What a comma means in a number: a decimal point in French, nothing in English."""
        return "." if self.language == "fr" else ""

    def out_of_bounds(self) -> Any:
        low = self.fact.bounds.min if self.fact.bounds else None
        high = self.fact.bounds.max if self.fact.bounds else None
        if low is not None and high is not None:
            return _("Enter a number from %(low)s to %(high)s.") % {"low": low, "high": high}
        if low is not None:
            return _("Enter a number of %(low)s or more.") % {"low": low}
        return _("Enter a number of %(high)s or less.") % {"high": high} if high is not None else PICK_FROM_LIST

    def as_typed(self, answer: Any) -> Any:
        return str(answer).replace(".", ",") if self.language == "fr" else str(answer)


class DateAnswer(AnswerField):
    widget = DateWidget
    kind = "date"

    def clean_typed(self, typed: Any) -> Any:
        day, month, year = typed
        if not (day and month and year):
            raise forms.ValidationError(_("Enter a day, a month and a year."), code="incomplete")
        if len(year) != 4:
            raise forms.ValidationError(_("Enter the year with four digits, for example 1991."), code="short_year")
        try:
            return date(int(year), int(month), int(day))
        except ValueError:
            raise forms.ValidationError(_("Enter a real date, for example 27 3 1991."), code="no_such_day") from None

    def as_typed(self, answer: Any) -> Any:
        return (str(answer.day), str(answer.month), str(answer.year))


class TextAnswer(AnswerField):
    widget = AnswerWidget

    def out_of_bounds(self) -> Any:
        return _("Enter at most %(limit)s characters.") % {"limit": MAX_TEXT}


FIELD_OF_TYPE: dict[str, type[AnswerField]] = {
    "boolean": YesNoAnswer,
    "one_of": ChoiceAnswer,
    "several_of": SeveralAnswer,
    "country": CountryAnswer,
    "countries": CountriesAnswer,
    "province": ProvinceAnswer,
    "noc": OccupationAnswer,
    "exemption_code": CodeAnswer,
    "integer": NumberAnswer,
    "decimal": NumberAnswer,
    "date": DateAnswer,
    "text": TextAnswer,
}


def country_choices(language: str) -> Choices:
    """Return the countries that django-countries lists, under the names that the rest of the site uses."""
    known = country_codes()
    named = [(code, country_name(code, language)) for code in countries.countries if code in known]
    return sorted(named, key=_by_name)


def _by_name(choice: Sequence[str]) -> str:
    return _plain(choice[1])


def _plain(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold()
