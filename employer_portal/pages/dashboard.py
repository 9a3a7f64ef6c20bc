"""What needs somebody now, for one employer."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from employer_portal.pages.access import Workspace, employer_page


@employer_page()
def dashboard(request: HttpRequest, workspace: Workspace) -> HttpResponse:
    return render(request, "employer_portal/dashboard.html", {"workspace": workspace})
