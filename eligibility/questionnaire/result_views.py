"""The pages after the answers: the result, one category in full, and sending a copy to a consultant."""

from dataclasses import replace

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from eligibility import screenings
from eligibility.casework.events import record_event
from eligibility.decisions.determinations import first_determination
from eligibility.decisions.downloads import signed_file
from eligibility.decisions.kinds import DOWNLOADED
from eligibility.engine.determine import Result, determine
from eligibility.models import Screening
from eligibility.notices.wishes import wish
from eligibility.questionnaire.answers import Walk
from eligibility.questionnaire.cards import card
from eligibility.questionnaire.context import result_page
from eligibility.questionnaire.forms import SubmitForm
from eligibility.questionnaire.questions import said_answers
from eligibility.questionnaire.views import to_start
from eligibility.questionnaire.visit import SENT_KEY, current_screening, language, limited_to, sent_screening, walk_of
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.releases import published_rulebook


@never_cache
@require_safe
def result(request: HttpRequest) -> HttpResponse:
    """The result of the answers given so far; it can be read before the last question."""
    screening, rulebook = current_screening(request), published_rulebook()
    if screening is None:
        return to_start(request)
    walked = walk_of(screening, rulebook)
    found = judged(walked, rulebook, screening)
    only = next(iter((*found.determinations, *found.permit_free)), None) if limited_to(screening, rulebook) else None
    context = {
        "result": result_page(found, language()),
        "ticked": [topic for topic in said_answers(walked, rulebook, language()) if topic.is_ticks],
        "only": card(only, found, language()) if only else None,
        "is_finished": walked.next is None,
        "rulebook": rulebook,
    }
    return render(request, "questionnaire/result.html", context)


@never_cache
@require_safe
def code(request: HttpRequest, category: str) -> HttpResponse:
    """One category in full, whatever its outcome."""
    screening, rulebook = current_screening(request), published_rulebook()
    if screening is None:
        return to_start(request)
    found = determine(rulebook, walk_of(screening, rulebook).counting, timezone.localdate())
    everything = (*found.determinations, *found.permit_free)
    determination = next((d for d in everything if d.category.id == category), None)
    if determination is None:
        raise Http404
    context = {"card": card(determination, found, language()), "rulebook": rulebook}
    return render(request, "questionnaire/code.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest) -> HttpResponse:
    """Send a copy of the answers and the result to a consultant, with consent."""
    screening, rulebook = current_screening(request), published_rulebook()
    if screening is None:
        return to_start(request)
    form = SubmitForm(request.POST if request.method == "POST" else None)
    walked = walk_of(screening, rulebook)
    if form.is_valid():
        sent_copy = screenings.submit(
            screening, walked.counting, judged(walked, rulebook, screening), form.cleaned_data, language()
        )
        if form.cleaned_data["wants_notices"]:
            wish(sent_copy)
        request.session[SENT_KEY] = sent_copy.reference
        return redirect("questionnaire:sent")
    context = {
        "form": form,
        "answer_count": len(walked.counting),
        "days_kept": settings.DATA_RETENTION_DAYS,
        "rulebook": rulebook,
    }
    return render(request, "questionnaire/send.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    reference = request.session.get(SENT_KEY)
    if not reference:
        return redirect("questionnaire:start")
    return render(request, "questionnaire/sent.html", {"reference": reference})


@never_cache
@require_safe
def signed(request: HttpRequest) -> HttpResponse:
    """What was judged when this browser sent its answers: a signed file that anybody can verify later."""
    screening = sent_screening(request)
    determination = first_determination(screening) if screening else None
    if screening is None or determination is None:
        return redirect("questionnaire:start")
    record_event(screening, DOWNLOADED, None, {"number": determination.number})
    return signed_file(determination)


def judged(walked: Walk, rulebook: Rulebook, screening: Screening) -> Result:
    """Judge the answers that count, for every category or for the one that the screening is limited to."""
    found = determine(rulebook, walked.counting, timezone.localdate())
    if not (only := limited_to(screening, rulebook)):
        return found
    kept = tuple(d for d in found.determinations if d.category.id == only)
    permit_free = tuple(d for d in found.permit_free if d.category.id == only)
    return replace(found, determinations=kept, permit_free=permit_free)
