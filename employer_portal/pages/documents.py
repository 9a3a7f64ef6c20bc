"""The documents of one offer: what was uploaded for which purpose, and adding another."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from employer_portal.errors import UploadRefused
from employer_portal.models import FilePurpose
from employer_portal.offer_status import OfferStatus
from employer_portal.pages.access import Workspace, employer_page
from employer_portal.permissions import Action, check_may
from employer_portal.templatetags.portal_money import spoken
from employer_portal.uploads import MOST_FILES, keep_upload

# A duty's proof is uploaded where the duty is recorded.
PURPOSES = tuple(purpose for purpose in FilePurpose if purpose is not FilePurpose.DUTY)


class DocumentForm(forms.Form):
    purpose = forms.ChoiceField(
        label=_("What is it?"), choices=[(one.value, one.label) for one in PURPOSES], widget=forms.RadioSelect
    )
    document = forms.FileField(
        label=_("Document"), help_text=_("A PDF, JPEG or PNG file."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )  # fmt: skip


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@employer_page()
def documents(request: HttpRequest, workspace: Workspace, offer_id: UUID) -> HttpResponse:
    offer = workspace.offer(offer_id)
    if request.method == "POST":
        check_may(workspace.actor, Action.UPLOAD, workspace.employer, offer)
    may_upload = Action.UPLOAD in workspace.actions and offer.status != OfferStatus.DELETED
    form = DocumentForm(request.POST or None, request.FILES or None) if may_upload else None
    if form is not None and form.is_bound and form.is_valid():
        given: dict[str, Any] = form.cleaned_data
        try:
            keep_upload(given["document"], given["purpose"], workspace.actor, workspace.employer, offer)
        except UploadRefused as refused:
            form.add_error("document", spoken(refused.text))
        else:
            return redirect("employer_portal:documents", employer_id=workspace.employer.pk, offer_id=offer.pk)
    files = offer.files.filter(removed_at=None).order_by("purpose", "uploaded_at")[:MOST_FILES]
    context = {
        "workspace": workspace, "offer": offer, "form": form, "files": files,
        "may_remove": may_upload and offer.status == OfferStatus.DRAFT,
    }  # fmt: skip
    return render(request, "employer_portal/documents.html", context)
