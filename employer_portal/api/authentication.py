"""Who asks: a program with a token of an employer, in the header `Authorization: Bearer imp_…`."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed, Throttled
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle
from rest_framework.views import APIView

from employer_portal.models import ApiToken
from employer_portal.tokens import find_token

if TYPE_CHECKING:
    from django.contrib.auth.models import User

SCHEME = "Bearer"


class TokenThrottle(SimpleRateThrottle):
    """So many requests a minute for each token."""

    scope = "token"

    def get_cache_key(self, request: Request, view: APIView) -> str | None:
        return self.cache_format % {"scope": self.scope, "ident": request.auth.pk} if request.auth else None


class FailedTokenThrottle(SimpleRateThrottle):
    """So many wrong tokens a minute from one address."""

    scope = "anon"

    def get_cache_key(self, request: Request, view: APIView | None) -> str:
        return self.cache_format % {"scope": "failed_token", "ident": self.get_ident(request)}


class TokenAuthentication(BaseAuthentication):
    """Finds the token; why one does not work is not told."""

    def authenticate(self, request: Request) -> "tuple[User, ApiToken] | None":
        scheme, _space, secret = get_authorization_header(request).decode("latin-1").partition(" ")
        if scheme.casefold() != SCHEME.casefold():
            return None
        token = find_token(secret.strip())
        if token is None or token.made_by is None:
            self._count_failure(request)
            raise AuthenticationFailed(_("This token does not work."), code="token_invalid")
        return token.made_by, token

    def authenticate_header(self, request: Request) -> str:
        return SCHEME

    def _count_failure(self, request: Request) -> None:
        throttle = FailedTokenThrottle()
        if not throttle.allow_request(request, None):  # type: ignore[arg-type]  # it looks at no view
            raise Throttled(throttle.wait())


class HasToken(BasePermission):
    """A session of somebody signed in is no token: pages and programs stay apart."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        return isinstance(request.auth, ApiToken)


class TokenScheme(OpenApiAuthenticationExtension):
    target_class = "employer_portal.api.authentication.TokenAuthentication"
    name = "employerToken"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        return {"type": "http", "scheme": "bearer", "description": "A token of one employer, made in the portal."}
