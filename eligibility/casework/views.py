"""The page that an applicant reaches from a mail: what the consultant writes, the questions, a free reply."""

from http import HTTPStatus
from typing import Any

from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from eligibility.casework.message_links import message_of
from eligibility.casework.messages import AlreadyAnswered, LinkOver, answer
from eligibility.casework.rate_limit import is_over
from eligibility.engine.words import day_in_words
from eligibility.models import ApplicantMessage, Screening
from eligibility.questionnaire.answers import walk
from eligibility.questionnaire.forms import QuestionsForm
from eligibility.questionnaire.questions import questions_of
from eligibility.questionnaire.visit import language
from eligibility.screenings import readable_answers
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.releases import published_rulebook

MOST_AN_HOUR = 20
HOUR = 3600
LONGEST_REPLY = 5000


class ReplyForm(forms.Form):
    """The free reply; it must say something where nothing else is asked."""

    use_required_attribute = False
    reply = forms.CharField(
        label=_("Your reply"),
        required=False,
        max_length=LONGEST_REPLY,
        widget=forms.Textarea(attrs={"rows": 6}),
        validators=[ProhibitNullCharactersValidator()],
        error_messages={"required": _("Write your reply.")},
    )

    def __init__(self, data: Any, is_only_question: bool) -> None:
        super().__init__(data)
        self.fields["reply"].required = is_only_question
        if not is_only_question:
            self.fields["reply"].help_text = _("Anything else you want to tell; you need not write anything.")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer_page(request: HttpRequest, token: str) -> HttpResponse:
    """Show or take the answer to one message; whoever has the link may answer, once."""
    message = message_of(token)
    if message is None:
        raise Http404
    if message.answered_at and request.method != "POST":
        return _page(request, "casework/thanks.html", message)
    if not message.is_open and not message.answered_at:
        left_out = {"left_out": request.POST.get("reply", "")[:LONGEST_REPLY]}
        return _page(request, "casework/over.html", message, HTTPStatus.GONE, left_out)
    if request.method == "POST" and is_over(f"answer:{message.pk}", MOST_AN_HOUR, HOUR):
        return _page(request, "casework/too_often.html", message, HTTPStatus.TOO_MANY_REQUESTS)
    return _questions_page(request, message, published_rulebook())


def _questions_page(request: HttpRequest, message: ApplicantMessage, rulebook: Rulebook) -> HttpResponse:
    facts = [name for name in message.facts if name in rulebook.facts]
    data = request.POST if request.method == "POST" else None
    # What was answered before is not shown: a mail may be sent on.
    form = QuestionsForm(facts, rulebook, language(), {}, (), data)
    reply = ReplyForm(data, is_only_question=not facts)
    is_redrawn = "redraw" in request.POST
    if data is not None and not is_redrawn and form.is_valid() and reply.is_valid():
        return _take(request, message, form, reply.cleaned_data["reply"], rulebook)
    questions = questions_of(form, _walk(message.screening, rulebook), language(), shows_errors=not is_redrawn)
    has_errors = not is_redrawn and data is not None
    context = {"questions": questions, "reply": reply, "has_errors": has_errors, "rulebook": rulebook}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if has_errors else HTTPStatus.OK
    return _page(request, "casework/answer.html", message, status, context)


def _take(
    request: HttpRequest, message: ApplicantMessage, form: QuestionsForm, reply: str, rulebook: Rulebook
) -> HttpResponse:
    answered, skipped = form.answered()
    try:
        answer(message, answered, skipped, reply, rulebook, timezone.localdate())
    except AlreadyAnswered as error:
        if not error.is_same:
            context = {"left_out": reply, "is_left_out": True}
            return _page(request, "casework/thanks.html", error.message, HTTPStatus.CONFLICT, context)
    except LinkOver as error:
        return _page(request, "casework/over.html", error.message, HTTPStatus.GONE, {"left_out": reply})
    return redirect(request.path)


def _walk(screening: Screening, rulebook: Rulebook) -> Any:
    """The walk that the case's answers give: it knows which codes wait for a question, and so why it is asked."""
    answers = readable_answers(screening, rulebook)
    return walk(rulebook, answers, set(screening.skipped), timezone.localdate())


def _page(
    request: HttpRequest,
    template: str,
    message: ApplicantMessage,
    status: int = HTTPStatus.OK,
    context: dict[str, Any] | None = None,
) -> HttpResponse:
    until = day_in_words(timezone.localdate(message.expires_at), language())
    shown = {"shown": message, "until": until, "reference": message.screening.reference, **(context or {})}
    response = render(request, template, shown, status=status)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
