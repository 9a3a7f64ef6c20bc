"""What a worker types: what stands in their passport, and the number of an offer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from employer_portal.errors import OfferNumberInvalid
from employer_portal.offer_number import parse_offer_number


def passport_number_field() -> forms.CharField:
    return forms.CharField(
        label=_("Passport number"), max_length=50,
        help_text=_("Exactly as printed, with hyphens and spaces if it has any."),
        error_messages={"required": _("Enter the passport number.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip


class DayField(forms.DateField):
    """A day, as browsers send it."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {"required": _("Enter the date."), "invalid": _("Enter a date.")})
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)


class PassportForm(forms.Form):
    """Sign by sign as in the passport; nothing is filled in, for the comparison is the point."""

    family_name = forms.CharField(
        label=_("Family name"), max_length=200, help_text=_("As in the passport, with every accent."),
        error_messages={"required": _("Enter the family name.")},
    )  # fmt: skip
    given_names = forms.CharField(
        label=_("Given names"), max_length=200, required=False,
        help_text=_("All of them. Leave empty if the passport shows none."),
    )  # fmt: skip
    date_of_birth = DayField(label=_("Date of birth"))
    passport_number = passport_number_field()
    passport_expires_on = DayField(label=_("Passport expires on"))
    citizenship = forms.ChoiceField(
        label=_("Citizenship"), help_text=_("The country that issued the passport."),
        error_messages={"required": _("Choose an answer from the list.")},
        widget=forms.Select(
            attrs={
                "data-search": _("Type part of the name"),
                "data-empty": _("Nothing found; try another spelling."),
                "data-found": _("Found:"),
            }
        ),
    )  # fmt: skip
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["citizenship"].choices = [("", _("Choose from the list")), *countries]  # type: ignore[attr-defined]


class QuoteForm(forms.Form):
    """An offer number with what proves that it is one's own."""

    number = forms.CharField(
        label=_("Offer number"), max_length=30, help_text=_("The letter A and seven digits, for example A1234567."),
        error_messages={"required": _("Enter the offer number.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    passport_number = passport_number_field()
    date_of_birth = DayField(label=_("Date of birth"))
    use_required_attribute = False

    def __init__(self, language: str, *args: Any) -> None:
        self.language = language
        super().__init__(*args)

    def clean_number(self) -> str:
        """Refuse what is no number at all, with what may have been meant; nothing is looked up for that."""
        try:
            return str(parse_offer_number(self.cleaned_data["number"]))
        except OfferNumberInvalid as invalid:
            raise forms.ValidationError(invalid.text.in_language(self.language), code=invalid.why) from None
