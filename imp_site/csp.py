"""The content security policy: strict on the public site, looser only where a library's own pages need it.

The admin's theme runs Alpine, which compiles expressions in the browser (`unsafe-eval`) and writes inline styles and
scripts. The API's documentation page has one inline style sheet. Both are pages for people who work with the site.
"""

from typing import Any

from csp.constants import SELF, UNSAFE_EVAL, UNSAFE_INLINE
from csp.middleware import CSPMiddleware, PolicyParts
from django.http import HttpRequest, HttpResponseBase

LOOSER_UNDER: dict[str, dict[str, list[str]]] = {
    "/admin/": {
        "script-src": [SELF, UNSAFE_INLINE, UNSAFE_EVAL],
        "style-src": [SELF, UNSAFE_INLINE],
    },
    "/api/v1/docs/": {"style-src": [SELF, UNSAFE_INLINE]},
}


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        parts.replace = {**looser_directives(request.path_info), **(parts.replace or {})}
        return parts


def looser_directives(path: str) -> dict[str, Any]:
    """The directives that replace the strict ones for this path; none for the public site."""
    for prefix, directives in LOOSER_UNDER.items():
        if path.startswith(prefix):
            return directives
    return {}
