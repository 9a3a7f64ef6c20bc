"""The steps of a draft: which fields each asks for, and how far it is, by what the check of the offer found."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from employer_portal.content import (
    AGREEMENT_FIELDS,
    EXEMPTION_FIELDS,
    FEE_FIELDS,
    JOB_FIELDS,
    SITES,
    WAGE_FIELDS,
    WORKER_FIELDS,
)
from employer_portal.field_check import Level, OfferProblem
from employer_portal.models import OfferOfEmployment
from employer_portal.offer_check import OfferReport
from employer_portal.pages.offers_words import LEADS, TITLES, Said

# The order in which they are asked; what the fact sheet calls them, and its numbers, stand in content.py.
STEPS: dict[str, tuple[str, ...]] = {
    "worker": WORKER_FIELDS,
    "exemption": ("applies_on", "exemption_category", "exemption_explanation"),
    "job": JOB_FIELDS,
    "wage": tuple(name for name in WAGE_FIELDS if name != "wage_as_typed"),
    "sites": (),
    "agreement": AGREEMENT_FIELDS,
    "fee": (),
    "declarations": (),
    "check": (),
}
# Where a problem is shown; what is in none of these belongs to the company's profile.
PLACES: dict[str, tuple[str, ...]] = {
    **STEPS,
    "exemption": EXEMPTION_FIELDS,
    "wage": WAGE_FIELDS,
    "sites": (SITES,),
    "fee": (*FEE_FIELDS, "files"),
    "declarations": ("declared",),
}
PROFILE = "profile"


class StepState(StrEnum):
    TO_DO = "to-do"
    FIX = "fix"
    WARN = "warn"
    DONE = "done"


STATE_WORDS: dict[StepState, Said] = {
    StepState.TO_DO: _("to do"),
    StepState.FIX: _("to mend"),
    StepState.WARN: _("to acknowledge"),
    StepState.DONE: _("complete"),
}


@dataclass(frozen=True)
class Step:
    """One entry of the list of steps, for one draft."""

    name: str
    number: int
    state: StepState
    is_here: bool

    @property
    def title(self) -> Said:
        return TITLES[self.name]

    @property
    def lead(self) -> Said:
        return LEADS[self.name]

    @property
    def state_words(self) -> Said:
        return STATE_WORDS[self.state]


def steps_of(report: OfferReport, here: str) -> list[Step]:
    """Return every step with its state."""
    return [Step(name, number, _state(name, report), name == here) for number, name in enumerate(STEPS, start=1)]


def step_of(problem: OfferProblem) -> str:
    """Return the step on which a problem is shown."""
    field = problem.field.partition(".")[0]
    return next((step for step, fields in PLACES.items() if field in fields), PROFILE)


def problems_on(step: str, problems: Iterable[OfferProblem]) -> list[OfferProblem]:
    return [problem for problem in problems if step_of(problem) == step]


def is_missing(problem: OfferProblem) -> bool:
    """Whether a problem says only that something is not filled in yet."""
    return problem.key.startswith(("missing.", "sites.none", "agreement.unsigned", "declarations.missing")) or (
        problem.key in ("job.regulated", "job.labour_dispute_open", "leave.vacation", "agreement.wage")
    )


def following(step: str) -> str:
    names = list(STEPS)
    return names[min(names.index(step) + 1, len(names) - 1)]


def step_address(offer: OfferOfEmployment, name: str) -> str:
    keys = {"employer_id": offer.employer_id, "offer_id": offer.pk, "step": name}
    return reverse("employer_portal:offer_step", kwargs=keys)


def _state(step: str, report: OfferReport) -> StepState:
    if step == "check":
        return StepState.DONE if report.is_ready else StepState.TO_DO
    if step == "fee" and report.fee is None:
        return StepState.TO_DO
    errors = problems_on(step, report.errors)
    if any(not is_missing(problem) for problem in errors):
        return StepState.FIX
    if errors:
        return StepState.TO_DO
    if any(problem.level is Level.WARNING for problem in problems_on(step, report.open_warnings)):
        return StepState.WARN
    return StepState.DONE
