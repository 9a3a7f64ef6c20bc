"""Who works on a case, and where it stands: take, give, give back, close, open again; each is an event."""

from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from eligibility.casework import case_kinds
from eligibility.casework.events import record_event
from eligibility.models import CaseState, Screening

WORK = "eligibility.work_on_case"
BACKEND = "django.contrib.auth.backends.ModelBackend"


class CaseTaken(Exception):
    """Somebody else has the case by now, `holder`; or nobody has (None)."""

    def __init__(self, screening: Screening, holder: User | None) -> None:
        self.screening, self.holder = screening, holder
        words = {"reference": screening.reference, "name": name_of(holder) if holder else ""}
        said = (
            _("%(name)s has taken case %(reference)s in the meantime.")
            if holder
            else _("Case %(reference)s was given back in the meantime.")
        )
        super().__init__(said % words)


class CaseMoveRefused(Exception):
    """A case cannot be moved so; the message says why."""


def workers() -> QuerySet[User]:
    """Those who may work on cases, by name."""
    found = User.objects.with_perm(WORK, backend=BACKEND, include_superusers=True)
    return found.filter(is_staff=True).order_by("username")


def name_of(user: Any) -> str:
    """A colleague as the workbench names them."""
    return user.get_full_name() or user.get_username()


def take(screening: Screening, user: User) -> None:
    """Take a case that nobody has; taking one's own again changes nothing. Raises CaseTaken."""
    with transaction.atomic():
        locked = _locked(screening)
        if locked.assignee_id == user.pk:
            return
        _check_seen(locked, None)
        _assign(locked, user, case_kinds.TAKEN, user)


def give(screening: Screening, giver: User, to: User, seen: int | None) -> None:
    """Give a case to somebody; `seen` is the assignee whom the giver saw on the page. Raises CaseTaken."""
    with transaction.atomic():
        locked = _locked(screening)
        if locked.assignee_id == to.pk:
            return
        _check_seen(locked, seen)
        if to == giver:
            _assign(locked, to, case_kinds.TAKEN, giver)
        else:
            _assign(locked, to, case_kinds.GIVEN, giver, {"to": to.get_username()})


def give_back(screening: Screening, giver: User, seen: int | None) -> None:
    """Leave a case to the queue. Raises CaseTaken."""
    with transaction.atomic():
        locked = _locked(screening)
        if locked.assignee_id is None:
            return
        _check_seen(locked, seen)
        _assign(locked, None, case_kinds.GIVEN_BACK, giver)


def close(screening: Screening, user: User, reason: str) -> None:
    """Close a case, with a reason. Raises CaseMoveRefused."""
    with transaction.atomic():
        locked = _locked(screening)
        if locked.state == CaseState.CLOSED:
            raise CaseMoveRefused(_("This case is closed already."))
        _move(locked, CaseState.CLOSED)
        record_event(locked, case_kinds.CLOSED, user, {"text": reason})


def reopen(screening: Screening, user: User, reason: str) -> None:
    """Open a closed case again, with a reason. Raises CaseMoveRefused."""
    with transaction.atomic():
        locked = _locked(screening)
        if locked.state != CaseState.CLOSED:
            raise CaseMoveRefused(_("This case is open already."))
        _move(locked, CaseState.IN_WORK if locked.assignee_id else CaseState.NEW)
        record_event(locked, case_kinds.REOPENED, user, {"text": reason})


def _locked(screening: Screening) -> Screening:
    """Lock a case, without its assignee: a join would show whoever stood there before one waited for the lock."""
    return Screening.objects.select_for_update().get(pk=screening.pk)


def _check_seen(locked: Screening, seen: int | None) -> None:
    if locked.assignee_id != seen:
        raise CaseTaken(locked, locked.assignee)


def _assign(locked: Screening, to: User | None, kind: str, actor: User, data: dict[str, str] | None = None) -> None:
    """A new case is in work from when somebody has it, and new again when nobody does."""
    locked.assignee = to
    moves = {(CaseState.NEW, True): CaseState.IN_WORK, (CaseState.IN_WORK, False): CaseState.NEW}
    locked.state = moves.get((CaseState(locked.state), to is not None), CaseState(locked.state))
    locked.save(update_fields=["assignee", "state", "updated_at"])
    record_event(locked, kind, actor, data)


def _move(locked: Screening, state: CaseState) -> None:
    locked.state = state
    locked.save(update_fields=["state", "updated_at"])
