"""Reads JSON requests within limits; REST framework’s own parser reads any size, any depth and doubtful meanings."""

from collections.abc import Mapping
from typing import IO, Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from rest_framework import status
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import JSONParser

from eligibility.strict_json import NotReadable, read_json


class RequestTooLarge(APIException):
    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_detail = _("The request is too large.")
    default_code = "request_too_large"


def read_limited(stream: IO[Any], most_bytes: int) -> Any:
    """Return the JSON of a body of at most so many bytes; raises RequestTooLarge or ParseError."""
    body = stream.read(most_bytes + 1)
    if len(body) > most_bytes:
        raise RequestTooLarge
    try:
        return read_json(body)
    except NotReadable as error:
        raise ParseError(str(error), code="not_json") from error


class LimitedJSONParser(JSONParser):
    """JSON of at most DATA_UPLOAD_MAX_MEMORY_SIZE bytes."""

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        return read_limited(stream, settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
