"""Demo data of the employer portal, plainly fictional: employers, their people, and offers in several states.

Everything goes through the portal's own actions, so that states, events, ledger and notifications are what they would
be. Under DEBUG a fixed code stands for the second step of every account (MFA_TOTP_INSECURE_BYPASS_CODE); elsewhere the
demo's people set up a second step of their own when they first sign in.
"""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from zlib import crc32

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from payments import PaymentStatus

from employer_portal.actors import Actor, person, staff
from employer_portal.declarations import DECLARATION_KEYS
from employer_portal.drafts import begin_offer
from employer_portal.errors import PaymentRefused
from employer_portal.matching import Application
from employer_portal.memberships import accept_found, invite
from employer_portal.models import NEEDS_SECOND_FACTOR, Employer, OfferOfEmployment, Role
from employer_portal.notice_topics import TOPICS
from employer_portal.notices import change_wishes
from employer_portal.offers import (
    match_offer,
    print_permit,
    refuse_permit,
    submit_offer,
    withdraw_offer,
)
from employer_portal.payments import hear, start_payment
from employer_portal.profiles import enrol_employer
from employer_portal.workers import confirm, invite_worker
from imp_site.demo import NAMESPACE, DemoLogin


@dataclass(frozen=True)
class DemoMember(DemoLogin):
    """Somebody who acts for the demo's employers."""

    role: Role


MEMBERS = (
    DemoMember("employer", Role.PRIMARY),
    DemoMember("clerk", Role.SECONDARY),
    DemoMember("representative", Role.REPRESENTATIVE),
    DemoMember("reader", Role.AUDITOR),
)
PROFILE: dict[str, Any] = {
    "legal_name": "Fictional Lighthouses Ltd. / Phares fictifs ltée",
    "operating_name": "Fictional Lighthouses",
    "business_number": "123456782RP0001",
    "street": "1 Harbour Road",
    "city": "Halifax",
    "province": "NS",
    "postal_code": "B3H 1A1",
    "telephone": "902 555 0100",
    "business_type": "corporation",
    "activity": "Keeping and repair of lighthouses",
    "established_on": date(2001, 5, 1),
    "employee_band": "under_100",
    "employee_count": 42,
    "revenue_band": "30k_to_5m",
    "has_barred_activity": False,
}
OTHER: dict[str, Any] = {
    **PROFILE, "legal_name": "Orchestre Exemple inc.", "operating_name": "", "business_number": "987654324",
    "activity": "Concerts", "city": "Moncton", "province": "NB", "postal_code": "E1C 1A1",
}  # fmt: skip
CONTACT = {"name": "Robin Example", "title": "Manager", "email": "employer@demo.example", "telephone": "902 555 0101"}


@transaction.atomic
def create_portal(passwords: dict[str, str]) -> list[DemoMember]:
    """Create people, employers and offers that do not exist yet; returns the people created."""
    created = [member for member in MEMBERS if _create(member, passwords[member.username])]
    primary, *others = (User.objects.get(username=member.username) for member in MEMBERS)
    key = uuid.uuid5(NAMESPACE, "employer")
    if not Employer.objects.filter(pk=key).exists():
        employer = enrol_employer(primary, PROFILE, CONTACT, key)
        for user, member in zip(others, MEMBERS[1:], strict=True):
            _invite(employer, user, member.role, primary)
        for user in (primary, *others):  # nobody reads mail at these addresses
            change_wishes(user, {topic.key: (True, False) for topic in TOPICS})
        _write_offers(employer, person(primary))
        second = enrol_employer(primary, OTHER, CONTACT, uuid.uuid5(NAMESPACE, "other employer"))
        _invite(second, others[1], Role.REPRESENTATIVE, primary)
    return created


def _create(member: DemoMember, password: str) -> bool:
    """Create an account, with a second step where its role needs one and a code for it is known; False if it exists."""
    if User.objects.filter(username=member.username).exists():
        return False
    user = User.objects.create_user(member.username, member.email, password)
    EmailAddress.objects.create(user=user, email=member.email, verified=True, primary=True)
    if member.role in NEEDS_SECOND_FACTOR and settings.MFA_TOTP_INSECURE_BYPASS_CODE:
        TOTP.activate(user, generate_totp_secret())
    return True


def _invite(employer: Employer, user: User, role: Role, primary: User) -> None:
    invited = invite(employer, user.email, role, person(primary))
    accept_found(invited.invitation.pk, user, "R000000" if role is Role.REPRESENTATIVE else "")


def _write_offers(employer: Employer, who: Actor) -> None:
    """Write one offer in each state that a reader may want to see, the latest draft first in their lists."""
    officer = staff(User.objects.get(username="administrator"))
    _submit(employer, who, "Awaiting")
    _pay(_submit(employer, who, "Issued"), who)
    if (matched := _matched(employer, who, officer, "Matched")) is None:
        return  # no provider takes payments here
    if used := _matched(employer, who, officer, "Employed"):
        today = timezone.localdate()
        print_permit(used.pk, officer, today, today + timedelta(days=100))
    if refused := _matched(employer, who, officer, "Refused"):
        refuse_permit(refused.pk, officer, "Demonstration")
    withdrawn = _submit(employer, who, "Withdrawn")
    _pay(withdrawn, who)
    withdraw_offer(withdrawn.pk, who, "Demonstration")
    assert matched.number
    _differing(employer, who)
    begin_offer(employer, who, {"job_title": "Keeper of the light", "noc_code": "21300"})


def _submit(employer: Employer, who: Actor, name: str) -> OfferOfEmployment:
    return submit_offer(begin_offer(employer, who, content(name)).pk, who)


def _pay(offer: OfferOfEmployment, who: Actor) -> bool:
    try:
        payment = start_payment(offer.charge_id, who, f"demo-{offer.pk}")
    except PaymentRefused:
        return False
    hear(payment, PaymentStatus.CONFIRMED)
    return True


def _matched(employer: Employer, who: Actor, officer: Actor, name: str) -> OfferOfEmployment | None:
    offer = _submit(employer, who, name)
    if not _pay(offer, who):
        return None
    offer.refresh_from_db()
    application = Application(str(offer.number), str(offer.worker_passport_number), str(offer.worker_citizenship))
    match_offer(offer.pk, application, officer)
    return offer


def _differing(employer: Employer, who: Actor) -> None:
    """Write a draft whose worker read another passport number than the employer typed."""
    draft = begin_offer(employer, who, content("Differing"))
    _confirmation, secret = invite_worker(draft.pk, "worker@demo.example", "en", who)
    said = {
        "family_name": draft.worker_family_name,
        "given_names": draft.worker_given_names,
        "date_of_birth": draft.worker_date_of_birth,
        "passport_number": "XA 000-999",
        "passport_expires_on": draft.worker_passport_expires_on,
        "citizenship": draft.worker_citizenship,
    }
    confirm(secret, said)


def content(name: str) -> dict[str, Any]:
    """Return what a complete offer says: an engineer from the United States, under CUSMA."""
    today = timezone.localdate()
    starts, ends = today + timedelta(days=60), today + timedelta(days=424)
    agreed = {"job_title": "Lighthouse engineer", "hourly_wage_cad": "80.00", "hours_per_week": "37.5"}
    period = {"starts_on": starts.isoformat(), "ends_on": ends.isoformat()}
    return {
        **agreed,
        **period,
        **{f"agreement_{field}": value for field, value in {**agreed, **period}.items()},
        "worker_family_name": "Example",
        "worker_given_names": name,
        "worker_sex": "X",
        "worker_date_of_birth": "1990-02-03",
        "worker_country_of_birth": "US",
        "worker_country_of_residence": "US",
        "worker_citizenship": "US",
        "worker_passport_number": f"XA-{crc32(name.encode()) % 10**6:06d}",
        "worker_passport_expires_on": (ends + timedelta(days=400)).isoformat(),
        "worker_email": "worker@demo.example",
        "exemption_category": "cusma-professional",
        "exemption_explanation": "A citizen of the United States with a degree in engineering comes as an engineer.",
        "applies_on": (today + timedelta(days=20)).isoformat(),
        "noc_code": "21300",
        "main_duties": "Designs and repairs the machines of lighthouses.",
        "job_requirements": "A degree in engineering and two years of practice.",
        "min_education": "bachelor",
        "is_regulated": False,
        "language_required": "en",
        "is_seasonal": False,
        "has_labour_dispute": False,
        "hours_per_day": "7.5",
        "vacation_days": "15",
        "agreement_language": "en",
        "agreement_signed_by_employer_on": today.isoformat(),
        "agreement_signed_by_worker_on": today.isoformat(),
        "agreement_copy_given_on": today.isoformat(),
        "declared": list(DECLARATION_KEYS),
        "sites": [{"street": "1 Harbour Road", "city": "Halifax", "province": "NS", "postal_code": "B3H 1A1"}],
    }
