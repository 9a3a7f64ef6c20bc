"""A page on which staff act: what it is about, a form for what the act needs, its errors, and the way back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from employer_portal.actors import Actor, staff
from employer_portal.errors import PortalError
from employer_portal.staff.forms import ActForm


@dataclass(frozen=True)
class Act:
    """What somebody is about to do; `danger` says what cannot be undone."""

    title: str
    button: str
    done: str
    danger: str = ""
    hidden: Mapping[str, Any] = field(default_factory=dict)


class ActPages:
    """Pages of an admin on which staff act on one object; part of a ModelAdmin."""

    def act_on(self, request: HttpRequest, key: str, permission: str) -> Any:
        """Return the object of an act. Raises PermissionDenied, Http404."""
        if not self.has_view_permission(request) or not request.user.has_perm(permission):  # type: ignore[attr-defined]
            raise PermissionDenied
        found = self.get_object(request, key)  # type: ignore[attr-defined]
        if found is None:
            raise Http404
        return found

    def act(
        self, request: HttpRequest, about: Model, act: Act, form: ActForm, do: Callable[[dict[str, Any]], str | None]
    ) -> HttpResponse:
        """Show the form, or do what it says; `do` returns what to tell instead of `act.done`, if anything."""
        back = reverse(f"admin:{about._meta.label_lower.replace('.', '_')}_change", args=[about.pk])
        if request.method == "POST" and form.is_valid():
            try:
                told = do(form.cleaned_data)
            except PortalError as error:
                form.refuse(error)
            else:
                if not form.errors:
                    messages.success(request, told or act.done)
                    return redirect(back)
        context = {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]
            "title": act.title, "opts": about._meta, "about": about, "act": act, "form": form, "back": back,
        }  # fmt: skip
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        return TemplateResponse(request, "admin/employer_portal/act.html", context, status=status)


def who(request: HttpRequest) -> Actor:
    """Return the member of staff who acts."""
    assert request.user.is_authenticated  # the admin lets nobody else in
    return staff(request.user)


def sent(request: HttpRequest) -> Any:
    """Return what a form was sent with, though it asks nothing; None when it is only shown."""
    return request.POST if request.method == "POST" else None
