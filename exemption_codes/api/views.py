"""The catalogue over the API: every category, one in full, what a citizenship opens. Read only."""

from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from exemption_codes.api import report
from exemption_codes.api.errors import NoCatalogue, SeveralCategories
from exemption_codes.api.language import PARAMETER, InReadersLanguage
from exemption_codes.api.serializers import CategorySerializer, CodeListSerializer, CountrySerializer
from exemption_codes.api.shapes import ErrorSerializer
from exemption_codes.browse.countries import all_countries, country_page
from exemption_codes.browse.days import asked_day
from exemption_codes.browse.rows import row_of
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.releases import NoPublishedRelease, published_rulebook
from exemption_codes.search import LONGEST_SEARCH, categories_named, search

LANGUAGE = OpenApiParameter(PARAMETER, str, enum=("en", "fr"), description="Instead of Accept-Language.")
DAY = OpenApiParameter("on", date, description="The day whose law is asked for; today where it is left out.")
REFUSALS = {
    400: "The day or the language cannot be taken.",
    404: "There is nothing of this name.",
    405: "The catalogue is read only.",
    406: "Answers are JSON.",
    409: "Several categories bear or bore the code; each is named.",
    429: "Too many requests; Retry-After says when to go on.",
    503: "No catalogue has been published yet.",
}


def refusals(*besides: int) -> dict[int, Any]:
    wanted = {400, 405, 406, 429, 503, *besides}
    return {status: OpenApiResponse(ErrorSerializer, description=REFUSALS[status]) for status in sorted(wanted)}


class CatalogueView(InReadersLanguage):
    """What every view of the catalogue shares. Open to everybody, within a limit of requests a minute."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    def asked(self, request: Request) -> tuple[Rulebook, date, str]:
        """Return the rules, the day and the language of a request."""
        try:
            rulebook = published_rulebook()
        except NoPublishedRelease as error:
            raise NoCatalogue from error
        language = get_language() or "en"
        day = asked_day(request.query_params.get("on", ""), rulebook, language)
        if day.error:
            raise ValidationError({"on": day.error}, code="not_a_day")
        return rulebook, day.on, language


class CodesView(CatalogueView):
    @extend_schema(
        operation_id="codes",
        summary="All categories, or those that a search finds",
        description="Codes of today and before (T23 finds T36), provisions, countries, occupations (NOC codes or "
        "titles), and words in English or French.",
        parameters=[LANGUAGE, DAY, OpenApiParameter("q", str, description=f"At most {LONGEST_SEARCH} characters.")],
        responses={200: CodeListSerializer, **refusals()},
    )
    def get(self, request: Request) -> Response:
        rulebook, on, language = self.asked(request)
        query = request.query_params.get("q", "").strip()
        if query:
            ids = search(rulebook, query, on, language).ids
        else:
            rows = [row_of(category, on, language) for category in rulebook.categories.values()]
            ids = [row.id for row in sorted(rows, key=lambda row: row.order)]
        codes = [report.summary(rulebook.categories[name], rulebook, on, language) for name in ids]
        return Response({**report.head(rulebook, on), "codes": codes})


class CodeView(CatalogueView):
    @extend_schema(
        operation_id="code",
        summary="One category in full",
        description="By its id, or by a code that one category alone bears (or bore): cusma-professional, T36, C21/WH.",
        parameters=[LANGUAGE, DAY],
        responses={200: CategorySerializer, **refusals(404, 409)},
    )
    def get(self, request: Request, name: str) -> Response:
        rulebook, on, language = self.asked(request)
        found = categories_named(rulebook, name, on)
        if not found:
            raise NotFound(_("There is no category of this name."))
        if len(found) > 1:
            names = ", ".join(category.id for category in found)
            raise SeveralCategories(_("Several categories bear or bore this code: %(names)s.") % {"names": names})
        return Response(report.full(found[0], rulebook, on, language))


class CountryView(CatalogueView):
    @extend_schema(
        operation_id="country",
        summary="What a citizenship opens",
        description="By the ISO 3166-1 alpha-2 code of the country, in capitals or not.",
        parameters=[LANGUAGE, DAY],
        responses={200: CountrySerializer, **refusals(404)},
    )
    def get(self, request: Request, code: str) -> Response:
        rulebook, on, language = self.asked(request)
        if code.upper() not in {country.code for country in all_countries("en")}:
            raise NotFound(_("There is no country of this code."))
        return Response(report.country(country_page(rulebook, code.upper(), on, language), rulebook, on, language))
