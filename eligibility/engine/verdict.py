"""Three values and how they combine (Kleene's strong logic, as in the DMN standard's ternary truth tables)."""

from collections.abc import Iterable
from enum import Enum


class Verdict(Enum):
    """What is known of a condition; UNKNOWN is neither an error nor a no."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"


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
