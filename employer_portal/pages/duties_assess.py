"""Estimating what a broken condition may cost, on the rules of the day it happened; and the days after a notice."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from employer_portal.models import EmployeeBand, RevenueBand
from employer_portal.notice_deadlines import Notice, deadlines
from employer_portal.pages.access import Workspace, employer_page
from employer_portal.pages.duties_assess_forms import (
    MOST_VIOLATIONS,
    DayForm,
    NoticeForm,
    SizeForm,
    ViolationForm,
    parts_of,
)
from employer_portal.penalties import assess, business_size
from exemption_codes.catalogue.rulebook import ParameterNotInForce
from exemption_codes.releases import published_rulebook


@require_http_methods(["GET", "HEAD", "POST"])
@employer_page()
def assessment(request: HttpRequest, workspace: Workspace) -> HttpResponse:
    """Ask what happened, on the tables of its day, and say what it may cost; nothing is stored."""
    today = timezone.localdate()
    day = DayForm(request.GET if "on" in request.GET else {"on": today.isoformat()})
    on = day.cleaned_data["on"] if day.is_valid() else today
    context: dict[str, Any] = {"workspace": workspace, "day": day, "on": on}
    try:
        parts = parts_of(on, published_rulebook())
    except (LookupError, ParameterNotInForce):
        return render(request, "employer_portal/assessment.html", {**context, "is_before_the_tables": True})
    typed = request.POST if request.method == "POST" else None
    # Adding or taking away a violation draws the page anew with what is typed, and finds no fault with it yet.
    answered = None if typed is None or "add" in typed or "remove" in typed else typed
    size = SizeForm(parts, answered, initial={**_size_of(workspace), **(typed.dict() if typed else {})})
    violations = [
        ViolationForm(parts, answered, prefix=prefix, initial=_typed_under(prefix, request))
        for prefix in (f"v{number}" for number in range(_count(request)))
    ]
    context.update(size=size, violations=violations, count=len(violations), can_add=len(violations) < MOST_VIOLATIONS)
    if answered is not None and all([size.is_valid(), *(form.is_valid() for form in violations)]):
        context["result"] = _result(size, violations, on)
    context["with_errors"] = [form for form in (size, *violations) if form.errors]
    return render(request, "employer_portal/assessment.html", context)


@require_safe
@employer_page()
def notice(request: HttpRequest, workspace: Workspace) -> HttpResponse:
    """Say by when a notice of the department is to be answered, or a penalty paid."""
    form = NoticeForm(request.GET or None)
    context: dict[str, Any] = {"workspace": workspace, "form": form}
    if form.is_bound and form.is_valid():
        kind = Notice(form.cleaned_data["notice"])
        context.update(kind=kind.value, deadlines=deadlines(kind, form.cleaned_data["sent_on"]))
    return render(request, "employer_portal/notice.html", context)


def _result(size: SizeForm, violations: list[ViolationForm], on: date) -> dict[str, Any]:
    """Estimate everything that was typed: each worker affected is a violation of its own."""
    rulebook = published_rulebook()
    business = business_size(size.employees_at_most, size.revenue_at_most_cad, on, rulebook)
    each = [violation for form in violations for violation in form.violations]
    whole = assess(each, business, on, rulebook, size.cleaned_data["earlier_penalties"] or Decimal(0))
    firsts = iter(whole.estimates)
    lines = []
    for form in violations:
        mine = [next(firsts) for _each in form.violations]
        first = mine[0]
        lines.append(
            {
                "estimate": first,
                "taken_off": first.history_points + first.severity_points - first.points,
                "workers": len(mine),
                "sum_cad": sum(one.penalty_cad for one in mine),
            }
        )
    return {"whole": whole, "lines": lines, "size": business}


def _typed_under(prefix: str, request: HttpRequest) -> dict[str, str]:
    return {
        name.removeprefix(f"{prefix}-"): value
        for name, value in request.POST.items()
        if name.startswith(f"{prefix}-") and isinstance(value, str)
    }


def _count(request: HttpRequest) -> int:
    """Return how many violations the page asks about, after one was added or taken away."""
    typed = request.POST.get("count", "1")
    count = int(typed) if typed.isascii() and typed.isdigit() else 1
    count += ("add" in request.POST) - ("remove" in request.POST)
    return max(1, min(count, MOST_VIOLATIONS))


def _size_of(workspace: Workspace) -> Mapping[str, str]:
    """Propose the size of the business from its profile."""
    employer = workspace.employer
    large_staff, large_revenue = EmployeeBand.FROM_100, RevenueBand.OVER_5M
    return {
        "employees": "large" if employer.employee_band == large_staff else "small" if employer.employee_band else "",
        "revenue": "large" if employer.revenue_band == large_revenue else "small" if employer.revenue_band else "",
    }
