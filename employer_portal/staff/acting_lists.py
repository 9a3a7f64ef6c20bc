"""Employers, refunds and tokens for staff: read, and each changed in the one way that staff may change it."""

from abc import abstractmethod
from datetime import date
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from employer_portal.models import ApiToken, Employer, Refund, RefundStatus, Standing
from employer_portal.refunds import mark_arrived
from employer_portal.staff.acts import Act, ActPages, sent, who
from employer_portal.staff.forms import NothingForm, StandingForm
from employer_portal.staff.lists import EMPLOYER, OFFER, PAYMENT, ListAdmin, provisions_shown, related
from employer_portal.standing import change_standing
from employer_portal.tokens import revoke_token

MAY_SETTLE = "employer_portal.settle_refund"
MAY_CHANGE_STANDING = "employer_portal.change_standing"
MAY_REVOKE = "employer_portal.revoke_apitoken"
MADE_BY = related("made_by", _("made by"))
STANDING_LABELS = {
    Standing.ELIGIBLE: "success",
    Standing.UNTIL: "warning",
    Standing.PERMANENT: "danger",
    Standing.DEFAULT: "danger",
}


class ActingAdmin(ActPages, ListAdmin):
    """A list whose objects staff may act on in one way, on the page `act`."""

    change_form_template = "admin/employer_portal/acted_on.html"
    act_permission = ""
    act_link: Any = ""

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_act"
        return [path("<uuid:key>/act/", self.admin_site.admin_view(self.act_view), name=name), *super().get_urls()]

    @abstractmethod
    def can_act(self, about: Any) -> bool:
        """Tell whether the object is in a state to be acted on."""

    @abstractmethod
    def act_view(self, request: HttpRequest, key: str) -> HttpResponse:
        """Show the page `act`, and do what it sends."""

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        about = self.get_object(request, object_id)
        context: dict[str, Any] = {}
        if about is not None:
            may_act = request.user.has_perm(self.act_permission) and self.can_act(about)
            context = {"act_link": self.act_link if may_act else "", "about": about, **self.beside(about)}
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **context})

    def beside(self, about: Any) -> dict[str, Any]:
        """Return what the page shows beside the fields."""
        return {}


@admin.register(Employer)
class EmployerAdmin(ActingAdmin):
    list_display = ("name_shown", "business_number", "province", "standing_shown", "ineligible_until", "created_at")
    list_filter = ("standing", "province", "business_type")
    search_fields = ("legal_name", "operating_name", "business_number")
    exclude = ("id",)
    readonly_fields = ("website",)
    act_permission, act_link = MAY_CHANGE_STANDING, _("Change the standing")

    @display(description=_("name"), ordering="legal_name")
    def name_shown(self, employer: Employer) -> str:
        return employer.name

    @display(description=_("standing"), ordering="standing", label=STANDING_LABELS)
    def standing_shown(self, employer: Employer) -> tuple[str, str]:
        return employer.standing, employer.get_standing_display()

    def can_act(self, about: Employer) -> bool:
        return True

    def beside(self, about: Employer) -> dict[str, Any]:
        """Return the changes of the standing, the newest first, and who acts for the employer."""
        rows = list(about.history.select_related("history_user").order_by("history_date", "history_id"))
        changes, before = [], None
        for row in rows:
            now = (row.standing, row.ineligible_until)
            if now != before:
                changes.append(row)
            before = now
        members = about.memberships.present().select_related("user", "branch").order_by("role", "pk")
        return {"standings": changes[::-1], "members": members}

    def act_view(self, request: HttpRequest, key: str) -> HttpResponse:
        """Change the standing, for a reason."""
        employer = self.act_on(request, str(key), MAY_CHANGE_STANDING)
        first = {"standing": employer.standing, "until": employer.ineligible_until}
        form = StandingForm(sent(request), initial=first)
        act = Act(str(_("Change the standing")), str(_("Save")), str(_("The standing is changed.")))

        def do(said: dict[str, Any]) -> None:
            until: date | None = said["until"]
            change_standing(employer.pk, Standing(said["standing"]), until, said["reason"])

        return self.act(request, employer, act, form, do)


@admin.register(Refund)
class RefundAdmin(ActingAdmin):
    list_display = (
        "due_at",
        "employer",
        OFFER,
        "amount_cad",
        "reason",
        "status",
        "sent_at",
        "arrived_at",
        "failures",
    )
    list_filter = ("status", "reason", ("due_at", admin.DateFieldListFilter))
    search_fields = ("offer__number", "payment__charge__employer__legal_name")
    search_help_text = _("Offer number, or employer")
    list_select_related = ("offer", "payment__charge__employer")
    fields = (
        OFFER, PAYMENT, "reason", "amount_cad", provisions_shown, "status", "due_at", "sending_at", "sent_at",
        "arrived_at", "failures", "last_failure",
    )  # fmt: skip
    readonly_fields = (OFFER, PAYMENT, provisions_shown)
    act_permission, act_link = MAY_SETTLE, _("The money is back")

    @display(description=_("employer"))
    def employer(self, refund: Refund) -> str:
        return str(refund.payment.charge.employer)

    def can_act(self, about: Refund) -> bool:
        return about.status != RefundStatus.ARRIVED

    def act_view(self, request: HttpRequest, key: str) -> HttpResponse:
        """Say that the money has arrived."""
        refund = self.act_on(request, str(key), MAY_SETTLE)
        act = Act(str(_("The money is back")), str(_("It is back")), str(_("The refund is settled.")))

        def do(said: dict[str, Any]) -> None:
            mark_arrived(refund.pk, who(request))

        return self.act(request, refund, act, NothingForm(sent(request)), do)


@admin.register(ApiToken)
class ApiTokenAdmin(ActingAdmin):
    list_display = (
        "name",
        EMPLOYER,
        "prefix",
        "may_write",
        MADE_BY,
        "made_at",
        "expires_at",
        "last_used_at",
        "revoked_at",
    )
    list_filter = ("may_write", ("revoked_at", admin.EmptyFieldListFilter))
    search_fields = ("name", "prefix", "employer__legal_name", "employer__operating_name")
    list_select_related = ("employer", "made_by")
    fields = (
        EMPLOYER, "name", "prefix", "may_write", MADE_BY, "made_at", "expires_at", "last_used_at", "revoked_at"
    )  # fmt: skip
    readonly_fields = (EMPLOYER, MADE_BY)
    act_permission, act_link = MAY_REVOKE, _("Revoke")

    def can_act(self, about: ApiToken) -> bool:
        return about.revoked_at is None

    def act_view(self, request: HttpRequest, key: str) -> HttpResponse:
        """End a token at once."""
        token = self.act_on(request, str(key), MAY_REVOKE)
        act = Act(
            str(_("Revoke the token")), str(_("Revoke")), str(_("The token no longer works.")),
            str(_("Whatever uses it stops at once; this cannot be undone.")),
        )  # fmt: skip

        def do(said: dict[str, Any]) -> None:
            revoke_token(token.pk, who(request))

        return self.act(request, token, act, NothingForm(sent(request)), do)
