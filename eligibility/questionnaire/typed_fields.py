"""Answers that are typed: numbers, dates, words."""

import re
from datetime import date
from typing import Any

from babel.numbers import format_decimal
from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.utils import timezone
from django.utils.translation import gettext as _

from eligibility.engine.words import LOCALES, UNIT_WORDS
from eligibility.questionnaire.fields import AnswerField, AnswerWidget, DateWidget
from exemption_codes.catalogue.fact_values import MAX_TEXT

BIRTH = "applicant.date_of_birth"
EARLIEST_YEAR, LATEST_YEAR = 1900, 2100
LARGEST = 1_000_000_000
# Where a fact itself has no upper bound: more than this is a slip of the finger.
LARGEST_OF_UNIT = {
    "months": 1200, "years": 120, "weeks": 5200, "days": 40_000, "percent": 100, "hours": 20_000,
    "hours per year": 8784, "CAD per hour": 10_000, "persons": 1_000_000, "countries": 250,
}  # fmt: skip
SPACES = re.compile(r"[\s\u00a0\u202f'’]")
PLAIN_NUMBER = re.compile(r"-?\d{1,12}(\.\d{1,9})?")
GROUPED_BY_COMMA = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?")
GROUPED_BY_POINT = re.compile(r"-?\d{1,3}(\.\d{3}){2,}(,\d+)?|-?\d{1,3}(\.\d{3})+,\d+")


def read_number(typed: str, language: str) -> int | float | None:
    """Read a number as people write it: 1 500,5 or 1,500.5 or $24.50; None where it is none.

    A single comma before three digits groups thousands in English and marks decimals in French.
    """
    text = SPACES.sub("", typed)
    if GROUPED_BY_COMMA.fullmatch(text) and (language == "en" or text.count(",") > 1 or "." in text):
        text = text.replace(",", "")
    elif GROUPED_BY_POINT.fullmatch(text):
        text = text.replace(".", "")
    text = text.replace(",", ".")
    if not PLAIN_NUMBER.fullmatch(text):
        return None
    number = float(text)
    return int(number) if number.is_integer() else number


class NumberAnswer(AnswerField):
    widget = AnswerWidget
    kind = "number"

    def clean_typed(self, typed: Any) -> Any:
        number = read_number(self._without_unit(str(typed)), self.language)
        if number is None:
            raise forms.ValidationError(_("Enter a number, for example 12."), code="not_a_number")
        if self.fact.type == "integer" and not isinstance(number, int):
            raise forms.ValidationError(_("Enter a whole number."), code="not_whole")
        if not self.lowest <= number <= self.highest:
            raise forms.ValidationError(self.out_of_bounds(), code="out_of_bounds")
        return number

    @property
    def lowest(self) -> int | float:
        low = self.fact.bounds.min if self.fact.bounds else None
        return 0 if low is None else low

    @property
    def highest(self) -> int | float:
        high = self.fact.bounds.max if self.fact.bounds else None
        return LARGEST_OF_UNIT.get(self.fact.unit or "", LARGEST) if high is None else high

    def _without_unit(self, typed: str) -> str:
        """Leave out a unit that somebody types although it stands beside the box."""
        words = UNIT_WORDS.get(self.fact.unit or "", ())
        units = [re.escape(unit) for unit in ("$", "%", "CAD", *words, *(word.rstrip("s") for word in words))]
        return re.sub(rf"^\$|({'|'.join(units)})$", "", typed.strip(), flags=re.IGNORECASE)

    def out_of_bounds(self) -> Any:
        low, high = (format_decimal(edge, locale=LOCALES[self.language]) for edge in (self.lowest, self.highest))
        return _("Enter a number from %(low)s to %(high)s.") % {"low": low, "high": high}

    def as_typed(self, answer: Any) -> Any:
        return str(answer).replace(".", ",") if self.language == "fr" else str(answer)


class DateAnswer(AnswerField):
    """Day, month and year apart; the error says which of them is wrong."""

    widget = DateWidget
    kind = "date"

    def clean_typed(self, typed: Any) -> Any:
        day, month, year = typed
        if not day or not month or not year:
            raise forms.ValidationError(_("Enter the day, the month and the year."), code="incomplete")
        if not re.fullmatch(r"\d{4}", year) or not EARLIEST_YEAR <= int(year) <= LATEST_YEAR:
            raise forms.ValidationError(_("Enter the year with four digits, for example 1991."), code="year")
        try:
            answer = date(int(year), int(month), int(day))
        except ValueError:
            raise forms.ValidationError(_("Enter a day that the month has, for example 27."), code="day") from None
        if self.fact_name == BIRTH and answer > timezone.localdate():
            raise forms.ValidationError(_("Enter a date of birth in the past."), code="future")
        return answer

    def as_typed(self, answer: Any) -> Any:
        return (str(answer.day), str(answer.month), str(answer.year))


class TextAnswer(AnswerField):
    widget = AnswerWidget

    def clean_typed(self, typed: Any) -> Any:
        ProhibitNullCharactersValidator()(typed)
        return typed

    def out_of_bounds(self) -> Any:
        return _("Enter at most %(limit)s characters.") % {"limit": MAX_TEXT}
