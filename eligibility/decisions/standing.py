"""How each decision of a case stands now: in force, lapsed and why, replaced, awaiting somebody. Nothing is stored."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from eligibility.decisions.basis import CHANGED_WORDS, Basis, basis_of
from eligibility.decisions.models import Decision

Kind = Decision.Kind
ANSWERS = (Kind.APPROVE, Kind.DECLINE, Kind.WITHDRAW)
# What decides about the same thing replaces what was decided before.
SUBJECTS = {Kind.CONFIRM: Kind.OUTCOME, Kind.OUTCOME: Kind.OUTCOME}


class Status(models.TextChoices):
    IN_FORCE = "in_force", _("In force")
    AWAITING = "awaiting", _("Awaiting approval")
    LAPSED = "lapsed", _("Lapsed")
    ANSWERED = "answered", _("Answered")
    REPLACED = "replaced", _("Replaced")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Taken back")


# The states in which a decision says nothing any more, and does not stand in the way of another.
VOID = (Status.DECLINED, Status.WITHDRAWN)


@dataclass(frozen=True)
class Standing:
    """A decision with how it stands; `changed` names what of its basis is not as it was."""

    decision: Decision
    status: Status
    changed: tuple[str, ...] = ()
    answers: tuple[Decision, ...] = ()
    replaced_by: int | None = None

    @property
    def changed_words(self) -> list[Any]:
        return [CHANGED_WORDS[part] for part in self.changed]

    @property
    def is_in_force(self) -> bool:
        return self.status is Status.IN_FORCE


def standings(decisions: Iterable[Decision], now: Basis | None, answered: Collection[str]) -> list[Standing]:
    """Tell how decisions stand, given in the order in which they were made.

    `now` is what a determination would rest on now (None: nothing is published), `answered` the facts that are known.
    """
    by_number = list(decisions)
    about: dict[int, list[Decision]] = {}
    for decision in by_number:
        if decision.kind in ANSWERS and decision.about_id is not None:
            about.setdefault(decision.about_id, []).append(decision)
    made = [_alone(one, now, answered, about.get(one.pk, [])) for one in by_number if one.kind not in ANSWERS]
    latest: dict[tuple[str, ...], int] = {}
    found = []
    for standing in reversed(made):
        later = latest.get(subject(standing.decision))
        if later is not None and standing.status not in VOID:
            standing = replace(standing, status=Status.REPLACED, replaced_by=later)
        elif standing.status not in (*VOID, Status.AWAITING):
            latest[subject(standing.decision)] = standing.decision.number
        found.append(standing)
    return found[::-1]


def subject(decision: Decision) -> tuple[str, ...]:
    """Return what a decision is about; of those about the same thing the last one counts."""
    kind = SUBJECTS.get(Kind(decision.kind), decision.kind)
    return kind, decision.category, decision.criterion, decision.fact


def _alone(decision: Decision, now: Basis | None, answered: Collection[str], answers: list[Decision]) -> Standing:
    """Tell how a decision stands but for later ones about the same thing."""
    said = {answer.kind for answer in answers}
    made_on = basis_of(decision.determination)
    changed = now.changed_since(made_on) if now else ("rules",)
    if Kind.WITHDRAW in said:
        status, changed = Status.WITHDRAWN, ()
    elif Kind.DECLINE in said:
        status, changed = Status.DECLINED, ()
    elif decision.kind == Kind.FACT and decision.fact in answered:
        status, changed = Status.ANSWERED, ()
    elif changed:
        status = Status.LAPSED
    elif decision.needs_approval and Kind.APPROVE not in said:
        status = Status.AWAITING
    else:
        status = Status.IN_FORCE
    return Standing(decision, status, changed, tuple(answers))
