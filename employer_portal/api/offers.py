"""Offers over the API: list, begin, read, change, check, put away; each by the same functions as the pages."""

import re
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request
from rest_framework.response import Response

from employer_portal.api import examples, paging
from employer_portal.api.answers import check_answer, offer_answer, offer_summary
from employer_portal.api.base import EmployerView, read_body
from employer_portal.api.content_shapes import CHANGES
from employer_portal.api.documented import documented
from employer_portal.api.errors import VersionMissing
from employer_portal.api.serializers import OFFER_STATUSES, CheckSerializer, OfferPageSerializer, OfferSerializer
from employer_portal.api.shapes import IDENTIFIER, Shape, one_of, text
from employer_portal.drafts import begin_offer, delete_draft, save_draft
from employer_portal.errors import FieldsInvalid, OfferNumberInvalid
from employer_portal.models import Branch, Employer, OfferOfEmployment, OfferTemplate
from employer_portal.offer_check import check_offer
from employer_portal.offer_number import parse_offer_number
from employer_portal.permissions import Action
from exemption_codes.api.errors import NoCatalogue
from exemption_codes.catalogue.documents import Text
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.releases import NoPublishedRelease, published_rulebook

ETAG = re.compile(r'(?:W/)?"?([0-9]{1,9})"?', re.ASCII)
MOMENT = Shape(
    {"type": "string", "format": "date-time"},
    lambda value: _moment(value) is not None,
    Text(en="Give a moment as 2026-12-31T08:00:00Z.", fr="Donnez un moment comme 2026-12-31T08:00:00Z."),
)
DRAFT = {"content": CHANGES, "template": IDENTIFIER.or_null(), "branch": IDENTIFIER.or_null()}
IF_MATCH = OpenApiParameter(
    "If-Match",
    {"type": "string", "pattern": r'^"[0-9]{1,9}"$'},
    OpenApiParameter.HEADER,
    required=True,
    description="The ETag of the version that was read.",
)
FILTERS = (
    OpenApiParameter("status", str, enum=OFFER_STATUSES, description="Only offers in this state."),
    OpenApiParameter("number", str, description="Only the offer with this number."),
    OpenApiParameter("exemption_category", str, description="Only offers under this exemption."),
    OpenApiParameter("changed_since", dict(MOMENT.schema), description="Only offers changed from this moment on."),
    *paging.PARAMETERS,
)


class OffersView(EmployerView):
    actions = {"GET": Action.VIEW, "POST": Action.WRITE_OFFERS}

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        self.query = QUERY if request.method == "GET" else {}
        super().initial(request, *args, **kwargs)

    @documented(
        "list_offers",
        "List offers",
        OfferPageSerializer,
        parameters=FILTERS,
        description="The newest first, a page at a time, without their content.",
    )
    def get(self, request: Request, employer_id: UUID) -> Response:
        rows = OfferOfEmployment.objects.filter(_wanted(request), employer=self.employer).order_by()
        return paging.page_of(request, self, rows, ("-created_at", "-pk"), offer_summary)

    @documented(
        "create_offer",
        "Begin a draft",
        OfferSerializer,
        status=201,
        body=DRAFT,
        has_key=True,
        refusals={503: "No catalogue has been published yet."},
        description="With content, from a template, or both; what is left out is empty. Nothing is checked yet but "
        "that each value can be stored.",
        example=examples.DRAFT,
    )
    def post(self, request: Request, employer_id: UUID) -> Response:
        body = read_body(request, DRAFT)
        content = body.get("content", {})
        template = own(self.employer, OfferTemplate, "template", body.get("template"))
        branch = own(self.employer, Branch, "branch", body.get("branch"))
        return self.once(request, lambda: self._begin({**(template.content if template else {}), **content}, branch))

    def _begin(self, content: dict[str, Any], branch: Branch | None) -> tuple[int, Any]:
        made = begin_offer(self.employer, self.actor, content, branch=branch, rulebook=rulebook())
        return 201, offer_answer(self.offer(made.pk))


class OfferView(EmployerView):
    actions = {"GET": Action.VIEW, "PATCH": Action.WRITE_OFFERS, "DELETE": Action.WRITE_OFFERS}

    @documented(
        "get_offer", "Read an offer", OfferSerializer, description="Its ETag is its version, for If-Match of a change."
    )
    def get(self, request: Request, employer_id: UUID, offer_id: UUID) -> Response:
        return _versioned(self.offer(offer_id))

    @documented(
        "change_offer",
        "Change a draft",
        OfferSerializer,
        body={"content": CHANGES},
        required=("content",),
        parameters=(IF_MATCH,),
        refusals={
            412: "The draft was changed in between; `fields` holds, for each field that differs, what was there "
            "before, what is stored now and what was sent. What was sent is kept.",
            428: "If-Match is missing.",
            503: "No catalogue has been published yet.",
        },
        description="Only what changes; null empties a field. A filed offer is never changed: correct it instead.",
        example={"content": {"hourly_wage_cad": "52.00", "agreement_hourly_wage_cad": "52.00"}},
    )
    def patch(self, request: Request, employer_id: UUID, offer_id: UUID) -> Response:
        version = _version(request)
        body = read_body(request, {"content": CHANGES}, ("content",))
        self.offer(offer_id)
        save_draft(offer_id, version, body["content"], self.actor, rulebook())
        return _versioned(self.offer(offer_id))

    @documented(
        "delete_offer",
        "Put a draft away",
        OfferSerializer,
        refusals={409: "Only a draft can be put away."},
        description="It can be restored; after a while what it says of its worker is erased.",
    )
    def delete(self, request: Request, employer_id: UUID, offer_id: UUID) -> Response:
        self.offer(offer_id)
        delete_draft(offer_id, self.actor)
        return Response(offer_answer(self.offer(offer_id)))


class CheckView(EmployerView):
    @documented(
        "check_offer",
        "Check an offer",
        CheckSerializer,
        refusals={503: "No catalogue has been published yet."},
        description="Everything that keeps it from being submitted, and every warning, as of today; nothing is stored. "
        "A warning is acknowledged by changing `acknowledged` in the draft: its code, and a reason.",
    )
    def get(self, request: Request, employer_id: UUID, offer_id: UUID) -> Response:
        return Response(check_answer(check_offer(self.offer(offer_id), timezone.localdate(), rulebook())))


def own(employer: Employer, model: Any, name: str, key: str | None) -> Any:
    """Return what an identifier in a body names, where it is the employer's; raises FieldsInvalid otherwise."""
    found = model.objects.filter(employer=employer, pk=key).first() if key else None
    if key and found is None:
        raise FieldsInvalid({name: _NOT_THERE})
    return found


def rulebook() -> Rulebook:
    """Return the published rulebook; raises NoCatalogue while there is none."""
    try:
        return published_rulebook()
    except NoPublishedRelease as error:
        raise NoCatalogue from error


def _versioned(offer: OfferOfEmployment) -> Response:
    return Response(offer_answer(offer), headers={"ETag": f'"{offer.version}"'})


def _version(request: Request) -> int:
    """Return the version that a writer saw. Raises VersionMissing, FieldsInvalid."""
    header = request.headers.get("If-Match")
    if header is None:
        raise VersionMissing
    read = ETAG.fullmatch(header.strip())
    if read is None:
        raise FieldsInvalid({"If-Match": _ONE_VERSION})
    return int(read[1])


def _wanted(request: Request) -> Q:
    asked = request.query_params
    wanted = Q(**{name: asked[name] for name in ("status", "exemption_category") if name in asked})
    if "changed_since" in asked:
        wanted &= Q(updated_at__gte=_moment(asked["changed_since"]))
    if "number" in asked:
        try:
            wanted &= Q(number=str(parse_offer_number(asked["number"])))
        except OfferNumberInvalid as error:
            raise FieldsInvalid({"number": error.text}) from error
    return wanted


def _moment(value: Any) -> Any:
    """Return a moment with its time zone, or None."""
    try:
        found = parse_datetime(value)
    except ValueError:
        return None
    return found if found is not None and timezone.is_aware(found) else None


QUERY = {
    "status": one_of(OFFER_STATUSES),
    "number": text(40),
    "exemption_category": text(100),
    "changed_since": MOMENT,
    **paging.QUERY,
}
_NOT_THERE = Text(en="The employer has none of this identifier.", fr="L’employeur n’en a pas de cet identifiant.")
_ONE_VERSION = Text(en="Give the ETag of one version.", fr="Donnez l’ETag d’une version.")
