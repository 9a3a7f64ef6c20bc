"""Fictional people, employers and offers. An offer is ready to submit unless a trait says otherwise."""

import uuid
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import factory
from allauth.account.models import EmailAddress
from django.contrib.auth.models import User
from django.utils import timezone

from employer_portal.actors import person, staff
from employer_portal.declarations import DECLARATION_KEYS
from employer_portal.drafts import begin_offer
from employer_portal.matching import Application
from employer_portal.models import (
    Branch,
    Employer,
    EmployerContact,
    FilePurpose,
    Membership,
    OfferGroup,
    OfferOfEmployment,
    Role,
    UploadedFile,
)
from employer_portal.offers import match_offer, print_permit, submit_offer


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"person{n}")
    email = factory.LazyAttribute(lambda user: f"{user.username}@firm.example")

    @factory.post_generation
    def verified(user: User, create: bool, extracted: Any, **kwargs: Any) -> None:
        if create and extracted is not False:
            EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)


class EmployerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Employer
        skip_postgeneration_save = True

    legal_name = factory.Sequence(lambda n: f"Fictional Lighthouses {n} Ltd. & Fils")
    operating_name = "Lighthouses of Nowhere"
    business_number = "123456782"
    program_account = "RP0001"
    street = "1 Harbour Road"
    city = "Halifax"
    province = "NS"
    postal_code = "B3H 1A1"
    telephone = "+19025550100"
    business_type = "corporation"
    activity = "Keeping of lighthouses"
    established_on = date(2001, 5, 1)
    employee_band = "under_100"
    revenue_band = "30k_to_5m"
    has_barred_activity = False

    contact = factory.RelatedFactory("tests.employer_portal.factories.ContactFactory", factory_related_name="employer")


class ContactFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = EmployerContact

    employer = factory.SubFactory(EmployerFactory, contact=None)
    name = "Robin Example"
    email = "robin@firm.example"
    is_main = True


class BranchFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Branch

    employer = factory.SubFactory(EmployerFactory)
    name = factory.Sequence(lambda n: f"Branch {n}")


class MembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    employer = factory.SubFactory(EmployerFactory)
    role = Role.PRIMARY


class FileFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = UploadedFile

    employer = factory.SelfAttribute("offer.employer")
    purpose = FilePurpose.FEE_EXEMPTION
    name = "proof.pdf"
    stored_name = factory.LazyFunction(lambda: uuid.uuid4().hex)
    content_type = "application/pdf"
    size_bytes = 100
    sha256 = "0" * 64


def content(**changes: Any) -> dict[str, Any]:
    """Return what a complete offer says: a US engineer under CUSMA, well paid, in Nova Scotia."""
    today = timezone.localdate()
    starts, ends = today + timedelta(days=60), today + timedelta(days=60 + 364)
    given = {
        "worker_family_name": "Example",
        "worker_given_names": "Kim",
        "worker_sex": "X",
        "worker_date_of_birth": "1990-02-03",
        "worker_country_of_birth": "US",
        "worker_country_of_residence": "US",
        "worker_citizenship": "US",
        "worker_passport_number": "XA-000 123",
        "worker_passport_expires_on": (ends + timedelta(days=400)).isoformat(),
        "worker_email": "kim@worker.example",
        "exemption_category": "cusma-professional",
        "exemption_explanation": "A citizen of the United States with a degree in engineering comes as an engineer.",
        "applies_on": (today + timedelta(days=20)).isoformat(),
        "job_title": "Lighthouse engineer",
        "noc_code": "21300",
        "main_duties": "Designs and repairs the machines of lighthouses.",
        "job_requirements": "A degree in engineering and two years of practice.",
        "min_education": "bachelor",
        "is_regulated": False,
        "language_required": "en",
        "starts_on": starts.isoformat(),
        "ends_on": ends.isoformat(),
        "is_seasonal": False,
        "has_labour_dispute": False,
        "hours_per_day": "7.5",
        "hours_per_week": "37.5",
        "hourly_wage_cad": "80.00",
        "vacation_days": "15",
        "agreement_language": "en",
        "agreement_signed_by_employer_on": today.isoformat(),
        "agreement_signed_by_worker_on": today.isoformat(),
        "agreement_copy_given_on": today.isoformat(),
        "agreement_job_title": "Lighthouse engineer",
        "agreement_hourly_wage_cad": "80.00",
        "agreement_hours_per_week": "37.5",
        "agreement_starts_on": starts.isoformat(),
        "agreement_ends_on": ends.isoformat(),
        "declared": list(DECLARATION_KEYS),
        "sites": [{"street": "1 Harbour Road", "city": "Halifax", "province": "NS", "postal_code": "B3H 1A1"}],
    }
    return {**given, **changes}


UNPAID_CHARITY = {
    "exemption_category": "charitable-worker",
    "is_unpaid": True,
    "hourly_wage_cad": None,
    "agreement_hourly_wage_cad": None,
    "fee_exemption": "unpaid_religious_or_charitable",
    "fee_exemption_explanation": "The worker receives no pay from this registered charity.",
    "facts": {"offer.duties_charitable": True, "activity.is_work": True, "offer.camp_counsellor": False},
}


def draft(membership: Membership | None = None, **changes: Any) -> OfferOfEmployment:
    """Return a draft that is complete and ready to submit, save for the given changes; each for a worker of its own."""
    member = membership or MembershipFactory()
    changes.setdefault("worker_passport_number", f"XA-000 {123 + member.employer.offers.count()}")
    return begin_offer(member.employer, person(member.user), content(**changes))


def charity_draft(membership: Membership | None = None, **changes: Any) -> OfferOfEmployment:
    """Return a draft that claims, with proof, that no fee is due."""
    offer = draft(membership, **{**UNPAID_CHARITY, **changes})
    FileFactory(offer=offer)
    return offer


def group_of(count: int, membership: Membership | None = None) -> OfferGroup:
    """Return a group of performing artists with drafts that are ready."""
    member = membership or MembershipFactory()
    group = OfferGroup.objects.create(employer=member.employer, name="Foghorn Ensemble")
    first = member.employer.offers.count()
    for number in range(first, first + count):
        changes = {"worker_passport_number": f"XB{number:06d}"}
        begin_offer(member.employer, person(member.user), content(**changes), group=group)
    return group


FEE = Decimal(230)


def used_offer(membership: Membership | None = None, **changes: Any) -> OfferOfEmployment:
    """Return an offer without a fee whose permit was issued today, so that its duties have begun."""
    member = membership or MembershipFactory()
    offer = submit_offer(charity_draft(member, **changes).pk, person(member.user))
    officer = staff(UserFactory())
    application = Application(offer.number or "", offer.worker_passport_number or "", str(offer.worker_citizenship))
    assert match_offer(offer.pk, application, officer) == ()
    today = timezone.localdate()
    return print_permit(offer.pk, officer, today, today + timedelta(days=400))
