"""What happened, for the person who looks: the list, marking as read, and what they want to be told of."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from employer_portal.mails import languages_of, write_in
from employer_portal.models import Language, Notification
from employer_portal.notice_topics import TOPICS, words_of
from employer_portal.notices import change_wishes, mark_read, wishes_of
from employer_portal.pages.access import Workspace, employer_page
from employer_portal.pages.forms import PortalForm

A_PAGE = 30


@dataclass(frozen=True)
class News:
    """One line of the list; `can_open` is false once the offer is out of the person's sight."""

    row: Notification
    words: str
    can_open: bool


class WishesForm(PortalForm):
    """By topic, where a person is told; and the language of messages."""

    language = forms.ChoiceField(
        label=gettext_lazy("Language of messages"), choices=Language.choices, widget=forms.RadioSelect
    )
    ways = (("in_portal", gettext_lazy("in the portal")), ("by_mail", gettext_lazy("by email")))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for topic in TOPICS:
            self.fields[topic.key] = forms.MultipleChoiceField(
                label=topic.title.in_language(get_language() or "en"), choices=self.ways, required=False,
                widget=forms.CheckboxSelectMultiple,
            )  # fmt: skip

    def wishes(self) -> dict[str, tuple[bool, bool]]:
        ticked = {topic.key: self.cleaned_data[topic.key] for topic in TOPICS}
        return {key: ("in_portal" in ways, "by_mail" in ways) for key, ways in ticked.items()}


@employer_page()
def notifications(request: HttpRequest, workspace: Workspace) -> HttpResponse:
    own = Notification.objects.filter(person_id=workspace.membership.user_id, employer=workspace.employer)
    page = Paginator(own.select_related("offer"), A_PAGE).get_page(request.GET.get("page"))
    language = get_language() or "en"
    sight = set(workspace.offers.filter(pk__in=[row.offer_id for row in page]).values_list("pk", flat=True))
    news = [News(row, words_of(row.kind, row.details).in_language(language), row.offer_id in sight) for row in page]
    newest = own.order_by("-pk").values_list("pk", flat=True).first()
    unread = own.filter(read_at__isnull=True).exists()
    context = {"workspace": workspace, "page": page, "news": news, "newest": newest, "unread": unread}
    return render(request, "employer_portal/notifications.html", context)


@require_POST
@employer_page()
def read_all(request: HttpRequest, workspace: Workspace) -> HttpResponse:
    """Mark as read what the page showed and what is older; what came since stays unread."""
    until = request.POST.get("until", "")
    if until.isdecimal() and len(until) < len(str(2**63)):
        mark_read(workspace.membership.user, workspace.employer, int(until))
    return redirect("employer_portal:notifications", employer_id=workspace.employer.pk)


@employer_page()
def open_notification(request: HttpRequest, workspace: Workspace, notification_id: int) -> HttpResponse:
    """Lead to the offer that a notification is about; it is read then."""
    own = Notification.objects.filter(person_id=workspace.membership.user_id, employer=workspace.employer)
    row = get_object_or_404(own, pk=notification_id)
    own.filter(pk=row.pk, read_at__isnull=True).update(read_at=timezone.now())
    if row.offer_id and workspace.offers.filter(pk=row.offer_id).exists():
        return redirect("employer_portal:offer", employer_id=workspace.employer.pk, offer_id=row.offer_id)
    return redirect("employer_portal:notifications", employer_id=workspace.employer.pk)


@employer_page()
def notification_settings(request: HttpRequest, workspace: Workspace) -> HttpResponse:
    user = workspace.membership.user
    initial: dict[str, Any] = {
        key: [way for way, is_on in zip(("in_portal", "by_mail"), told, strict=True) if is_on]
        for key, told in wishes_of(user).items()
    }
    form = WishesForm(request.POST or None, initial={**initial, "language": languages_of([user.pk])[user.pk]})
    if request.method == "POST" and form.is_valid():
        change_wishes(user, form.wishes())
        write_in(user, form.cleaned_data["language"])
        messages.success(request, _("Your choices are saved."))
        return redirect("employer_portal:notifications", employer_id=workspace.employer.pk)
    return render(request, "employer_portal/notification_settings.html", {"workspace": workspace, "form": form})
