"""Groups of performing artists over the API: begin, read, put a draft in or take it out, submit all together."""

from typing import Any
from uuid import UUID

from django.http import Http404
from rest_framework.request import Request
from rest_framework.response import Response

from employer_portal.api import paging
from employer_portal.api.answers import group_answer, offer_answer
from employer_portal.api.base import EmployerView, read_body
from employer_portal.api.documented import documented
from employer_portal.api.offers import own, rulebook
from employer_portal.api.serializers import GroupPageSerializer, GroupSerializer, OfferSerializer
from employer_portal.api.shapes import IDENTIFIER, text, texts_by_key
from employer_portal.content import check_storable
from employer_portal.drafts import begin_group, put_in_group
from employer_portal.errors import FieldsInvalid
from employer_portal.models import OfferGroup
from employer_portal.offers import submit_group
from employer_portal.permissions import Action
from exemption_codes.catalogue.documents import Text

NAME = {"name": text(200)}
PLACE = {"group": IDENTIFIER.or_null()}
NUMBERS = {"official_numbers": texts_by_key(36, 40, 500)}


class GroupsView(EmployerView):
    actions = {"GET": Action.VIEW, "POST": Action.WRITE_OFFERS}

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        self.query = paging.QUERY if request.method == "GET" else {}
        super().initial(request, *args, **kwargs)

    @documented("list_groups", "List groups of artists", GroupPageSerializer, parameters=paging.PARAMETERS)
    def get(self, request: Request, employer_id: UUID) -> Response:
        groups = OfferGroup.objects.filter(employer=self.employer)
        return paging.page_of(request, self, groups, ("-created_at", "-pk"), group_answer)

    @documented(
        "create_group",
        "Begin a group of artists",
        GroupSerializer,
        status=201,
        body=NAME,
        required=("name",),
        has_key=True,
        description="Performing artists and their staff whose offers are filed together, so that the fee has a "
        "maximum (R303.1(7)).",
        example={"name": "Foghorn Ensemble"},
    )
    def post(self, request: Request, employer_id: UUID) -> Response:
        name = read_body(request, NAME, ("name",))["name"]
        check_storable({"name": name})
        if not name.strip():
            raise FieldsInvalid({"name": _NO_NAME})
        return self.once(request, lambda: (201, group_answer(begin_group(self.employer, name, self.actor))))


class GroupView(EmployerView):
    @documented("get_group", "Read a group of artists", GroupSerializer)
    def get(self, request: Request, employer_id: UUID, group_id: UUID) -> Response:
        return Response(group_answer(_group(self, group_id)))


class GroupSubmitView(EmployerView):
    actions = {"POST": Action.SUBMIT}

    @documented(
        "submit_group",
        "Submit every draft of a group",
        GroupSerializer,
        body=NUMBERS,
        has_key=True,
        refusals={
            422: "One offer is not ready, and keeps all of them back: `fields` holds what the check found. Or the key "
            "came with another request.",
            503: "No catalogue has been published yet.",
        },
        description="All at the same moment, under one fee with its maximum. Where official numbers are recorded: the "
        "number by the identifier of each offer for which no fee is due.",
        example={},
    )
    def post(self, request: Request, employer_id: UUID, group_id: UUID) -> Response:
        given = read_body(request, NUMBERS).get("official_numbers", {})
        group, rules = _group(self, group_id), rulebook()
        return self.once(request, lambda: self._submit(group, given, rules))

    def _submit(self, group: OfferGroup, given: dict[str, str], rules: Any) -> tuple[int, Any]:
        waiting = group.offers.drafts().order_by("pk").values_list("pk", flat=True)
        numbers = [given.get(str(key), "") for key in waiting]
        submit_group(group, self.actor, official_numbers=numbers, rulebook=rules)
        return 200, group_answer(group)


class OfferGroupView(EmployerView):
    actions = {"POST": Action.WRITE_OFFERS}

    @documented(
        "put_in_group",
        "Put a draft into a group, or take it out",
        OfferSerializer,
        body=PLACE,
        required=("group",),
        has_key=True,
        description="`null` takes it out.",
        example={"group": None},
    )
    def post(self, request: Request, employer_id: UUID, offer_id: UUID) -> Response:
        wanted = own(self.employer, OfferGroup, "group", read_body(request, PLACE, ("group",))["group"])
        self.offer(offer_id)
        return self.once(request, lambda: self._put(offer_id, wanted))

    def _put(self, offer_id: UUID, wanted: OfferGroup | None) -> tuple[int, Any]:
        put_in_group(offer_id, wanted, self.actor)
        return 200, offer_answer(self.offer(offer_id))


def _group(view: EmployerView, group_id: UUID) -> OfferGroup:
    found = OfferGroup.objects.filter(employer=view.employer, pk=group_id).first()
    if found is None:
        raise Http404
    return found


_NO_NAME = Text(en="Give the group a name.", fr="Donnez un nom au groupe.")
