"""A day that the catalogue does not cover gets a page that says so: never a fallback, and no failure of the site."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from exemption_codes.catalogue.problems import DateNotCovered

View = Callable[..., HttpResponse]


def on_covered_days(view: View) -> View:
    """Answer 503 with the dates that are covered where the view needs another day."""

    @wraps(view)
    def covered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except DateNotCovered as error:
            status = HTTPStatus.SERVICE_UNAVAILABLE
            return render(request, "questionnaire/not_covered.html", {"last": error.last}, status=status)

    return covered
