"""Facts that follow from others: computed once, in one place. A fact that somebody gives outright wins."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from exemption_codes.catalogue.fact_values import BUSINESS_OWNER_NOC
from exemption_codes.catalogue.rulebook import Rulebook

VISA_EXEMPT_LIST = "visa_exempt"
GATS_LIST = "gats_occupations"


@dataclass(frozen=True)
class KnownFacts:
    """All facts known of a case on a day: given, derived, and given although they could be derived."""

    on: date
    values: Mapping[str, Any]
    derived_from: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    overriding: frozenset[str] = frozenset()

    def __contains__(self, name: str) -> bool:
        return name in self.values


def derive(given: Mapping[str, Any], as_of: date, rulebook: Rulebook) -> KnownFacts:
    """Add to the given facts what follows from them on the day of the application."""
    values = dict(given)
    values.setdefault("application.date", as_of)
    on = values["application.date"]
    sources: dict[str, tuple[str, ...]] = {}
    overriding: set[str] = set()
    for name, (bases, compute) in RULES.items():
        if name not in rulebook.facts:
            continue
        known = [values.get(base) for base in bases]
        result = compute(rulebook, on, *known)
        if result is None:
            continue
        if name in given:
            if result != given[name]:
                overriding.add(name)
        elif name not in values:
            values[name] = result
            sources[name] = tuple(base for base in bases if base in values)
    _add_what_gates_settle(values, sources, rulebook)
    return KnownFacts(on, values, sources, frozenset(overriding))


def _add_what_gates_settle(values: dict[str, Any], sources: dict[str, tuple[str, ...]], rulebook: Rulebook) -> None:
    pending = [name for name in list(values) if values[name] is False and rulebook.facts[name].when_false]
    while pending:
        gate = pending.pop(0)
        for name, value in rulebook.facts[gate].when_false.items():
            if name not in values:
                values[name] = value
                sources[name] = (gate,)
                if value is False and rulebook.facts[name].when_false:
                    pending.append(name)


def whole_months_between(start: date, end: date) -> int:
    """Return the whole months from `start` to `end`; 0 when `end` is not after `start`."""
    if end <= start:
        return 0
    months = (end.year - start.year) * 12 + end.month - start.month
    return months - 1 if add_months(start, months) > end else months


def add_months(start: date, months: int) -> date:
    """Return the same day `months` later, or the last day of a shorter month."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    first_of_next = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    last = (first_of_next - timedelta(days=1)).day
    return date(year, month + 1, min(start.day, last))


def age_on(birth: date, on: date) -> int:
    """Return the age in years; a birth on 29 February has its birthday on 1 March of common years."""
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


def teer_of(noc: str) -> int:
    """Return the TEER level: the second digit of the code; a business owner (88888) counts as TEER 0."""
    return 0 if noc == BUSINESS_OWNER_NOC else int(noc[1])


def _teer(_rulebook: Rulebook, _on: date, noc: str | None) -> int | None:
    return teer_of(noc) if noc else None


def _age_on(_rulebook: Rulebook, _on: date, birth: date | None, day: date | None) -> int | None:
    return max(0, age_on(birth, day)) if birth and day else None


def _months_left(_rulebook: Rulebook, on: date, until: date | None) -> int | None:
    return None if until is None else whole_months_between(on, until)


def _months_since(_rulebook: Rulebook, on: date, start: date | None) -> int | None:
    return None if start is None else whole_months_between(start, on)


def _days_left(_rulebook: Rulebook, on: date, until: date | None) -> int | None:
    return None if until is None else max(0, (until - on).days)


def _days_since(_rulebook: Rulebook, on: date, start: date | None) -> int | None:
    return None if start is None else max(0, (on - start).days)


def _us_citizen_or_pr(_rulebook: Rulebook, _on: date, citizen: list[str] | None, pr: list[str] | None) -> bool | None:
    if "US" in (citizen or ()) or "US" in (pr or ()):
        return True
    return None if citizen is None or pr is None else False


def _visa_exempt(rulebook: Rulebook, on: date, citizen: list[str] | None, pr: list[str] | None) -> bool | None:
    if VISA_EXEMPT_LIST not in rulebook.lists:
        return None
    exempt = set(rulebook.members(VISA_EXEMPT_LIST, on))
    if exempt.intersection(citizen or ()) or "US" in (pr or ()):
        return True
    if citizen is None or set(citizen) & set(rulebook.undetermined_members(VISA_EXEMPT_LIST, on)):
        return None
    return None if pr is None else False


def _same(_rulebook: Rulebook, _on: date, one: str | None, other: str | None) -> bool | None:
    return None if one is None or other is None else one == other


def _in_us(_rulebook: Rulebook, _on: date, country: str | None) -> bool | None:
    return None if country is None else country == "US"


def _gats_group(rulebook: Rulebook, on: date, occupation: str | None) -> int | None:
    edition = rulebook.edition(GATS_LIST, on) if GATS_LIST in rulebook.lists else None
    rows = edition.rows if edition else []
    return next((row["group"] for row in rows if row["key"] == occupation), None)


RULES: dict[str, tuple[tuple[str, ...], Callable[..., Any]]] = {
    "offer.teer": (("offer.noc",), _teer),
    "principal.teer": (("principal.noc",), _teer),
    "iec.age_on_invitation": (("applicant.date_of_birth", "iec.invited_on"), _age_on),
    "applicant.work_permit_months_left": (("applicant.work_permit_expires_on",), _months_left),
    "applicant.days_to_status_expiry": (("applicant.status_expires_on",), _days_left),
    "principal.months_left_at_application": (("principal.work_authorised_until",), _months_left),
    "transfer.months_with_foreign_enterprise": (("transfer.employed_since",), _months_since),
    "quebec.days_since_invitation_letter": (("quebec.invitation_letter_on",), _days_since),
    "quebec.months_since_notice": (("quebec.notice_of_intent_to_select_on",), _months_since),
    "applicant.us_citizen_or_pr": (
        ("applicant.citizenships", "applicant.permanent_residence_countries"),
        _us_citizen_or_pr,
    ),
    "applicant.visa_exempt": (("applicant.citizenships", "applicant.permanent_residence_countries"), _visa_exempt),
    "iec.resides_in_country": (("applicant.country_of_residence", "iec.country"), _same),
    "policy.resides_in_us": (("applicant.country_of_residence",), _in_us),
    "offer.gats_group": (("offer.gats_occupation",), _gats_group),
}
