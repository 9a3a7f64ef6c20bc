"""What the page of one offer shows staff: its content, check, events, money, files, and the worker's own word."""

from typing import Any

from django.utils import timezone
from django.utils.translation import get_language

from employer_portal import content as fields
from employer_portal.models import LedgerEntry, OfferOfEmployment
from employer_portal.offer_check import OfferReport, check_offer
from employer_portal.offer_status import EVENT_WORDS, STATUS_WORDS, Event, OfferStatus
from employer_portal.staff.moves import moves_open_to_staff
from employer_portal.workers import differences
from exemption_codes.releases import NoPublishedRelease, NoSuchRelease, published_digest, rulebook_of

PARTS = (
    ("worker", fields.WORKER_FIELDS),
    ("exemption", tuple(name for name in fields.EXEMPTION_FIELDS if name != "facts")),
    ("job", fields.JOB_FIELDS),
    ("wage", tuple(name for name in fields.WAGE_FIELDS if name != "wage_as_typed")),
    ("agreement", fields.AGREEMENT_FIELDS),
    ("fee", fields.FEE_FIELDS),
)


def offer_context(offer: OfferOfEmployment, may_move: bool) -> dict[str, Any]:
    language = get_language() or "en"
    charge = offer.charge
    confirmation = next(iter(offer.confirmations.order_by("-invited_at")), None)
    return {
        "offer": offer,
        "state": STATUS_WORDS[offer.state].in_language(language),
        "moves": moves_open_to_staff(offer) if may_move else [],
        "parts": [(name, rows) for name, names in PARTS if (rows := _filled(offer, names))],
        "sites": list(offer.sites.all()),
        "facts": sorted(offer.facts.items()),
        "report": _filed_check(offer, language),
        "events": [_event(event, language) for event in offer.events.select_related("by").order_by("-pk")],
        "charge": charge,
        "entries": list(LedgerEntry.objects.filter(charge=charge).order_by("pk")) if charge else [],
        "payments": list(charge.payments.select_related("receipt").order_by("pk")) if charge else [],
        "refunds": list(offer.refunds.order_by("due_at")),
        "files": list(offer.files.filter(removed_at__isnull=True)),
        "confirmation": confirmation,
        "differences": [
            (_label(name), *pair) for name, pair in differences(offer, confirmation).items()
        ] if confirmation and confirmation.confirmed_at else [],
    }  # fmt: skip


def _filed_check(offer: OfferOfEmployment, language: str) -> dict[str, Any] | None:
    """Check the offer as of the day it was filed and under that release; a draft today, under the published one.

    None where its release is no longer stored.
    """
    try:
        digest = offer.release_digest or published_digest()
        on = timezone.localdate(offer.submitted_at) if offer.submitted_at else timezone.localdate()
        report = check_offer(offer, on, rulebook_of(digest))
    except (NoSuchRelease, NoPublishedRelease):
        return None
    return {"found": report, "problems": _problems(offer, report, language)}


def _problems(offer: OfferOfEmployment, report: OfferReport, language: str) -> list[dict[str, Any]]:
    return [
        {
            "level": problem.level.value,
            "text": problem.text.in_language(language),
            "provision": problem.provision,
            "reason": offer.acknowledged.get(problem.key, ""),
        }
        for problem in report.problems
    ]


def _event(event: Any, language: str) -> dict[str, Any]:
    ends = [STATUS_WORDS[OfferStatus(state)].in_language(language) if state else "" for state in (
        event.source, event.target
    )]  # fmt: skip
    return {
        "row": event,
        "words": EVENT_WORDS[Event(event.event)].in_language(language),
        "source": ends[0],
        "target": ends[1],
        "differing": [_label(name) for name in event.details.get("fields", ())]
        if event.event == "match_failed"
        else [],
        "number": event.details.get("number", ""),
    }


def _filled(offer: OfferOfEmployment, names: tuple[str, ...]) -> list[tuple[str, Any]]:
    """Return the fields that say something, with their words."""
    rows = [_shown(offer, name) for name in names]
    return [(label, value) for label, value in rows if value or value is False]


def _shown(offer: OfferOfEmployment, name: str) -> tuple[str, Any]:
    display = getattr(offer, f"get_{name}_display", None)
    value = display() if display else getattr(offer, name)
    return _label(name), getattr(value, "name", value)


def _label(name: str) -> str:
    known = {field.name: field for field in OfferOfEmployment._meta.get_fields()}
    field = known.get(name) or known.get(f"worker_{name}")
    return str(getattr(field, "verbose_name", name))
