"""Whether an employer may file at all, and what its profile lacks. Source: employer_portal facts, section 2."""

from datetime import date

from employer_portal.field_check import Problems, error
from employer_portal.models import Employer, Standing
from exemption_codes.catalogue.documents import Text

PROFILE: dict[str, tuple[str, str]] = {
    "street": ("address", "adresse"),
    "city": ("city", "ville"),
    "province": ("province", "province"),
    "postal_code": ("postal code", "code postal"),
    "telephone": ("telephone", "téléphone"),
    "business_type": ("type of business", "type d’entreprise"),
    "activity": ("principal activity", "activité principale"),
    "established_on": ("day it was established", "date de création"),
    "employee_band": ("number of employees", "nombre d’employés"),
    "revenue_band": ("gross revenue", "revenu brut"),
}
BUSINESS_NUMBER = ("business number", "numéro d’entreprise")
CONTACT = ("main contact", "personne-ressource principale")


def check_employer(employer: Employer, on: date) -> Problems:
    """Yield what keeps an employer from filing an offer on a day."""
    if not is_eligible(employer, on):
        yield error("employer.ineligible", "employer", "R200(3)(h)")
    if employer.has_barred_activity:
        yield error("employer.barred_activity", "employer", "R200(3)(g.1)")
    elif employer.has_barred_activity is None:
        yield error("employer.barred_activity_open", "employer", "R200(3)(g.1)")
    lacking = missing_profile(employer)
    if lacking:
        both = Text(en=", ".join(en for en, _fr in lacking), fr=", ".join(fr for _en, fr in lacking))
        yield error("employer.profile", "employer", "R209.11(1)(a)", fields=both)


def is_eligible(employer: Employer, on: date) -> bool:
    """Whether the employer may hire on a day: R200(3)(h)."""
    if employer.standing == Standing.UNTIL:
        return employer.ineligible_until is not None and employer.ineligible_until < on
    return employer.standing == Standing.ELIGIBLE


def missing_profile(employer: Employer) -> list[tuple[str, str]]:
    """Return what the profile lacks, in English and French."""
    lacking = [words for name, words in PROFILE.items() if getattr(employer, name) in (None, "")]
    if not employer.business_number and not employer.is_new_or_self_hiring:
        lacking.insert(0, BUSINESS_NUMBER)
    if not employer.contacts.filter(is_main=True).exists():
        lacking.append(CONTACT)
    return lacking
