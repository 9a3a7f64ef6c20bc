"""The forms of the pages of a case: note, reason, offer number, document, message."""

from typing import Any

from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from eligibility.casework.notes import OFFER_NUMBER
from eligibility.questionnaire.forms import FIELD_OF_TYPE
from exemption_codes.catalogue.rulebook import Rulebook

LONGEST = 5000
MOST_QUESTIONS = 10
NO_NULL = [ProhibitNullCharactersValidator()]


class CaseForm(forms.Form):
    """Leaves it to the server to say what is missing, beside the field."""

    use_required_attribute = False


class NoteForm(CaseForm):
    text = forms.CharField(
        label=gettext_lazy("New note"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Seen by staff only. A note cannot be changed afterwards."),
        validators=NO_NULL,
        error_messages={"required": gettext_lazy("Write the note.")},
    )


class ReasonForm(CaseForm):
    text = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=500,
        validators=NO_NULL,
        error_messages={"required": gettext_lazy("Say why, in a few words.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # It stands in the head of every tab, beside forms that have a text as well.
        super().__init__(*args, **{"auto_id": "id_reason_%s", **kwargs})


class OfferForm(CaseForm):
    offer_number = forms.CharField(
        label=gettext_lazy("Offer number"),
        max_length=20,
        required=False,
        help_text=gettext_lazy("A and seven digits, as the person or the employer quotes it; empty for none."),
        validators=NO_NULL,
    )

    def clean_offer_number(self) -> str:
        number = "".join(self.cleaned_data["offer_number"].split()).upper()
        if number and not OFFER_NUMBER.fullmatch(number):
            raise forms.ValidationError(_("An offer number is the letter A and seven digits."), code="invalid")
        return number


class DocumentForm(CaseForm):
    received_on = forms.DateField(
        label=gettext_lazy("Received on"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        error_messages={
            "required": gettext_lazy("Enter the day on which it came in."),
            "invalid": gettext_lazy("Enter the day as year-month-day, like 2026-11-25."),
        },
    )
    note = forms.CharField(label=gettext_lazy("Note"), max_length=300, required=False, validators=NO_NULL)

    def clean_received_on(self) -> Any:
        day = self.cleaned_data["received_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come."), code="future")
        if day.year < 2000:
            raise forms.ValidationError(_("This day is too long ago."), code="past")
        return day


class Questions(forms.MultipleChoiceField):
    """Takes lists in which nothing was chosen for what they are."""

    def to_python(self, value: Any) -> list[str]:
        return [one for one in super().to_python(value) if one]


class MessageForm(CaseForm):
    """A text, questions of the vocabulary, or both."""

    facts = Questions(
        label=gettext_lazy("Questions"),
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Choose questions from the list.")},
    )
    text = forms.CharField(
        label=gettext_lazy("Message"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("Shown on the page that the link opens, never in the mail. Write in their language."),
        validators=NO_NULL,
    )

    def __init__(self, rulebook: Rulebook, data: Any = None) -> None:
        super().__init__(data)
        self.fields["facts"].choices = [(name, name) for name in askable(rulebook)]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> list[str]:
        """The questions chosen so far, to show the form again."""
        return list(self.data.getlist("facts")) if self.is_bound else []  # type: ignore[attr-defined]

    def clean_facts(self) -> list[str]:
        facts = list(dict.fromkeys(self.cleaned_data["facts"]))
        if len(facts) > MOST_QUESTIONS:
            words = {"count": MOST_QUESTIONS}
            raise forms.ValidationError(_("Ask %(count)d questions at most in one message.") % words, code="many")
        return facts

    def clean(self) -> None:
        if not self.errors and not (self.cleaned_data["facts"] or self.cleaned_data["text"]):
            self.add_error("text", forms.ValidationError(_("Choose a question, or write a message."), code="required"))


def askable(rulebook: Rulebook) -> list[str]:
    """Return the facts that a page of the questionnaire asks."""
    return [name for page in rulebook.pages for name in page.facts if rulebook.facts[name].type in FIELD_OF_TYPE]
