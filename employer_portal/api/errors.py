"""Every refusal of the portal as an answer in the API's one shape: {"code", "detail", "fields"}."""

from http import HTTPStatus
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import APIException

from employer_portal import errors
from employer_portal.offer_check import OfferReport

Problems = dict[str, list[dict[str, Any]]]
STATUS: dict[type[errors.PortalError], HTTPStatus] = {
    errors.FieldsInvalid: HTTPStatus.BAD_REQUEST,
    errors.OfferNumberInvalid: HTTPStatus.BAD_REQUEST,
    errors.ActionNotAllowed: HTTPStatus.FORBIDDEN,
    errors.OfferMoveRefused: HTTPStatus.CONFLICT,
    errors.OfferNumberTaken: HTTPStatus.CONFLICT,
    errors.PaymentRefused: HTTPStatus.CONFLICT,
    errors.StaleDraft: HTTPStatus.PRECONDITION_FAILED,
    errors.OfferNotReady: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.UploadRefused: HTTPStatus.UNPROCESSABLE_ENTITY,
}


class KeyMissing(APIException):
    status_code = HTTPStatus.BAD_REQUEST
    default_code = "idempotency_key_missing"
    default_detail = _("Send an Idempotency-Key of 1 to 100 visible characters with every POST.")


class KeyReused(APIException):
    status_code = HTTPStatus.UNPROCESSABLE_ENTITY
    default_code = "idempotency_key_reused"
    default_detail = _("This Idempotency-Key was sent before with another request. Use a new one.")


class VersionMissing(APIException):
    status_code = HTTPStatus.PRECONDITION_REQUIRED
    default_code = "version_missing"
    default_detail = _("Send If-Match with the version that you read: its ETag.")


class NotAnObject(APIException):
    status_code = HTTPStatus.BAD_REQUEST
    default_code = "not_an_object"
    default_detail = _("Send one JSON object; an empty one where nothing is to be said.")


def refusal(error: errors.PortalError) -> tuple[int, dict[str, Any]]:
    """Return the status and body that say why something was refused, in the reader's language."""
    language = get_language() or "en"
    body = {"code": error.code, "detail": error.text.in_language(language), "fields": _fields(error, language)}
    return int(STATUS[type(error)]), body


def report_problems(report: OfferReport, language: str) -> Problems:
    """Return what a check found, by the field that each problem stands beside."""
    found: Problems = {}
    for problem in report.problems:
        found.setdefault(problem.field, []).append(
            {
                "code": problem.key,
                "detail": problem.text.in_language(language),
                "level": problem.level.value,
                "provision": problem.provision,
                "acknowledged": problem.key in report.acknowledged,
            }
        )
    return found


def _fields(error: errors.PortalError, language: str) -> Problems:
    match error:
        case errors.FieldsInvalid():
            return {
                name: [{"code": "invalid", "detail": text.in_language(language)}] for name, text in error.fields.items()
            }
        case errors.OfferNotReady():
            return report_problems(error.report, language)
        case errors.StaleDraft():
            detail = error.text.in_language(language)
            return {
                name: [{"code": "changed", "detail": detail, "before": before, "stored": stored, "typed": typed}]
                for name, (before, stored, typed) in error.difference.items()
            }
        case errors.OfferMoveRefused():
            problem = {"code": error.reason, "detail": error.text.in_language(language), "suggestion": error.instead}
            return {"status": [problem]}
        case errors.OfferNumberInvalid():
            detail = error.text.in_language(language)
            return {"number": [{"code": error.why, "detail": detail, "suggestion": error.suggestion}]}
        case errors.UploadRefused():
            return {"content": [{"code": error.reason, "detail": error.text.in_language(language)}]}
        case errors.PaymentRefused():
            return {"payment": [{"code": error.reason, "detail": error.text.in_language(language)}]}
    return {}
