"""Whether this process can answer: the database is reachable and a catalogue is published."""

from http import HTTPStatus

from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when all is well, 503 otherwise; `catalogue` is null when it could not be asked."""
    try:
        catalogue: bool | None = has_published_catalogue()
    except DatabaseError:
        catalogue = None
    status = HTTPStatus.OK if catalogue else HTTPStatus.SERVICE_UNAVAILABLE
    return JsonResponse({"database": catalogue is not None, "catalogue": catalogue}, status=status)


def has_published_catalogue() -> bool:
    # Late, so that a broken model module shows as a failing request here and not as a site that cannot start.
    from exemption_codes.models import CatalogueRelease

    return CatalogueRelease.objects.filter(status=CatalogueRelease.Status.PUBLISHED).exists()
