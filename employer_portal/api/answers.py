"""What the API tells of offers, events, duties and money, as JSON values; serializers.py says the same as a schema."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language

from employer_portal.api.errors import report_problems
from employer_portal.content import content_of
from employer_portal.duties import DatedDuty
from employer_portal.models import (
    ApiToken,
    DutyRecord,
    FeePayment,
    OfferEvent,
    OfferGroup,
    OfferOfEmployment,
    Receipt,
    Refund,
    UploadedFile,
)
from employer_portal.offer_check import OfferReport
from employer_portal.offer_status import EVENT_WORDS, STATUS_WORDS, Event, Party
from employer_portal.policies import open_events

# Moves of the table that are no request of this API by themselves.
NOT_ASKED = frozenset({Event.CREATE, Event.SAVE})


def offer_summary(offer: OfferOfEmployment) -> dict[str, Any]:
    return {
        "id": str(offer.pk),
        "status": offer.status,
        "status_words": STATUS_WORDS[offer.state].in_language(_language()),
        "version": offer.version,
        "number": offer.number,
        "worker": offer.worker_name,
        "job_title": offer.job_title,
        "exemption_category": offer.exemption_category,
        "branch": _id(offer.branch_id),
        "group": _id(offer.group_id),
        "copied_from": _id(offer.copied_from_id),
        "created_at": offer.created_at.isoformat(),
        "updated_at": offer.updated_at.isoformat(),
        "submitted_at": _day(offer.submitted_at),
        "issued_at": _day(offer.issued_at),
        "closed_at": _day(offer.closed_at),
    }


def offer_answer(offer: OfferOfEmployment) -> dict[str, Any]:
    return {
        **offer_summary(offer),
        "moves": sorted(event.value for event in open_events(offer, Party.EMPLOYER) - NOT_ASKED),
        "fee": _fee(offer),
        "permit": {"issued_on": _day(offer.permit_issued_on), "expires_on": _day(offer.permit_expires_on)},
        "content": content_of(offer),
    }


def check_answer(report: OfferReport) -> dict[str, Any]:
    language = _language()
    return {
        "is_ready": report.is_ready,
        "code": report.code,
        "outcome": report.outcome,
        "on": report.on.isoformat(),
        "applies_on": report.applies_on.isoformat(),
        "catalogue": report.release_digest,
        "fee": report.fee and {
            "decision": report.fee.status.value,
            "amount_cad": _cad(report.fee.amount_cad),
            "provisions": list(report.fee.provisions),
        },
        "fields": report_problems(report, language),
    }  # fmt: skip


def payment_answer(payment: FeePayment) -> dict[str, Any]:
    """`pay_at` is where somebody of the employer pays, signed in; empty once it is paid or recorded."""
    page = reverse("employer_portal:payment_form", kwargs={"token": payment.token})
    return {
        "id": str(payment.token),
        "status": str(payment.status),
        "amount_cad": _cad(payment.total),
        "is_captured": payment.captured_at is not None,
        "pay_at": "" if payment.captured_at else f"{settings.SITE_URL}{page}",
    }


def event_answer(event: OfferEvent) -> dict[str, Any]:
    """Who did it is told of the employer's own people; staff and providers are named by their party."""
    own = event.party == Party.EMPLOYER and event.by is not None
    return {
        "id": event.pk,
        "event": event.event,
        "words": EVENT_WORDS[Event(event.event)].in_language(_language()),
        "from": event.source,
        "to": event.target,
        "party": event.party,
        "by": event.by.email if own and event.by else "",
        "by_way_of": event.on_behalf,
        "reason": event.reason,
        "details": event.details,
        "at": event.at.isoformat(),
    }


def duties_answer(duties: Iterable[DatedDuty], records: Iterable[DutyRecord], on: date) -> list[dict[str, Any]]:
    """Return duties with the day they fall on and the day they were done, as far as either is known."""
    done = {record.duty: record.done_on for record in records}
    return [
        {
            "duty": each.duty.key,
            "text": each.duty.text.in_language(_language()),
            "provision": each.duty.provision,
            "due_on": _day(each.due_on),
            "done_on": _day(done.get(each.duty.key)),
            "is_overdue": each.due_on is not None and each.due_on < on and each.duty.key not in done,
        }
        for each in duties
    ]


def receipt_answer(receipt: Receipt) -> dict[str, Any]:
    return {"id": str(receipt.pk), "number": str(receipt), "made_at": receipt.made_at.isoformat(), **receipt.content}


def refund_answer(refund: Refund) -> dict[str, Any]:
    return {
        "id": str(refund.pk),
        "offer": _id(refund.offer_id),
        "payment": str(refund.payment.token),
        "reason": refund.reason,
        "status": refund.status,
        "amount_cad": _cad(refund.amount_cad),
        "provisions": refund.provisions,
        "due_at": refund.due_at.isoformat(),
        "sent_at": _day(refund.sent_at),
        "arrived_at": _day(refund.arrived_at),
    }


def group_answer(group: OfferGroup) -> dict[str, Any]:
    offers = group.offers.living().select_related("charge").order_by("pk")
    return {
        "id": str(group.pk),
        "name": group.name,
        "created_at": group.created_at.isoformat(),
        "offers": [
            {"id": str(offer.pk), "status": offer.status, "number": offer.number, "fee": _fee(offer)}
            for offer in offers
        ],
    }


def file_answer(file: UploadedFile) -> dict[str, Any]:
    return {
        "id": str(file.pk),
        "purpose": file.purpose,
        "name": file.name,
        "content_type": file.content_type,
        "size_bytes": file.size_bytes,
        "sha256": file.sha256,
        "uploaded_at": file.uploaded_at.isoformat(),
        "removed_at": _day(file.removed_at),
    }


def employer_answer(token: ApiToken) -> dict[str, Any]:
    employer = token.employer
    return {
        "id": str(employer.pk),
        "legal_name": employer.legal_name,
        "operating_name": employer.operating_name,
        "business_number": employer.business_number,
        "standing": employer.standing,
        "ineligible_until": _day(employer.ineligible_until),
        "token": {"name": token.name, "may_write": token.may_write, "expires_at": _day(token.expires_at)},
    }


def _fee(offer: OfferOfEmployment) -> dict[str, Any] | None:
    charge = offer.charge
    if charge is None:
        return None
    return {
        "status": charge.status,
        "decision": charge.decision,
        "amount_cad": _cad(charge.amount_cad),
        "share_cad": _cad(offer.fee_share_cad or Decimal(0)),
        "provisions": charge.provisions,
    }


def _day(value: date | datetime | None) -> str | None:
    return value.isoformat() if value else None


def _cad(amount: Decimal) -> str:
    return f"{amount:.2f}"


def _id(value: Any) -> str | None:
    return str(value) if value else None


def _language() -> str:
    return get_language() or "en"
