"""Downloads of a case for staff: as PDF, as JSON, and its signed determinations; each is an event of the case."""

import json

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from eligibility.casework.events import record_event
from eligibility.casework.queue import SEE_CONTACT
from eligibility.decisions.case_export import case_export
from eligibility.decisions.case_pdf import case_pdf
from eligibility.decisions.context import EXPORT
from eligibility.decisions.downloads import attachment, signed_file
from eligibility.decisions.kinds import EXPORTED
from eligibility.decisions.models import Determination
from eligibility.decisions.pages import of_case
from eligibility.models import Screening

JSON = "json"
# The formats that a page offers, with the language of each; JSON is in the reader's own.
PDFS = {"pdf-en": "en", "pdf-fr": "fr"}


@require_POST
@of_case
def export(request: HttpRequest, screening: Screening) -> HttpResponse:
    """Everything on the record of a case, to take along; the contact only for those who may see it."""
    if not request.user.has_perm(EXPORT):
        raise PermissionDenied
    wanted = request.POST.get("format", "")
    if wanted != JSON and wanted not in PDFS:
        raise Http404
    language = PDFS.get(wanted) or ("fr" if (get_language() or "").startswith("fr") else "en")
    with transaction.atomic():
        record_event(screening, EXPORTED, request.user, {"format": wanted})
        content = case_export(screening, request.user, language, request.user.has_perm(SEE_CONTACT))
        if wanted == JSON:
            file, kind = json.dumps(content, ensure_ascii=False, indent=2).encode(), "application/json"
        else:
            file, kind = case_pdf(content), "application/pdf"
    return attachment(file, kind, f"case-{screening.reference}-{language}.{wanted[:4].removesuffix('-')}")


@require_POST
@of_case
def determination(request: HttpRequest, screening: Screening, number: int) -> HttpResponse:
    """One signed determination, byte for byte as it is stored."""
    if not request.user.has_perm(EXPORT):
        raise PermissionDenied
    found = get_object_or_404(Determination.objects.select_related("screening"), screening=screening, number=number)
    record_event(screening, EXPORTED, request.user, {"format": "determination", "number": number})
    return signed_file(found)
