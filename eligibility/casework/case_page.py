"""What the page of one case shows: its head and tabs always, and of the tab that is open everything. No HTML."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from eligibility.case_file import judged_case
from eligibility.casework import case_kinds, case_tabs
from eligibility.casework.assignment import WORK, workers
from eligibility.casework.case_forms import ReasonForm
from eligibility.casework.case_tabs import Bound, Reading
from eligibility.casework.documents import Checklist, checklist, wanted_documents
from eligibility.casework.queue import SEE_CONTACT, age_in_words
from eligibility.engine.determine import Outcome, Result
from eligibility.models import OutcomeWords, Screening
from exemption_codes.asked import reading_language
from exemption_codes.releases import NoPublishedRelease, NoSuchRelease, published_digest, rulebook_of

EVIDENCE, DECISIONS, MESSAGES = "evidence", "decisions", "messages"
DOCUMENTS, NOTES, TIME_LINE = "documents", "notes", "timeline"
TABS: dict[str, Callable[[Reading], dict[str, Any]]] = {
    EVIDENCE: case_tabs.evidence,
    DECISIONS: case_tabs.decisions,
    MESSAGES: case_tabs.messages,
    DOCUMENTS: case_tabs.documents,
    NOTES: case_tabs.notes,
    TIME_LINE: case_tabs.time_line,
}


@dataclass(frozen=True)
class TabLink:
    name: str
    words: str
    count: str
    is_here: bool


def case_context(request: HttpRequest, screening: Screening, tab: str, bound: Bound) -> dict[str, Any]:
    """Everything that the page of a case shows; `tab` names what is open, `bound` holds forms to be shown again."""
    works = request.user.has_perm(WORK)
    tab = tab if tab in TABS else EVIDENCE
    facts, result = _judged(screening)
    wanted = wanted_documents(result) if result else {}
    received = checklist(wanted, screening.documents.all(), reading_language())
    return {
        "screening": screening,
        "age": age_in_words(screening.submitted_at) if screening.submitted_at else "",
        "works": works,
        "sees_contact": request.user.has_perm(SEE_CONTACT),
        "is_mine": screening.assignee_id == request.user.pk,
        "colleagues": list(workers()) if works else [],
        "reason": bound.get("reason") or ReasonForm(),
        "tab": tab,
        "tabs": _tabs(screening, received, tab),
        "checklist": received,
        "result": result,
        "outcomes": _outcomes(result) if result else [],
        "is_published": _published() == screening.release_digest,
        **TABS[tab](Reading(request, screening, facts, result, received, bound)),
    }


def _judged(screening: Screening) -> tuple[dict[str, Any], Result | None]:
    """Judge a case under the release it names; without a result when that is no longer stored."""
    try:
        return judged_case(screening, rulebook_of(screening.release_digest))
    except NoSuchRelease:
        return {}, None


def _published() -> str:
    try:
        return published_digest()
    except NoPublishedRelease:
        return ""


def _tabs(screening: Screening, received: Checklist, tab: str) -> list[TabLink]:
    messages = screening.messages.count()
    decisions = screening.decisions.count()
    notes = screening.events.filter(kind=case_kinds.NOTED).count()
    words = {
        EVIDENCE: (_("Answers and codes"), ""),
        DECISIONS: (_("Decisions"), str(decisions or "")),
        MESSAGES: (_("Messages"), str(messages or "")),
        DOCUMENTS: (_("Documents"), f"{received.received}/{received.total}" if received.total else ""),
        NOTES: (_("Notes"), str(notes or "")),
        TIME_LINE: (_("Time line"), str(screening.event_count or "")),
    }
    return [TabLink(name, *words[name], name == tab) for name in TABS]


def _outcomes(result: Result) -> list[tuple[str, str, int]]:
    counts = {outcome: sum(d.outcome is outcome for d in result.determinations) for outcome in Outcome}
    return [(o.value, str(OutcomeWords(o.value).label), count) for o, count in counts.items() if count]
