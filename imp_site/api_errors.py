"""Every error of the API in one shape, in the reader's language:

    {"code": "invalid", "detail": "Some values are not valid.", "fields": {"facts.age": [{"code": ..., "detail": ...}]}}

`code` is stable and for programs, `detail` is for people, `fields` names each bad value and is empty for other errors.
"""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.exceptions import ValidationError as DjangoValidationError
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException, ErrorDetail, ParseError, ValidationError
from rest_framework.fields import get_error_detail
from rest_framework.response import Response
from rest_framework.settings import api_settings
from rest_framework.views import exception_handler as rest_framework_handler

from eligibility.api.parsers import RequestTooLarge

FieldErrors = dict[str, list[dict[str, str]]]


def error_body(code: str, detail: str, fields: FieldErrors | None = None) -> dict[str, Any]:
    return {"code": code, "detail": detail, "fields": fields or {}}


def exception_handler(exception: Exception, context: dict[str, Any]) -> Response | None:
    """Answer an exception raised in an API view; None for one that is a fault of ours, which becomes a 500."""
    if isinstance(exception, DjangoValidationError):
        exception = ValidationError(get_error_detail(exception))
    if isinstance(exception, RequestDataTooBig):  # raised where something read the body before the parser
        exception = RequestTooLarge()
    response = rest_framework_handler(exception, context)
    if response is None:
        return None
    if isinstance(exception, ValidationError):
        response.data = error_body("invalid", _("Some values are not valid."), field_errors(exception.detail))
        return response
    detail = exception.detail if isinstance(exception, APIException) else response.data["detail"]
    code = getattr(detail, "code", "error")
    # What cannot be read at all is a problem of the request as a whole.
    fields = {"request": [{"code": code, "detail": str(detail)}]} if isinstance(exception, ParseError) else {}
    response.data = error_body(code, str(detail), fields)
    return response


def field_errors(detail: Any) -> FieldErrors:
    """The errors of a serializer by dotted path; those of no one field stand under `non_field_errors`."""
    errors: FieldErrors = {}
    for path, error in leaves(detail):
        entry = {"code": str(error.code), "detail": str(error)}
        errors.setdefault(".".join(path) or api_settings.NON_FIELD_ERRORS_KEY, []).append(entry)
    return errors


def leaves(detail: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], ErrorDetail]]:
    if isinstance(detail, ErrorDetail):
        yield path, detail
    elif isinstance(detail, dict):
        for name, inner in detail.items():
            yield from leaves(inner, (*path, str(name)))
    else:
        for position, inner in enumerate(detail):
            # Beside messages stand the items of a list field, each a mapping at its own position.
            yield from leaves(inner, path if isinstance(inner, ErrorDetail) else (*path, str(position)))
