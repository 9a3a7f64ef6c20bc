"""What the page of the queue does: give several cases at once, keep filters under a name, change or forget them."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import parse_qsl

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.validators import ProhibitNullCharactersValidator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from eligibility.casework.assignment import WORK, CaseTaken, give, give_back, take, workers
from eligibility.casework.queue import kept_query
from eligibility.casework.queue_filters import ME, NOBODY
from eligibility.casework.saved import save_queue
from eligibility.models import SavedQueue, Screening

View = Callable[..., HttpResponse]
VIEW_QUEUE = "eligibility.view_screening"
MOST_AT_ONCE = 200
QUEUE = "admin:eligibility_screening_changelist"


def only_with(permission: str) -> Callable[[View], View]:
    """Refuse those who lack a permission, beside the admin's own check that they are staff."""

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not (request.user.has_perm(VIEW_QUEUE) and request.user.has_perm(permission)):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return checked

    return decorate


def back_to_queue(request: HttpRequest) -> HttpResponse:
    """To the queue under the filters that were chosen."""
    query = kept_query(parse_qsl(request.POST.get("query", "")[:500]))
    return redirect(f"{reverse(QUEUE)}?{query}" if query else reverse(QUEUE))


@require_POST
@only_with(WORK)
def give_several(request: HttpRequest) -> HttpResponse:
    """Give the cases that are ticked to one person; cases that somebody else has by now are left, and named."""
    chosen = request.POST.getlist("case")[:MOST_AT_ONCE]
    to = request.POST.get("to", "")
    person = None if to in (ME, NOBODY) else workers().filter(pk=int(to)).first() if to.isdecimal() else None
    if not chosen or (to not in (ME, NOBODY) and person is None):
        messages.error(request, _("Tick one case or more, and choose who gets them."))
        return back_to_queue(request)
    done = 0
    for screening in _submitted(chosen):
        try:
            _give_one(request, screening, to, person)
        except CaseTaken as error:
            messages.error(request, str(error))
        else:
            done += 1
    if done:
        messages.success(request, ngettext("%(count)d case given.", "%(count)d cases given.", done) % {"count": done})
    return back_to_queue(request)


def _give_one(request: HttpRequest, screening: Screening, to: str, person: Any) -> None:
    """What the page showed counts: a case that changed hands since then is not taken away from its new holder."""
    seen = request.POST.get(f"seen-{screening.pk}", "")
    holder = int(seen) if seen.isdecimal() else None
    if to == ME and holder is None:
        take(screening, request.user)  # type: ignore[arg-type]
    elif to == NOBODY:
        give_back(screening, request.user, holder)  # type: ignore[arg-type]
    else:
        give(screening, request.user, person or request.user, holder)  # type: ignore[arg-type]


def _submitted(keys: list[str]) -> list[Screening]:
    field = forms.UUIDField()
    wanted = []
    for key in keys:
        try:
            wanted.append(field.clean(key))
        except forms.ValidationError:
            continue
    return list(
        Screening.objects.submitted().filter(pk__in=wanted).defer("answers", "skipped").order_by("submitted_at")
    )


class SavedQueueForm(forms.ModelForm[SavedQueue]):
    """The name of a saved queue, and whether colleagues see it."""

    use_required_attribute = False
    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=60,
        validators=[ProhibitNullCharactersValidator()],
        error_messages={"required": gettext_lazy("Give the queue a name.")},
    )

    class Meta:
        model = SavedQueue
        fields = ("name", "is_shared")
        labels = {"is_shared": gettext_lazy("Share with the team")}

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"])
        others = SavedQueue.objects.filter(owner=self.instance.owner_id, name=name).exclude(pk=self.instance.pk)
        if self.instance.pk and others.exists():
            raise forms.ValidationError(_("You have another queue of this name."), code="taken")
        return name


@require_POST
@only_with(VIEW_QUEUE)
def save(request: HttpRequest) -> HttpResponse:
    """Keep the filters of the queue under a name."""
    form = SavedQueueForm(request.POST)
    if form.is_valid():
        query = kept_query(parse_qsl(request.POST.get("query", "")[:500]))
        save_queue(request.user, form.cleaned_data["name"], query, form.cleaned_data["is_shared"])  # type: ignore[arg-type]
        messages.success(request, _("The queue is saved."))
    else:
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
    return back_to_queue(request)


@require_http_methods(["GET", "HEAD", "POST"])
@only_with(VIEW_QUEUE)
def saved(request: HttpRequest) -> HttpResponse:
    """The saved queues of this person, each to be renamed, shared or forgotten."""
    from django.contrib import admin

    own = list(SavedQueue.objects.filter(owner=request.user.pk))
    posted = request.POST.get("queue", "")
    if request.method == "POST":
        one = get_object_or_404(SavedQueue, owner=request.user.pk, pk=int(posted) if posted.isdecimal() else None)
        if "forget" in request.POST:
            one.delete()
            messages.success(request, _("The queue is forgotten."))
            return redirect("admin:eligibility_case_queues")
        form = SavedQueueForm(request.POST, instance=one, auto_id=f"id_{one.pk}_%s")
        if form.is_valid():
            form.save()
            messages.success(request, _("The queue is saved."))
            return redirect("admin:eligibility_case_queues")
    forms_shown = [
        form
        if request.method == "POST" and str(one.pk) == posted
        else SavedQueueForm(instance=one, auto_id=f"id_{one.pk}_%s")
        for one in own
    ]
    context = {**admin.site.each_context(request), "title": _("Saved queues"), "forms": forms_shown}
    status = 422 if any(form.errors for form in forms_shown) else 200
    return render(request, "admin/eligibility/screening/queues.html", context, status=status)
