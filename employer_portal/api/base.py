"""What every view of the employers' API shares: the token, its employer, its actor, and requests carried out once."""

from collections.abc import Callable, Collection, Mapping
from typing import Any
from uuid import UUID

from django.http import Http404
from rest_framework.exceptions import MethodNotAllowed
from rest_framework.request import Request
from rest_framework.response import Response

from employer_portal.actors import Actor, program
from employer_portal.api.authentication import HasToken, TokenAuthentication, TokenThrottle
from employer_portal.api.errors import NotAnObject, refusal
from employer_portal.api.idempotency import answered_once, fingerprint_of, key_of
from employer_portal.api.shapes import Shape, check_parts
from employer_portal.errors import FieldsInvalid, PortalError
from employer_portal.models import ApiToken, Employer, OfferOfEmployment
from employer_portal.permissions import Action, check_may
from exemption_codes.api.language import PARAMETER, InReadersLanguage
from exemption_codes.catalogue.documents import Text

Query = Mapping[str, Shape]
REPEATED = "Idempotent-Replayed"
_NEEDED = Text(en="This is needed.", fr="Cette valeur est nécessaire.")


class EmployerView(InReadersLanguage):
    """A view of one employer, for whoever holds one of its tokens; any other employer is not there at all."""

    authentication_classes = (TokenAuthentication,)
    permission_classes = (HasToken,)
    throttle_classes = (TokenThrottle,)
    # What somebody must be allowed to do, by method.
    actions: Mapping[str, Action] = {"GET": Action.VIEW}
    query: Query = {}

    token: ApiToken
    actor: Actor

    @property
    def employer(self) -> Employer:
        return self.token.employer

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        assert isinstance(request.auth, ApiToken)  # HasToken saw to it
        self.token, self.actor = request.auth, program(request.auth)
        if self.token.employer_id != kwargs["employer_id"]:
            raise Http404
        method = "GET" if request.method == "HEAD" else str(request.method)
        if method not in self.actions:
            raise MethodNotAllowed(method)
        check_may(self.actor, self.actions[method], self.employer)
        asked = {name: value for name, value in request.query_params.items() if name != PARAMETER}
        check_parts(asked, self.query)

    def handle_exception(self, exception: Exception) -> Response:
        if isinstance(exception, PortalError):
            status, body = refusal(exception)
            return Response(body, status=status)
        return super().handle_exception(exception)

    def offer(self, offer_id: UUID) -> OfferOfEmployment:
        """Return an offer of the token's employer; every other is not there."""
        offers = OfferOfEmployment.objects.select_related("employer", "charge").prefetch_related("sites")
        found = offers.filter(employer=self.employer, pk=offer_id).first()
        if found is None:
            raise Http404
        return found

    def once(self, request: Request, act: Callable[[], tuple[int, Any]]) -> Response:
        """Carry out a POST once for its Idempotency-Key, and answer as the first time."""
        answer = answered_once(self.employer, key_of(request), fingerprint_of(request), act)
        return Response(answer.body, answer.status, headers={REPEATED: "true"} if answer.is_repeated else None)


def read_body(request: Request, parts: Mapping[str, Shape], required: Collection[str] = ()) -> dict[str, Any]:
    """Return the body of a request, held to its shapes. Raises FieldsInvalid, NotAnObject, ParseError."""
    if not isinstance(request.data, dict):
        raise NotAnObject
    lacking = {name: _NEEDED for name in required if name not in request.data}
    if lacking:
        raise FieldsInvalid(lacking)
    check_parts(request.data, parts)
    return dict(request.data)
