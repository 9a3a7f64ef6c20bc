"""The language of an answer: ?lang= first, then what the reader's program or browser prefers."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.views import APIView

PARAMETER = "lang"


def asked_language(request: HttpRequest) -> str:
    """Return en or fr; a language that we do not speak counts as not asked for."""
    written = request.GET.get(PARAMETER, "")
    known = dict(settings.LANGUAGES)
    return written if written in known else translation.get_language_from_request(request)


class InReadersLanguage(APIView):
    """A view whose answers and errors are in the asked language, and say so."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with translation.override(asked_language(request)):
            response = super().dispatch(request, *args, **kwargs)
            response.headers["Content-Language"] = translation.get_language() or settings.LANGUAGE_CODE
            patch_vary_headers(response, ("Accept-Language",))
            return response

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        written = request.query_params.get(PARAMETER)
        if written is not None and written not in dict(settings.LANGUAGES):
            raise ValidationError({PARAMETER: _("The language is en or fr.")}, code="unknown_language")
