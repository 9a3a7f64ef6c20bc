"""Error pages: the API answers in its own shape, everything else with the templates 400, 403, 404 and 500.html."""

from http import HTTPStatus

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views import defaults

from imp_site.api_errors import error_body

API_PREFIX = "/api/"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if is_api(request) and isinstance(exception, RequestDataTooBig):
        return api_error("request_too_large", _("The request is too large."), HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    if is_api(request):
        return api_error("bad_request", _("The request could not be understood."), HTTPStatus.BAD_REQUEST)
    return defaults.bad_request(request, exception)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    if is_api(request):
        return api_error("permission_denied", _("You may not do this."), HTTPStatus.FORBIDDEN)
    return defaults.permission_denied(request, exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if is_api(request):
        return api_error("not_found", _("There is nothing at this address."), HTTPStatus.NOT_FOUND)
    return defaults.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    if is_api(request):
        return api_error("server_error", _("Something went wrong on our side."), HTTPStatus.INTERNAL_SERVER_ERROR)
    return defaults.server_error(request)


def is_api(request: HttpRequest) -> bool:
    return request.path_info.startswith(API_PREFIX)


def api_error(code: str, detail: str, status: HTTPStatus) -> JsonResponse:
    return JsonResponse(error_body(code, detail), status=status)
