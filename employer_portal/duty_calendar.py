"""The days that an employer's duties fall on, worker by worker: what is open, done, late. Reads only."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Prefetch

from employer_portal.duties import DatedDuty, Duty, When, WorkerCase, duties_for
from employer_portal.duty_lists import DONE_ONCE, PAPERS, Paper
from employer_portal.models import DutyRecord, OfferOfEmployment
from employer_portal.models.offers import OfferQuerySet
from employer_portal.offer_status import OfferStatus
from exemption_codes.catalogue.rulebook import Rulebook

SHOWN_FIELDS = (
    "id", "employer_id", "branch_id", "created_by_id", "number", "job_title", "status", "worker_family_name",
    "worker_given_names", "starts_on", "ends_on", "permit_issued_on", "permit_expires_on", "first_day_on",
    "submitted_at",
)  # fmt: skip


@dataclass(frozen=True)
class CalendarDay:
    """A duty of one worker with its day, and the record that it was done, if it was."""

    offer: OfferOfEmployment
    duty: Duty
    due_on: date | None
    record: DutyRecord | None
    on: date

    @property
    def can_be_done(self) -> bool:
        """Whether it is done once; records are kept throughout, and their day is when keeping ends."""
        return self.duty.when in DONE_ONCE

    @property
    def is_open(self) -> bool:
        """Whether somebody has to do it, on a day."""
        return self.due_on is not None and self.can_be_done and self.record is None

    @property
    def is_for_calendar(self) -> bool:
        """Whether a calendar shows it: what is open, and once the day on which keeping records ends."""
        return self.is_open or (self.due_on is not None and self.duty.key == "keep_records")

    @property
    def is_late(self) -> bool:
        return self.is_open and self.due_on is not None and self.due_on < self.on


@dataclass(frozen=True)
class PaperAtHand:
    """A document of the checklist, and the record that it is at hand."""

    paper: Paper
    record: DutyRecord | None


@dataclass(frozen=True)
class WorkerDuties:
    """Everything that is owed for one worker."""

    offer: OfferOfEmployment
    days: tuple[CalendarDay, ...]
    papers: tuple[PaperAtHand, ...]

    @cached_property
    def open_days(self) -> tuple[CalendarDay, ...]:
        return tuple(day for day in self.days if day.is_open)

    @property
    def next_day(self) -> CalendarDay | None:
        return self.open_days[0] if self.open_days else None

    @property
    def papers_at_hand(self) -> int:
        return sum(paper.record is not None for paper in self.papers)


def workers(offers: OfferQuerySet) -> OfferQuerySet:
    """Narrow offers to those whose permit was issued: their duties have begun; with their records."""
    standing = DutyRecord.objects.filter(undone_at=None).select_related("proof", "recorded_by")
    used = offers.filter(status=OfferStatus.USED).only(*SHOWN_FIELDS)
    return used.prefetch_related(Prefetch("duty_records", standing, to_attr="standing_records")).order_by(
        "-permit_issued_on", "pk"
    )


def duties_of(offer: OfferOfEmployment, on: date, rulebook: Rulebook) -> WorkerDuties:
    """Return the duties for a worker, of an offer that `workers` returned."""
    records: Mapping[str, DutyRecord] = {record.duty: record for record in offer.standing_records}  # type: ignore[attr-defined]
    return WorkerDuties(
        offer,
        tuple(
            CalendarDay(offer, dated.duty, dated.due_on, records.get(dated.duty.key), on)
            for dated in _dated(offer, on, rulebook)
        ),
        tuple(PaperAtHand(paper, records.get(paper.record_key)) for paper in PAPERS),
    )


def agenda(all_duties: Iterable[WorkerDuties]) -> list[CalendarDay]:
    """Return every open day of some workers, the earliest first."""
    days = [day for worker in all_duties for day in worker.open_days]
    return sorted(days, key=lambda day: (day.due_on or date.max, str(day.offer.pk), day.duty.key))


def _dated(offer: OfferOfEmployment, on: date, rulebook: Rulebook) -> tuple[DatedDuty, ...]:
    case = WorkerCase(offer.permit_issued_on, offer.permit_expires_on, offer.first_day_on, offer.starts_on)
    return duties_for(case, on, rulebook)


def is_kept_until(days: Iterable[CalendarDay]) -> date | None:
    """Return the last day on which records must be kept."""
    return next((day.due_on for day in days if day.duty.when is When.RETENTION), None)
