"""Demo data, plainly fictional: accounts for staff, and screenings that invented people have sent."""

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group, User
from django.db import transaction

from eligibility.engine.determine import determine
from eligibility.engine.facts import read_facts
from eligibility.models import Screening
from eligibility.screenings import submit
from exemption_codes.catalogue.fact_values import allowed_words
from exemption_codes.catalogue.rulebook import Rulebook
from imp_site.staff_groups import AUDITORS, CONSULTANTS, OFFICERS, PUBLISHERS, SENIORS, create_groups

NAMESPACE = uuid.UUID("5c1ad2a0-0000-4000-8000-000000000000")


@dataclass(frozen=True)
class DemoLogin:
    """An account of the demo, whose password follows from its name."""

    username: str

    @property
    def email(self) -> str:
        return f"{self.username}@demo.example"

    @property
    def password(self) -> str:
        return f"demo-{self.username}"


@dataclass(frozen=True)
class DemoAccount(DemoLogin):
    """A member of one group of staff; without a group, an administrator."""

    group: str


@dataclass(frozen=True)
class DemoPerson:
    """Somebody invented, who sent answers in one language."""

    name: str
    language: str
    facts: dict[str, Any]

    @property
    def email(self) -> str:
        return f"{self.name.split()[-1].lower()}@demo.example"


ACCOUNTS = (
    DemoAccount("consultant", CONSULTANTS),
    DemoAccount("senior", SENIORS),
    DemoAccount("publisher", PUBLISHERS),
    DemoAccount("auditor", AUDITORS),
    DemoAccount("officer", OFFICERS),
    DemoAccount("administrator", ""),
)
PEOPLE = (
    DemoPerson(
        "Fictional Engineer",
        "en",
        {
            "applicant.citizenships": ["US"],
            "applicant.us_citizenship_territory": "none",
            "applicant.country_of_residence": "US",
            "applicant.date_of_birth": "1991-04-12",
            "applicant.location": "outside_canada",
            "offer.exists": True,
            "offer.noc": "21231",
            "situation.listed_profession": True,
            "offer.cusma_profession": "Engineer",
            "offer.province": "ON",
            "offer.duties_match_profession": True,
            "offer.pre_arranged": True,
            "offer.submitted_in_employer_portal": True,
            "offer.occupation_regulated_in_province": False,
            "offer.wage_hourly": 58,
            "applicant.credentials": ["degree"],
            "applicant.credential_used": "degree",
            "applicant.education_level": "bachelor",
            "applicant.degree_field_related": True,
            "applicant.diploma_years_of_study": 4,
            "applicant.diploma_country": "US",
            "applicant.years_in_profession": 6,
            "applicant.controls_canadian_enterprise": False,
            "applicant.licence_held_or_obtainable": True,
        },
    ),
    DemoPerson(
        "Cuisinière Fictive",
        "fr",
        {
            "applicant.citizenships": ["SN"],
            "applicant.country_of_residence": "SN",
            "applicant.date_of_birth": "1988-09-30",
            "applicant.location": "outside_canada",
            "situation.speaks_french": True,
            "applicant.french.speaking_nclc": 9,
            "applicant.french.listening_nclc": 8,
            "applicant.french.proof": "tef",
            "applicant.able_to_do_work": True,
            "offer.exists": True,
            "offer.noc": "63200",
            "offer.province": "MB",
            "offer.primary_agriculture": False,
            "offer.remote_for_quebec_employer": False,
            "offer.wage_hourly": 19.5,
            "offer.minimum_wage_hourly": 15.8,
            "offer.submitted_in_employer_portal": True,
            "application.c16_renewal": False,
        },
    ),
    DemoPerson(
        "Fictional Manager",
        "en",
        {
            "applicant.citizenships": ["IN"],
            "applicant.country_of_residence": "IN",
            "applicant.date_of_birth": "1984-01-20",
            "applicant.location": "outside_canada",
            "situation.intra_company_transfer": True,
            "transfer.relationship": "subsidiary",
            "transfer.currently_employed": True,
            "transfer.months_with_foreign_enterprise": 26,
            "transfer.full_time": True,
            "transfer.prior_role_similar": True,
            "transfer.position_abroad_stays_open": True,
            "transfer.general_workforce": False,
            "transfer.multinational_countries": 4,
            "transfer.canadian_entity_active": True,
            "transfer.works_at_commercial_premises": True,
            "transfer.ict_months_used": 0,
            "offer.exists": True,
            "offer.noc": "10022",
            "offer.role": "senior_manager",
            "offer.province": "BC",
            "offer.wage_hourly": 64,
            "offer.prevailing_wage_hourly": 55,
            "offer.submitted_in_employer_portal": True,
        },
    ),
    DemoPerson(
        "Diplômé Fictif",
        "fr",
        {
            "applicant.citizenships": ["FR"],
            "applicant.country_of_residence": "FR",
            "applicant.date_of_birth": "2000-06-02",
            "applicant.location": "outside_canada",
            "situation.youth_exchange": True,
            "iec.country": "FR",
            "iec.invited_category": "WH",
            "iec.age_on_invitation": 26,
            "iec.recognised_organisation": False,
            "iec.prior_participations": 0,
            "iec.prior_categories": [],
            "iec.participations_this_season": 0,
            "iec.resides_in_country": True,
            "iec.funds_cad": 3000,
            "iec.insurance_full_stay": True,
            "iec.dependants_on_application": 0,
            "iec.approved_before_entry": True,
            "application.place": "online",
            "offer.exists": False,
        },
    ),
    DemoPerson(
        "Fictional Partner",
        "en",
        {
            "applicant.citizenships": ["BR"],
            "applicant.country_of_residence": "CA",
            "applicant.date_of_birth": "1993-11-08",
            "applicant.location": "in_canada",
            "situation.partner_works_in_canada": True,
            "applicant.relation": "spouse",
            "principal.noc": "21231",
            "principal.months_left_at_application": 15,
            "principal.permit_code": "T36",
            "offer.exists": False,
        },
    ),
    DemoPerson(
        "Personne Fictive",
        "fr",
        {
            "applicant.citizenships": ["BR"],
            "applicant.country_of_residence": "BR",
            "applicant.location": "outside_canada",
            "offer.exists": False,
        },
    ),
)


@transaction.atomic
def create_accounts(passwords: dict[str, str]) -> list[DemoAccount]:
    """Create the accounts that do not exist yet, with verified addresses; returns those created."""
    create_groups()
    created = []
    for account in ACCOUNTS:
        if User.objects.filter(username=account.username).exists():
            continue
        user = User.objects.create_user(account.username, account.email, passwords[account.username], is_staff=True)
        if account.group:
            user.groups.add(Group.objects.get(name=account.group))
        else:
            user.is_superuser = True
            user.save(update_fields=["is_superuser"])
        EmailAddress.objects.create(user=user, email=account.email, verified=True, primary=True)
        created.append(account)
    return created


def no_to_every_gate(rulebook: Rulebook) -> dict[str, Any]:
    """Return the answers of somebody whom no gate question concerns; the invented people then say what does."""
    gates = {name: fact for name, fact in rulebook.facts.items() if fact.gate}
    answers: dict[str, Any] = {name: False for name, fact in gates.items() if fact.type == "boolean"}
    answers |= {name: "none" for name in gates if "none" in allowed_words(rulebook, name)}
    return {**answers, "applicant.permanent_residence_countries": []}


def create_screenings(rulebook: Rulebook, today: date) -> int:
    """Send the answers of each invented person once; returns how many were sent now."""
    sent = 0
    for person in PEOPLE:
        source = uuid.uuid5(NAMESPACE, person.name)
        if Screening.objects.filter(source=source).exists():
            continue
        facts = read_facts({**no_to_every_gate(rulebook), **person.facts}, rulebook)
        result = determine(rulebook, facts, today)
        contact = {"contact_name": person.name, "contact_email": person.email}
        with transaction.atomic():
            own = Screening.objects.create(id=source, language=person.language)
            submit(own, facts, result, contact, person.language)
            own.delete()
        sent += 1
    return sent
