"""Where one may apply for a permit of a category: which of its places are open to this person, and why not.

R197: before entering Canada, at any time. R198: on entry, at a port of entry. R199: from inside Canada. The general
rules and the category's own criteria say who may; here each is judged as if the application were made at that place.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eligibility.engine.compile import CompiledCategory, plan_for
from eligibility.engine.determine import Determination, Finding, Result, find
from eligibility.engine.verdict import Status
from exemption_codes.catalogue import documents as doc

PLACE, PARTNER_CODE = "application.place", "principal.permit_code"
BORDER_EXCEPTION = "application.border_exception"
PORT_OF_ENTRY = "port_of_entry"


@dataclass(frozen=True)
class OpenPlace:
    """One place of a category: open (met), closed (not met) or not told yet (unknown), and the findings that say so.

    `from_abroad`: it is open, but only for an application made before entering Canada.
    """

    place: doc.Place
    status: Status
    because: tuple[Finding, ...]
    from_abroad: bool = False

    @property
    def is_closed(self) -> bool:
        return self.status is Status.NOT_MET


def places_for(determination: Determination, result: Result) -> tuple[OpenPlace, ...]:
    """Tell of every place of a category whether it is open to the person, in the order of the category."""
    return tuple(_open_place(place, determination.compiled, result) for place in determination.category.apply_at)


def _open_place(place: doc.Place, compiled: CompiledCategory, result: Result) -> OpenPlace:
    values = _as_if_there(place, compiled, result.known.values)
    own = [find(rule, values) for rule in compiled.rules if PLACE in rule.facts]
    general = [finding for finding in _general(place, values, result) if finding.binds(compiled)]
    closing = own if place != PORT_OF_ENTRY else [*own, *general]
    if closed := _with(Status.NOT_MET, closing):
        return OpenPlace(place, Status.NOT_MET, closed)
    if inside := _with(Status.NOT_MET, general):
        return OpenPlace(place, Status.MET, inside, from_abroad=True)
    unknown = _with(Status.UNKNOWN, [*own, *general])
    return OpenPlace(place, Status.UNKNOWN if unknown else Status.MET, unknown)


def _as_if_there(place: doc.Place, compiled: CompiledCategory, values: Mapping[str, Any]) -> Mapping[str, Any]:
    """The facts, if the application is made at a place.

    Whoever is not judged as a partner is nobody's here, and rare exceptions at the border are for those who name one.
    """
    there = {**values, PLACE: place}
    if not any(fact.startswith("principal.") for fact in compiled.facts):
        there.setdefault(PARTNER_CODE, "none")
    there.setdefault(BORDER_EXCEPTION, "none")
    return there


def _general(place: doc.Place, values: Mapping[str, Any], result: Result) -> Iterator[Finding]:
    """Judge the general rules that speak of a place."""
    for rule in plan_for(result.rulebook, result.known.on).general:
        if isinstance(rule.rule, doc.GeneralRule) and place in rule.rule.places:
            yield find(rule, values)


def _with(status: Status, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    return tuple(finding for finding in findings if finding.status is status)
