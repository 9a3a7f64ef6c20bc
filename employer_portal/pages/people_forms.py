"""Forms of the people page: invite, change."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from employer_portal.models import Branch, Language, Membership, Role
from employer_portal.pages.forms import PortalForm

ROLES: tuple[tuple[str, Any], ...] = (
    (Role.PRIMARY, _("Primary user: everything, people and company profile included")),
    (Role.SECONDARY, _("Secondary user: writes, files, pays and withdraws offers")),
    (Role.REPRESENTATIVE, _("Representative: a licensed consultant or lawyer, works like a secondary user")),
    (Role.AUDITOR, _("Auditor: reads everything, changes nothing")),
)
BRANCH_ROLES = tuple(role for role in ROLES if role[0] != Role.PRIMARY)


class ReachForm(PortalForm):
    """What somebody may do and see. Who rules over one branch gives no more than that branch."""

    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect)
    branch = forms.ModelChoiceField(
        Branch.objects.none(), label=_("Branch"), help_text=_("With a branch they see only its people and offers."),
        required=False, empty_label=_("The whole employer"),
    )  # fmt: skip
    own_offers_only = forms.BooleanField(
        label=_("Sees only the offers they begin themself"), required=False,
        help_text=_("For a representative or secondary user who need not see the others’ wages."),
    )  # fmt: skip

    def __init__(self, *args: Any, giver: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        branches = Branch.objects.filter(employer_id=giver.employer_id)
        if giver.branch_id:
            branches = branches.filter(pk=giver.branch_id)
            self.fields["branch"].required = True
            self.fields["branch"].empty_label = None  # type: ignore[attr-defined]
        self.fields["role"].choices = BRANCH_ROLES if giver.branch_id else ROLES  # type: ignore[attr-defined]
        self.fields["branch"].queryset = branches  # type: ignore[attr-defined]
        # A branch that was taken away in between is an error, and never the whole employer.
        if not branches.exists() and not self.data.get("branch"):
            del self.fields["branch"]

    def reach(self) -> dict[str, Any]:
        """Return role, branch and reach as the portal takes them."""
        cleaned = self.cleaned_data
        return {
            "role": Role(cleaned["role"]),
            "branch": cleaned.get("branch"),
            "own_offers_only": cleaned["own_offers_only"],
        }


class InviteForm(ReachForm):
    email = forms.EmailField(
        label=_("Email"), help_text=_("Only somebody with this address can accept."),
        widget=forms.EmailInput({"autocomplete": "off"}),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Language of the message"), choices=Language.choices, widget=forms.RadioSelect)

    field_order = ("email", "role", "branch", "own_offers_only", "language")


class MembershipForm(ReachForm):
    licence_number = forms.CharField(
        label=_("Licence number of the representative"), max_length=30, required=False,
        help_text=_("Membership number of the consultant (RCIC) or lawyer."),
    )  # fmt: skip

    field_order = ("role", "licence_number", "branch", "own_offers_only")


def reach_values(membership: Membership) -> dict[str, Any]:
    return {
        "role": membership.role,
        "branch": membership.branch_id,
        "own_offers_only": membership.own_offers_only,
        "licence_number": membership.licence_number,
    }


class LicenceForm(PortalForm):
    """What a representative says of themself when they accept."""

    licence_number = forms.CharField(
        label=_("Your licence number"), max_length=30, required=False,
        help_text=_("Your membership number as a consultant (RCIC) or lawyer, if you have one."),
    )  # fmt: skip


class TokenForm(PortalForm):
    token = forms.UUIDField(widget=forms.HiddenInput)
    name = forms.CharField(
        label=_("Name"), help_text=_("What uses it, for example “payroll”."), max_length=100,
        widget=forms.TextInput({"autocomplete": "off"}),
    )  # fmt: skip
    lasts = forms.TypedChoiceField(
        label=_("It works for"),
        choices=((90, _("90 days")), (365, _("one year")), (0, _("as long as nobody revokes it"))),
        coerce=int, initial=365, widget=forms.RadioSelect,
    )  # fmt: skip
    may_write = forms.BooleanField(
        label=_("May also write, submit, pay and withdraw"), help_text=_("Otherwise it only reads."), required=False
    )
