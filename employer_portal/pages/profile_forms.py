"""Forms of the company profile: the profile itself, enrolment, and contacts."""

import uuid
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from employer_portal.business_number import read_business_number
from employer_portal.compliance_fee import EXEMPT_EMPLOYERS
from employer_portal.errors import FieldsInvalid
from employer_portal.models import BusinessType, EmployeeBand, Employer, Language, Province, RevenueBand
from employer_portal.pages.forms import PortalForm, Sections, choice_field, date_field, yes_or_no
from exemption_codes.catalogue.rulebook import Rulebook

ADDRESS = ("street", "city", "province", "postal_code")


def _text(
    label: Any, help_text: Any = "", *, most: int = 200, required: bool = False, auto: str = ""
) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, max_length=most, required=required,
        widget=forms.TextInput({"autocomplete": auto} if auto else {}),
    )  # fmt: skip


class ProfileForm(PortalForm):
    """The company profile. Only the legal name and the business number are asked for at once."""

    legal_name = _text(
        _("Legal name"), _("As registered with the Canada Revenue Agency; every sign is accepted."), required=True,
        auto="organization",
    )  # fmt: skip
    operating_name = _text(
        _("Operating name (optional)"), _("This name is printed on the permit. Left empty, it is the legal name.")
    )
    business_number = _text(
        _("Business number"), _("Nine digits, or fifteen characters with the account: 123456782 RP0001."), most=40
    )
    is_new_or_self_hiring = forms.BooleanField(
        label=_("There is no business number yet"),
        help_text=_("Only for a new business, or an owner who hires themself."), required=False,
    )  # fmt: skip
    street = _text(_("Street and number"), auto="street-address")
    city = _text(_("City"), most=100, auto="address-level2")
    province = choice_field(_("Province or territory"), Province.choices)
    postal_code = _text(_("Postal code"), _("For example K1A 0B1"), most=20, auto="postal-code")
    has_other_mailing_address = forms.BooleanField(label=_("Mail goes to another address"), required=False)
    mailing_street = _text(_("Street and number for mail"))
    mailing_city = _text(_("City for mail"), most=100)
    mailing_province = choice_field(_("Province or territory for mail"), Province.choices)
    mailing_postal_code = _text(_("Postal code for mail"), most=20)
    telephone = _text(_("Telephone"), _("For example 613 555 0100"), most=40, auto="tel")
    fax = _text(_("Fax (optional)"), most=40)
    email = _text(_("Email (optional)"), most=254, auto="email")
    website = _text(_("Website (optional)"), auto="url")
    business_type = choice_field(_("Type of business"), BusinessType.choices)
    activity = _text(_("Principal activity"), _("What the business makes, sells or does, in a few words."), most=300)
    established_on = date_field(_("Established on"))
    employee_band = forms.ChoiceField(
        label=_("Employees in Canada"), choices=EmployeeBand.choices, widget=forms.RadioSelect, required=False
    )
    employee_count = forms.IntegerField(
        label=_("Number of employees (optional)"), min_value=0, max_value=2_000_000, required=False,
        widget=forms.TextInput({"inputmode": "numeric"}),
    )  # fmt: skip
    revenue_band = forms.ChoiceField(
        label=_("Gross revenue a year"), choices=RevenueBand.choices, widget=forms.RadioSelect, required=False
    )
    regime_exemption = forms.ChoiceField(
        label=_("Is the employer outside the compliance regime?"),
        help_text=_("Nearly every employer is inside. Those outside file no offer and pay no fee (R209.91)."),
        widget=forms.RadioSelect, required=False,
    )  # fmt: skip
    has_barred_activity = yes_or_no(
        _("Does the business regularly offer striptease, erotic dance, escort services or erotic massage?"),
        _("No permit may be issued for such an employer (R200(3)(g.1))."),
    )

    SECTIONS: Sections = (
        ("names", _("Names and number"), "",
         ("legal_name", "operating_name", "business_number", "is_new_or_self_hiring")),
        ("address", _("Business address"), "", (*ADDRESS, "has_other_mailing_address")),
        ("mailing", _("Mailing address"), "", tuple(f"mailing_{name}" for name in ADDRESS)),
        ("reach", _("How to reach the business"), "", ("telephone", "fax", "email", "website")),
        ("business", _("The business"), _("Size and revenue decide how a penalty would be reckoned."),
         ("business_type", "activity", "established_on", "employee_band", "employee_count", "revenue_band")),
        ("declarations", _("Declarations"), "", ("has_barred_activity", "regime_exemption")),
    )  # fmt: skip

    def __init__(self, *args: Any, rulebook: Rulebook, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        edition = rulebook.edition(EXEMPT_EMPLOYERS, timezone.localdate())
        language = "fr" if get_language() == "fr" else "en"
        self.fields["regime_exemption"].choices = [  # type: ignore[attr-defined]
            ("", _("No, it is inside")),
            *(
                (row["key"], f"{row['label'][language]} ({row['provision']})")
                for row in (edition.rows if edition else ())
            ),
        ]

    def clean_business_number(self) -> str:
        typed: str = self.cleaned_data["business_number"]
        if typed:
            try:
                read_business_number(typed)
            except FieldsInvalid as error:
                raise forms.ValidationError(
                    error.fields["business_number"].in_language(get_language() or "en")
                ) from None
        return typed

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        has_none = cleaned.get("is_new_or_self_hiring") or cleaned.get("regime_exemption")
        if "business_number" in cleaned and not cleaned["business_number"] and not has_none:
            self.add_error("business_number", _("Enter the business number, or tick that there is none yet."))
        if cleaned.get("has_other_mailing_address"):
            for name in (f"mailing_{part}" for part in ADDRESS):
                if name in cleaned and not cleaned[name]:
                    self.add_error(name, _("Enter the mailing address in full."))
        return cleaned

    def profile(self) -> dict[str, Any]:
        """Return the profile as the portal takes it."""
        values = {name: self.cleaned_data[name] for name in ProfileForm.base_fields}
        root, account = read_business_number(values["business_number"]) if values["business_number"] else ("", "")
        return {**values, "business_number": root, "program_account": account}


def profile_values(employer: Employer) -> dict[str, Any]:
    """Return a profile as the form shows it."""
    values = {name: getattr(employer, name) for name in ProfileForm.base_fields}
    number = f"{employer.business_number} {employer.program_account}".strip()
    barred = {True: "yes", False: "no", None: ""}[employer.has_barred_activity]
    return {**values, "business_number": number, "has_barred_activity": barred}


class ContactForm(PortalForm):
    """Somebody whom the government can reach."""

    name = _text(_("Name"), required=True, auto="name")
    title = _text(_("Position (optional)"), most=100, auto="organization-title")
    email = forms.EmailField(label=_("Email"), widget=forms.EmailInput({"autocomplete": "email"}))
    telephone = _text(_("Telephone"), _("For example 613 555 0100"), most=40, auto="tel")
    language = forms.ChoiceField(
        label=_("Language of letters"), choices=Language.choices, widget=forms.RadioSelect, initial=Language.EN
    )
    is_main = forms.BooleanField(label=_("This is the main contact"), required=False)


class EnrolForm(ProfileForm):
    """The profile of a new employer, with its main contact; `enrolment` makes a form that is sent twice enrol once."""

    enrolment = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    contact_name = _text(_("Name of the main contact"), required=True, auto="name")
    contact_title = _text(_("Position (optional)"), most=100, auto="organization-title")
    contact_email = forms.EmailField(
        label=_("Email of the main contact"), help_text=_("Inspections are announced here."),
        widget=forms.EmailInput({"autocomplete": "email"}),
    )  # fmt: skip
    contact_telephone = _text(_("Telephone of the main contact (optional)"), most=40)

    SECTIONS: Sections = (
        *ProfileForm.SECTIONS[:4],
        ("contact", _("Main contact"), "",
         ("contact_name", "contact_title", "contact_email", "contact_telephone")),
        *ProfileForm.SECTIONS[4:],
    )  # fmt: skip

    def contact(self) -> dict[str, Any]:
        """Return the main contact, who is written to in the language of this page."""
        parts = ("name", "title", "email", "telephone")
        language = "fr" if get_language() == "fr" else "en"
        return {**{part: self.cleaned_data[f"contact_{part}"] for part in parts}, "language": language}


class BranchForm(PortalForm):
    name = _text(_("Name of the branch"), required=True)
    street = _text(_("Street and number"), auto="street-address")
    city = _text(_("City"), most=100, auto="address-level2")
    province = choice_field(_("Province or territory"), Province.choices)
    postal_code = _text(_("Postal code"), most=20, auto="postal-code")
    telephone = _text(_("Telephone (optional)"), most=40, auto="tel")
