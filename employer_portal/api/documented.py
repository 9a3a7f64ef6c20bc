"""What the schema says of every request beside its answer: refusals, headers, language."""

from collections.abc import Mapping
from typing import Any

from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema

from employer_portal.api.idempotency import HEADER, LONGEST_KEY
from employer_portal.api.shapes import Shape, thing
from exemption_codes.api.language import PARAMETER
from exemption_codes.api.shapes import ErrorSerializer

LANGUAGE = OpenApiParameter(PARAMETER, str, enum=("en", "fr"), description="Instead of Accept-Language.")
ALWAYS = {
    400: "Something in the request cannot be read; each problem is named.",
    401: "There is no token, or it does not work: unknown, revoked, expired, or its maker has left.",
    403: "The token may not do this.",
    404: "There is no such thing for this employer.",
    406: "Answers are JSON.",
    429: "Too many requests; Retry-After says when to go on.",
}
WRITES = {
    409: "The offer cannot make this move now; `fields` says why, and what to do instead.",
    413: "The request is too large.",
    415: "Requests are sent as application/json.",
}
KEY = OpenApiParameter(
    HEADER,
    {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY, "pattern": "^[!-~]+$"},
    OpenApiParameter.HEADER,
    required=True,
    description="The same key with the same request is carried out once and answered the same; with another, 422.",
)
TAG = "Employers"


def documented(
    operation: str,
    summary: str,
    answer: Any,
    *,
    status: int = 200,
    description: str = "",
    body: Mapping[str, Shape] | None = None,
    required: tuple[str, ...] = (),
    parameters: tuple[OpenApiParameter, ...] = (),
    refusals: Mapping[int, str] | None = None,
    example: Any = None,
    answer_example: Any = None,
    has_key: bool = False,
) -> Any:
    """Return extend_schema for one request of this API; `body` is what `read_body` is given."""
    also = {**(WRITES if body is not None else {}), **(refusals or {})}
    if has_key:
        also.setdefault(422, "The key was sent before with another request.")
    examples = [OpenApiExample("Request", value=example, request_only=True)] if example is not None else []
    if answer_example is not None:
        examples.append(OpenApiExample("Answer", value=answer_example, response_only=True, status_codes=[str(status)]))
    return extend_schema(
        operation_id=operation,
        summary=summary,
        description=description,
        tags=[TAG],
        parameters=[LANGUAGE, *parameters, *([KEY] if has_key else [])],
        request={"application/json": dict(thing(body, required).schema)} if body is not None else None,
        responses={
            **(answer if isinstance(answer, dict) else {status: answer}),
            **{code: OpenApiResponse(ErrorSerializer, description=why) for code, why in {**ALWAYS, **also}.items()},
        },
        examples=examples,
    )
