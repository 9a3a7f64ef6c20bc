"""Template tags of the portal's workspaces."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from eligibility.templatetags.site import in_words
from employer_portal.models import Membership, Notification
from employer_portal.pages.access import Workspace
from employer_portal.permissions import Action

register = template.Library()

TABS = (
    ("dashboard", _("Overview"), Action.VIEW),
    ("offers", _("Offers"), Action.VIEW),
    ("money", _("Money"), Action.VIEW_MONEY),
    ("duties", _("Duties"), Action.VIEW),
    ("people", _("People"), Action.VIEW),
    ("company", _("Company"), Action.VIEW),
    ("notifications", _("Notifications"), Action.VIEW),
)
MOST_OTHERS = 30


@dataclass(frozen=True)
class Tab:
    """One part of the workspace; `count` is what waits there."""

    label: str
    url: str
    is_current: bool
    count: int = 0


@register.simple_tag(takes_context=True)
def workspace_tabs(context: dict[str, Any], workspace: Workspace) -> list[Tab]:
    """Return the parts of a workspace that its person may open."""
    path, employer_id = context["request"].path, workspace.employer.pk
    overview = reverse("employer_portal:dashboard", kwargs={"employer_id": employer_id})
    tabs = []
    for name, label, action in TABS:
        url = employer_url(workspace, name)
        if url and action in workspace.actions:
            is_current = path == url if url == overview else path.startswith(url)
            tabs.append(Tab(str(label), url, is_current, unread(workspace) if name == "notifications" else 0))
    return tabs


@register.filter
def local_day(moment: datetime) -> str:
    """Say the day of a moment, where the reader is."""
    return in_words(timezone.localtime(moment).date())


@register.simple_tag
def employer_url(workspace: Workspace, name: str, **parts: Any) -> str:
    """Return the address of a page of the employer; empty where this installation has no such page."""
    try:
        return reverse(f"employer_portal:{name}", kwargs={"employer_id": workspace.employer.pk, **parts})
    except NoReverseMatch:
        return ""


@register.simple_tag
def other_workspaces(workspace: Workspace) -> list[Membership]:
    """Return the other employers that the person acts for."""
    present = Membership.objects.present().filter(user_id=workspace.membership.user_id)
    others = present.exclude(pk=workspace.membership.pk).select_related("employer", "branch")
    return list(others.order_by("employer__legal_name")[:MOST_OTHERS])


def unread(workspace: Workspace) -> int:
    """Count what the person has not read yet of this employer."""
    own = Notification.objects.filter(person_id=workspace.membership.user_id, employer=workspace.employer)
    return own.filter(read_at__isnull=True).count()
