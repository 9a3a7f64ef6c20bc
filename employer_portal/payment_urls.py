"""Where payment providers call, outside the languages. What django-payments lets fall through is answered with 400."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path, re_path
from django.views.decorators.csrf import csrf_exempt
from payments import PaymentError
from payments.urls import process_data, static_callback

View = Callable[..., HttpResponse]


def heard(view: View) -> View:
    """Answer what a provider never sends with 400, in its own terms, instead of failing."""

    @csrf_exempt
    @wraps(view)
    def listen(request: HttpRequest, **address: Any) -> HttpResponse:
        try:
            return view(request, **address)
        except PaymentError as problem:
            return JsonResponse({"error": str(problem)}, status=problem.code or HTTPStatus.BAD_REQUEST)

    return listen


urlpatterns = [
    path("process/<uuid:token>/", heard(process_data), name="process_payment"),
    re_path(r"^process/(?P<variant>[a-z-]+)/$", heard(static_callback), name="static_process_payment"),
]
