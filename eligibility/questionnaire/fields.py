"""One form field per fact: what was typed turned into the fact's value. The kinds are in the modules beside it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from exemption_codes.catalogue import documents as doc
from exemption_codes.catalogue.fact_values import check_value
from exemption_codes.catalogue.rulebook import Rulebook

UNKNOWN = "unknown"
ANSWER_OR_UNKNOWN = _("Answer this question, or choose “I don’t know yet”.")
PICK_FROM_LIST = _("Choose an answer from the list.")


class AnswerField(forms.Field):
    """A fact's field; cleaned, it gives the fact's value, or UNKNOWN for "I don't know yet"."""

    kind = "text"

    def __init__(self, name: str, rulebook: Rulebook, language: str, before: Any = None) -> None:
        self.fact_name, self.rulebook, self.language = name, rulebook, language
        self.fact: doc.FactDocument = rulebook.facts[name]
        self.before = before
        super().__init__(required=False, label=self.fact.question.in_language(language))
        self.help_text = self.fact.help.in_language(language) if self.fact.help else ""

    def clean_typed(self, typed: Any) -> Any:
        """Turn what was typed into the fact's value.

        Raises ValidationError.
        """
        return typed

    def clean(self, value: Any) -> Any:
        """Return the fact's value; something newly typed counts even where "I don't know yet" is still ticked."""
        typed, is_unknown = value
        if is_unknown and (is_empty(typed) or self.is_as_before(typed)):
            return UNKNOWN
        if is_empty(typed):
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

    def is_as_before(self, typed: Any) -> bool:
        return self.before is not None and typed == self.as_typed(self.before)


def is_empty(typed: Any) -> bool:
    return not any(typed) if isinstance(typed, list | tuple) else typed in (None, "")


class AnswerWidget(forms.Widget):
    """Reads a control and its "I don't know yet" box; the templates of the questionnaire draw it."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> tuple[Any, bool]:
        typed = data.get(name, "")
        typed = typed.strip() if isinstance(typed, str) else typed
        return ("", True) if typed == UNKNOWN else (typed, data.get(f"{name}-unknown") == "on")


class SeveralWidget(AnswerWidget):
    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> tuple[Any, bool]:
        typed = data.getlist(name) if isinstance(data, MultiValueDict) else data.get(name, [])
        given = [item for item in typed if item and item != UNKNOWN]
        return given, UNKNOWN in typed or data.get(f"{name}-unknown") == "on"


class DateWidget(AnswerWidget):
    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> tuple[Any, bool]:
        parts = tuple(str(data.get(f"{name}-{part}", "")).strip() for part in ("day", "month", "year"))
        return parts, data.get(f"{name}-unknown") == "on"
