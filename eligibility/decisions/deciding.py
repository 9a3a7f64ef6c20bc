"""The only writer of decisions: who may decide what, on which determination, and why; each is on record for good."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from eligibility.decisions.basis import basis_of
from eligibility.decisions.checks import DecisionRefused, check_target
from eligibility.decisions.judged import JudgedCase, judged_case
from eligibility.decisions.models import Decision
from eligibility.decisions.records import enter, next_number
from eligibility.decisions.standing import Standing, Status
from eligibility.models import Screening

DECIDE, APPROVE = "eligibility.decide_case", "eligibility.approve_decision"
SHORTEST_REASON, LONGEST_REASON = 20, 4000
Kind = Decision.Kind
# A fact that is asked for changes nothing, so nobody else needs to agree.
APPROVED_BY_OTHERS = (Kind.CONFIRM, Kind.OUTCOME, Kind.FINDING, Kind.VIEW)
STILL_OPEN = (Status.IN_FORCE, Status.AWAITING, Status.LAPSED)


@dataclass(frozen=True)
class Said:
    """What somebody decides: about a category ("" is the whole case), a criterion of it, or a fact; and its value."""

    kind: Kind
    category: str = ""
    criterion: str = ""
    fact: str = ""
    value: str = ""


@dataclass(frozen=True)
class Why:
    """A typed reason; the mark of the form, so that it counts once; and the basis that the form was shown under."""

    reason: str
    token: UUID
    basis: str = ""


def decide(screening_id: UUID, actor: Any, said: Said, why: Why) -> Decision:
    """Put a decision on record; sending the same form twice gives the decision of the first time.

    Raises PermissionDenied, DecisionRefused and Screening.DoesNotExist.
    """
    _check_may(actor, DECIDE)
    with transaction.atomic():
        screening = _locked(screening_id)
        return _made_before(screening, why, said) or _decide(screening, actor, said, why, None)


def renew(screening_id: UUID, number: int, actor: Any, why: Why) -> Decision:
    """Decide again what a lapsed decision said, on the determination of today and for a fresh reason."""
    _check_may(actor, DECIDE)
    with transaction.atomic():
        screening = _locked(screening_id)
        lapsed = _standing(judged_case(screening), number)
        if made := _made_before(screening, why, _said_by(lapsed.decision)):
            return made
        if lapsed.status is not Status.LAPSED:
            raise DecisionRefused("not_lapsed", _("This decision has not lapsed, so there is nothing to renew."))
        return _decide(screening, actor, _said_by(lapsed.decision), why, lapsed.decision)


def answer(screening_id: UUID, number: int, actor: Any, kind: Kind, why: Why) -> Decision:
    """Approve, decline or take back a decision.

    The second person is never the one who decided; a decision is taken back by that one, or by somebody who approves.
    """
    _check_may(actor, DECIDE if kind is Kind.WITHDRAW else APPROVE)
    with transaction.atomic():
        screening = _locked(screening_id)
        standing = _standing(judged_case(screening), number)
        about = standing.decision
        if made := _made_before(screening, why, replace(_said_by(about), kind=kind)):
            return made
        _check_answer(standing, actor, kind)
        target = {"category": about.category, "code": about.code, "criterion": about.criterion, "fact": about.fact}
        return _record(
            screening,
            actor,
            why,
            kind=kind,
            about=about,
            determination=about.determination,
            value=about.value,
            **target,
        )


def is_same_person(decision: Decision, actor: Any) -> bool:
    """Whether a decision was made by this account, or by one of the same name."""
    return decision.actor_key == str(actor.pk) or decision.actor == actor.get_username()


def _decide(screening: Screening, actor: Any, said: Said, why: Why, renewed: Decision | None) -> Decision:
    case = judged_case(screening)
    _check_basis(case, why)
    assert case.last is not None
    target = check_target(case, said.kind, said.category, said.criterion, said.fact, said.value)
    return _record(
        screening,
        actor,
        why,
        kind=said.kind,
        about=renewed,
        determination=case.last,
        category=said.category,
        code=target.code,
        criterion=said.criterion,
        fact=said.fact,
        by_rules=target.by_rules,
        value=target.value,
        needs_approval=settings.DECISIONS_NEED_APPROVAL and said.kind in APPROVED_BY_OTHERS,
    )


def _check_may(actor: Any, permission: str) -> None:
    if not actor.has_perm(permission):
        raise PermissionDenied


def _locked(screening_id: UUID) -> Screening:
    return Screening.objects.submitted().select_for_update().get(pk=screening_id)


def _made_before(screening: Screening, why: Why, said: Said) -> Decision | None:
    """Return what the same form made the first time it was sent; the case is locked.

    Raises DecisionRefused when it says something else now: somebody went back to it and wrote anew.
    """
    made = Decision.objects.filter(token=why.token).first()
    if made is None:
        return None
    # What is confirmed is not typed, but looked up.
    value = made.value if said.kind is Kind.CONFIRM else said.value
    if (
        made.screening_id != screening.pk
        or made.reason != why.reason.strip()
        or _said_by(made) != replace(said, value=value)
    ):
        words = _("This form was sent before, and is decision %(number)s. Send it again if you decide this as well.")
        raise DecisionRefused("sent_before", words % {"number": made.number})
    return made


def _said_by(decision: Decision) -> Said:
    """Return what a decision says."""
    kind = Kind(decision.kind)
    return Said(kind, decision.category, decision.criterion, decision.fact, decision.value)


def _standing(case: JudgedCase, number: int) -> Standing:
    found = next((one for one in case.standings if one.decision.number == number), None)
    if found is None:
        raise DecisionRefused("unknown", _("There is no such decision in this case."))
    return found


def _check_basis(case: JudgedCase, why: Why) -> None:
    if not case.is_current or case.last is None:
        raise DecisionRefused("stale", _("Judge the case again first: something changed since it was judged."))
    if basis_of(case.last).mark != why.basis:
        raise DecisionRefused(
            "moved", _("The case was judged again while you were writing. Look at what came of it, then send again.")
        )


def _check_answer(standing: Standing, actor: Any, kind: Kind) -> None:
    decision = standing.decision
    if kind is Kind.WITHDRAW:
        if standing.status not in STILL_OPEN:
            raise DecisionRefused("settled", _("This decision no longer stands, so it cannot be taken back."))
        if not is_same_person(decision, actor) and not actor.has_perm(APPROVE):
            raise DecisionRefused("others", _("Only the person who decided, or somebody who approves, takes it back."))
        return
    if standing.status is not Status.AWAITING:
        raise DecisionRefused("settled", _("This decision does not await approval (any more)."))
    if is_same_person(decision, actor):
        raise DecisionRefused("same_person", _("Somebody other than the person who decided must approve or decline."))


def _record(screening: Screening, actor: Any, why: Why, **said: Any) -> Decision:
    made = Decision.objects.create(
        screening=screening,
        number=next_number(Decision, screening),
        at=timezone.now(),
        actor=actor.get_username(),
        actor_key=str(actor.pk),
        reason=_reason(why.reason),
        token=why.token,
        **said,
    )
    told = {"kind": str(made.kind), "code": made.code or made.fact}
    if made.about is not None:
        told["about"] = made.about.number
    enter(made, screening, actor, told)
    return made


def _reason(reason: str) -> str:
    """Return a reason that says something. Raises DecisionRefused."""
    words = " ".join(reason.split())
    if len(words) < SHORTEST_REASON:
        said = _("Say why, in %(count)d characters or more.") % {"count": SHORTEST_REASON}
        raise DecisionRefused("short", said, field="reason")
    if len(reason) > LONGEST_REASON:
        said = _("Say it in %(count)d characters or fewer.") % {"count": LONGEST_REASON}
        raise DecisionRefused("long", said, field="reason")
    return reason.strip()
