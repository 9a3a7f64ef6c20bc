"""What remains to do after filing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from employer_portal.pages.access import Workspace, employer_page


@require_safe
@employer_page()
def duties(request: HttpRequest, workspace: Workspace) -> HttpResponse:
    return render(request, "employer_portal/duties.html", {"workspace": workspace})
