"""The pages of the questionnaire: start, one page of questions, check your answers, result, send, erase."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from eligibility import screenings
from eligibility.engine.determine import Result, determine
from eligibility.models import Screening
from eligibility.questionnaire.answers import Walk, ticked_page, walk
from eligibility.questionnaire.context import result_page
from eligibility.questionnaire.forms import QuestionsForm, SubmitForm
from eligibility.questionnaire.questions import codes_open, questions_of, said_answers
from exemption_codes.catalogue import documents as doc
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.releases import published_rulebook

SESSION_KEY = "screening"
TRAIL_KEY = "screening_trail"
SENT_KEY = "screening_sent"


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    screening = current_screening(request)
    rulebook = published_rulebook()
    today = timezone.localdate()
    context = {
        "has_answers": bool(screening and screening.answers),
        "category_count": len(rulebook.in_force(today)),
        "rulebook": rulebook,
    }
    return render(request, "questionnaire/start.html", context)


@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Start anew; earlier answers of this browser are erased, for two sets would be confused."""
    forget(request)
    only = request.POST.get("only", "")
    screening = screenings.begin(language(), only if only in published_rulebook().categories else "")
    request.session[SESSION_KEY] = str(screening.pk)
    return redirect("questionnaire:next")


@never_cache
@require_safe
def next_step(request: HttpRequest) -> HttpResponse:
    """To the next page with an open question, or to the check of all answers when none is left."""
    screening = current_screening(request)
    if screening is None:
        return redirect("questionnaire:start")
    walked = walk_of(screening, published_rulebook())
    if walked.next is None:
        return redirect("questionnaire:answers")
    return redirect(page_address(walked.next.page, [fact.name for fact in walked.next.facts]))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, page_id: str) -> HttpResponse:
    """Show or save one page; its address names the facts asked, so that going back shows the same questions."""
    screening, rulebook = current_screening(request), published_rulebook()
    if screening is None:
        messages.info(request, _("Your answers are no longer kept here. Please start again."))
        return redirect("questionnaire:start")
    document = next((one for one in rulebook.pages if one.id == page_id), None)
    if document is None:
        raise Http404
    facts = [name for name in request.GET.getlist("fact") if name in document.facts]
    if not facts:
        return redirect("questionnaire:next")
    if document.kind == "ticks":
        return tick_page(request, screening, document, facts, rulebook)
    answers = screenings.readable_answers(screening, rulebook)
    data = request.POST if request.method == "POST" else None
    form = QuestionsForm(facts, rulebook, language(), answers, screening.skipped, data)
    if form.is_valid():
        answered, skipped = form.answered()
        screenings.save_step(screening.pk, answered, skipped, language())
        return leave(request, document, facts)
    walked = walk_of(screening, rulebook)
    context = {
        "page": document,
        "form": form,
        "questions": questions_of(form, facts, walked, language()),
        **page_context(request, document, walked, facts),
    }
    return render(request, "questionnaire/page.html", context, status=422 if form.errors else 200)


def tick_page(
    request: HttpRequest, screening: Screening, document: doc.PageDocument, facts: list[str], rulebook: Rulebook
) -> HttpResponse:
    if request.method == "POST":
        said = ticked_page(document, set(request.POST.getlist("ticked")) & set(facts))
        answered = {name: value for name, value in said.items() if value is not None and name in facts}
        skipped = [name for name in facts if name not in answered]
        screenings.save_step(screening.pk, answered, skipped, language())
        return leave(request, document, facts)
    walked = walk_of(screening, rulebook)
    ticks = [
        {
            "name": name,
            "label": rulebook.facts[name].question.in_language(language()),
            "help": help_text.in_language(language()) if (help_text := rulebook.facts[name].help) else "",
            "ticked": screening.answers.get(name) is True,
        }
        for name in facts
    ]
    context = {"page": document, "ticks": ticks, **page_context(request, document, walked, facts)}
    return render(request, "questionnaire/ticks.html", context)


@never_cache
@require_safe
def answers_page(request: HttpRequest) -> HttpResponse:
    """Check your answers: all that count, each with a link to change it."""
    screening, rulebook = current_screening(request), published_rulebook()
    if screening is None:
        return redirect("questionnaire:start")
    walked = walk_of(screening, rulebook)
    context = {"topics": said_answers(walked, rulebook, language()), "is_finished": walked.next is None}
    return render(request, "questionnaire/answers.html", context)


@never_cache
@require_safe
def result(request: HttpRequest) -> HttpResponse:
    """The result of the answers given so far; it can be read before the last question."""
    screening, rulebook = current_screening(request), published_rulebook()
    if screening is None:
        return redirect("questionnaire:start")
    walked = walk_of(screening, rulebook)
    context = {
        "result": result_page(judged(walked, rulebook, screening), language()),
        "is_finished": walked.next is None,
        "rulebook": rulebook,
    }
    return render(request, "questionnaire/result.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest) -> HttpResponse:
    """Send a copy of the answers and the result to a consultant, with consent."""
    screening, rulebook = current_screening(request), published_rulebook()
    if screening is None:
        return redirect("questionnaire:start")
    form = SubmitForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        walked = walk_of(screening, rulebook)
        sent_copy = screenings.submit(
            screening, walked.counting, judged(walked, rulebook, screening), form.cleaned_data, language()
        )
        request.session[SENT_KEY] = sent_copy.reference
        return redirect("questionnaire:sent")
    return render(request, "questionnaire/send.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    reference = request.session.get(SENT_KEY)
    if not reference:
        return redirect("questionnaire:start")
    return render(request, "questionnaire/sent.html", {"reference": reference})


@require_POST
def erase(request: HttpRequest) -> HttpResponse:
    """Erase the answers of this browser at once."""
    forget(request)
    messages.success(request, _("Your answers have been erased."))
    return redirect("questionnaire:start")


def language() -> str:
    return "fr" if (get_language() or "").startswith("fr") else "en"


def current_screening(request: HttpRequest) -> Screening | None:
    """The screening of this browser; None when there is none, or it was erased."""
    try:
        key = UUID(request.session.get(SESSION_KEY, ""))
    except ValueError:
        return None
    return Screening.objects.filter(pk=key, submitted_at__isnull=True).first()


def forget(request: HttpRequest) -> None:
    if (screening := current_screening(request)) is not None:
        screenings.erase(screening.pk)
    for key in (SESSION_KEY, TRAIL_KEY, SENT_KEY):
        request.session.pop(key, None)


def walk_of(screening: Screening, rulebook: Rulebook) -> Walk:
    answers = screenings.readable_answers(screening, rulebook)
    return walk(rulebook, answers, set(screening.skipped), timezone.localdate(), screening.only)


def judged(walked: Walk, rulebook: Rulebook, screening: Screening) -> Result:
    found = determine(rulebook, walked.counting, timezone.localdate())
    if not screening.only:
        return found
    kept = tuple(d for d in found.determinations if d.category.id == screening.only)
    return Result(found.as_of, found.rulebook, found.known, kept, found.general)


def page_address(document: doc.PageDocument, facts: list[str]) -> str:
    query = urlencode([("fact", name) for name in facts])
    return f"{reverse('questionnaire:page', args=[document.id])}?{query}"


def leave(request: HttpRequest, document: doc.PageDocument, facts: list[str]) -> HttpResponse:
    """Note the page in the trail that the back link follows, and go on."""
    here = [document.id, facts]
    trail = [step for step in request.session.get(TRAIL_KEY, []) if step != here]
    request.session[TRAIL_KEY] = [*trail, here][-100:]
    return redirect("questionnaire:next")


def page_context(request: HttpRequest, document: doc.PageDocument, walked: Walk, facts: list[str]) -> Mapping[str, Any]:
    return {
        "codes_open": codes_open(walked.open_categories),
        "back": back_address(request, document, facts),
        "title": document.title.in_language(language()),
        "intro": document.intro.in_language(language()),
    }


def back_address(request: HttpRequest, document: doc.PageDocument, facts: list[str]) -> str:
    """The page before this one on the way somebody came."""
    if request.GET.get("from") == "answers":
        return reverse("questionnaire:answers")
    trail = request.session.get(TRAIL_KEY, [])
    here = [document.id, facts]
    before = trail[: trail.index(here)] if here in trail else trail
    if not before:
        return reverse("questionnaire:start")
    page_id, names = before[-1]
    query = urlencode([("fact", name) for name in names])
    return f"{reverse('questionnaire:page', args=[page_id])}?{query}"
