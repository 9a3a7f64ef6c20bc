"""The pages on the way: start, one page of questions, a page of ticks, check your answers, erase."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from eligibility import screenings
from eligibility.engine.report import plain
from eligibility.models import DailyCount, Screening
from eligibility.questionnaire.answers import Walk, ticked_page
from eligibility.questionnaire.forms import QuestionsForm, TicksForm
from eligibility.questionnaire.questions import questions_of, said_answers, ticks_of
from eligibility.questionnaire.visit import (
    SENT_KEY,
    back_address,
    begin_screening,
    count_once,
    current_screening,
    forget,
    language,
    limited_to,
    origin,
    page_address,
    remember,
    walk_of,
)
from exemption_codes.catalogue import documents as doc
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.releases import published_rulebook


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    screening = current_screening(request)
    rulebook = published_rulebook()
    context = {
        "has_answers": bool(screening and (screening.answers or screening.skipped)),
        "category_count": sum(not one.is_permit_free for one in rulebook.in_force(timezone.localdate())),
        "days_kept": settings.DATA_RETENTION_DAYS,
        "rulebook": rulebook,
    }
    return render(request, "questionnaire/start.html", context)


@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Start with no answers; or go on with those there are, for one category (`only`) or for all (`keep`)."""
    only = request.POST.get("only", "")
    only = only if only in published_rulebook().categories else ""
    screening = current_screening(request)
    if screening and (only or "keep" in request.POST):
        screenings.limit_to(screening.pk, only)
    else:
        forget(request)
        begin_screening(request, only)
    return redirect("questionnaire:next")


@never_cache
@require_safe
def next_step(request: HttpRequest) -> HttpResponse:
    """To the next page with an open question, or to the check of all answers when none is left."""
    screening = current_screening(request)
    if screening is None:
        return to_start(request)
    walked = walk_of(screening, published_rulebook())
    if walked.next is None:
        return redirect("questionnaire:answers")
    count_once(request, DailyCount.Kind.REACHED, walked.next.page.id)
    return redirect(page_address(walked.next.page.id, [fact.name for fact in walked.next.facts]))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, page_id: str) -> HttpResponse:
    """Show or save one page; its address names the facts asked, so that going back shows the same questions."""
    rulebook = published_rulebook()
    document = next((page for page in rulebook.pages if page.id == page_id), None)
    if document is None:
        raise Http404
    facts = [name for name in dict.fromkeys(request.GET.getlist("fact")) if name in document.facts]
    screening = current_screening(request)
    if screening is None and request.method == "POST" and facts:
        messages.warning(request, _("Your earlier answers are gone. What you entered just now is kept."))
        screening = begin_screening(request)
    if screening is None:
        return to_start(request)
    if not facts:
        return redirect("questionnaire:next")
    show = ticks_page if document.kind == "ticks" else questions_page
    return show(request, screening, document, facts, rulebook)


def questions_page(
    request: HttpRequest, screening: Screening, document: doc.PageDocument, facts: list[str], rulebook: Rulebook
) -> HttpResponse:
    answers = screenings.readable_answers(screening, rulebook)
    data = request.POST if request.method == "POST" else None
    form = QuestionsForm(facts, rulebook, language(), answers, screening.skipped, data)
    is_redrawn = "redraw" in request.POST
    if not is_redrawn and form.is_valid():
        answered, skipped = form.answered()
        screenings.save_step(screening.pk, answered, skipped, language())
        return leave(request, document, facts)
    walked = walk_of(screening, rulebook)
    questions = questions_of(form, walked, language(), shows_errors=not is_redrawn)
    has_errors = any(question.errors for question in questions)
    context = {
        "questions": questions,
        "has_errors": has_errors,
        **page_context(request, document, walked, facts, rulebook),
    }
    return render(request, "questionnaire/page.html", context, status=422 if has_errors else 200)


def ticks_page(
    request: HttpRequest, screening: Screening, document: doc.PageDocument, facts: list[str], rulebook: Rulebook
) -> HttpResponse:
    form = TicksForm(facts, request.POST if request.method == "POST" else None)
    is_redrawn = "redraw" in request.POST
    if not is_redrawn and form.is_valid():
        said = ticked_page(document, form.cleaned_data["ticked"])
        answered = {name: value for name, value in said.items() if value is not None and name in facts}
        skipped = [name for name in facts if name not in answered]
        screenings.save_step(screening.pk, answered, skipped, language())
        return leave(request, document, facts)
    has_errors = bool(form.is_bound and not is_redrawn)
    walked = walk_of(screening, rulebook)
    context = {
        "ticks": ticks_of(form, facts, screening.answers, walked, language()),
        "errors": [error for messages in form.errors.values() for error in messages] if has_errors else [],
        "has_errors": has_errors,
        **page_context(request, document, walked, facts, rulebook),
    }
    return render(request, "questionnaire/ticks.html", context, status=422 if has_errors else 200)


@never_cache
@require_safe
def answers_page(request: HttpRequest) -> HttpResponse:
    """Check your answers: all that count, each with a link to change it."""
    screening, rulebook = current_screening(request), published_rulebook()
    if screening is None:
        return to_start(request)
    walked = walk_of(screening, rulebook)
    context = {
        "topics": said_answers(walked, rulebook, language()),
        "is_finished": walked.next is None,
        "walked": walked,
        "only": rulebook.categories.get(limited_to(screening, rulebook)),
        "days_kept": settings.DATA_RETENTION_DAYS,
        "rulebook": rulebook,
    }
    return render(request, "questionnaire/answers.html", context)


@never_cache
@require_safe
def download(request: HttpRequest) -> HttpResponse:
    """The answers that count as a file, in the form that the API takes."""
    screening = current_screening(request)
    if screening is None:
        return to_start(request)
    counting = walk_of(screening, published_rulebook()).counting
    facts = {name: plain(value) for name, value in counting.items()}
    content = {"as_of": timezone.localdate().isoformat(), "facts": facts}
    headers = {"Content-Disposition": 'attachment; filename="imp-navigator-answers.json"'}
    return JsonResponse(content, headers=headers, json_dumps_params={"indent": 2, "ensure_ascii": False})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest) -> HttpResponse:
    """Ask once more, then erase the answers of this browser at once."""
    if current_screening(request) is None:
        return to_start(request)
    if request.method != "POST":
        return render(request, "questionnaire/erase.html", {"reference": request.session.get(SENT_KEY, "")})
    forget(request)
    messages.success(request, _("Your answers have been erased."))
    return redirect("questionnaire:start")


def to_start(request: HttpRequest) -> HttpResponse:
    """Somebody comes without answers: they were erased, kept long enough, or never given in this browser."""
    messages.info(request, _("There are no answers in this browser, or not any more. Please start again."))
    return redirect("questionnaire:start")


def leave(request: HttpRequest, document: doc.PageDocument, facts: list[str]) -> HttpResponse:
    """Go on after a saved page: to the next one, or back to the result that opened it."""
    if request.GET.get("from") == "result":
        return redirect(origin(request))
    remember(request, document, facts)
    count_once(request, DailyCount.Kind.LEFT, document.id)
    return redirect("questionnaire:next")


def page_context(
    request: HttpRequest, document: doc.PageDocument, walked: Walk, facts: list[str], rulebook: Rulebook
) -> Mapping[str, Any]:
    return {
        "page": document,
        "walked": walked,
        "back": back_address(request, document, facts),
        "title": document.title.in_language(language()),
        "intro": document.intro.in_language(language()),
        "rulebook": rulebook,
    }
