"""The queue as its page shows it: a finished row a case, the filters in a bar, the saved queues as tabs. No HTML."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.contrib.admin.templatetags.admin_list import result_headers
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from eligibility.casework.assignment import WORK, name_of
from eligibility.casework.queue_filters import ME, NOBODY
from eligibility.casework.saved import saved_queues
from eligibility.models import CaseState, OutcomeWords, Screening
from exemption_codes.asked import reading_language
from exemption_codes.catalogue.fact_values import country_name

SEE_CONTACT = "eligibility.see_contact"
MOST_CODES = 3
NO_FILTER = ("p", "all", "e", "_popup")
# The queues that everybody has.
OWN_TABS = (
    (gettext_lazy("All"), ""),
    (gettext_lazy("Not closed"), "state=open"),
    (gettext_lazy("Mine"), f"assignee={ME}&state=open"),
    (gettext_lazy("Nobody’s"), f"assignee={NOBODY}&state=open"),
    (gettext_lazy("Answered"), f"state={CaseState.ANSWERED.value}"),
)


@dataclass(frozen=True)
class QueueRow:
    """One case in the queue; `person` is empty for those who may not see who sent it."""

    pk: str
    reference: str
    address: str
    person: str
    outcome: str
    outcome_words: str
    codes: tuple[str, ...]
    more_codes: int
    countries: str
    age: str
    sent_at: datetime | None
    assignee: str
    assignee_pk: str
    is_mine: bool
    state: str
    state_words: str
    language: str
    language_words: str


@dataclass(frozen=True)
class FilterBox:
    """One filter of the bar, as a list to choose from."""

    name: str
    title: str
    value: str
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Tab:
    name: str
    address: str
    is_here: bool
    is_shared: bool = False


def queue_context(changelist: Any, request: HttpRequest) -> dict[str, Any]:
    """What the page of the queue shows beside the admin's own context."""
    sees_contact = request.user.has_perm(SEE_CONTACT)
    boxes = [_box(spec) for spec in changelist.filter_specs]
    query = kept_query(request.GET.items())
    return {
        "rows": [_row(screening, request.user, sees_contact) for screening in changelist.result_list],
        "headers": list(result_headers(changelist)),
        "sees_contact": sees_contact,
        "works": request.user.has_perm(WORK),
        "boxes": boxes,
        "is_filtered": any(box.value for box in boxes) or bool(changelist.query),
        "colleagues": next((box.options[2:] for box in boxes if box.name == "assignee"), ()),
        "tabs": _tabs(request.user, query, reverse("admin:eligibility_screening_changelist")),
        "query": query,
    }


def kept_query(pairs: Iterable[tuple[str, Any]]) -> str:
    """Return the filters of an address in one order, without its page and what is empty."""
    return urlencode(sorted((name, value) for name, value in pairs if value and name not in NO_FILTER))


def age_in_words(since: datetime) -> str:
    """Say how long ago something was, in the largest unit that fits."""
    gone = max(timezone.now() - since, timedelta(0))
    if gone.days:
        return ngettext("%(count)d day", "%(count)d days", gone.days) % {"count": gone.days}
    hours = gone.seconds // 3600
    return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours} if hours else _("under an hour")


def _row(screening: Screening, reader: Any, sees_contact: bool) -> QueueRow:
    language = reading_language()
    codes = [code for code in screening.matched_codes.split(", ") if code]
    countries = [country_name(code, language) for code in screening.countries.split(",") if code]
    return QueueRow(
        pk=str(screening.pk),
        reference=screening.reference,
        address=reverse("admin:eligibility_screening_change", args=[screening.pk]),
        person=(screening.contact_name or "") if sees_contact else "",
        outcome=screening.best_outcome,
        outcome_words=str(OutcomeWords(screening.best_outcome).label) if screening.best_outcome else "",
        codes=tuple(codes[:MOST_CODES]),
        more_codes=max(len(codes) - MOST_CODES, 0),
        countries=", ".join(countries),
        age=age_in_words(screening.submitted_at) if screening.submitted_at else "",
        sent_at=screening.submitted_at,
        assignee=name_of(screening.assignee) if screening.assignee else "",
        assignee_pk=str(screening.assignee_id or ""),
        is_mine=screening.assignee_id == reader.pk,
        state=screening.state,
        state_words=str(screening.get_state_display()),
        language=screening.language,
        language_words=_("French") if screening.language == "fr" else _("English"),
    )


def _box(spec: Any) -> FilterBox:
    options = tuple((str(value), str(words)) for value, words in spec.lookup_choices)
    return FilterBox(spec.parameter_name, str(spec.title), str(spec.value() or ""), options)


def _tabs(user: Any, query: str, address: str) -> list[Tab]:
    own = [Tab(str(name), f"{address}?{kept}" if kept else address, kept == query) for name, kept in OWN_TABS]
    saved = [
        Tab(one.name, f"{address}?{one.query}", kept_query(parse_qsl(one.query)) == query, one.is_shared)
        for one in saved_queues(user)
    ]
    return own + saved
