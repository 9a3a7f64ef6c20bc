"""Plainly fictional people as dictionaries of facts, and how their codes must come out today.

A journey answers whatever page asks from these facts, and "I don't know yet" to what is not here; so it outlives any
reordering of the questions.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from eligibility.engine.derive import add_months

ELIGIBLE, OFFICER = "eligible", "officer_judgement"
UNDETERMINED, NOT_ELIGIBLE = "undetermined", "not_eligible"


@dataclass(frozen=True)
class Person:
    """Somebody's facts, the outcomes their codes must show, and whether every other code is closed."""

    name: str
    facts: Mapping[str, Any]
    outcomes: Mapping[str, str]
    nothing_fits: bool = field(default=False)


# What most people answer to the questions that concern few.
ORDINARY = {
    "applicant.permanent_residence_countries": [],
    "applicant.passport_valid_for_stay": True,
    "applicant.able_to_do_work": True,
    "applicant.had_unauthorized_work_or_study": False,
    "applicant.status": "none",
    "applicant.maintained_status": False,
    "applicant.restoration": "none",
    "applicant.work_permit_state": "none",
    "applicant.relation": "none",
    "applicant.included_in_pr_application": False,
    "applicant.chosen_for_academic_excellence": False,
    "applicant.medical_degree_equivalent": False,
    "applicant.phd_status": "none",
    "applicant.specialist_after_residency": False,
    "applicant.recent_atlantic_graduate": False,
    "applicant.controls_canadian_enterprise": False,
    "applicant.self_employed": False,
    "application.place": "online",
    "application.is_extension": False,
    "application.c16_renewal": False,
    "application.renewal_aligned_with_principal": False,
    "academic.role": "none",
    "business.continued_support_letter": False,
    "business.pt_support_letter_r205a": False,
    "camp.type": "none",
    "documents.agreement_proof": False,
    "documents.aip_provincial_letter": False,
    "employer.aip_designated": False,
    "event.approved_by_ircc": False,
    "offer.named_agreement": "none",
    "offer.canadian_public_funding": False,
    "offer.field_related_to_phd": False,
    "offer.type": "other",
    "policy.id": "none",
    "policy.trpr_application_pending": False,
    "policy.trpr_family_member": False,
    "pr.nominated": False,
    "principal.pr_class": "none",
    "production.filmed_in_canada": False,
    "project.approved": "none",
    "project.provincial_letter": False,
    "quebec.csq_valid": False,
    "quebec.mifi_support_letter": False,
    "quebec.notice_of_intent_to_select": False,
    "reciprocity.country_matches_worker_origin": False,
    "reciprocity.evidence": "none",
    "repair.stream": "none",
    "research.group": "none",
    "research.chair_nominated_for_excellence_with_public_funds": False,
    "sports.role": "none",
}
OFFERED = {
    "offer.exists": True,
    "offer.genuine": True,
    "offer.paid": True,
    "offer.submitted_in_employer_portal": True,
    "offer.fee_paid_or_exempt": True,
    "offer.full_time_non_seasonal": True,
    "offer.remote_for_quebec_employer": False,
    "offer.primary_agriculture": False,
    "employer.ineligible_or_in_default": False,
    "employer.sex_trade": False,
    "employer.compliance_regime_exempt": False,
}
ABROAD = {**ORDINARY, "applicant.location": "outside_canada"}

US_ENGINEER = {
    **ABROAD,
    **OFFERED,
    "situation.listed_profession": True,
    "applicant.citizenships": ["US"],
    "applicant.us_citizenship_territory": "none",
    "applicant.country_of_residence": "US",
    "applicant.date_of_birth": date(1988, 5, 17),
    "offer.province": "ON",
    "offer.noc": "21300",
    "offer.cusma_profession": "Engineer",
    "offer.duties_match_profession": True,
    "offer.pre_arranged": True,
    "offer.occupation_regulated_in_province": False,
    "applicant.credentials": ["degree"],
    "applicant.credential_used": "degree",
    "applicant.degree_field_related": True,
    "applicant.education_level": "bachelor",
    "offer.duration_months": 24,
    "offer.wage_hourly": 55,
}

SENEGALESE_COOK = {
    **ABROAD,
    **OFFERED,
    "situation.speaks_french": True,
    "applicant.citizenships": ["SN"],
    "applicant.country_of_residence": "SN",
    "applicant.date_of_birth": date(1991, 9, 3),
    "offer.province": "MB",
    "offer.noc": "63200",
    "offer.wage_hourly": 19.5,
    "offer.minimum_wage_hourly": 16,
    "applicant.french.speaking_nclc": 8,
    "applicant.french.listening_nclc": 7,
    "applicant.french.proof": "french_diploma",
    "applicant.french.habitual_language": True,
    "application.c16_renewal": False,
}


def indian_manager(months: int) -> dict[str, Any]:
    return {
        **ABROAD,
        **OFFERED,
        "situation.intra_company_transfer": True,
        "applicant.citizenships": ["IN"],
        "applicant.country_of_residence": "IN",
        "applicant.date_of_birth": date(1984, 2, 29),
        "offer.province": "BC",
        "offer.noc": "20012",
        "offer.role": "functional_manager",
        "offer.wage_hourly": 62,
        "offer.prevailing_wage_hourly": 55,
        "transfer.relationship": "subsidiary",
        "transfer.currently_employed": True,
        "transfer.months_with_foreign_enterprise": months,
        "transfer.full_time": True,
        "transfer.prior_role_similar": True,
        "transfer.position_abroad_stays_open": True,
        "transfer.general_workforce": False,
        "transfer.multinational_countries": 4,
        "transfer.canadian_entity_active": True,
        "transfer.start_timeline": "existing",
        "transfer.owner_without_multinational": False,
        "transfer.ict_months_used": 0,
        "transfer.works_at_commercial_premises": True,
        "offer.minimum_wage_hourly": 17.85,
    }


def irish_graduate(age: int, today: date) -> dict[str, Any]:
    return {
        **ABROAD,
        "situation.youth_exchange": True,
        "offer.exists": False,
        "applicant.citizenships": ["IE"],
        "applicant.country_of_residence": "IE",
        "applicant.date_of_birth": add_months(today, -12 * age - 2),
        "iec.invited_on": add_months(today, -1),
        "iec.country": "IE",
        "iec.invited_category": "WH",
        "iec.recognised_organisation": False,
        "iec.prior_participations": 0,
        "iec.prior_categories": [],
        "iec.participations_this_season": 0,
        "iec.funds_cad": 4000,
        "iec.insurance_full_stay": True,
        "iec.dependants_on_application": 0,
        "iec.months_since_last_iec_permit": 0,
        "iec.prior_recognised_organisation_participations": 0,
        "iec.approved_before_entry": True,
    }


def spouse_of_worker(months_left: int) -> dict[str, Any]:
    return {
        **ABROAD,
        "situation.partner_works_in_canada": True,
        "offer.exists": False,
        "applicant.citizenships": ["PH"],
        "applicant.country_of_residence": "PH",
        "applicant.date_of_birth": date(1993, 12, 24),
        "applicant.relation": "spouse",
        "applicant.relationship_genuine": True,
        "principal.noc": "21231",
        "principal.permit_code": "C62",
        "principal.months_left_at_application": months_left,
        "principal.authorized_to_work": True,
        "principal.r186_paragraph": "none",
        "principal.resides_in_canada": True,
        "principal.transitioning_to_pr": False,
        "application.renewal_aligned_with_principal": False,
        "principal.quebec_health_recognition_project": False,
        "principal.lmia_stream": "none",
        "principal.permit_issued_for_pr_application": False,
        "principal.pr_principal_economic_in_process": False,
    }


def founder(percent: int) -> dict[str, Any]:
    return {
        **ABROAD,
        **OFFERED,
        "situation.own_business": True,
        "applicant.citizenships": ["BR"],
        "applicant.country_of_residence": "BR",
        "applicant.date_of_birth": date(1979, 7, 8),
        "offer.province": "NS",
        "offer.noc": "60020",
        "offer.duration_months": 12,
        "business.kind": "other",
        "business.ownership_percent": percent,
        "business.equal_share_owner": percent == 50,
        "business.owner_type": "entrepreneur",
        "business.funds_separate_from_living_funds": True,
        "business.living_funds_months": 18,
        "business.temporary_intent": True,
        "business.seeking_pr_as_entrepreneur": False,
        "business.living_funds_cover_stay": True,
        "applicant.spouse_of_such_owner": False,
        "applicant.education_level": "bachelor",
        "offer.wage_hourly": 40,
    }


RELIGIOUS_WORKER = {
    **ABROAD,
    **OFFERED,
    "situation.religious_or_charitable": True,
    "applicant.citizenships": ["KE"],
    "applicant.country_of_residence": "KE",
    "applicant.date_of_birth": date(1975, 3, 30),
    "offer.province": "SK",
    "offer.noc": "42204",
    "offer.duties_religious": True,
    "offer.duties_charitable": False,
    "applicant.shares_or_teaches_beliefs": True,
    "applicant.education_experience_evidence": True,
}

NOBODY_WITH_A_CODE = {
    **ABROAD,
    "offer.exists": False,
    "applicant.citizenships": ["PE"],
    "applicant.country_of_residence": "PE",
    "applicant.date_of_birth": date(1980, 1, 1),
}


def people(today: date) -> list[Person]:
    """The eight journeys, on both sides of each threshold."""
    return [
        Person("US engineer", US_ENGINEER, {"T36": ELIGIBLE}),
        Person("Senegalese cook with French in Manitoba", SENEGALESE_COOK, {"C16": ELIGIBLE}),
        Person("Indian manager after 11 months", indian_manager(11), {"C62": NOT_ELIGIBLE}),
        Person("Indian manager after 12 months", indian_manager(12), {"C62": OFFICER}),
        Person("Irish graduate of 35", irish_graduate(35, today), {"C21/WH": ELIGIBLE}),
        Person("Irish graduate of 36", irish_graduate(36, today), {"C21/WH": NOT_ELIGIBLE}),
        Person("Spouse of a worker with 15 months left", spouse_of_worker(15), {"C41": NOT_ELIGIBLE}),
        Person("Spouse of a worker with 16 months left", spouse_of_worker(16), {"C41": OFFICER}),
        Person("Founder with 50 percent", founder(50), {"C11/business_owner": NOT_ELIGIBLE}),
        Person("Founder with 51 percent", founder(51), {"C11/business_owner": OFFICER}),
        Person("Religious worker", RELIGIOUS_WORKER, {"C50/religious": ELIGIBLE}),
        Person("Nothing fits", NOBODY_WITH_A_CODE, {}, nothing_fits=True),
    ]
