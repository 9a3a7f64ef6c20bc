"""What needs somebody now, for one employer: the overview in words and with links."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from eligibility.templatetags.site import in_words
from employer_portal.amounts import amount_in_words
from employer_portal.duty_lists import TITLES
from employer_portal.models import OfferOfEmployment, OfferStatusWords, Refund, RefundStatus
from employer_portal.offer_status import OfferStatus
from employer_portal.overview import Overview, overview_of
from employer_portal.pages.access import Workspace, employer_page
from employer_portal.permissions import Action
from exemption_codes.releases import published_rulebook

BAR_WIDTH = 1000


@dataclass(frozen=True)
class Segment:
    """One state in the bar: its share of the width, and its words below."""

    status: str
    label: str
    count: int
    x: int
    width: int


@dataclass(frozen=True)
class Need:
    """Something that waits for somebody: what, of which offer, and where it is done."""

    title: str
    detail: str
    url: str
    is_pressing: bool = False


@require_safe
@employer_page()
def dashboard(request: HttpRequest, workspace: Workspace) -> HttpResponse:
    overview = overview_of(workspace.membership, timezone.localdate(), published_rulebook())
    context = {
        "workspace": workspace,
        "overview": overview,
        "segments": segments_of(overview),
        "needs": _Needs(workspace, overview).all(),
        "deadlines": _deadlines(workspace, overview),
        "may_write": Action.WRITE_OFFERS in workspace.actions,
    }
    return render(request, "employer_portal/dashboard.html", context)


def segments_of(overview: Overview) -> list[Segment]:
    """Return the bar's parts; together they are as wide as the bar."""
    segments, before = [], 0
    for status, count in overview.counts.items():
        start, end = (BAR_WIDTH * number // overview.total for number in (before, before + count))
        label = str(OfferStatusWords(status.value).label)
        segments.append(Segment(status.value, label, count, start, end - start))
        before += count
    return segments


class _Needs:
    """What needs somebody now, the most pressing first; nobody is asked for what their role may not do."""

    def __init__(self, workspace: Workspace, overview: Overview) -> None:
        self.workspace, self.overview = workspace, overview
        self.language = "fr" if get_language() == "fr" else "en"

    def all(self) -> list[Need]:
        actions = self.workspace.actions
        needs = self._profile() if Action.EDIT_PROFILE in actions else []
        if Action.PAY in actions:
            needs += self._fees()
        if Action.WRITE_OFFERS in actions:
            needs += self._differences() + self._drafts()
        return needs + (self._refunds() if Action.PAY in actions else [])

    def _profile(self) -> list[Need]:
        lacking = [fr if self.language == "fr" else en for en, fr in self.overview.missing]
        if not lacking:
            return []
        return [Need(_("Complete the company profile"), ", ".join(lacking), self._url("company"), True)]

    def _fees(self) -> list[Need]:
        found = []
        for offer in self.overview.awaiting:
            amount = amount_in_words(offer.charge.amount_cad, self.language) if offer.charge else ""
            title = _("Pay the compliance fee of %(amount)s") % {"amount": amount}
            found.append(Need(title, name_of(offer), self._offer(offer), True))
        return found + self._rest(OfferStatus.AWAITING_FEE, len(found))

    def _differences(self) -> list[Need]:
        found = []
        for each in self.overview.differing:
            title = ngettext(
                "The worker’s passport says something else in %(number)s field",
                "The worker’s passport says something else in %(number)s fields",
                each.fields,
            ) % {"number": each.fields}
            found.append(Need(title, name_of(each.offer), self._offer(each.offer), True))
        return found

    def _drafts(self) -> list[Need]:
        found = [Need(_("Finish the draft"), name_of(draft), self._offer(draft)) for draft in self.overview.drafts]
        return found + self._rest(OfferStatus.DRAFT, len(found))

    def _refunds(self) -> list[Need]:
        sent = [refund for refund in self.overview.refunds if refund.status == RefundStatus.SENT]
        return [Need(self._refund(refund), name_of(refund.offer), self._url("money")) for refund in sent]

    def _refund(self, refund: Refund) -> str:
        amount = amount_in_words(refund.amount_cad, self.language)
        return _("Say when the refund of %(amount)s has arrived") % {"amount": amount}

    def _rest(self, status: OfferStatus, shown: int) -> list[Need]:
        """Lead to the list where more wait than are shown."""
        more = self.overview.count_of(status) - shown
        if more <= 0:
            return []
        title = ngettext("%(number)s more", "%(number)s more", more) % {"number": more}
        return [Need(title, str(OfferStatusWords(status.value).label), f"{self._url('offers')}?state={status.value}")]

    def _offer(self, offer: OfferOfEmployment) -> str:
        return self._url("offer", offer_id=offer.pk)

    def _url(self, name: str, **parts: Any) -> str:
        return reverse(f"employer_portal:{name}", kwargs={"employer_id": self.workspace.employer.pk, **parts})


def _deadlines(workspace: Workspace, overview: Overview) -> list[Need]:
    """Return the duties that are due, then the permits that end, each the first one first."""
    parts, language = {"employer_id": workspace.employer.pk}, "fr" if get_language() == "fr" else "en"
    duties = [
        Need(
            f"{TITLES[day.duty.key].in_language(language)} – {in_words(day.due_on)}",
            " · ".join([_("late"), name_of(day.offer)] if day.is_late else [name_of(day.offer)]),
            reverse("employer_portal:duty_worker", kwargs={**parts, "offer_id": day.offer.pk}),
            day.is_late,
        )
        for day in overview.days
    ]
    return duties + [
        Need(
            _("The permit ends on %(day)s") % {"day": in_words(offer.permit_expires_on)},
            name_of(offer),
            reverse("employer_portal:offer", kwargs={**parts, "offer_id": offer.pk}),
        )
        for offer in overview.ending
    ]


def name_of(offer: OfferOfEmployment | None) -> str:
    """Name an offer by worker, job and number, as far as they are known."""
    if offer is None:
        return ""
    parts = (offer.worker_name, offer.job_title, offer.number)
    return " · ".join(part for part in parts if part) or _("nothing filled in yet")
