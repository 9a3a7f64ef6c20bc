"""Forms of the questionnaire: one page of facts, a page of ticks, and the sending of a result for review."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from eligibility.questionnaire import choice_fields, typed_fields
from eligibility.questionnaire.choice_fields import NONE_OF_THESE
from eligibility.questionnaire.fields import UNKNOWN, AnswerField
from exemption_codes.catalogue.rulebook import Rulebook

FIELD_OF_TYPE: dict[str, type[AnswerField]] = {
    "boolean": choice_fields.YesNoAnswer,
    "one_of": choice_fields.ChoiceAnswer,
    "several_of": choice_fields.SeveralAnswer,
    "country": choice_fields.CountryAnswer,
    "countries": choice_fields.CountriesAnswer,
    "province": choice_fields.ProvinceAnswer,
    "noc": choice_fields.OccupationAnswer,
    "exemption_code": choice_fields.CodeAnswer,
    "integer": typed_fields.NumberAnswer,
    "decimal": typed_fields.NumberAnswer,
    "date": typed_fields.DateAnswer,
    "text": typed_fields.TextAnswer,
}


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
            field_class = FIELD_OF_TYPE[rulebook.facts[name].type]
            self.fields[name] = field_class(name, rulebook, language, answers.get(name))

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

    def searched(self, name: str) -> list[tuple[str, str]]:
        """Return what each search box of a fact's lists holds, with the entry chosen; scripts send it along."""
        if not isinstance(self.data, QueryDict):
            return []
        return list(zip(self.data.getlist(name), map(str.strip, self.data.getlist(f"{name}-typed")), strict=False))

    def clean(self) -> None:
        """Refuse words typed into a search box of which no entry was chosen; they must not get lost."""
        for name in self.fields:
            left = [typed for chosen, typed in self.searched(name) if typed and not chosen]
            if left:
                self.errors.pop(name, None)
                message = _("Choose one of the entries that the list offers for “%(typed)s”.")
                self.add_error(name, forms.ValidationError(message, code="not_chosen", params={"typed": left[0][:100]}))

    def answered(self) -> tuple[dict[str, Any], set[str]]:
        """Return the cleaned answers, and the facts answered with "I don't know yet"; only for a valid form."""
        answers = {name: value for name, value in self.cleaned_data.items() if value != UNKNOWN}
        return answers, set(self.cleaned_data) - set(answers)


class TicksForm(forms.Form):
    """A page of ticks: at least one box, or the box that says none of these."""

    ticked = forms.MultipleChoiceField(
        required=False,
        error_messages={
            "invalid_choice": _("Tick only what the list shows."),
        },
    )

    def __init__(self, facts: Iterable[str], data: Any = None) -> None:
        super().__init__(data)
        self.fields["ticked"].choices = [(name, name) for name in (*facts, NONE_OF_THESE)]  # type: ignore[attr-defined]

    def posted(self) -> set[str]:
        """Return the boxes ticked, right or wrong, to show them again."""
        return set(self.data.getlist("ticked")) if isinstance(self.data, QueryDict) else set()

    def clean_ticked(self) -> set[str]:
        ticked = set(self.cleaned_data["ticked"])
        if not ticked:
            raise forms.ValidationError(_("Tick what fits, or “None of these”."), code="required")
        if NONE_OF_THESE in ticked and len(ticked) > 1:
            raise forms.ValidationError(choice_fields.NOT_BOTH, code="both")
        return ticked - {NONE_OF_THESE}


class SubmitForm(forms.Form):
    """Sends a result to a consultant; nothing is sent without consent."""

    contact_name = forms.CharField(
        label=_("Your name"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Enter your name.")},
    )
    contact_email = forms.EmailField(
        label=_("Your email address"),
        max_length=254,
        help_text=_("A consultant writes to you at this address, and for no other reason."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={
            "required": _("Enter your email address."),
            "invalid": _("Enter an email address like name@example.com."),
        },
    )
    consent = forms.BooleanField(
        label=_("A consultant may read my answers and this result, and may write to me about them."),
        error_messages={"required": _("Tick the box if you agree; without it nothing is sent.")},
    )
    wants_notices = forms.BooleanField(
        label=_("Tell me by mail when a change of the rules touches my result. I can stop this at any time."),
        required=False,
    )
    use_required_attribute = False
