"""Screenings that people chose to send: the consultants' queue, and the page of each case."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.decorators import display

from eligibility.casework.admin_urls import case_urls
from eligibility.casework.case_views import show_case
from eligibility.casework.queue import SEE_CONTACT, queue_context
from eligibility.casework.queue_filters import QUEUE_FILTERS
from eligibility.decisions.admin_urls import decision_urls
from eligibility.impact_admin import ImpactRunAdmin
from eligibility.models import OutcomeWords, Screening
from exemption_codes.releases import codes_named
from exemption_codes.staff import ReadOnly

__all__ = ["ImpactRunAdmin", "ScreeningAdmin"]


@admin.register(Screening)
class ScreeningAdmin(ReadOnly, ModelAdmin):
    list_filter = QUEUE_FILTERS
    list_fullwidth = True
    actions = None
    search_fields = ("reference", "matched_codes")
    search_help_text = _("Reference, code (a former one too, such as T23) or outcome")
    ordering = ("-submitted_at",)
    list_per_page = 50
    change_list_template = "admin/eligibility/screening/queue.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Screening]:
        return super().get_queryset(request).filter(submitted_at__isnull=False).select_related("assignee")

    def get_list_display(self, request: HttpRequest) -> tuple[str, ...]:
        """The columns of the queue; its template shows them, this names them and sorts by them."""
        person = ("person",) if request.user.has_perm(SEE_CONTACT) else ()
        rest = ("outcome_shown", "codes_shown", "countries_shown", "age_shown", "assignee_shown", "state_shown")
        return ("reference_shown", *person, *rest, "language_shown")

    def get_urls(self) -> list[Any]:
        return [*case_urls(self.admin_site), *decision_urls(self.admin_site), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        response = super().changelist_view(request, {**(extra_context or {}), "title": _("Queue")})
        context = getattr(response, "context_data", None)
        if context and "cl" in context:
            context.update(queue_context(context["cl"], request))
        return response

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Screening], search_term: str
    ) -> tuple[QuerySet[Screening], bool]:
        """Words of an outcome in the reader's language count as well, and former codes find today's."""
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        typed = search_term.strip()
        if not typed:
            return found, may_repeat
        wanted = Q(best_outcome__in=[o.value for o in OutcomeWords if typed.casefold() in str(o.label).casefold()])
        for key in codes_named(typed):
            wanted |= Q(matched_codes__contains=key)
        return found | queryset.filter(wanted), may_repeat

    @display(description=_("reference"), ordering="reference")
    def reference_shown(self, screening: Screening) -> str:
        return screening.reference

    @display(description=_("person"))
    def person(self, screening: Screening) -> str:
        return screening.contact_name or ""

    @display(description=_("best outcome"), ordering="best_outcome")
    def outcome_shown(self, screening: Screening) -> str:
        return screening.best_outcome

    @display(description=_("open codes"), ordering="matched_codes")
    def codes_shown(self, screening: Screening) -> str:
        return screening.matched_codes

    @display(description=_("country"), ordering="countries")
    def countries_shown(self, screening: Screening) -> str:
        return screening.countries

    @display(description=_("age"), ordering="-submitted_at")
    def age_shown(self, screening: Screening) -> Any:
        return screening.submitted_at

    @display(description=_("assignee"), ordering="assignee__username")
    def assignee_shown(self, screening: Screening) -> Any:
        return screening.assignee

    @display(description=_("state"), ordering="state")
    def state_shown(self, screening: Screening) -> str:
        return screening.state

    @display(description=_("language"), ordering="language")
    def language_shown(self, screening: Screening) -> str:
        return screening.language

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The page of a case; what is done there has addresses of its own, and nothing is edited freely."""
        if not self.has_view_permission(request) or request.method not in ("GET", "HEAD"):
            raise PermissionDenied
        screening = self.get_object(request, unquote(object_id))
        if screening is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        return show_case(request, screening)
