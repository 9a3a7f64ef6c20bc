"""Plainly fictional people for the benchmarks: kinds of situations, each with seeded variations of every answer."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from exemption_codes.catalogue.documents import FactDocument
from exemption_codes.catalogue.fact_values import allowed_words
from exemption_codes.catalogue.rulebook import Rulebook

NOBODY_KNOWS = 0.04
"""How often somebody answers "I don't know yet"."""
NONES = ("none", "other")
RANGES = {
    "months": (0, 60), "years": (0, 15), "percent": (0, 100), "CAD per hour": (18, 80), "days": (0, 200), "weeks": (0, 80),
    "CAD": (0, 40000), "persons": (0, 6), "countries": (1, 6), "NCLC level": (0, 10), "CLB/NCLC level": (0, 10),
    "hours": (300, 1800), "hours per year": (500, 2000),
}  # fmt: skip


@dataclass(frozen=True)
class OneOf:
    """Some values, one of which a variation takes."""

    values: tuple[Any, ...]


def one_of(*values: Any) -> OneOf:
    return OneOf(values)


ABROAD = {"applicant.location": "outside_canada", "application.place": one_of("online", "visa_office", "port_of_entry")}
IN_CANADA = {
    "applicant.location": "in_canada",
    "application.place": "online",
    "applicant.r199_basis_met": one_of(True, True, False),
    "applicant.status": one_of("worker", "student", "visitor"),
}
OFFER = {
    "offer.exists": True,
    "offer.submitted_in_employer_portal": one_of(True, True, False),
    "offer.pre_arranged": True,
    "offer.paid": True,
    "offer.full_time_non_seasonal": True,
    "employer.compliance_regime_exempt": False,
}
TRANSFER = {
    **OFFER,
    "situation.intra_company_transfer": True,
    "transfer.relationship": one_of("parent", "subsidiary", "branch", "affiliate"),
    "transfer.currently_employed": True,
    "transfer.full_time": True,
    "transfer.prior_role_similar": True,
    "transfer.months_with_foreign_enterprise": one_of(11, 12, 20, 40),
    "transfer.doing_business_in_both_countries": True,
    "transfer.position_abroad_stays_open": True,
    "transfer.canadian_entity_active": one_of(True, True, False),
    "transfer.works_at_commercial_premises": True,
    "transfer.general_workforce": False,
    "transfer.multinational_countries": one_of(1, 2, 4),
    "transfer.ict_months_used": one_of(0, 0, 12, 84),
    "offer.role": one_of("senior_manager", "executive", "specialized_knowledge", "functional_manager"),
    "offer.noc": one_of("10022", "20012", "21231", "62010"),
}
PARTNER = {
    "situation.partner_works_in_canada": True,
    "applicant.relation": one_of("spouse", "common_law_partner", "dependent_child"),
    "principal.authorized_to_work": True,
    "principal.resides_in_canada": True,
    "principal.months_left_at_application": one_of(5, 15, 16, 30),
    "principal.noc": one_of("21231", "31301", "63200", "75110", "10022"),
    "principal.permit_code": one_of("LMIA", "T36", "C16", "A75/bowp", "C62", "none"),
    "principal.r186_paragraph": "none",
}
PERMANENT = {
    **IN_CANADA,
    "situation.applied_for_permanent_residence": True,
    "applicant.status": "worker",
    "applicant.work_permit_state": one_of("valid", "expired_renewal_pending_r186u", "expired"),
    "pr.class": one_of("FSW", "CEC", "PNP_EE", "PNP", "QSW"),
    "pr.stage": one_of("submitted", "r10_complete", "positive_eligibility"),
    "pr.principal": one_of(True, True, False),
}

KINDS: dict[str, Mapping[str, Any]] = {
    "US engineer": {
        **OFFER, **ABROAD, "situation.listed_profession": True, "applicant.citizenships": one_of(["US"], ["US", "IE"], ["MX"]),
        "offer.cusma_profession": one_of("Engineer", "Accountant", "Computer Systems Analyst"),
        "applicant.us_citizenship_territory": "none", "offer.noc": one_of("21300", "21231"),
        "applicant.degree_field_related": one_of(True, True, False), "offer.duties_match_profession": True,
    },
    "Senegalese cook with French": {
        **OFFER, **ABROAD, "situation.speaks_french": True, "applicant.citizenships": ["SN"], "offer.noc": "63200",
        "applicant.french.speaking_nclc": one_of(4, 5, 9), "applicant.french.listening_nclc": one_of(5, 9),
        "applicant.french.proof": one_of("tef", "french_diploma", "none"), "offer.province": one_of("MB", "ON", "QC"),
        "offer.primary_agriculture": False,
    },
    "Transferred employee": {
        **TRANSFER, **ABROAD, "applicant.citizenships": one_of(["IN"], ["FR"], ["US"], ["JP"], ["CO"]),
        "transfer.foreign_enterprise_country": one_of("IN", "FR", "US", "JP", "CO"),
    },
    "Youth exchange": {
        **ABROAD, "situation.youth_exchange": True, "offer.exists": one_of(True, False),
        "applicant.citizenships": one_of(["IE"], ["FR"], ["JP"], ["AU"], ["BR"]), "iec.country": one_of("IE", "FR", "JP", "AU"),
        "iec.invited_category": one_of("WH", "YP", "ICP", "none"), "iec.invited_on": date(2026, 10, 1),
        "applicant.date_of_birth": one_of(date(1990, 10, 2), date(1991, 6, 1), date(2001, 3, 4), date(1988, 1, 1)),
        "iec.prior_participations": one_of(0, 0, 1, 2), "iec.participations_this_season": 0, "iec.prior_categories": [],
        "iec.funds_cad": one_of(2500, 6000, 1000), "iec.insurance_full_stay": True,
        "iec.dependants_on_application": 0,
    },
    "Partner of a worker": {**PARTNER, **ABROAD, "applicant.citizenships": one_of(["PH"], ["BR"], ["KR"], ["MX"])},
    "Partner of a student": {
        **IN_CANADA, "situation.partner_studies_in_canada": True, "applicant.relation": "spouse", "student.full_time": True,
        "student.level": one_of("master", "doctorate", "bachelor"), "student.program_months": one_of(12, 16, 24),
        "student.study_permit_valid": True, "student.resides_in_canada": True, "applicant.citizenships": ["NG"],
    },
    "Graduate of a Canadian school": {
        **IN_CANADA, "situation.studied_or_studies_in_canada": True, "applicant.status": one_of("student", "worker"),
        "study.permit_state": one_of("valid", "extension_pending", "expired"), "study.authorised_in_180_days": True,
        "study.program_months": one_of(7, 8, 24), "study.dli_pgwp_eligible": True, "study.full_time_each_session": True,
        "study.level": one_of("college", "bachelor", "master"), "study.previous_pgwp": False,
        "applicant.citizenships": one_of(["IN"], ["CN"], ["VN"]), "offer.exists": one_of(False, True),
    },
    "Founder of a business": {
        **OFFER, **ABROAD, "situation.own_business": True, "business.ownership_percent": one_of(50, 51, 100, 20),
        "business.temporary_intent": one_of(True, False), "applicant.citizenships": one_of(["IR"], ["GB"], ["US"], ["IN"]),
        "offer.noc": "88888", "offer.duration_months": one_of(12, 18, 24),
    },
    "Religious worker": {
        **OFFER, **ABROAD, "situation.religious_or_charitable": True, "offer.duties_religious": True,
        "offer.duties_charitable": one_of(True, False), "applicant.shares_or_teaches_beliefs": True,
        "applicant.education_experience_evidence": one_of(True, False), "applicant.citizenships": one_of(["IN"], ["NG"]),
    },
    "Refugee claimant": {
        "situation.protection_or_removal": True, **IN_CANADA, "applicant.status": "refugee_claimant", "claim.made": True, "claim.referred_to_rpd": one_of(True, False),
        "claim.determined": False, "claim.ineligible_one_year_bar": one_of(True, False),
        "applicant.cannot_support_self_without_working": True, "applicant.immigration_medical_exam_done": True,
        "applicant.citizenships": one_of(["HT"], ["NG"], ["CO"]), "order.exists": one_of(True, False),
    },
    "Researcher": {
        "situation.research_or_teaching": True, **OFFER, **ABROAD, "employer.type": one_of("post_secondary", "research_affiliated_to_post_secondary"),
        "research.group": one_of("canada_research_chair_or_similar", "nrc_nserc_nrcan_postdoc", "none"),
        "applicant.phd_status": one_of("completed", "expected_shortly"), "academic.role": one_of("guest_lecturer", "other"),
        "offer.type": "time_limited_postdoc_appointment", "offer.noc": "41200", "applicant.citizenships": one_of(["DE"], ["IN"]),
    },
    "Performing artist": {
        "situation.arts_or_sport": True, **OFFER, **ABROAD, "offer.discipline": one_of("dance", "orchestra", "opera", "other"), "offer.noc": one_of("53121", "51122"),
        "employer.type": "canadian_non_profit_performing_arts", "production.filmed_in_canada": one_of(True, False),
        "situation.exchange": one_of(True, False), "applicant.citizenships": one_of(["BR"], ["UA"], ["JP"]),
    },
    "Holder of a Quebec selection certificate": {
        "situation.provincial_support": True, **IN_CANADA, "quebec.csq_valid": True, "quebec.csq_program": one_of("rswp", "peq", "entrepreneur"),
        "situation.applied_for_permanent_residence": True, "pr.class": "QSW", "pr.stage": one_of("submitted", "r10_complete"),
        "applicant.province": "QC", "offer.province": "QC", "situation.speaks_french": True,
        "offer.exists": one_of(True, False), "applicant.citizenships": one_of(["FR"], ["DZ"], ["CM"]),
    },
    "Bridging to permanent residence": {**PERMANENT, "applicant.citizenships": one_of(["IN"], ["PH"], ["NG"])},
    "Nominee of a province": {
        "situation.provincial_support": True, **PERMANENT, **OFFER, "nomination.status": "valid", "pr.class": one_of("PNP", "PNP_EE"), "pr.nominated": True,
        "applicant.citizenships": one_of(["IN"], ["PH"]),
    },
    "Supplier of a service": {
        **OFFER, **ABROAD, "situation.service_contract_from_abroad": True, "applicant.citizenships": one_of(["DE"], ["FR"], ["GB"], ["CL"]),
        "contract.mode": one_of("contractual_service_supplier", "independent_professional"), "contract.signed": True,
        "contract.duration_months": one_of(6, 12, 18), "contract.months_employed_by_foreign_firm": one_of(6, 12, 24),
    },
    "Trader or investor": {
        **OFFER, **ABROAD, "situation.trader_or_investor": True, "applicant.citizenships": one_of(["US"], ["MX"], ["CL"], ["IT"]),
        "offer.predominant_activity": one_of("international_trade", "other"), "investment.committed_irrevocably": one_of(True, False),
        "offer.role": one_of("executive", "senior_manager"), "employer.trade_share_with_us_or_mx_percent": one_of(40, 60),
    },
    "Coach": {**OFFER, **ABROAD, "situation.arts_or_sport": True, "sports.role": one_of("coach", "professional_athlete"), "applicant.citizenships": ["RS"],
              "sports.canadian_based_team": True, "offer.noc": "53201"},
    "Abused worker": {
        "situation.abuse_at_work": True, **IN_CANADA, "applicant.status": "worker", "applicant.work_permit_type": "employer_specific",
        "applicant.work_permit_state": "valid", "applicant.citizenships": ["GT"],
    },
    "Nothing fits": {**ABROAD, "applicant.citizenships": one_of(["KE"], ["PK"], ["BD"]), "offer.exists": False},
    "An offer and nothing else": {**OFFER, **ABROAD, "applicant.citizenships": one_of(["KE"], ["PK"], ["BD"]),
                                  "offer.noc": one_of("65201", "75110", "21231")},
}  # fmt: skip


@dataclass(frozen=True)
class Person:
    """Somebody who answers every question that is asked; None is "I don't know yet"."""

    kind: str
    answer: Callable[[str], Any]


def people(rulebook: Rulebook, count: int, seed: int, on: date) -> list[Person]:
    """Return fictional people of all kinds in turn; the same seed gives the same people."""
    chance = random.Random(seed)
    kinds = list(KINDS)
    return [_person(kinds[number % len(kinds)], rulebook, chance.random(), on) for number in range(count)]


def _person(kind: str, rulebook: Rulebook, seed: float, on: date) -> Person:
    given = KINDS[kind]

    def answer(name: str) -> Any:
        chance = random.Random(f"{seed} {name}")
        if name in given:
            value = given[name]
            return chance.choice(value.values) if isinstance(value, OneOf) else value
        if chance.random() < NOBODY_KNOWS and not name.startswith("situation."):
            return None
        return _usual(name, rulebook.facts[name], rulebook, chance, on, answer)

    return Person(kind, answer)


def _usual(
    name: str, fact: FactDocument, rulebook: Rulebook, chance: random.Random, on: date, answer: Callable[[str], Any]
) -> Any:
    """Return what somebody may answer of whom nothing special is known."""
    match fact.type:
        case "boolean":
            return chance.random() < (0.0 if name.startswith("situation.") else 0.4)
        case "integer" | "decimal":
            return _number(fact, chance)
        case "date":
            years = (-45, -18) if name == "applicant.date_of_birth" else (-2, 1)
            return on + timedelta(days=chance.randint(365 * years[0], 365 * years[1]))
        case "countries":
            return []
        case "country":
            return chance.choice(answer("applicant.citizenships"))
        case "several_of":
            return chance.sample(allowed_words(rulebook, name), k=chance.choice((0, 1, 1, 2)))
        case "exemption_code":
            return chance.choice(("none", "LMIA", "T36", "C41"))
        case "text":
            return "-"
    words = allowed_words(rulebook, name)
    plain = [word for word in NONES if word in words]
    return plain[0] if plain and chance.random() < 0.6 else chance.choice(words)


def _number(fact: FactDocument, chance: random.Random) -> int:
    low, high = RANGES.get(fact.unit or "", (0, 10))
    bounds = fact.bounds
    low = max(low, int(bounds.min)) if bounds and bounds.min is not None else low
    high = min(high, int(bounds.max)) if bounds and bounds.max is not None else high
    return chance.randint(low, max(low, high))
