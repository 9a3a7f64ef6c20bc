"""Facts that follow from others: computed once, in one place. A fact that somebody gives outright wins."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Literal

from eligibility.engine.looked_up import LOOKED_UP, look_up
from exemption_codes.catalogue.fact_values import BUSINESS_OWNER_NOC
from exemption_codes.catalogue.rulebook import Rulebook

VISA_EXEMPT_LIST = "visa_exempt"
GATS_LIST = "gats_occupations"
APPLICATION_DATE = "application.date"


@dataclass(frozen=True)
class KnownFacts:
    """All facts known of a case on a day: given, derived, and given although they could be derived."""

    on: date
    values: Mapping[str, Any]
    derived_from: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    overriding: frozenset[str] = frozenset()

    def __contains__(self, name: str) -> bool:
        return name in self.values

    @property
    def given(self) -> dict[str, Any]:
        """The facts that do not follow from others."""
        return {name: value for name, value in self.values.items() if name not in self.derived_from}


@dataclass(frozen=True)
class Derivation:
    """How a fact follows from others; `elapses` tells which way it goes as days pass, `list_read` the list it needs."""

    bases: tuple[str, ...]
    compute: Callable[..., Any]
    elapses: Literal["up", "down"] | None = None
    list_read: str = ""

    def value(self, values: Mapping[str, Any], on: date, rulebook: Rulebook) -> Any:
        """Return what the bases say on a day; None while they leave it open."""
        return self.compute(rulebook, on, *map(values.get, self.bases))


def derive(given: Mapping[str, Any], as_of: date, rulebook: Rulebook) -> KnownFacts:
    """Add to the given facts what follows from them on the day of the application."""
    values = dict(given)
    on = values.setdefault(APPLICATION_DATE, as_of)
    sources: dict[str, tuple[str, ...]] = {}
    overriding = _add_what_follows(values, sources, on, rulebook)
    if _add_what_gates_settle(values, sources, rulebook):
        _add_what_follows(values, sources, on, rulebook)
    overriding |= _add_what_tables_say(values, sources, on, rulebook)
    return KnownFacts(on, values, sources, overriding)


def _add_what_follows(
    values: dict[str, Any], sources: dict[str, tuple[str, ...]], on: date, rulebook: Rulebook
) -> frozenset[str]:
    """Work out every derived fact that is not there yet; returns those that are there with another value."""
    others: set[str] = set()
    for name, derivation in DERIVED.items():
        if name in sources or name not in rulebook.facts:
            continue
        result = derivation.value(values, on, rulebook)
        if result is None:
            continue
        if name not in values:
            values[name] = result
            sources[name] = tuple(base for base in derivation.bases if base in values)
        elif values[name] != result:
            others.add(name)
    return frozenset(others)


def _add_what_tables_say(
    values: dict[str, Any], sources: dict[str, tuple[str, ...]], on: date, rulebook: Rulebook
) -> frozenset[str]:
    """Add what published tables say of facts that are not there; returns those that are there with another value."""
    others: set[str] = set()
    for name, bases in LOOKED_UP.items():
        found = look_up(name, values, on, rulebook)
        if found is None:
            continue
        if name not in values:
            values[name], sources[name] = found, bases
        elif values[name] != found:
            others.add(name)
    return frozenset(others)


def _add_what_gates_settle(values: dict[str, Any], sources: dict[str, tuple[str, ...]], rulebook: Rulebook) -> bool:
    """Add what a gate answered no says of other facts that are not there; returns whether there was any."""
    facts = rulebook.facts
    pending = [name for name, value in values.items() if value is False and facts[name].when_false]
    settled = False
    while pending:
        gate = pending.pop(0)
        for name, value in facts[gate].when_false.items():
            if name in values:
                continue
            values[name], sources[name], settled = value, (gate,), True
            if value is False and facts[name].when_false:
                pending.append(name)
    return settled


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


def birthday(birth: date, age: int) -> date:
    """Return the day on which somebody reaches an age."""
    try:
        return birth.replace(year=birth.year + age)
    except ValueError:
        return date(birth.year + age, 3, 1)


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
    """A citizenship that needs a certain passport leaves the answer open; the passport is not a fact here."""
    exempt, doubtful = visa_exempt_countries(rulebook, on)
    if not exempt:
        return None
    if not exempt.isdisjoint(citizen or ()) or "US" in (pr or ()):
        return True
    if citizen is None or pr is None or not doubtful.isdisjoint(citizen):
        return None
    return False


@lru_cache(maxsize=512)
def visa_exempt_countries(rulebook: Rulebook, on: date) -> tuple[frozenset[object], frozenset[object]]:
    """Return the countries whose citizens need no visitor visa on a day, and those where it depends on the passport."""
    if VISA_EXEMPT_LIST not in rulebook.lists:
        return frozenset(), frozenset()
    members, doubtful = rulebook.members, rulebook.undetermined_members
    return frozenset(members(VISA_EXEMPT_LIST, on)), frozenset(doubtful(VISA_EXEMPT_LIST, on))


def _us_territory(_rulebook: Rulebook, _on: date, citizen: list[str] | None) -> str | None:
    """Whoever is no citizen of the United States holds that citizenship through no territory."""
    return "none" if citizen is not None and "US" not in citizen else None


def _years_in_sector(_rulebook: Rulebook, _on: date, years: float | None) -> float | None:
    """Years in the sector of a contract stand for years in the profession where nothing else is told."""
    return years


def _is_over(_rulebook: Rulebook, _on: date, days_since: int | None) -> bool | None:
    """What ended so many days ago is over."""
    return None if days_since is None else True


def _fee_settled(_rulebook: Rulebook, _on: date, is_filed: bool | None) -> bool | None:
    """An offer is filed with the fee paid or not due; of one that is not filed nothing follows."""
    return True if is_filed else None


def _same(_rulebook: Rulebook, _on: date, one: str | None, other: str | None) -> bool | None:
    return None if one is None or other is None else one == other


def _in_us(_rulebook: Rulebook, _on: date, country: str | None) -> bool | None:
    return None if country is None else country == "US"


def _gats_group(rulebook: Rulebook, on: date, occupation: str | None) -> int | None:
    edition = rulebook.edition(GATS_LIST, on) if GATS_LIST in rulebook.lists else None
    rows = edition.rows if edition else []
    return next((row["group"] for row in rows if row["key"] == occupation), None)


CITIZENSHIP = ("applicant.citizenships", "applicant.permanent_residence_countries")
DERIVED: dict[str, Derivation] = {
    "offer.teer": Derivation(("offer.noc",), _teer),
    "principal.teer": Derivation(("principal.noc",), _teer),
    "iec.age_on_invitation": Derivation(("applicant.date_of_birth", "iec.invited_on"), _age_on),
    "applicant.work_permit_months_left": Derivation(("applicant.work_permit_expires_on",), _months_left, "down"),
    "applicant.days_to_status_expiry": Derivation(("applicant.status_expires_on",), _days_left, "down"),
    "principal.months_left_at_application": Derivation(("principal.work_authorised_until",), _months_left, "down"),
    "transfer.months_with_foreign_enterprise": Derivation(("transfer.employed_since",), _months_since, "up"),
    "quebec.days_since_invitation_letter": Derivation(("quebec.invitation_letter_on",), _days_since, "up"),
    "quebec.months_since_notice": Derivation(("quebec.notice_of_intent_to_select_on",), _months_since, "up"),
    "applicant.us_citizen_or_pr": Derivation(CITIZENSHIP, _us_citizen_or_pr),
    "applicant.us_citizenship_territory": Derivation(("applicant.citizenships",), _us_territory),
    "applicant.years_in_profession": Derivation(("applicant.years_experience_in_sector",), _years_in_sector),
    "offer.fee_paid_or_exempt": Derivation(("offer.submitted_in_employer_portal",), _fee_settled),
    "study.completed": Derivation(("study.days_since_completion_confirmed",), _is_over),
    "applicant.visa_exempt": Derivation(CITIZENSHIP, _visa_exempt, list_read=VISA_EXEMPT_LIST),
    "iec.resides_in_country": Derivation(("applicant.country_of_residence", "iec.country"), _same),
    "policy.resides_in_us": Derivation(("applicant.country_of_residence",), _in_us),
    "offer.gats_group": Derivation(("offer.gats_occupation",), _gats_group, list_read=GATS_LIST),
}
RULES = {name: (derivation.bases, derivation.compute) for name, derivation in DERIVED.items()}


def list_behind(name: str) -> str:
    """Return the list that a derived fact is looked up in; empty where it needs none."""
    return DERIVED[name].list_read if name in DERIVED else ""


def follows_from(base: str) -> tuple[str, ...]:
    """Return the facts that are worked out from a fact."""
    return _FOLLOWERS.get(base, ())


_FOLLOWERS: dict[str, tuple[str, ...]] = {
    base: tuple(name for name, derivation in DERIVED.items() if base in derivation.bases)
    for base in {base for derivation in DERIVED.values() for base in derivation.bases}
}
