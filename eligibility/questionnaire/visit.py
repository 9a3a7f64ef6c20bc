"""One visitor's walk between requests: the screening of this browser, and the way that the back link follows."""

from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from eligibility import screenings
from eligibility.counts import count
from eligibility.models import Screening
from eligibility.questionnaire.answers import Walk, walk
from exemption_codes.catalogue import documents as doc
from exemption_codes.catalogue.rulebook import Rulebook

SESSION_KEY = "screening"
TRAIL_KEY = "screening_trail"
COUNTED_KEY = "pages_counted"
SENT_KEY = "screening_sent"
LONGEST_TRAIL = 100
# Pages from which a single question is opened to be changed, and to which one returns.
ORIGINS = {"answers": "questionnaire:answers", "result": "questionnaire:result"}


def language() -> str:
    return "fr" if (get_language() or "").startswith("fr") else "en"


def current_screening(request: HttpRequest) -> Screening | None:
    """The screening of this browser; None when there is none, or it was erased."""
    try:
        key = UUID(request.session.get(SESSION_KEY, ""))
    except ValueError:
        return None
    return Screening.objects.filter(pk=key, submitted_at__isnull=True).first()


def sent_screening(request: HttpRequest) -> Screening | None:
    """The copy that this browser sent last; None when it sent none, or the copy was erased."""
    reference = request.session.get(SENT_KEY)
    return Screening.objects.submitted().filter(reference=reference).first() if reference else None


def begin_screening(request: HttpRequest, only: str = "") -> Screening:
    screening = screenings.begin(language(), only)
    request.session[SESSION_KEY] = str(screening.pk)
    return screening


def forget(request: HttpRequest) -> None:
    """Erase the answers of this browser, and its way through the pages."""
    if (screening := current_screening(request)) is not None:
        screenings.erase(screening.pk)
    for key in (SESSION_KEY, TRAIL_KEY, SENT_KEY, COUNTED_KEY):
        request.session.pop(key, None)


def limited_to(screening: Screening, rulebook: Rulebook) -> str:
    """The category that the screening is limited to; empty when there is none, or it is in force no longer."""
    in_force = {category.id for category in rulebook.in_force(timezone.localdate())}
    return screening.only if screening.only in in_force else ""


def walk_of(screening: Screening, rulebook: Rulebook) -> Walk:
    answers = screenings.readable_answers(screening, rulebook)
    return walk(rulebook, answers, set(screening.skipped), timezone.localdate(), limited_to(screening, rulebook))


def page_address(page_id: str, facts: list[str]) -> str:
    query = urlencode([("fact", name) for name in facts])
    return f"{reverse('questionnaire:page', args=[page_id])}?{query}"


def remember(request: HttpRequest, document: doc.PageDocument, facts: list[str]) -> None:
    """Note a page in the trail that the back link follows."""
    here = [document.id, facts]
    trail = [step for step in request.session.get(TRAIL_KEY, []) if step != here]
    request.session[TRAIL_KEY] = [*trail, here][-LONGEST_TRAIL:]


def count_once(request: HttpRequest, kind: str, page_id: str) -> None:
    """Count a page that is reached or left, the first time on a walk; the number belongs to nobody."""
    counted = request.session.get(COUNTED_KEY, [])
    if [kind, page_id] not in counted:
        request.session[COUNTED_KEY] = [*counted, [kind, page_id]]
        count(kind, [page_id])


def origin(request: HttpRequest) -> str:
    """The address of the page that opened this question for a change; empty on the ordinary way."""
    name = ORIGINS.get(request.GET.get("from", ""))
    return reverse(name) if name else ""


def back_address(request: HttpRequest, document: doc.PageDocument, facts: list[str]) -> str:
    """The page before this one on the way somebody came."""
    if address := origin(request):
        return address
    trail = request.session.get(TRAIL_KEY, [])
    here = [document.id, facts]
    before = trail[: trail.index(here)] if here in trail else trail
    return page_address(*before[-1]) if before else reverse("questionnaire:start")
