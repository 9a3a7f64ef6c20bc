"""Files that are handed out as they are stored: never shown in the browser, never kept by caches."""

from django.http import HttpResponse

from eligibility.decisions.models import Determination


def attachment(content: bytes, content_type: str, name: str) -> HttpResponse:
    """Return a file to save under a name of ASCII letters."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=content_type, headers=headers)


def signed_file(determination: Determination) -> HttpResponse:
    """Return a determination byte for byte as it was signed."""
    name = f"determination-{determination.screening.reference}-{determination.number}.json"
    return attachment(determination.signed_file.encode(), "application/json", name)
