"""The forms of payments: what an official receipt says, and in development what the provider shall answer."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from employer_portal.bills import Bill
from employer_portal.errors import OfferNumberInvalid, OfferNumberTaken
from employer_portal.offer_number import parse_offer_number
from employer_portal.pages.forms import AmountField
from employer_portal.payments import LONGEST_RECEIPT
from employer_portal.templatetags.portal_money import spoken

LONGEST_NUMBER = 40


class RehearsalForm(forms.Form):
    """What the provider of a development site shall answer; `answer` is that in the provider's own terms."""

    OUTCOMES = (
        ("confirmed", _("The payment succeeds")),
        ("rejected", _("The card is refused")),
        ("waiting", _("The answer comes later")),
        ("error", _("Something goes wrong at the provider")),
        ("unreachable", _("The provider cannot be reached")),
    )
    outcome = forms.ChoiceField(
        label=_("What shall the provider answer?"), choices=OUTCOMES, widget=forms.RadioSelect, initial="confirmed"
    )

    @property
    def answer(self) -> dict[str, str]:
        outcome = self.cleaned_data["outcome"]
        is_unreachable = outcome == "unreachable"
        return {
            "status": "waiting" if is_unreachable else outcome,
            "fraud_status": "unknown",
            "gateway_response": "failure" if is_unreachable else "3ds-disabled",
            "verification_result": "",
        }


class RecordForm(forms.Form):
    """The receipt and the numbers that the official portal gave, one number for each offer of the charge."""

    receipt = forms.CharField(label=_("Receipt number"), max_length=LONGEST_RECEIPT)
    amount = AmountField(
        label=_("Amount paid, in Canadian dollars"), max_digits=9, decimal_places=2, min_value=Decimal("0.01"),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "short"}),
    )  # fmt: skip

    def __init__(self, bill: Bill, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bill = bill
        for offer in bill.offers:
            self.fields[f"number-{offer.pk}"] = forms.CharField(
                label=_("Offer number for %(job)s, %(worker)s") % {"job": offer.job_title, "worker": offer.worker_name},
                max_length=LONGEST_NUMBER,
                help_text=_("The letter A and seven digits, for example A1234567."),
            )

    def clean(self) -> dict[str, Any]:
        """Hold each number to the form of an offer number, and no number for two offers."""
        cleaned = super().clean() or {}
        seen: set[str] = set()
        for name in [name for name in cleaned if name.startswith("number-")]:
            try:
                number = str(parse_offer_number(cleaned[name]))
            except OfferNumberInvalid as wrong:
                self.add_error(name, spoken(wrong.text))
                continue
            if number in seen:
                self.add_error(name, _("Each offer has a number of its own."))
            seen.add(number)
        return cleaned

    @property
    def numbers(self) -> dict[str, str]:
        """Return the typed numbers by the key of each offer."""
        return {str(offer.pk): self.cleaned_data[f"number-{offer.pk}"] for offer in self.bill.offers}

    def add_number_error(self, wrong: OfferNumberInvalid | OfferNumberTaken) -> None:
        """Put an error beside the number that it is about."""
        taken = getattr(wrong, "number", "")
        about = [f"number-{key}" for key, typed in self.numbers.items() if str(parse_offer_number(typed)) == taken]
        self.add_error(about[0] if about else None, spoken(wrong.text))
