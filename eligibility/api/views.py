"""Facts in, determinations out; the same engine and the same contract as `manage.py determine`."""

from django.utils import timezone
from django.utils.translation import get_language_from_request
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from eligibility.engine.errors import FactError, error_as_json
from eligibility.engine.report import answer
from exemption_codes.releases import published_rulebook


class DeterminationView(APIView):
    """Judge one case; 400 with every problem named when it cannot be read."""

    def post(self, request: Request) -> Response:
        language = get_language_from_request(request._request)
        try:
            return Response(answer(published_rulebook(), request.data, timezone.localdate(), language))
        except FactError as error:
            return Response(error_as_json(error), status=400)
