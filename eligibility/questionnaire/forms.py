"""Forms of the questionnaire: one page of facts, a page of ticks, and the sending of a result for review."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from eligibility.questionnaire.fields import FIELD_OF_TYPE, UNKNOWN, AnswerField
from exemption_codes.catalogue.rulebook import Rulebook


class QuestionsForm(forms.Form):
    """One field per fact; what was answered before is shown again."""

    use_required_attribute = False

    def __init__(
        self,
        facts: Iterable[str],
        rulebook: Rulebook,
        language: str,
        answers: Mapping[str, Any],
        skipped: Collection[str],
        data: Any = None,
    ) -> None:
        super().__init__(data)
        self.answers, self.skipped = answers, skipped
        for name in facts:
            self.fields[name] = FIELD_OF_TYPE[rulebook.facts[name].type](name, rulebook, language)

    def typed(self, name: str) -> tuple[Any, bool]:
        """Return what the control of a fact shows, and whether "I don't know yet" is chosen."""
        field = self.fields[name]
        assert isinstance(field, AnswerField)
        if self.is_bound:
            typed, is_unknown = field.widget.value_from_datadict(self.data, self.files, name)
            return typed, bool(is_unknown)
        if name in self.answers:
            return field.as_typed(self.answers[name]), False
        return "", name in self.skipped

    def answered(self) -> tuple[dict[str, Any], set[str]]:
        """Return the cleaned answers, and the facts answered with "I don't know yet"; only for a valid form."""
        answers = {name: value for name, value in self.cleaned_data.items() if value != UNKNOWN}
        return answers, set(self.cleaned_data) - set(answers)


class SubmitForm(forms.Form):
    """Sends a result to a consultant; nothing is sent without consent."""

    contact_name = forms.CharField(
        label=_("Your name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    contact_email = forms.EmailField(
        label=_("Your email address"),
        max_length=254,
        help_text=_("A consultant writes to you at this address, and for no other reason."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    consent = forms.BooleanField(
        label=_("A consultant may read my answers and this result, and may write to me about them."),
        error_messages={"required": _("Tick the box if you agree; without it nothing is sent.")},
    )
    use_required_attribute = False
