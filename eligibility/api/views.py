"""Facts in, determinations out; the same engine and the same contract as `manage.py determine`."""

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.exceptions import ParseError
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from eligibility.api.serializers import AnswerSerializer, CaseSerializer
from eligibility.engine.errors import FactError, error_as_json
from eligibility.engine.report import answer
from exemption_codes.api.errors import NoCatalogue
from exemption_codes.api.language import PARAMETER, InReadersLanguage
from exemption_codes.api.shapes import ErrorSerializer
from exemption_codes.releases import NoPublishedRelease, published_rulebook

REFUSALS = {
    400: "The case cannot be read; every problem is named, with a suggestion.",
    405: "Cases are sent with POST.",
    406: "Answers are JSON.",
    413: "The request is too large.",
    415: "Cases are sent as application/json.",
    429: "Too many requests; Retry-After says when to go on.",
    503: "No catalogue has been published yet.",
}


class DeterminationView(InReadersLanguage):
    """Judge one case. Open to everybody, within a limit of requests a minute; nothing is stored."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    @extend_schema(
        operation_id="determine",
        summary="Judge one case",
        description="One determination per category in force on the day. Facts are given by dotted name or nested, "
        "or both; a fact that is left out or null is unknown. Nothing is stored.",
        parameters=[
            OpenApiParameter(PARAMETER, str, enum=("en", "fr"), description="Instead of Accept-Language."),
        ],
        request=CaseSerializer,
        responses={
            200: AnswerSerializer,
            **{status: OpenApiResponse(ErrorSerializer, description=why) for status, why in REFUSALS.items()},
        },
    )
    def post(self, request: Request) -> Response:
        language = get_language() or "en"
        if request.stream is None:
            raise ParseError(_("The request is empty: this is not JSON."), code="not_json")
        try:
            return Response(answer(published_rulebook(), request.data, timezone.localdate(), language))
        except FactError as error:
            return Response(error_as_json(error, language), status=400)
        except NoPublishedRelease as error:
            raise NoCatalogue from error
