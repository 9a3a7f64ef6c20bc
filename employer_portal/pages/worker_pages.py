"""Pages for the worker, who has no account: confirming the passport by a secret link, and quoting an offer number."""

from collections.abc import Callable, Mapping
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from eligibility import screenings
from eligibility.questionnaire.visit import begin_screening, current_screening, language
from employer_portal.errors import FieldsInvalid, InvitationInvalid
from employer_portal.models import WorkerConfirmation
from employer_portal.offer_facts import job_facts
from employer_portal.pages.offers_said import field_label, said_value
from employer_portal.pages.rate_limits import may_try
from employer_portal.pages.worker_forms import PassportForm, QuoteForm
from employer_portal.workers import COMPARED, confirm, differences, facts_for_applicant, open_confirmation
from exemption_codes.releases import published_rulebook

LINK_RATE, QUOTE_RATE, NUMBER_RATE = "60/hour", "10/hour", "20/day"
View = Callable[..., HttpResponse]


def _hidden(view: View) -> View:
    """Keep a page out of caches and search engines, and its address from other sites.

    Not `no-referrer`: browsers then hide the origin of a form too, and it is refused as a forgery.
    """

    @wraps(view)
    def shown(*args: Any, **kwargs: Any) -> HttpResponse:
        answer = view(*args, **kwargs)
        answer["X-Robots-Tag"] = "noindex, nofollow"
        answer["Referrer-Policy"] = "same-origin"
        return answer

    return never_cache(shown)


@_hidden
@require_http_methods(["GET", "HEAD", "POST"])
def worker(request: HttpRequest, token: str) -> HttpResponse:
    """Ask the worker what stands in their passport, and show which fields differ from the offer."""
    if not may_try(request, "worker-link", LINK_RATE):
        return _too_many(request)
    try:
        confirmation = open_confirmation(token)
        if request.method != "POST":
            return _passport_page(request, confirmation, None)
        form = PassportForm(request.POST)
        if not form.is_valid():
            return _passport_page(request, confirmation, form)
        return _confirm(request, token, form)
    except InvitationInvalid:
        return render(request, "employer_portal/worker/closed.html", status=HTTPStatus.GONE)


@_hidden
@require_POST
def worker_questionnaire(request: HttpRequest, token: str) -> HttpResponse:
    """Begin the questionnaire with the job of the offer, and with what the worker confirmed of themself."""
    try:
        confirmation = open_confirmation(token)
    except InvitationInvalid:
        return render(request, "employer_portal/worker/closed.html", status=HTTPStatus.GONE)
    own: dict[str, Any] = {}
    if confirmation.confirmed_at:
        own = {
            "applicant.citizenships": [str(confirmation.citizenship)],
            "applicant.date_of_birth": confirmation.date_of_birth,
        }
    return _to_questionnaire(request, {**job_facts(confirmation.offer), **own})


@_hidden
@require_http_methods(["GET", "HEAD", "POST"])
def quote_offer(request: HttpRequest) -> HttpResponse:
    """Fill the job facts of the questionnaire from an offer, where number, passport and birth date agree."""
    form = QuoteForm(language(), request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
        return render(request, "employer_portal/worker/quote.html", {"form": form}, status=status)
    typed = form.cleaned_data
    if not may_try(request, "quote", QUOTE_RATE) or not may_try(request, "number", NUMBER_RATE, typed["number"]):
        return _too_many(request)
    facts = facts_for_applicant(typed["number"], typed["passport_number"], typed["date_of_birth"])
    if not facts:
        form.add_error(None, _("These three do not belong together. Check each, sign by sign, or ask your employer."))
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return render(request, "employer_portal/worker/quote.html", {"form": form}, status=status)
    return _to_questionnaire(request, facts)


def _confirm(request: HttpRequest, token: str, form: PassportForm) -> HttpResponse:
    try:
        confirm(token, form.cleaned_data)
    except FieldsInvalid as invalid:
        for name, text in invalid.fields.items():
            form.add_error(name, text.in_language(language()))
        return _passport_page(request, open_confirmation(token), form)
    return redirect("employer_portal:worker", token=token)


def _passport_page(request: HttpRequest, confirmation: WorkerConfirmation, form: PassportForm | None) -> HttpResponse:
    """Show the form; once it is sent, the fields that differ, by name: what the offer holds is for the employer."""
    is_again = "again" in request.GET
    is_done = bool(confirmation.confirmed_at) and form is None and not is_again
    differing = list(differences(confirmation.offer, confirmation)) if is_done else []
    ours, rulebook = {theirs: name for name, theirs in COMPARED.items()}, published_rulebook()
    context = {
        "confirmation": confirmation,
        "offer": confirmation.offer,
        "form": form or PassportForm(),
        "is_done": is_done,
        "differing": [
            (field_label(name), said_value(name, str(getattr(confirmation, ours[name]) or ""), rulebook))
            for name in differing
        ],
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form else HTTPStatus.OK
    return render(request, "employer_portal/worker/passport.html", context, status=status)


def _to_questionnaire(request: HttpRequest, facts: Mapping[str, Any]) -> HttpResponse:
    """Put facts into the questionnaire of this browser, and go on where a question is open."""
    known = published_rulebook().facts
    screening = current_screening(request) or begin_screening(request)
    answered = {name: value for name, value in facts.items() if name in known and not known[name].derived_from}
    screenings.save_step(screening.pk, answered, (), language())
    messages.success(request, _("The facts of the job are filled in from your employer’s offer. You can change them."))
    return redirect("questionnaire:next")


def _too_many(request: HttpRequest) -> HttpResponse:
    return render(request, "employer_portal/worker/too_many.html", status=HTTPStatus.TOO_MANY_REQUESTS)
