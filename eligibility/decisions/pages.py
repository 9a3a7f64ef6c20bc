"""The pages of decisions in the admin: the record of a case, one code of it, and a form for each act."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from eligibility import screenings
from eligibility.decisions.acts import ANSWER_TITLES, TITLES, act_named
from eligibility.decisions.basis import basis_of
from eligibility.decisions.checks import DecisionRefused
from eligibility.decisions.context import RecordPage, code_rows, record_page
from eligibility.decisions.deciding import DECIDE, Kind, answer, decide, renew
from eligibility.decisions.forms import DayForm, WhyForm
from eligibility.decisions.judged import GENERAL, JudgedCase, judged_case
from eligibility.decisions.words import by_rules_words, category_name, criterion_words
from eligibility.models import Screening
from eligibility.questionnaire.cards import evidence_of
from exemption_codes.asked import reading_language
from exemption_codes.catalogue.problems import DateNotCovered
from exemption_codes.releases import NoPublishedRelease

View = Callable[..., HttpResponse]
VIEW = "eligibility.view_screening"
RECORD = "admin:eligibility_case_decisions"
FORM = "admin/eligibility/screening/decide.html"
POSTED = 422
either = require_http_methods(["GET", "HEAD", "POST"])


def of_case(view: View) -> View:
    """Give a view the case that its address names, for those who may see cases."""

    @wraps(view)
    def found(request: HttpRequest, case: UUID, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm(VIEW):
            raise PermissionDenied
        return view(request, get_object_or_404(Screening.objects.submitted(), pk=case), **kwargs)

    return found


@require_safe
@of_case
def decisions(request: HttpRequest, screening: Screening) -> HttpResponse:
    """The record of a case: every code by the rules and by the consultant, and every decision."""
    page = record_page(screening, request.user, everything=request.GET.get("codes") == "all")
    return _page(request, screening, "admin/eligibility/screening/decisions.html", {"record": page})


@require_safe
@of_case
def code(request: HttpRequest, screening: Screening, category: str) -> HttpResponse:
    """One code with each criterion, and what can be decided about it."""
    page, language = record_page(screening, request.user), reading_language()
    findings = page.case.findings(category)
    if not findings:
        raise Http404
    context = {
        "record": page,
        "category": category,
        "name": category_name(page.case, category, language),
        "row": next((row for row in code_rows(page.case, language) if row.category == category), None),
        "findings": [(finding.status.value, evidence_of(finding, _result(page), language)) for finding in findings],
    }
    return _page(request, screening, "admin/eligibility/screening/decide_code.html", context)


@either
@of_case
def act(request: HttpRequest, screening: Screening, name: str) -> HttpResponse:
    """A form by which something is decided."""
    _check(request, DECIDE)
    case, language = judged_case(screening), reading_language()
    if not case.is_current and request.method != "POST":
        messages.error(request, _("Judge the case again first: something changed since it was judged."))
        return redirect(RECORD, screening.pk)
    wanted = act_named(case, name, request.GET.get("code", ""), request.GET.get("criterion", ""))
    form = wanted.form(case, language, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = decide(screening.pk, request.user, wanted.said(form), form.why)
        except DecisionRefused as error:
            form.refuse(error, _mark(judged_case(screening)))
        else:
            messages.success(request, _("Decision %(number)s is on record.") % {"number": made.number})
            return redirect(RECORD, screening.pk)
    context = {"title": TITLES[wanted.kind], "about": _about(case, wanted.category, wanted.criterion, language)}
    return _form(request, screening, form, context)


@either
@of_case
def about(request: HttpRequest, screening: Screening, number: int, name: str) -> HttpResponse:
    """A form by which a decision is renewed, approved, declined or taken back."""
    page = record_page(screening, request.user)
    entry = next((one for one in page.entries if one.number == number), None)
    if entry is None or name not in ANSWER_TITLES:
        raise Http404
    if request.method != "POST" and name not in entry.may:
        raise PermissionDenied
    form = _why_form(request, page.case)
    if form.is_valid():
        try:
            if name == "renew":
                renew(screening.pk, number, request.user, form.why)
            else:
                answer(screening.pk, number, request.user, Kind(name), form.why)
        except DecisionRefused as error:
            form.refuse(error, _mark(page.case))
        else:
            messages.success(request, _("It is on record."))
            return redirect(RECORD, screening.pk)
    return _form(request, screening, form, {"title": ANSWER_TITLES[name], "entry": entry})


@either
@of_case
def judge(request: HttpRequest, screening: Screening) -> HttpResponse:
    """Judge a case again under the rules published now."""
    _check(request, DECIDE)
    sent = request.POST if request.method == "POST" else None
    form = DayForm(sent, initial={"as_of": screening.as_of})
    if form.is_valid():
        try:
            made = screenings.judge_again(screening.pk, form.cleaned_data["as_of"], request.user)
        except DateNotCovered as error:
            form.add_error("as_of", str(error))
        except NoPublishedRelease:
            form.add_error(None, _("No release is published, so nothing can be judged."))
        else:
            messages.success(request, _("Determination %(number)s is on record.") % {"number": made.number})
            return redirect(RECORD, screening.pk)
    return _form(request, screening, form, {"title": _("Judge again"), "is_judging": True})


def _why_form(request: HttpRequest, case: JudgedCase) -> WhyForm:
    return WhyForm(request.POST if request.method == "POST" else None, basis=_mark(case))


def _mark(case: JudgedCase) -> str:
    return basis_of(case.last).mark if case.last else ""


def _about(case: JudgedCase, category: str, criterion: str, language: str) -> dict[str, Any]:
    """What a form is about: the code, the criterion, and what the rules say of it."""
    judged, finding = case.categories.get(category), case.finding(category, criterion)
    if finding is not None:
        said = by_rules_words("finding", finding.status.value, language)
    else:
        said = by_rules_words("outcome", judged.outcome.value, language) if judged else ""
    return {
        "category": category,
        "key": judged.compiled.key if judged else "",
        "name": category_name(case, category, language) if category else "",
        "criterion": criterion_words(case, category, criterion, language) if criterion else "",
        "status": finding.status.value if finding else judged.outcome.value if judged else "",
        "said": said,
        "is_general": category == GENERAL,
    }


def _result(page: RecordPage) -> Any:
    return page.case.result


def _check(request: HttpRequest, permission: str) -> None:
    if not request.user.has_perm(permission):
        raise PermissionDenied


def _form(request: HttpRequest, screening: Screening, form: Any, context: dict[str, Any]) -> HttpResponse:
    status = POSTED if form.errors else 200
    return _page(request, screening, FORM, {"form": form, **context}, status)


def _page(
    request: HttpRequest, screening: Screening, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    named = {"title": _("Case %(reference)s") % {"reference": screening.reference}, "screening": screening}
    everything = {**admin.site.each_context(request), "opts": Screening._meta, **named, **context}
    return TemplateResponse(request, template, everything, status=status)
