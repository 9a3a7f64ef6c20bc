"""The list of offers of an employer: by state, found again by number, worker or passport, sorted, a page at a time."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from employer_portal.lookups import folded, lookup_hashes
from employer_portal.models import Branch, OfferOfEmployment
from employer_portal.models.offer_choices import OfferStatusWords
from employer_portal.models.offers import OfferQuerySet
from employer_portal.offer_status import OfferStatus
from employer_portal.pages.access import Workspace, employer_page
from employer_portal.permissions import Action

OFFERS_A_PAGE = 25
SORTS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "changed": (_("Last changed"), ("-updated_at", "pk")),
    "start": (_("Start of work"), ("starts_on", "pk")),
    "title": (_("Job title"), ("job_title", "pk")),
    "number": (_("Offer number"), ("number", "pk")),
}


@dataclass(frozen=True)
class Wanted:
    """What somebody asked the list for; anything that is none of its choices counts as not asked."""

    state: str
    words: str
    branch: str
    sort: str

    def query(self, **changes: Any) -> str:
        """Return the query string of this list with some things changed."""
        asked = {"state": self.state, "q": self.words, "branch": self.branch, "sort": self.sort, **changes}
        return urlencode({name: value for name, value in asked.items() if value and value != "changed"})


@dataclass(frozen=True)
class StateCount:
    value: str
    label: Any
    count: int
    query: str
    is_here: bool


@never_cache
@require_safe
@employer_page()
def offers(request: HttpRequest, workspace: Workspace) -> HttpResponse:
    """Show the offers that somebody may see; deleted drafts only where they are asked for."""
    branches = list(workspace.employer.branches.order_by("name")) if not workspace.membership.branch_id else []
    wanted = _wanted(request, branches)
    counts = dict(workspace.offers.order_by().values_list("status").annotate(Count("pk")))
    page = _page(request, workspace, wanted)
    context = {
        "workspace": workspace,
        "wanted": wanted,
        "page": page,
        "pages": _page_links(page, wanted),
        "states": _states(counts, wanted),
        "sorts": [(value, label, value == wanted.sort) for value, (label, _order) in SORTS.items()],
        "branches": branches,
        "has_any": bool(counts),
        "may_write": Action.WRITE_OFFERS in workspace.actions,
    }
    return render(request, "employer_portal/offers/list.html", context)


def found_by(offers: OfferQuerySet, words: str) -> OfferQuerySet:
    """Return the offers of a number, a worker's full name, a passport, or with these words in their job title.

    Names and passports are encrypted, so they are found whole, by their keyed hashes; accents, case and the order of
    given and family name do not matter.
    """
    if not words:
        return offers
    parts = folded(words).replace(",", " ").split()
    turned = {" ".join(parts[position:] + parts[:position]) for position in range(len(parts))}
    names = [one for name in turned for one in lookup_hashes("name", name)]
    compact = "".join(words.split()).replace("-", "").upper()
    return offers.filter(
        Q(number=compact)
        | Q(worker_name_hash__in=names)
        | Q(worker_passport_hash__in=lookup_hashes("passport", words))
        | Q(job_title__icontains=words)
    )


def _wanted(request: HttpRequest, branches: list[Branch]) -> Wanted:
    given = request.GET
    state, branch, sort = given.get("state", ""), given.get("branch", ""), given.get("sort", "")
    return Wanted(
        state if state in OfferStatusWords.values else "",
        given.get("q", "").replace("\x00", "").strip()[:200],
        branch if branch in {str(one.pk) for one in branches} else "",
        sort if sort in SORTS else "changed",
    )


def _page(request: HttpRequest, workspace: Workspace, wanted: Wanted) -> Page[OfferOfEmployment]:
    offers = workspace.offers.filter(status=wanted.state) if wanted.state else workspace.offers.living()
    if wanted.branch:
        offers = offers.filter(branch_id=wanted.branch)
    rows = found_by(offers, wanted.words).select_related("branch", "group").defer("snapshot", "facts")
    return Paginator(rows.order_by(*SORTS[wanted.sort][1]), OFFERS_A_PAGE).get_page(request.GET.get("page"))


def _page_links(page: Page[OfferOfEmployment], wanted: Wanted) -> dict[str, str]:
    """Return the query strings of the pages before and after, where there are some."""
    links = {}
    if page.has_previous():
        links["before"] = wanted.query(page=page.previous_page_number())
    if page.has_next():
        links["after"] = wanted.query(page=page.next_page_number())
    return links


def _states(counts: dict[str, int], wanted: Wanted) -> list[StateCount]:
    living = sum(count for status, count in counts.items() if status != OfferStatus.DELETED)
    states = [StateCount("", _("All"), living, wanted.query(state=""), not wanted.state)]
    return states + [
        StateCount(value, label, counts[value], wanted.query(state=value), value == wanted.state)
        for value, label in OfferStatusWords.choices
        if value in counts or value == wanted.state
        if counts.get(value)
    ]
