"""What staff see first: the newest cases, how they came out, and the release that everybody works from."""

from typing import Any

from django.db.models import Count
from django.http import HttpRequest

from eligibility.models import OutcomeWords, Screening
from exemption_codes.models import CatalogueRelease

NEWEST = 10


def dashboard(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Add to the index page what this person may see."""
    if request.user.has_perm("eligibility.view_screening"):
        context |= _cases()
    if request.user.has_perm("exemption_codes.view_cataloguerelease"):
        published = CatalogueRelease.objects.filter(status=CatalogueRelease.Status.PUBLISHED)
        context["release"] = published.defer("files").annotate(code_total=Count("codes")).first()
    return context


def _cases() -> dict[str, Any]:
    submitted = Screening.objects.submitted()
    by_outcome = dict(submitted.order_by().values_list("best_outcome").annotate(total=Count("pk")))
    return {
        "newest": submitted.order_by("-submitted_at")[:NEWEST],
        "outcomes": [(outcome.value, outcome.label, by_outcome.get(outcome.value, 0)) for outcome in OutcomeWords],
        "case_total": sum(by_outcome.values()),
    }
