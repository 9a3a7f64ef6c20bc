"""What one person sees first of an employer: offers by state, what needs somebody now, and what comes. Reads only.

The number of queries does not depend on how many offers there are.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, OuterRef, Subquery

from employer_portal.duties import When
from employer_portal.duty_calendar import CalendarDay, agenda, duties_of, workers
from employer_portal.employer_check import missing_profile
from employer_portal.models import Membership, OfferOfEmployment, Refund, RefundStatus, WorkerConfirmation
from employer_portal.models.offers import OfferQuerySet
from employer_portal.money_view import Totals, totals_of, visible_charges
from employer_portal.offer_status import OfferStatus
from employer_portal.permissions import Action, actions_of, visible_offers
from employer_portal.workers import differences
from exemption_codes.catalogue.rulebook import Rulebook

SHOWN = 5
DUE_WITHIN = timedelta(days=30)
PERMIT_ENDS_WITHIN = timedelta(days=120)
MOST_CONFIRMATIONS = 200
# The order in which an offer lives; those that have ended come last.
ORDER = (
    OfferStatus.DRAFT, OfferStatus.AWAITING_FEE, OfferStatus.ISSUED, OfferStatus.MATCHED,
    OfferStatus.WITHDRAWAL_REQUESTED, OfferStatus.USED, OfferStatus.WITHDRAWN, OfferStatus.REFUSED,
    OfferStatus.CLOSED_NO_PERMIT, OfferStatus.EXPIRED,
)  # fmt: skip


@dataclass(frozen=True)
class Differing:
    """An offer whose worker read something else in their passport; in how many fields."""

    offer: OfferOfEmployment
    fields: int


@dataclass(frozen=True)
class Overview:
    """Everything on the first page; `totals` only for who may see money. Lists hold the first few of `count_of`."""

    counts: dict[OfferStatus, int]
    missing: list[tuple[str, str]]
    drafts: list[OfferOfEmployment]
    awaiting: list[OfferOfEmployment]
    differing: list[Differing]
    refunds: list[Refund]
    days: list[CalendarDay]
    ending: list[OfferOfEmployment]
    totals: Totals | None

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    def count_of(self, status: OfferStatus) -> int:
        return self.counts.get(status, 0)


def overview_of(membership: Membership, on: date, rulebook: Rulebook) -> Overview:
    """Gather the overview for one person on a day."""
    offers = visible_offers(membership).living()
    found = dict(offers.order_by().values_list("status").annotate(Count("pk")))
    sees_money = Action.VIEW_MONEY in actions_of(membership)
    return Overview(
        counts={status: found[status.value] for status in ORDER if status.value in found},
        missing=missing_profile(membership.employer),
        drafts=list(offers.drafts()[:SHOWN]),
        awaiting=list(offers.awaiting_fee().select_related("charge").order_by("submitted_at")[:SHOWN]),
        differing=_differing(offers),
        refunds=_refunds(offers) if sees_money else [],
        days=_days(offers, on, rulebook),
        ending=_ending(offers, on),
        totals=totals_of(visible_charges(membership)) if sees_money else None,
    )


def _differing(offers: OfferQuerySet) -> list[Differing]:
    """Return the offers not yet filed that differ from what their worker said last."""
    latest = (
        WorkerConfirmation.objects.filter(offer=OuterRef("offer"), confirmed_at__isnull=False, revoked_at__isnull=True)
        .order_by("-invited_at")
        .values("pk")[:1]
    )
    said = WorkerConfirmation.objects.filter(offer__in=offers.drafts(), pk=Subquery(latest)).select_related("offer")
    compared = (Differing(each.offer, len(differences(each.offer, each))) for each in said[:MOST_CONFIRMATIONS])
    return [each for each in compared if each.fields][:SHOWN]


def _refunds(offers: OfferQuerySet) -> list[Refund]:
    on_their_way = Refund.objects.exclude(status=RefundStatus.ARRIVED).filter(offer__in=offers)
    return list(on_their_way.select_related("offer").order_by("due_at")[:SHOWN])


def _days(offers: OfferQuerySet, on: date, rulebook: Rulebook) -> list[CalendarDay]:
    """Return the duties that are late or fall due before long, the first one first; the end of a permit is apart."""
    open_days = agenda(duties_of(offer, on, rulebook) for offer in workers(offers))
    dated = (day for day in open_days if day.duty.when is not When.PERMIT_END)
    return [day for day in dated if day.due_on and day.due_on <= on + DUE_WITHIN][:SHOWN]


def _ending(offers: OfferQuerySet, on: date) -> list[OfferOfEmployment]:
    """Return the workers whose permit ends before long, the first one first."""
    soon = offers.filter(status=OfferStatus.USED, permit_expires_on__range=(on, on + PERMIT_ENDS_WITHIN))
    return list(soon.order_by("permit_expires_on")[:SHOWN])
