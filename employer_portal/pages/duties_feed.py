"""Reminders and the calendar feed of one person; and the feed itself, by its secret address alone."""

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from employer_portal import calendar_feeds, duty_calendar
from employer_portal.models import NotificationSetting
from employer_portal.notice_topics import DUTY_REMINDER
from employer_portal.pages.access import Workspace, employer_page
from employer_portal.permissions import visible_offers
from employer_portal.templatetags.portal_money import language
from exemption_codes.releases import published_rulebook


class RemindersForm(forms.Form):
    in_portal = forms.BooleanField(label=_("Remind me in the portal"), required=False)
    by_mail = forms.BooleanField(label=_("Remind me by email"), required=False)


class FeedForm(forms.Form):
    shows_names = forms.BooleanField(label=_("Show the workers’ full names, not their initials"), required=False)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@employer_page()
def reminders(request: HttpRequest, workspace: Workspace) -> HttpResponse:
    """Choose how one is reminded; make a calendar address, shown this once, or let it stop working."""
    new_address = ""
    asked = request.POST.get("what", "")
    if asked == "reminders":
        _keep_setting(workspace, RemindersForm(request.POST))
    elif asked == "revoke":
        calendar_feeds.revoke_feed(workspace.employer, workspace.actor)
    elif asked == "make":
        made = calendar_feeds.make_feed(workspace.employer, workspace.actor, shows_names="shows_names" in request.POST)
        new_address = request.build_absolute_uri(reverse("employer_portal:calendar_feed", args=[made.secret]))
    if asked in ("reminders", "revoke"):
        return redirect("employer_portal:duty_reminders", employer_id=workspace.employer.pk)
    setting = _setting(workspace)
    context = {
        "workspace": workspace,
        "reminders": RemindersForm(initial={"in_portal": setting.in_portal, "by_mail": setting.by_mail}),
        "feed": calendar_feeds.feed_of(workspace.employer, workspace.actor),
        "feed_form": FeedForm(),
        "new_address": new_address,
    }
    return render(request, "employer_portal/duty_reminders.html", context)


@require_safe
def calendar_feed(request: HttpRequest, secret: str) -> HttpResponse:
    """Give a calendar program the days that its person may see at this moment, in the language of the address."""
    opened = calendar_feeds.open_feed(secret)
    if opened is None:
        raise Http404
    feed, membership = opened
    today, rulebook = timezone.localdate(), published_rulebook()
    everybody = (
        duty_calendar.duties_of(offer, today, rulebook) for offer in duty_calendar.workers(visible_offers(membership))
    )
    days = [day for worker in everybody for day in worker.days if day.is_for_calendar]
    return HttpResponse(
        calendar_feeds.as_calendar(days, feed, language()),
        content_type="text/calendar; charset=utf-8",
        headers={
            "Content-Disposition": 'attachment; filename="duties.ics"',
            "Cache-Control": "private, no-store",
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
        },
    )


def _setting(workspace: Workspace) -> NotificationSetting:
    user = workspace.membership.user
    stored = NotificationSetting.objects.filter(person=user, kind=DUTY_REMINDER).first()
    return stored or NotificationSetting(person=user, kind=DUTY_REMINDER)


def _keep_setting(workspace: Workspace, form: RemindersForm) -> None:
    if form.is_valid():
        NotificationSetting.objects.update_or_create(
            person=workspace.membership.user, kind=DUTY_REMINDER, defaults=form.cleaned_data
        )
