"""An offer and its worker as facts of the vocabulary, for the engine and for a worker's own questionnaire."""

from typing import Any

from django.utils import timezone

from employer_portal.employer_check import is_eligible
from employer_portal.models import OfferOfEmployment
from employer_portal.wages import WEEKS_A_YEAR

FULL_TIME_HOURS = 30
# Where a failed criterion is shown: the field of the offer that the fact comes from.
FIELD_OF_FACT = {
    "applicant.citizenships": "worker_citizenship",
    "applicant.country_of_residence": "worker_country_of_residence",
    "applicant.date_of_birth": "worker_date_of_birth",
    "applicant.passport_valid_for_stay": "worker_passport_expires_on",
    "application.date": "applies_on",
    "offer.noc": "noc_code",
    "offer.teer": "noc_code",
    "offer.province": "sites",
    "offer.duration_months": "ends_on",
    "offer.wage_hourly": "hourly_wage_cad",
    "offer.minimum_wage_hourly": "hourly_wage_cad",
    "offer.prevailing_wage_hourly": "hourly_wage_cad",
    "offer.paid": "is_unpaid",
    "offer.full_time_non_seasonal": "hours_per_week",
    "offer.total_hours_per_year": "hours_per_week",
    "offer.primary_agriculture": "is_primary_agriculture",
    "offer.occupation_regulated_in_province": "is_regulated",
    "offer.under_collective_agreement": "under_collective_agreement",
    "employer.ineligible_or_in_default": "employer",
    "employer.sex_trade": "employer",
    "employer.compliance_regime_exempt": "employer",
}


def facts_of_offer(offer: OfferOfEmployment, province: str) -> dict[str, Any]:
    """Return the facts that an offer states for work in one province; what is left open is left out.

    Facts that the offer has no field for come from its `facts`, which never overrule a field. The offer counts as
    filed and paid, for the check comes before either.
    """
    facts = {**offer.facts, **_worker_facts(offer), **_job_facts(offer, province), **_employer_facts(offer)}
    return {name: value for name, value in facts.items() if value is not None}


def job_facts(offer: OfferOfEmployment) -> dict[str, Any]:
    """Return what an offer says of the job alone, to fill a questionnaire of the worker."""
    site = offer.sites.order_by("position").first()
    facts = {**_job_facts(offer, site.province if site else ""), **_employer_facts(offer)}
    return {name: value for name, value in facts.items() if value is not None}


def _worker_facts(offer: OfferOfEmployment) -> dict[str, Any]:
    citizenship = str(offer.worker_citizenship)
    others = [country for country in offer.facts.get("applicant.citizenships", []) if country != citizenship]
    passport, last = offer.worker_passport_expires_on, offer.ends_on
    return {
        "applicant.citizenships": [citizenship, *others] if citizenship else None,
        "applicant.country_of_residence": str(offer.worker_country_of_residence) or None,
        "applicant.date_of_birth": offer.worker_date_of_birth,
        "applicant.passport_valid_for_stay": passport >= last if passport and last else None,
        "application.date": offer.applies_on,
    }


def _job_facts(offer: OfferOfEmployment, province: str) -> dict[str, Any]:
    wage, hours, months = offer.hourly_wage_cad, offer.hours_per_week, offer.duration_months
    return {
        "offer.exists": True,
        "offer.pre_arranged": True,
        "offer.submitted_in_employer_portal": True,
        "offer.fee_paid_or_exempt": True,
        "offer.noc": offer.noc_code or None,
        "offer.province": province or None,
        "offer.duration_months": float(months) if months is not None else None,
        "offer.wage_hourly": float(wage) if wage is not None else None,
        "offer.paid": False if offer.is_unpaid else (True if wage else None),
        "offer.full_time_non_seasonal": _is_full_time_all_year(offer),
        "offer.total_hours_per_year": float(hours * WEEKS_A_YEAR) if hours else None,
        "offer.primary_agriculture": offer.is_primary_agriculture,
        "offer.occupation_regulated_in_province": offer.is_regulated,
        "offer.under_collective_agreement": offer.under_collective_agreement,
    }


def _employer_facts(offer: OfferOfEmployment) -> dict[str, Any]:
    employer = offer.employer
    return {
        "employer.name": employer.name,
        "employer.ineligible_or_in_default": not is_eligible(employer, offer.applies_on or timezone.localdate()),
        "employer.sex_trade": employer.has_barred_activity,
        "employer.compliance_regime_exempt": bool(employer.regime_exemption),
    }


def _is_full_time_all_year(offer: OfferOfEmployment) -> bool | None:
    if offer.is_seasonal or (offer.hours_per_week and offer.hours_per_week < FULL_TIME_HOURS):
        return False
    return True if offer.is_seasonal is False and offer.hours_per_week else None
