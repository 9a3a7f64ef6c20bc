"""Recording that a duty is done or a paper at hand, undoing it, and noting the first day of work."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from employer_portal.duty_lists import BY_KEY, PAPERS, TITLES
from employer_portal.duty_records import LONGEST_NOTE, record_duty, set_first_day, undo_record
from employer_portal.errors import FieldsInvalid, UploadRefused
from employer_portal.models import DutyRecord
from employer_portal.pages.access import Workspace, employer_page
from employer_portal.pages.duties import worker_duties
from employer_portal.permissions import Action
from employer_portal.templatetags.portal_money import spoken


def day_input() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class RecordForm(forms.Form):
    done_on = forms.DateField(label=_("Done on"), widget=day_input())
    note = forms.CharField(
        label=_("Note"), required=False, max_length=LONGEST_NOTE, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("How it was done, or where the original is kept. Leave private matters out."),
    )  # fmt: skip
    proof = forms.FileField(
        label=_("Proof"), required=False, help_text=_("A PDF, JPEG or PNG file."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )  # fmt: skip


class FirstDayForm(forms.Form):
    first_day_on = forms.DateField(
        label=_("First day of work"), widget=day_input(), help_text=_("The rights information is due by this day.")
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@employer_page(Action.RECORD_DUTIES)
def record(request: HttpRequest, workspace: Workspace, offer_id: UUID, duty: str) -> HttpResponse:
    offer = worker_duties(workspace, offer_id).offer
    named = _named(duty)
    form = RecordForm(request.POST or None, request.FILES or None, initial={"done_on": timezone.localdate()})
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            record_duty(offer.pk, duty, given["done_on"], workspace.actor, given["note"], request.FILES.get("proof"))
        except UploadRefused as refused:
            form.add_error("proof", spoken(refused.text))
        except FieldsInvalid as invalid:
            _add_errors(form, invalid)
        else:
            return _to_worker(workspace, offer_id)
    context = {"workspace": workspace, "offer": offer, "form": form, **named}
    return render(request, "employer_portal/duty_record.html", context)


@require_POST
@employer_page(Action.RECORD_DUTIES)
def undo(request: HttpRequest, workspace: Workspace, offer_id: UUID, record_id: int) -> HttpResponse:
    worker_duties(workspace, offer_id)
    found = get_object_or_404(DutyRecord, pk=record_id, offer_id=offer_id)
    undo_record(found.pk, workspace.actor)
    return _to_worker(workspace, offer_id)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@employer_page(Action.RECORD_DUTIES)
def first_day(request: HttpRequest, workspace: Workspace, offer_id: UUID) -> HttpResponse:
    offer = worker_duties(workspace, offer_id).offer
    form = FirstDayForm(request.POST or None, initial={"first_day_on": offer.first_day_on or offer.starts_on})
    if form.is_bound and form.is_valid():
        try:
            set_first_day(offer.pk, form.cleaned_data["first_day_on"], workspace.actor)
        except FieldsInvalid as invalid:
            _add_errors(form, invalid)
        else:
            return _to_worker(workspace, offer_id)
    return render(
        request, "employer_portal/duty_first_day.html", {"workspace": workspace, "offer": offer, "form": form}
    )


def _named(duty: str) -> dict[str, Any]:
    """Return what is recorded, in words; 404 for what no duty or paper is."""
    if duty in BY_KEY:
        return {"title": TITLES[duty], "text": BY_KEY[duty].text, "provision": BY_KEY[duty].provision}
    paper = next((paper for paper in PAPERS if paper.record_key == duty), None)
    if paper is None:
        raise Http404
    return {"title": paper.text, "text": None, "provision": "R209.2(1)(b)(ii)"}


def _add_errors(form: forms.Form, invalid: FieldsInvalid) -> None:
    for name, text in invalid.fields.items():
        form.add_error(name if name in form.fields else None, spoken(text))


def _to_worker(workspace: Workspace, offer_id: UUID) -> HttpResponseRedirect:
    return redirect("employer_portal:duty_worker", employer_id=workspace.employer.pk, offer_id=offer_id)
