"""The forms of decisions: a typed reason always, a value or a fact where there is a choice, and marks of the form."""

import uuid
from typing import Any

from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext_lazy as _

from eligibility.decisions.checks import DecisionRefused
from eligibility.decisions.deciding import LONGEST_REASON, SHORTEST_REASON, Why

Choices = list[tuple[str, Any]]


class WhyForm(forms.Form):
    """A reason; the marks say which form it is, and under which basis it was shown."""

    use_required_attribute = False
    reason = forms.CharField(
        label=_("Reason"),
        min_length=SHORTEST_REASON,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Stays on the record with your name. Say what you rely on: a document, a source, what was said."),
        validators=[ProhibitNullCharactersValidator()],
        error_messages={
            "required": _("Say why."),
            "min_length": _("Say why, in %(limit_value)d characters or more."),
            "max_length": _("Say it in %(limit_value)d characters or fewer."),
        },
    )
    token = forms.UUIDField(widget=forms.HiddenInput)
    basis = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)

    def __init__(self, data: Any = None, *, basis: str = "") -> None:
        super().__init__(data, initial={"token": uuid.uuid4(), "basis": basis})

    @property
    def why(self) -> Why:
        said = self.cleaned_data
        return Why(said["reason"], said["token"], said["basis"])

    def refuse(self, error: DecisionRefused, basis: str) -> None:
        """Show why a decision was refused, beside the field that it is about; sent again, the form goes on from now."""
        fresh = {"token": str(uuid.uuid4())} if error.code == "sent_before" else {}
        self.data = {**self.data.dict(), "basis": basis, **fresh}  # type: ignore[attr-defined]
        field = error.field if error.field in self.fields else None
        self.add_error(field, forms.ValidationError(str(error), code=error.code))


class ValueForm(WhyForm):
    """A reason with one of several values."""

    field_order = ("value", "reason")
    value = forms.ChoiceField(
        label=_("By the consultant"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one."), "invalid_choice": _("Choose one.")},
    )

    def __init__(self, data: Any = None, *, choices: Choices, basis: str = "") -> None:
        super().__init__(data, basis=basis)
        self.fields["value"].choices = choices  # type: ignore[attr-defined]


class FactForm(WhyForm):
    """A reason with a fact that is lacking."""

    field_order = ("fact", "reason")
    fact = forms.ChoiceField(
        label=_("Fact"),
        help_text=_("Those that would settle most come first."),
        error_messages={"required": _("Choose a fact."), "invalid_choice": _("Choose a fact from the list.")},
    )

    def __init__(self, data: Any = None, *, choices: Choices, basis: str = "") -> None:
        super().__init__(data, basis=basis)
        self.fields["fact"].choices = [("", _("Choose…")), *choices]  # type: ignore[attr-defined]


class DayForm(forms.Form):
    """The day on which a case is judged again."""

    use_required_attribute = False
    as_of = forms.DateField(
        label=_("Judged as of"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        help_text=_("The day of the application. Another day than before makes earlier decisions lapse."),
        error_messages={
            "required": _("Enter the day."),
            "invalid": _("Enter the day as year-month-day, like 2026-11-25."),
        },
    )
