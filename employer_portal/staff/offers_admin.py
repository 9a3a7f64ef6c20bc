"""Offers for staff: found by number, employer or worker; each with everything about it, and the moves that are open."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from unfold.admin import ModelAdmin
from unfold.decorators import display

from employer_portal.errors import OfferNumberInvalid
from employer_portal.lookups import folded, lookup_hashes
from employer_portal.models import OfferOfEmployment, OfferStatusWords
from employer_portal.offer_number import parse_offer_number
from employer_portal.offer_status import Event
from employer_portal.staff.acts import Act, ActPages, sent, who
from employer_portal.staff.lists import EMPLOYER
from employer_portal.staff.moves import STAFF_MOVES
from employer_portal.staff.offer_page import offer_context
from employer_portal.staff_moves import last_event, move_as_seen
from exemption_codes.staff import ReadOnly

MAY_MOVE = "employer_portal.move_offerofemployment"
STATE_LABELS = {
    OfferStatusWords.ISSUED: "success",
    OfferStatusWords.USED: "success",
    OfferStatusWords.MATCHED: "info",
    OfferStatusWords.AWAITING_FEE: "warning",
    OfferStatusWords.WITHDRAWAL_REQUESTED: "warning",
    OfferStatusWords.REFUSED: "danger",
}


class WorkerFilter(admin.SimpleListFilter):
    """One worker, by the keyed hash of a passport or a name: what was typed stands in no address."""

    title = _("worker")
    parameter_name = "worker"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        asked = request.GET.get(self.parameter_name)
        return [(asked, _("the worker you looked for"))] if asked else []

    def queryset(self, request: HttpRequest, queryset: QuerySet[OfferOfEmployment]) -> QuerySet[OfferOfEmployment]:
        if not self.value():
            return queryset
        hashes = str(self.value()).split(".")
        return queryset.filter(worker_passport_hash__in=hashes) | queryset.filter(worker_name_hash__in=hashes)


@admin.register(OfferOfEmployment)
class OfferAdmin(ActPages, ReadOnly, ModelAdmin):
    list_display = (
        "number_shown",
        "state_shown",
        EMPLOYER,
        "job_title",
        "exemption_category",
        "submitted_at",
        "updated_at",
    )
    list_display_links = ("number_shown",)
    list_filter = ("status", WorkerFilter, ("submitted_at", admin.DateFieldListFilter))
    list_select_related = ("employer",)
    list_before_template = "admin/employer_portal/find_worker.html"
    search_fields = ("employer__legal_name", "employer__operating_name", "employer__business_number")
    search_help_text = _("Offer number, or the name or business number of the employer")
    ordering = ("-updated_at",)
    list_per_page = 50
    change_form_template = "admin/employer_portal/offer.html"

    def get_urls(self) -> list[URLPattern]:
        guard = self.admin_site.admin_view
        name = "employer_portal_offerofemployment"
        return [
            path("find/", guard(require_POST(self.find_view)), name=f"{name}_find"),
            path("<uuid:key>/move/<slug:event>/", guard(self.move_view), name=f"{name}_move"),
            *super().get_urls(),
        ]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[OfferOfEmployment], search_term: str
    ) -> tuple[QuerySet[OfferOfEmployment], bool]:
        try:
            return queryset.filter(number=str(parse_offer_number(search_term))), False
        except OfferNumberInvalid:
            return super().get_search_results(request, queryset, search_term)

    @display(description=_("number"), ordering="number")
    def number_shown(self, offer: OfferOfEmployment) -> str:
        return offer.number or "–"

    @display(description=_("state"), ordering="status", label=STATE_LABELS)
    def state_shown(self, offer: OfferOfEmployment) -> tuple[str, str]:
        return offer.status, offer.get_status_display()

    def find_view(self, request: HttpRequest) -> HttpResponse:
        """Look for a worker by passport number or whole name, and show the list with what was found."""
        if not self.has_view_permission(request):
            raise Http404
        typed = request.POST.get("typed", "").strip()
        hashes = [*lookup_hashes("passport", typed), *lookup_hashes("name", folded(typed))] if typed else []
        query = urlencode({"worker": ".".join(hashes)}) if hashes else ""
        return redirect(f"{reverse('admin:employer_portal_offerofemployment_changelist')}?{query}")

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        offer = self.get_object(request, object_id)
        context = offer_context(offer, request.user.has_perm(MAY_MOVE)) if offer else {}
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **context})

    def get_queryset(self, request: HttpRequest) -> QuerySet[OfferOfEmployment]:
        related = ("employer", "branch", "charge", "submitted_by", "copied_from", "group")
        return super().get_queryset(request).select_related(*related)

    def move_view(self, request: HttpRequest, key: str, event: str) -> HttpResponse:
        """Make one move with an offer: a form for what the move needs, its refusals beside their fields."""
        offer = self.act_on(request, str(key), MAY_MOVE)
        move = STAFF_MOVES.get(Event(event)) if event in set(Event) else None
        if move is None:
            raise Http404
        form = move.form(sent(request))
        seen = request.POST.get("seen", "") if request.method == "POST" else str(last_event(offer))
        hidden = {"seen": seen}
        act = Act(str(move.title), str(move.button), str(_("Done.")), str(move.danger), hidden)
        actor = who(request)

        def do(said: dict[str, Any]) -> str | None:
            make = partial(move.make, offer.pk, said, actor)
            moved = move_as_seen(offer.pk, Event(event), int(seen) if seen.isdigit() else -1, actor, make)
            for name in moved.differing:
                form.add_error(name, _("The offer says otherwise. This attempt is noted among its events."))
            hidden["seen"] = str(last_event(offer))  # the next attempt is another one
            return str(_("This was done already.")) if moved.is_repeated else None

        return self.act(request, offer, act, form, do)
