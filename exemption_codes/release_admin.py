"""Pages of a release for staff beside what is in it: its difference to another release. No policy here."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import get_language

from exemption_codes.diff import difference
from exemption_codes.models import CatalogueRelease
from exemption_codes.releases import rulebook_of


class ReleasePages:
    """Adds pages to the admin of releases."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.difference_view)  # type: ignore[attr-defined]
        name = "exemption_codes_cataloguerelease_difference"
        return [path("<path:object_id>/difference/", view, name=name), *super().get_urls()]  # type: ignore[misc]

    def difference_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """What a release would change in the published one, or in the one that `from` names."""
        release = self._release(request, object_id)
        before = _compared_with(release, request.GET.get("from", ""))
        language = "fr" if (get_language() or "").startswith("fr") else "en"
        found = None
        if before is not None:
            found = difference(rulebook_of(before.digest), rulebook_of(release.digest), language)
        others = CatalogueRelease.objects.exclude(pk=release.pk).defer("files")
        context = {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]
            "title": str(release),
            "opts": CatalogueRelease._meta,
            "release": release,
            "before": before,
            "others": others,
            "difference": found,
        }
        return TemplateResponse(request, "admin/exemption_codes/release_diff.html", context)

    def _release(self, request: HttpRequest, object_id: str) -> CatalogueRelease:
        if not self.has_view_permission(request):  # type: ignore[attr-defined]
            raise PermissionDenied
        release: Any = self.get_object(request, object_id)  # type: ignore[attr-defined]
        if release is None:
            raise Http404
        return release


def _compared_with(release: CatalogueRelease, digest: str) -> CatalogueRelease | None:
    """The release that was asked for, or the published one; for the published one itself, the one before it."""
    others = CatalogueRelease.objects.exclude(pk=release.pk).defer("files")
    if digest:
        return others.filter(digest=digest).first()
    published = others.filter(status=CatalogueRelease.Status.PUBLISHED).first()
    return published or others.exclude(published_at=None).order_by("-published_at").first()
