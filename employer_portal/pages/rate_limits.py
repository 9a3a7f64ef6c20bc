"""How often somebody may try: counted by address, or by what they try, in the shared cache."""

from hashlib import sha256
from typing import Any

from django.http import HttpRequest
from rest_framework.throttling import SimpleRateThrottle


class _Tries(SimpleRateThrottle):
    """The API's way of counting, for a page: `ident` is what the tries are counted by."""

    def __init__(self, scope: str, rate: str, ident: str) -> None:
        self.scope, self.rate, self.ident = scope, rate, ident
        super().__init__()

    def get_cache_key(self, request: Any, view: Any) -> str:
        ident = self.ident or str(self.get_ident(request))
        return f"tries:{self.scope}:{sha256(ident.encode()).hexdigest()}"


def may_try(request: HttpRequest, scope: str, rate: str, ident: str = "") -> bool:
    """Count one try, and say whether it is within the rate (such as 10/hour); by address where no `ident` is given."""
    allowed = _Tries(scope, rate, ident).allow_request(request, None)  # type: ignore[arg-type]  # it reads META alone
    return bool(allowed)
