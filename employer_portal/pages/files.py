"""Serving and removing uploaded files: to those who may see them, as downloads, never shown by the browser here."""

from http import HTTPStatus
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import content_disposition_header, url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from employer_portal.errors import UploadRefused
from employer_portal.models import UploadedFile
from employer_portal.pages.access import Workspace, employer_page, refusal
from employer_portal.permissions import Action
from employer_portal.uploads import FileGone, content_of_file, remove_file

POLICY = "default-src 'none'; sandbox"


@require_safe
@employer_page()
def download(request: HttpRequest, workspace: Workspace, file_id: UUID) -> HttpResponse:
    file = visible_file(workspace, file_id)
    try:
        content = content_of_file(file)
    except FileGone as gone:
        raise Http404 from gone
    return HttpResponse(
        content,
        content_type=file.content_type,
        headers={
            "Content-Disposition": content_disposition_header(True, file.name or "file") or "attachment",
            "Content-Security-Policy": POLICY,
            "Cache-Control": "private, no-store",
            "X-Content-Type-Options": "nosniff",
            "Cross-Origin-Resource-Policy": "same-origin",
        },
    )


@require_POST
@employer_page(Action.UPLOAD)
def remove(request: HttpRequest, workspace: Workspace, file_id: UUID) -> HttpResponse:
    """Remove a file, and go back to the page that showed it."""
    try:
        remove_file(visible_file(workspace, file_id).pk, workspace.actor)
    except UploadRefused as refused:
        return refusal(request, refused, HTTPStatus.CONFLICT)
    back = request.POST.get("back", "")
    if url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        return redirect(back)
    return redirect("employer_portal:dashboard", employer_id=workspace.employer.pk)


def visible_file(workspace: Workspace, file_id: UUID) -> UploadedFile:
    """Return a file that this person may see: of an offer in their sight, or of the employer as a whole."""
    files = UploadedFile.objects.filter(employer=workspace.employer, removed_at=None).select_related("offer")
    file = get_object_or_404(files, pk=file_id)
    if file.offer_id is not None:
        workspace.offer(file.offer_id)
    elif workspace.membership.branch_id or workspace.membership.own_offers_only:
        raise Http404
    return file
