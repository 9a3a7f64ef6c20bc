"""Pages of a release for staff beside what is in it: its difference to another one, its events, publishing."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from exemption_codes.diff import difference
from exemption_codes.models import CatalogueRelease
from exemption_codes.publishing import PublicationRefused, ask_or_publish, decline, waiting_request
from exemption_codes.releases import rulebook_of

MAY_PUBLISH = "exemption_codes.publish_cataloguerelease"
MAY_READ_EVENTS = "exemption_codes.view_releaseevent"
LONGEST_REASON = 2000


class ReleasePages:
    """Adds pages to the admin of releases."""

    def get_urls(self) -> list[URLPattern]:
        guard = self.admin_site.admin_view  # type: ignore[attr-defined]
        name = "exemption_codes_cataloguerelease"
        return [
            path("<path:object_id>/difference/", guard(self.difference_view), name=f"{name}_difference"),
            path("<path:object_id>/publish/", guard(require_POST(self.publish_view)), name=f"{name}_publish"),
            *super().get_urls(),  # type: ignore[misc]
        ]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        context = {**(extra_context or {}), **_life(request, object_id)}
        return super().change_view(request, object_id, form_url, context)  # type: ignore[misc]

    def publish_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Publish a release, ask for it, or decline what somebody else asked for."""
        release = self._release(request, object_id)
        if not request.user.has_perm(MAY_PUBLISH):
            raise PermissionDenied
        act = decline if request.POST.get("act") == "decline" else ask_or_publish
        try:
            event = act(release, request.user.get_username(), request.POST.get("reason", "")[:LONGEST_REASON])
        except PublicationRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, event.get_kind_display())
        return redirect("admin:exemption_codes_cataloguerelease_change", release.pk)

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


def _life(request: HttpRequest, object_id: str) -> dict[str, Any]:
    """What was done with a release, and what this person can do with it now."""
    release = CatalogueRelease.objects.defer("files").filter(pk=object_id).first() if object_id.isdigit() else None
    if release is None:
        return {}
    is_published = release.status == CatalogueRelease.Status.PUBLISHED
    return {
        "release_events": list(release.events.order_by("-pk")) if request.user.has_perm(MAY_READ_EVENTS) else [],
        "asked": waiting_request(release),
        "may_publish": request.user.has_perm(MAY_PUBLISH) and not is_published,
        "needs_second": settings.RELEASE_SECOND_APPROVER,
    }


def _compared_with(release: CatalogueRelease, digest: str) -> CatalogueRelease | None:
    """The release that was asked for, or the published one; for the published one itself, the one before it."""
    others = CatalogueRelease.objects.exclude(pk=release.pk).defer("files")
    if digest:
        return others.filter(digest=digest).first()
    published = others.filter(status=CatalogueRelease.Status.PUBLISHED).first()
    return published or others.exclude(published_at=None).order_by("-published_at").first()
