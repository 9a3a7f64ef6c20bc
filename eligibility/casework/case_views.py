"""What consultants do on the page of a case; each view reads its form, calls one service and goes back to its tab."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from eligibility.case_file import judged_case
from eligibility.casework import assignment
from eligibility.casework.assignment import WORK, CaseMoveRefused, CaseTaken
from eligibility.casework.case_forms import DocumentForm, MessageForm, NoteForm, OfferForm, ReasonForm
from eligibility.casework.case_page import DOCUMENTS, EVIDENCE, MESSAGES, NOTES, case_context
from eligibility.casework.documents import receive, untick, wanted_documents
from eligibility.casework.messages import MessageRefused, send_again, withdraw, write_message
from eligibility.casework.notes import add_note, link_offer
from eligibility.casework.queue_views import only_with
from eligibility.models import ApplicantMessage, Screening
from exemption_codes.releases import NoSuchRelease, published_rulebook, rulebook_of

CaseView = Callable[..., HttpResponse]
PAGE = "admin/eligibility/screening/case.html"


def show_case(
    request: HttpRequest, screening: Screening, tab: str = "", status: int = HTTPStatus.OK, **bound: Any
) -> HttpResponse:
    """Render the page of a case; `bound` are forms that failed, by their names."""
    context = {
        **admin.site.each_context(request),
        "title": _("Case %(reference)s") % {"reference": screening.reference},
        "opts": Screening._meta,
        "original": screening,
        **case_context(request, screening, tab or request.GET.get("tab", ""), bound),
    }
    return TemplateResponse(request, PAGE, context, status=status)


def for_case(view: CaseView) -> Callable[..., HttpResponse]:
    """Find the case that an address names, for those who may work on it; it takes POST only."""

    @require_POST
    @only_with(WORK)
    def found(request: HttpRequest, pk: UUID, **rest: Any) -> HttpResponse:
        submitted = Screening.objects.submitted().select_related("assignee")
        return view(request, get_object_or_404(submitted, pk=pk), **rest)

    return found


def back(screening: Screening, tab: str = EVIDENCE) -> HttpResponse:
    address = reverse("admin:eligibility_screening_change", args=[screening.pk])
    return redirect(address if tab == EVIDENCE else f"{address}?tab={tab}")


def failed(request: HttpRequest, screening: Screening, tab: str, **bound: Any) -> HttpResponse:
    return show_case(request, screening, tab, HTTPStatus.UNPROCESSABLE_ENTITY, **bound)


def _me(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def _came_from(request: HttpRequest) -> str:
    return request.POST.get("tab", EVIDENCE)[:20]


def _seen(request: HttpRequest) -> int | None:
    """The assignee whom the page showed."""
    seen = request.POST.get("seen", "")
    return int(seen) if seen.isdecimal() else None


@for_case
def take(request: HttpRequest, screening: Screening) -> HttpResponse:
    try:
        assignment.take(screening, _me(request))
    except CaseTaken as error:
        messages.error(request, str(error))
    return back(screening, _came_from(request))


@for_case
def give(request: HttpRequest, screening: Screening) -> HttpResponse:
    to = request.POST.get("to", "")
    person = next((one for one in assignment.workers() if str(one.pk) == to), None)
    try:
        if to == "nobody":
            assignment.give_back(screening, _me(request), _seen(request))
        elif person is None:
            messages.error(request, _("Choose who gets the case."))
        else:
            assignment.give(screening, _me(request), person, _seen(request))
    except CaseTaken as error:
        messages.error(request, str(error))
    return back(screening, _came_from(request))


@for_case
def close(request: HttpRequest, screening: Screening) -> HttpResponse:
    return _close_or_reopen(request, screening, assignment.close)


@for_case
def reopen(request: HttpRequest, screening: Screening) -> HttpResponse:
    return _close_or_reopen(request, screening, assignment.reopen)


def _close_or_reopen(
    request: HttpRequest, screening: Screening, move: Callable[[Screening, User, str], None]
) -> HttpResponse:
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return failed(request, screening, _came_from(request), reason=form)
    try:
        move(screening, _me(request), form.cleaned_data["text"])
    except CaseMoveRefused as error:
        messages.error(request, str(error))
    return back(screening, _came_from(request))


@for_case
def note(request: HttpRequest, screening: Screening) -> HttpResponse:
    form = NoteForm(request.POST)
    if not form.is_valid():
        return failed(request, screening, NOTES, note=form)
    add_note(screening, _me(request), form.cleaned_data["text"])
    return back(screening, NOTES)


@for_case
def offer(request: HttpRequest, screening: Screening) -> HttpResponse:
    form = OfferForm(request.POST)
    if not form.is_valid():
        return failed(request, screening, EVIDENCE, offer=form)
    link_offer(screening, _me(request), form.cleaned_data["offer_number"])
    return back(screening)


@for_case
def document(request: HttpRequest, screening: Screening, key: str) -> HttpResponse:
    """Tick a document of the checklist, note it otherwise, or untick it."""
    if "untick" in request.POST:
        untick(screening, _me(request), key)
        return back(screening, DOCUMENTS)
    try:
        wanted = wanted_documents(judged_case(screening, rulebook_of(screening.release_digest))[1]).get(key)
    except NoSuchRelease:
        wanted = None
    if wanted is None:
        raise Http404
    form = DocumentForm(request.POST, auto_id=f"id_{key}_%s")
    if not form.is_valid():
        return failed(request, screening, DOCUMENTS, **{f"document-{key}": form})
    receive(screening, _me(request), wanted, form.cleaned_data["received_on"], form.cleaned_data["note"])
    return back(screening, DOCUMENTS)


@for_case
def message(request: HttpRequest, screening: Screening) -> HttpResponse:
    """Write to the applicant."""
    form = MessageForm(published_rulebook(), request.POST)
    if not form.is_valid():
        return failed(request, screening, MESSAGES, message=form)
    try:
        write_message(screening, _me(request), form.cleaned_data["text"], form.cleaned_data["facts"])
    except MessageRefused as error:
        form.add_error(None, str(error))
        return failed(request, screening, MESSAGES, message=form)
    messages.success(request, _("The message is written; its mail goes out in a moment."))
    return back(screening, MESSAGES)


@for_case
def message_again(request: HttpRequest, screening: Screening, message_id: UUID) -> HttpResponse:
    return _with_message(request, screening, message_id, send_again)


@for_case
def message_withdrawn(request: HttpRequest, screening: Screening, message_id: UUID) -> HttpResponse:
    return _with_message(request, screening, message_id, withdraw)


def _with_message(
    request: HttpRequest, screening: Screening, message_id: UUID, act: Callable[[ApplicantMessage, User], None]
) -> HttpResponse:
    try:
        act(get_object_or_404(screening.messages.select_related("screening"), pk=message_id), _me(request))
    except MessageRefused as error:
        messages.error(request, str(error))
    return back(screening, MESSAGES)
