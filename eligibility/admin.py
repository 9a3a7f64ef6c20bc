"""Screenings that people chose to send, for consultants: searchable, each with its evidence; read only for now."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.decorators import display

from eligibility.case_file import case_file, code_file
from eligibility.models import OutcomeWords, Screening
from exemption_codes.asked import reading_language
from exemption_codes.releases import NoPublishedRelease, NoSuchRelease, codes_named, published_digest, rulebook_of
from exemption_codes.staff import ReadOnly

OUTCOME_LABELS = {
    OutcomeWords.ELIGIBLE: "success",
    OutcomeWords.OFFICER_JUDGEMENT: "warning",
    OutcomeWords.UNDETERMINED: "info",
    OutcomeWords.NOT_ELIGIBLE: "danger",
}


class LanguageFilter(admin.SimpleListFilter):
    title = _("language")
    parameter_name = "language"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("en", _("English")), ("fr", _("French"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Screening]) -> QuerySet[Screening]:
        return queryset.filter(language=self.value()) if self.value() in ("en", "fr") else queryset


class MatchedCodeFilter(admin.SimpleListFilter):
    """The codes that some screening matched."""

    title = _("matched code")
    parameter_name = "code"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        rows = Screening.objects.submitted().order_by().values_list("matched_codes", flat=True).distinct()
        keys = sorted({key for row in rows for key in row.split(", ") if key})
        return [(key, key) for key in keys]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Screening]) -> QuerySet[Screening]:
        return queryset.matching(self.value()) if self.value() else queryset  # type: ignore[attr-defined]


@admin.register(Screening)
class ScreeningAdmin(ReadOnly, ModelAdmin):
    list_display = (
        "reference_shown",
        "outcome_shown",
        "matched_codes",
        "submitted_at",
        "submitted_as_of",
        "language_shown",
    )
    list_display_links = ("reference_shown",)
    list_filter = ("best_outcome", MatchedCodeFilter, LanguageFilter, ("submitted_at", admin.DateFieldListFilter))
    search_fields = ("reference", "matched_codes")
    search_help_text = _("Reference, code (a former one too, such as T23) or outcome")
    ordering = ("-submitted_at",)
    list_per_page = 50
    change_form_template = "admin/eligibility/screening/case.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Screening]:
        return super().get_queryset(request).filter(submitted_at__isnull=False)

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

    @display(description=_("best outcome"), ordering="best_outcome", label=OUTCOME_LABELS)
    def outcome_shown(self, screening: Screening) -> tuple[str, str] | None:
        if not screening.best_outcome:
            return None
        return screening.best_outcome, screening.get_best_outcome_display()

    @display(description=_("language"), ordering="language")
    def language_shown(self, screening: Screening) -> Any:
        return _("French") if screening.language == "fr" else _("English")

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        screening = self.get_object(request, object_id)
        category = request.GET.get("code", "")
        context = {**(extra_context or {}), **(_case_context(screening, category) if screening else {})}
        return super().change_view(request, object_id, form_url, context)


def _case_context(screening: Screening, category: str) -> dict[str, Any]:
    """What the page of one case shows; without a case file when its release is no longer stored.

    `category` asks for one category with everything behind it.
    """
    language = reading_language()
    try:
        rulebook = rulebook_of(screening.release_digest)
    except NoSuchRelease:
        return {"case": None, "screening": screening}
    try:
        is_published = published_digest() == screening.release_digest
    except NoPublishedRelease:
        is_published = False
    code = code_file(screening, rulebook, category, language) if category else None
    case = None if code else case_file(screening, rulebook, language)
    return {"case": case, "code": code, "screening": screening, "is_published": is_published}
