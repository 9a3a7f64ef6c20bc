"""What a draft or a later day changes in people's cases, for staff: ask, watch, stop, read, take along as CSV."""

import csv
from collections.abc import Iterator
from itertools import chain
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe
from unfold.admin import ModelAdmin
from unfold.decorators import action, display

from eligibility.engine.words import day_in_words
from eligibility.impact import csv_heads, csv_rows
from eligibility.impact_models import ImpactCase, ImpactRun
from eligibility.impact_report import by_code, by_consultant, case_rows, chosen_cases, picture
from eligibility.impact_tasks import ImpactRefused, ask, is_stalled, resume, stop
from exemption_codes.asked import reading_language
from exemption_codes.catalogue.problems import DateNotCovered
from exemption_codes.models import CatalogueRelease
from exemption_codes.releases import NoSuchRelease, rulebook_of
from exemption_codes.staff import ReadOnly

MAY_ASK = "eligibility.ask_impact"
MAY_SEE_CASES = "eligibility.view_screening"
CASES_ON_A_PAGE = 50
NAME = "eligibility_impactrun"
Status = CatalogueRelease.Status


class ReleaseField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj} ({obj.get_status_display()})"


class AskForm(forms.Form):
    """Two releases, or one and a day."""

    before = ReleaseField(label=_("Compared with"), queryset=None, to_field_name="digest", empty_label=None)
    after = ReleaseField(label=_("Release"), queryset=None, to_field_name="digest", empty_label=None)
    as_of = forms.DateField(
        label=_("On the day"),
        required=False,
        help_text=_("Left empty, each case is judged on its own day, so that only the rules differ."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("before", "after"):
            self.fields[name].queryset = CatalogueRelease.objects.defer("files")  # type: ignore[attr-defined]


@admin.register(ImpactRun)
class ImpactRunAdmin(ReadOnly, ModelAdmin):
    list_display = ("question_shown", "as_of", "state_shown", "done", "started_at", "asked_by")
    list_display_links = ("question_shown",)
    ordering = ("-started_at",)
    list_per_page = 50
    change_form_template = "admin/eligibility/impactrun/impact.html"
    actions_list = ("ask_view",)

    def get_urls(self) -> list[URLPattern]:
        guard = self.admin_site.admin_view
        views: dict[str, Any] = {
            "progress": require_safe(self.progress_view),
            "stop": require_POST(self.stop_view),
            "resume": require_POST(self.resume_view),
            "csv": require_safe(self.csv_view),
        }
        own = [path(f"<int:pk>/{name}/", guard(view), name=f"{NAME}_{name}") for name, view in views.items()]
        return [*own, *super().get_urls()]

    def has_ask_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm(MAY_ASK)

    @display(description=_("releases"))
    def question_shown(self, run: ImpactRun) -> str:
        return str(run)

    @display(description=_("state"))
    def state_shown(self, run: ImpactRun) -> Any:
        return state_words(run)

    @action(description=_("Ask what changes"), url_path="ask", permissions=("ask",), icon="fact_check")
    def ask_view(self, request: HttpRequest) -> HttpResponse:
        """Ask a question; the same one that is under way already is not asked twice."""
        form = AskForm(request.POST) if request.method == "POST" else AskForm(initial=_first_choice(request))
        if form.is_valid():
            chosen = form.cleaned_data
            try:
                run = ask(chosen["before"].digest, chosen["after"].digest, chosen["as_of"], request.user.get_username())
                return redirect(f"admin:{NAME}_change", run.pk)
            except ImpactRefused as refused:
                form.add_error("after", str(refused))
            except DateNotCovered as error:
                language = reading_language()
                words = {name: day_in_words(getattr(error, name), language) for name in ("first", "last")}
                form.add_error("as_of", _("The rules cover the days from %(first)s to %(last)s.") % words)
        context = {**self._page(request), "title": _("Ask what changes"), "form": form}
        template = "admin/eligibility/impactrun/ask.html"
        return TemplateResponse(request, template, context, status=422 if form.errors else 200)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        run = self.get_object(request, object_id)
        context = {**(extra_context or {}), **(_result(run, request) if run else {})}
        return super().change_view(request, object_id, form_url, context)

    def progress_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """How far a run has come, for a page that asks every few seconds; the last answer loads the page anew."""
        run = self._run(request, pk)
        response = TemplateResponse(request, "admin/eligibility/impactrun/_progress.html", _progress(run, request))
        if not run.is_under_way:
            response["HX-Refresh"] = "true"
        return response

    def stop_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._act(request, pk, stop)

    def resume_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._act(request, pk, resume)

    def csv_view(self, request: HttpRequest, pk: int) -> StreamingHttpResponse:
        run = self._run(request, pk)
        language = reading_language()
        lines = _csv_lines(chain([csv_heads()], csv_rows(run, rulebook_of(run.after_digest), language)), language)
        headers = {"Content-Disposition": f'attachment; filename="impact-{run.pk}.csv"'}
        return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)

    def _act(self, request: HttpRequest, pk: int, act: Any) -> HttpResponse:
        run = self._run(request, pk)
        if not request.user.has_perm(MAY_ASK):
            raise PermissionDenied
        act(run)
        return redirect(f"admin:{NAME}_change", run.pk)

    def _run(self, request: HttpRequest, pk: int) -> ImpactRun:
        if not self.has_view_permission(request):
            raise PermissionDenied
        run = self.get_object(request, str(pk))
        if run is None:
            raise Http404
        return run

    def _page(self, request: HttpRequest) -> dict[str, Any]:
        return {**self.admin_site.each_context(request), "opts": ImpactRun._meta}


def state_words(run: ImpactRun) -> Any:
    if run.finished_at:
        return _("Finished")
    if run.stopped_at:
        return _("Stopped")
    return _("Nobody works on it") if is_stalled(run) else _("Under way")


def _first_choice(request: HttpRequest) -> dict[str, Any]:
    """The published release before, and the one that a page links with after."""
    published = CatalogueRelease.objects.filter(status=Status.PUBLISHED).values_list("digest", flat=True).first()
    return {"before": published, "after": request.GET.get("after", "")[:64] or published}


def _progress(run: ImpactRun, request: HttpRequest) -> dict[str, Any]:
    return {
        "run": run,
        "state_words": state_words(run),
        "is_stalled": is_stalled(run),
        "may_ask": request.user.has_perm(MAY_ASK),
    }


def _result(run: ImpactRun, request: HttpRequest) -> dict[str, Any]:
    chosen = {name: request.GET.get(name, "")[:100] for name in ("change", "code", "assignee")}
    pages = Paginator(chosen_cases(run, chosen), CASES_ON_A_PAGE)
    page = pages.get_page(request.GET.get("page", "1"))
    codes = by_code(run)
    return {
        **_progress(run, request),
        "releases": {r.digest: r for r in CatalogueRelease.objects.defer("files").filter(digest__in=_digests(run))},
        "changes": ImpactCase.Change.choices,
        "codes": codes,
        "totals": [sum(numbers) for numbers in zip(*(row.numbers for row in codes), strict=True)],
        "consultants": by_consultant(run),
        "chart": picture(run),
        "chosen": chosen,
        "page_of_cases": page,
        "cases": list(case_rows(run, page.object_list, reading_language())),  # type: ignore[arg-type]
        "may_see_cases": request.user.has_perm(MAY_SEE_CASES),
        "can_take_along": _is_stored(run.after_digest),
    }


def _digests(run: ImpactRun) -> tuple[str, str]:
    return run.before_digest, run.after_digest


def _is_stored(digest: str) -> bool:
    try:
        rulebook_of(digest)
    except NoSuchRelease:
        return False
    return True


class _Line:
    """What a csv writer writes to; it hands the line on."""

    def write(self, line: str) -> str:
        return line


def _csv_lines(rows: Any, language: str) -> Iterator[str]:
    writer = csv.writer(_Line())
    yield "\ufeff"
    with translation.override(language):
        yield from (writer.writerow(row) for row in rows)
