"""Pages of the catalogue that anybody may read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from exemption_codes.releases import published_rulebook
from exemption_codes.search import LONGEST_SEARCH, find


@require_safe
def find_code(request: HttpRequest) -> HttpResponse:
    """Look up a code, today's or a former one, or words of a category's name."""
    query = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    rulebook = published_rulebook()
    language = "fr" if (get_language() or "").startswith("fr") else "en"
    context = {
        "q": query,
        "found": find(rulebook, query, timezone.localdate(), language) if query else [],
        "rulebook": rulebook,
    }
    return render(request, "exemption_codes/find.html", context)
