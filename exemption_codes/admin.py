"""The catalogue for staff: releases, and every category of a release as its rule file says it. Read only."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.decorators import display

from exemption_codes.asked import reading_language
from exemption_codes.models import CatalogueRelease, ExemptionCode
from exemption_codes.reading_room import ReadingRoom, room_context
from exemption_codes.release_admin import ReleasePages
from exemption_codes.releases import NoPublishedRelease, published_rulebook, rulebook_of
from exemption_codes.sheets import CONFIDENCE_WORDS, sheet
from exemption_codes.staff import ReadOnly
from exemption_codes.statistics_admin import StatisticsPage
from exemption_codes.upload_admin import UploadPages

STATUS_LABELS = {
    CatalogueRelease.Status.PUBLISHED: "success",
    CatalogueRelease.Status.DRAFT: "warning",
    CatalogueRelease.Status.WITHDRAWN: "info",
}
CONFIDENCE_LABELS = {"high": "success", "medium": "warning", "low": "danger"}


class ReleaseFilter(admin.SimpleListFilter):
    """The published release, unless another is asked for."""

    title = _("release")
    parameter_name = "release"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(release.digest, f"{release} ({release.get_status_display()})") for release in _releases()]

    def choices(self, changelist: Any) -> Any:
        published = str(_("Published release"))
        for choice in super().choices(changelist):
            is_default = choice["query_string"] == changelist.get_query_string(remove=[self.parameter_name])
            yield {**choice, "display": published} if is_default else choice

    def queryset(self, request: HttpRequest, queryset: QuerySet[ExemptionCode]) -> QuerySet[ExemptionCode]:
        if self.value():
            return queryset.filter(release__digest=self.value())
        return queryset.filter(release__status=CatalogueRelease.Status.PUBLISHED)


class FamilyFilter(admin.SimpleListFilter):
    title = _("family")
    parameter_name = "family"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        try:
            families = published_rulebook().catalogue.families
        except NoPublishedRelease:
            return []
        return [(family.id, family.name.in_language(reading_language())) for family in families]

    def queryset(self, request: HttpRequest, queryset: QuerySet[ExemptionCode]) -> QuerySet[ExemptionCode]:
        return queryset.filter(family=self.value()) if self.value() else queryset


class ConfidenceFilter(admin.SimpleListFilter):
    title = _("confidence")
    parameter_name = "confidence"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(CONFIDENCE_WORDS.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet[ExemptionCode]) -> QuerySet[ExemptionCode]:
        return queryset.filter(confidence=self.value()) if self.value() else queryset


def _releases() -> QuerySet[CatalogueRelease]:
    return CatalogueRelease.objects.defer("files").order_by("-loaded_at")


@admin.register(CatalogueRelease)
class CatalogueReleaseAdmin(UploadPages, StatisticsPage, ReleasePages, ReadOnly, ModelAdmin):
    list_display = ("digest_shown", "status_shown", "law_as_of", "code_count", "loaded_at", "loaded_by", "published_at")
    list_display_links = ("digest_shown",)
    list_filter = ("status",)
    search_fields = ("digest", "loaded_by")
    ordering = ("-loaded_at",)
    change_form_template = "admin/exemption_codes/cataloguerelease/release.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[CatalogueRelease]:
        return super().get_queryset(request).defer("files").annotate(code_total=Count("codes"))

    @display(description=_("release"), ordering="digest")
    def digest_shown(self, release: CatalogueRelease) -> str:
        return release.digest[:12]

    @display(description=_("status"), ordering="status", label=STATUS_LABELS)
    def status_shown(self, release: CatalogueRelease) -> tuple[str, str]:
        return release.status, release.get_status_display()

    @display(description=_("categories"), ordering="code_total")
    def code_count(self, release: Any) -> int:
        return release.code_total

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        release = self.get_object(request, object_id)
        context = {**(extra_context or {}), **(_release_context(release) if release else {})}
        return super().change_view(request, object_id, form_url, context)


def _release_context(release: CatalogueRelease) -> dict[str, Any]:
    rulebook = rulebook_of(release.digest)
    language = reading_language()
    codes = list(release.codes.all())
    families = [
        (family.name.in_language(language), [code for code in codes if code.family == family.id])
        for family in rulebook.catalogue.families
    ]
    counts = {
        "categories": len(rulebook.categories),
        "criteria": sum(len(category.criteria) for category in rulebook.categories.values()),
        "facts": len(rulebook.facts),
        "lists": len(rulebook.lists),
        "parameters": len(rulebook.parameters),
        "sources": len(rulebook.sources),
        "examples": sum(len(cases.spread()) for cases in rulebook.cases.values()),
    }
    return {
        "release": release,
        "rulebook": rulebook,
        "families": [(name, members) for name, members in families if members],
        "counts": counts,
        "conflicts": [(key, text.in_language(language)) for key, text in rulebook.catalogue.conflicts.items()],
    }


@admin.register(ExemptionCode)
class ExemptionCodeAdmin(ReadingRoom, ReadOnly, ModelAdmin):
    list_display = ("key_shown", "name_shown", "former_codes", "family_shown", "confidence_shown")
    list_display_links = ("key_shown", "name_shown")
    list_filter = (ReleaseFilter, FamilyFilter, ConfidenceFilter)
    search_fields = ("code", "variant", "former_codes", "category", "name_en", "name_fr")
    search_help_text = _("Code, today’s or a former one, or words of its name in either language")
    ordering = ("code", "variant", "category")
    list_per_page = 200
    list_select_related = ("release",)
    change_form_template = "admin/exemption_codes/exemptioncode/sheet.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[ExemptionCode]:
        return super().get_queryset(request).defer("release__files")

    @display(description=_("code"), ordering="code")
    def key_shown(self, code: ExemptionCode) -> str:
        return code.key

    @display(description=_("name"))
    def name_shown(self, code: ExemptionCode) -> str:
        return code.name_fr if reading_language() == "fr" else code.name_en

    @display(description=_("family"), ordering="family")
    def family_shown(self, code: ExemptionCode) -> str:
        families = rulebook_of(code.release.digest).catalogue.families
        return next((f.name.in_language(reading_language()) for f in families if f.id == code.family), code.family)

    @display(description=_("confidence"), ordering="confidence", label=CONFIDENCE_LABELS)
    def confidence_shown(self, code: ExemptionCode) -> tuple[str, Any]:
        return code.confidence, CONFIDENCE_WORDS[code.confidence]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        code = self.get_object(request, object_id)
        context = dict(extra_context or {})
        if code:
            rulebook = rulebook_of(code.release.digest)
            rule = sheet(rulebook, rulebook.categories[code.category], reading_language())
            context.update({"code": code, "release": code.release, "sheet": rule, **room_context(code, rulebook)})
        return super().change_view(request, object_id, form_url, context)
