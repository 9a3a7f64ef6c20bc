"""What staff say when they act, and how a form says that it cannot be."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from employer_portal.errors import FieldsInvalid, PortalError
from employer_portal.models import Standing
from employer_portal.standing import LONGEST_REASON

LONGEST = 500


def day_field(label: Any, **kwargs: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)


class ActForm(forms.Form):
    """A form with which staff act; what the portal refuses stands beside its field, or above them all."""

    def refuse(self, error: PortalError) -> None:
        language = get_language() or "en"
        if not isinstance(error, FieldsInvalid):
            self.add_error(None, error.text.in_language(language))
            return
        for name, text in error.fields.items():
            self.add_error(name if name in self.fields else None, text.in_language(language))

    @property
    def problems(self) -> list[tuple[str, str, str]]:
        """Every error with the field that it belongs to, for the summary; no field for those of the whole form."""
        return [
            (*((self[name].id_for_label, str(self[name].label)) if name in self.fields else ("", "")), str(error))
            for name, errors in self.errors.items()
            for error in errors
        ]


class ReasonForm(ActForm):
    reason = forms.CharField(
        label=_("Reason"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Kept with the event for ever; leave out what is personal."),
    )  # fmt: skip


class NothingForm(ActForm):
    """Nothing to say but yes."""


class MatchForm(ActForm):
    """What the worker's application says, exactly as it is written there."""

    number = forms.CharField(label=_("Offer number in the application"), max_length=40)
    passport_number = forms.CharField(
        label=_("Passport number in the application"), max_length=50, strip=False,
        help_text=_("Exactly as written: one hyphen or space more is a difference."),
    )  # fmt: skip
    citizenship = CountryField(blank=False).formfield(label=_("Citizenship in the application"))
    applied_at = forms.DateTimeField(
        label=_("When the application was made"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("Where it was made before the number was issued, this is noted: it is a ground for refusal."),
    )


class PrintForm(ActForm):
    issued_on = day_field(_("Permit issued on"))
    expires_on = day_field(_("Permit expires on"), required=False)

    def clean_issued_on(self) -> Any:
        day = self.cleaned_data["issued_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come."), code="future")
        return day


class StandingForm(ActForm):
    standing = forms.ChoiceField(label=_("Standing"), choices=Standing.choices)
    until = day_field(_("Ineligible until"), required=False, help_text=_("The last day; only where there is one."))
    reason = forms.CharField(label=_("Reason"), max_length=LONGEST_REASON, help_text=_("Kept in the history."))
