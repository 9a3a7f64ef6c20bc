"""The page that ends notices: by its button, or by the one click of a mail program (RFC 8058)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from eligibility.notices.wishes import BadLink, end_notices, recipient_of


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Looking changes nothing, for machines look at links. The signed address itself is the right to end notices."""
    try:
        recipient = recipient_of(token)
    except BadLink as error:
        raise Http404 from error
    if request.method == "POST":
        end_notices(recipient)
    return render(request, "eligibility/notices/stop.html", {"is_done": request.method == "POST"})
