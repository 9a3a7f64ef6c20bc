"""Screenings and staff for tests."""

from datetime import date
from typing import Any

import factory
from django.contrib.auth.models import Group, User
from django.utils import timezone

from eligibility.engine.determine import determine
from eligibility.engine.facts import read_facts
from eligibility.models import Screening
from eligibility.screenings import submit
from exemption_codes.catalogue.rulebook import Rulebook
from imp_site.staff_groups import create_groups

AS_OF = date(2026, 11, 22)


class UserFactory(factory.django.DjangoModelFactory[User]):
    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda number: f"person{number}")
    email = factory.LazyAttribute(lambda user: f"{user.username}@example.org")

    class Params:
        staff = factory.Trait(is_staff=True)
        administrator = factory.Trait(is_staff=True, is_superuser=True)


def consultant() -> User:
    return member("Consultants")


def member(group: str, **fields: Any) -> User:
    """Somebody of one group of staff, with what docs/staff.md gives it."""
    create_groups()
    user = UserFactory.create(staff=True, **fields)
    user.groups.add(Group.objects.get(name=group))
    return user


def sent(rulebook: Rulebook, facts: dict[str, Any], language: str = "en", name: str = "Fictional Person") -> Screening:
    """A screening that somebody sent on AS_OF."""
    known = read_facts(facts, rulebook)
    own = Screening.objects.create(language=language, skipped=["offer.wage_hourly"])
    contact = {"contact_name": name, "contact_email": "person@example.org"}
    copy = submit(own, known, determine(rulebook, known, AS_OF), contact, language)
    Screening.objects.filter(pk=copy.pk).update(submitted_at=timezone.now())
    return Screening.objects.get(pk=copy.pk)
