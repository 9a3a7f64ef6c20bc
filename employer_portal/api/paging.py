"""Long lists, the newest first, a page at a time; a cursor stays true while others are added."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from employer_portal.api.shapes import Shape, text
from exemption_codes.catalogue.documents import Text

MOST = 200
LIMIT = Shape(
    {"type": "integer", "minimum": 1, "maximum": MOST},
    lambda value: (
        str(value).isascii() and str(value).isdigit() and 1 <= int(value) <= MOST and len(value) <= len("200")
    ),
    Text(en=f"Give a whole number from 1 to {MOST}.", fr=f"Donnez un nombre entier de 1 à {MOST}."),
)
QUERY = {"limit": LIMIT, "cursor": text(500)}
PARAMETERS = (
    OpenApiParameter("limit", dict(LIMIT.schema), description="How many a page; 50 where it is left out."),
    OpenApiParameter("cursor", str, description="From `next` or `previous` of an earlier answer."),
)


class NewestFirst(CursorPagination):
    page_size = 50
    page_size_query_param = "limit"
    max_page_size = MOST


def page_of(
    request: Request, view: APIView, rows: QuerySet[Any], ordering: tuple[str, ...], shown: Callable[[Any], Any]
) -> Response:
    """Answer with one page of rows, each as `shown` tells it."""
    pagination = NewestFirst()
    pagination.ordering = ordering
    found = pagination.paginate_queryset(rows, request, view) or []
    return pagination.get_paginated_response([shown(row) for row in found])
