"""Three values and how they combine (Kleene's strong logic, as in the DMN standard's ternary truth tables)."""

from collections.abc import Iterable
from enum import Enum


class Verdict(Enum):
    """What is known of a condition; UNKNOWN is neither an error nor a no."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"


class Status(Enum):
    """How one criterion comes out; OFFICER is left to an officer's weighing."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"
    OFFICER = "officer"


class Outcome(Enum):
    """How a category comes out for one person."""

    ELIGIBLE = "eligible"
    OFFICER_JUDGEMENT = "officer_judgement"
    UNDETERMINED = "undetermined"
    NOT_ELIGIBLE = "not_eligible"

    @classmethod
    def of(cls, status: Status) -> "Outcome":
        """Return the outcome of a category all of whose criteria together come out like this."""
        return OUTCOMES[status]


OUTCOMES = {
    Status.MET: Outcome.ELIGIBLE,
    Status.OFFICER: Outcome.OFFICER_JUDGEMENT,
    Status.UNKNOWN: Outcome.UNDETERMINED,
    Status.NOT_MET: Outcome.NOT_ELIGIBLE,
}


def met_if(holds: bool) -> Verdict:
    return Verdict.MET if holds else Verdict.NOT_MET


def negate(verdict: Verdict) -> Verdict:
    if verdict is Verdict.UNKNOWN:
        return verdict
    return met_if(verdict is Verdict.NOT_MET)


def all_of(verdicts: Iterable[Verdict]) -> Verdict:
    """One NOT_MET settles it, whatever is unknown."""
    result = Verdict.MET
    for verdict in verdicts:
        if verdict is Verdict.NOT_MET:
            return verdict
        if verdict is Verdict.UNKNOWN:
            result = verdict
    return result


def any_of(verdicts: Iterable[Verdict]) -> Verdict:
    """One MET settles it, whatever is unknown."""
    result = Verdict.NOT_MET
    for verdict in verdicts:
        if verdict is Verdict.MET:
            return verdict
        if verdict is Verdict.UNKNOWN:
            result = verdict
    return result
