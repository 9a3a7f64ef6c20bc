"""The forms of the estimate, drawn from the tables in force on the day of the violation."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from eligibility.engine.words import provision_in_words
from employer_portal.amounts import bound_in_words
from employer_portal.notice_deadlines import Notice
from employer_portal.pages.duties_record import day_input
from employer_portal.pages.forms import AmountField
from employer_portal.penalties import EmployerCondition, PossibleViolation, employer_conditions, severity_criteria
from employer_portal.templatetags.portal_money import language, spoken
from exemption_codes.catalogue.documents import Text
from exemption_codes.catalogue.rulebook import Rulebook

MOST_VIOLATIONS = 10
MOST_WORKERS = 100
MOST_EARLIER = 20
FIRST_DAY = date(1990, 1, 1)


@dataclass(frozen=True)
class Parts:
    """What the tables of a day ask: conditions, criteria with their most points, and the bounds of a small business."""

    conditions: tuple[EmployerCondition, ...]
    criteria: dict[str, tuple[int, Text]]
    employees: int
    revenue_cad: Decimal


def parts_of(on: date, rulebook: Rulebook) -> Parts:
    """Read the tables of a day; raises LookupError or ParameterNotInForce before they begin."""
    return Parts(
        employer_conditions(on, rulebook),
        severity_criteria(on, rulebook),
        int(str(rulebook.parameter("small_business_employees", on))),
        Decimal(str(rulebook.parameter("small_business_revenue", on))),
    )


class DayForm(forms.Form):
    on = forms.DateField(label=_("Day of the violation"), widget=day_input())

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"]
        if not FIRST_DAY <= day <= timezone.localdate():
            raise forms.ValidationError(_("Give a day that is not in the future."))
        return day


class SizeForm(forms.Form):
    """How large the business was when the offer was filed; affiliates count."""

    employees = forms.ChoiceField(label=_("How many employees, affiliates included?"), widget=forms.RadioSelect)
    revenue = forms.ChoiceField(label=_("How much gross revenue a year?"), widget=forms.RadioSelect)
    earlier_penalties = AmountField(
        label=_("Penalties determined in the twelve months before, in Canadian dollars"), required=False,
        min_value=0, max_digits=9, decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "short"}),
    )  # fmt: skip

    def __init__(self, parts: Parts, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parts = parts
        revenue = bound_in_words(parts.revenue_cad, language())
        _choose(self, "employees", [
            ("small", _("fewer than %(count)s") % {"count": parts.employees}),
            ("large", _("%(count)s or more") % {"count": parts.employees}),
        ])  # fmt: skip
        _choose(self, "revenue", [
            ("small", _("less than %(amount)s") % {"amount": revenue}),
            ("large", _("%(amount)s or more") % {"amount": revenue}),
        ])  # fmt: skip

    @property
    def employees_at_most(self) -> int:
        return self.parts.employees - (self.cleaned_data["employees"] == "small")

    @property
    def revenue_at_most_cad(self) -> Decimal:
        return self.parts.revenue_cad - (self.cleaned_data["revenue"] == "small")


class ViolationForm(forms.Form):
    """One possible violation: which condition, of how many workers, how grave, and what was done about it."""

    item = forms.TypedChoiceField(label=_("Which condition was broken?"), coerce=int)
    workers = forms.IntegerField(
        label=_("How many workers were affected?"), min_value=1, max_value=MOST_WORKERS, initial=1,
        help_text=_("Each worker is a violation of its own."),
        widget=forms.NumberInput(attrs={"class": "short"}),
    )  # fmt: skip
    earlier = forms.IntegerField(
        label=_("How many earlier inspections found a violation of this type?"), min_value=0, max_value=MOST_EARLIER,
        initial=0, help_text=_("Warnings count; those before December 2015 do not."),
        widget=forms.NumberInput(attrs={"class": "short"}),
    )  # fmt: skip
    is_disclosed = forms.BooleanField(
        label=_("You told the department yourself, in full, before any inspection or enforcement began (IMM 5964)"),
        required=False,
    )

    def __init__(self, parts: Parts, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parts = parts
        _choose(self, "item", [("", _("Choose a condition")), *(_condition(one) for one in parts.conditions)])
        for key, (most, text) in parts.criteria.items():
            self.fields[key] = forms.IntegerField(
                label=spoken(text), min_value=0, max_value=most, initial=0,
                help_text=_("0 to %(most)s points") % {"most": most},
                widget=forms.NumberInput(attrs={"class": "short"}),
            )  # fmt: skip

    @property
    def severity_fields(self) -> list[forms.BoundField]:
        return [self[key] for key in self.parts.criteria]

    @cached_property
    def violations(self) -> list[PossibleViolation]:
        """Return one violation for each worker affected."""
        given = self.cleaned_data
        one = PossibleViolation(
            given["item"], {key: given[key] for key in self.parts.criteria}, given["earlier"], given["is_disclosed"]
        )
        return [one] * given["workers"]


class NoticeForm(forms.Form):
    NOTICES = (
        (Notice.PRELIMINARY.value, _("A preliminary notice")),
        (Notice.SHORT.value, _("A preliminary notice about quarantine or public health only (items 18 to 23)")),
        (Notice.FINAL.value, _("A final notice with a penalty")),
    )
    notice = forms.ChoiceField(label=_("What came?"), choices=NOTICES, widget=forms.RadioSelect)
    sent_on = forms.DateField(label=_("Sent on"), widget=day_input(), help_text=_("The date on the notice."))


def _condition(condition: EmployerCondition) -> tuple[str, str]:
    return str(condition.item), f"{spoken(condition.text)} ({provision_in_words(condition.provision, language())})"


def _choose(form: forms.Form, name: str, choices: list[tuple[str, Any]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices
