"""The rules of an offer that need no exemption code: what must be there, and what cannot be.

Source: employer_portal facts, sections 2 to 5; each problem names its field and the provision it rests on.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from eligibility.engine.derive import age_on
from eligibility.engine.words import PROVINCE_NAMES
from employer_portal.models import OfferOfEmployment, WorkSite
from employer_portal.problem_words import WORDS, problem_text
from exemption_codes.catalogue.documents import Text
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.catalogue.wages import minimum_wage_cad, usual_wage

OWNER_NOC = "88888"
FULL_TIME_HOURS = 30
DAYS_A_WEEK = 7
YOUNGEST, OLDEST = 14, 100
LEAST_EXPLANATION = 40
LEAST_VACATION_PERCENT = 4
LEAST_VACATION_DAYS = 10
SEE_ATTACHED = re.compile(
    r"\b(see|refer to)\s+(also\s+)?(the\s+|our\s+|my\s+)?(attach|enclos|annex)"
    r"|\b(voir|cf\.?)\s+(aussi\s+)?(les?\s+|la\s+|notre\s+|l[’'])?((documents?|lettres?|pièces?)\s+)?((ci-)?joint|annex)"
    r"|^\W*(please\s+)?(see|refer to|voir(?!\s+à\b)|cf)\b.{0,40}\b(attach|enclos|annex|(ci-)?joint)",
    re.I,
)
POSTAL_CODE = re.compile(r"^[ABCEGHJ-NPRSTVXY][0-9][ABCEGHJ-NPRSTV-Z][ -]?[0-9][ABCEGHJ-NPRSTV-Z][0-9]$", re.I)
WRITTEN = (
    "exemption_explanation", "job_title", "main_duties", "job_requirements", "other_training", "licensing",
    "other_benefits", "other_leave", "alternate_compensation", "deductions", "additional_information",
    "fee_exemption_explanation",
)  # fmt: skip


class Level(StrEnum):
    """An error must be mended, a warning acknowledged with a reason; what cannot be told is shown."""

    ERROR = "error"
    WARNING = "warning"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class OfferProblem:
    """One thing to mend, to acknowledge or to know; `key` is stable, `field` names the field it stands beside."""

    key: str
    level: Level
    field: str
    text: Text
    provision: str = ""


Problems = Iterator[OfferProblem]
REQUIRED = tuple(key.removeprefix("missing.") for key in WORDS if key.startswith("missing.") and "hourly" not in key)


def error(key: str, field: str, provision: str = "", words: str = "", **values: object) -> OfferProblem:
    return OfferProblem(key, Level.ERROR, field, problem_text(words or key, **values), provision)


def warning(key: str, field: str, provision: str = "", words: str = "", **values: object) -> OfferProblem:
    return OfferProblem(key, Level.WARNING, field, problem_text(words or key, **values), provision)


def check_fields(offer: OfferOfEmployment, on: date, rulebook: Rulebook) -> Problems:
    """Yield every problem that the fields of an offer show by themselves, in the order of its pages."""
    sites = list(offer.sites.order_by("position"))
    for name in REQUIRED:
        if getattr(offer, name) in (None, ""):
            yield error(f"missing.{name}", name, "R209.11(1)")
    yield from _check_worker(offer, on)
    yield from _check_texts(offer)
    yield from _check_job(offer, rulebook)
    yield from _check_sites(sites)
    yield from _check_period(offer, on)
    yield from _check_hours(offer)
    yield from _check_wage(offer, sites, on, rulebook)
    yield from _check_leave(offer)


def _check_worker(offer: OfferOfEmployment, on: date) -> Problems:
    born, passport = offer.worker_date_of_birth, offer.worker_passport_expires_on
    if born and not YOUNGEST <= age_on(born, on) <= OLDEST:
        yield error("worker.age", "worker_date_of_birth")
    if passport and passport <= on:
        yield error("worker.passport_expired", "worker_passport_expires_on")
    elif passport and offer.ends_on and passport < offer.ends_on:
        yield warning("worker.passport_short", "worker_passport_expires_on")


def _check_texts(offer: OfferOfEmployment) -> Problems:
    for name in WRITTEN:
        if SEE_ATTACHED.search(getattr(offer, name)):
            yield error(f"see_attached.{name}", name, "R209.11(1)", "see_attached")
    written = offer.exemption_explanation.strip()
    if written and len(written) < LEAST_EXPLANATION:
        yield warning("exemption.short", "exemption_explanation", "R209.11(1)(c)")


def _check_job(offer: OfferOfEmployment, rulebook: Rulebook) -> Problems:
    noc = offer.noc_code
    if noc and noc != OWNER_NOC and noc not in rulebook.noc_codes():
        yield error("job.noc", "noc_code", noc=noc)
    if offer.is_regulated is None:
        yield error("job.regulated", "is_regulated")
    elif offer.is_regulated and not offer.licensing:
        yield error("job.licence", "licensing")
    if offer.language_required == "other" and not offer.other_language:
        yield error("job.language", "other_language")
    if offer.has_labour_dispute is None:
        yield error("job.labour_dispute_open", "has_labour_dispute", "R200(3)(c)")
    elif offer.has_labour_dispute:
        yield warning("job.labour_dispute", "has_labour_dispute", "R200(3)(c)")


def _check_sites(sites: list[WorkSite]) -> Problems:
    if not sites:
        yield error("sites.none", "sites")
    for index, site in enumerate(sites):
        for name in ("street", "city", "province", "postal_code"):
            if not getattr(site, name):
                yield error(f"sites.{index}.{name}", f"sites.{index}.{name}", words="sites.address")
        if site.postal_code and not POSTAL_CODE.match(site.postal_code):
            yield error(f"sites.{index}.postal_code", f"sites.{index}.postal_code", words="sites.postal_code")


def _check_period(offer: OfferOfEmployment, on: date) -> Problems:
    if offer.ends_on and offer.ends_on < on:
        yield error("period.past", "ends_on")
    if offer.applies_on and offer.applies_on < on:
        yield error("period.applied", "applies_on", "R200(3)(f.1)")
    if offer.starts_on and offer.applies_on and offer.starts_on < offer.applies_on:
        yield warning("period.start", "starts_on")


def _check_hours(offer: OfferOfEmployment) -> Problems:
    day, week = offer.hours_per_day, offer.hours_per_week
    if day and week and (week < day or week > day * DAYS_A_WEEK):
        yield error("hours.fit", "hours_per_week")
    if week and week < FULL_TIME_HOURS:
        yield warning("hours.part_time", "hours_per_week")


def _check_wage(offer: OfferOfEmployment, sites: list[WorkSite], on: date, rulebook: Rulebook) -> Problems:
    wage = offer.hourly_wage_cad
    if offer.is_unpaid and wage:
        yield error("wage.unpaid", "hourly_wage_cad")
    if offer.is_unpaid:
        return
    if not wage:
        yield error("missing.hourly_wage_cad", "hourly_wage_cad", "R209.11(1)")
        return
    for province in sorted({site.province for site in sites if site.province}):
        yield from _check_wage_in(province, wage, offer.noc_code, on, rulebook)


def _check_wage_in(province: str, wage: Decimal, noc: str, on: date, rulebook: Rulebook) -> Problems:
    least, usual = minimum_wage_cad(province, on, rulebook), usual_wage(noc, province, on, rulebook)
    if least is not None and wage < least:
        yield error(
            f"wage.minimum.{province}", "hourly_wage_cad", "R209.2(1)(a)(ii)", "wage.minimum",
            province=Text(en=PROVINCE_NAMES[province][0], fr=PROVINCE_NAMES[province][1]), amount=f"{least:.2f}",
        )  # fmt: skip
    elif usual and wage < Decimal(str(usual.wages.median_cad)):
        yield warning(
            f"wage.low.{province}", "hourly_wage_cad", "R200(5)", "wage.low",
            region=usual.wages.region, amount=f"{usual.wages.median_cad:.2f}",
        )  # fmt: skip
    elif usual is None and noc and noc != OWNER_NOC:
        text = problem_text("wage.unknown")
        yield OfferProblem(f"wage.unknown.{province}", Level.UNKNOWN, "hourly_wage_cad", text)


def _check_leave(offer: OfferOfEmployment) -> Problems:
    days, percent = offer.vacation_days, offer.vacation_percent
    if days is None and percent is None:
        yield error("leave.vacation", "vacation_days")
    elif (days is None or days < LEAST_VACATION_DAYS) and (percent is None or percent < LEAST_VACATION_PERCENT):
        yield warning("leave.short", "vacation_days", "R209.2(1)(a)(ii)")
