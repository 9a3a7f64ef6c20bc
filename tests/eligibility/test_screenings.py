"""Screenings in the database: answers keep their types, and nobody reads them there."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from eligibility import screenings
from eligibility.models import Screening

ANSWERS = {
    "offer.exists": True,
    "offer.wage_hourly": 24.5,
    "applicant.citizenships": ["SN"],
    "iec.prior_participations": 0,
}


@pytest.mark.django_db
def test_answers_keep_their_types() -> None:
    screening = screenings.begin("en")
    screenings.save_step(screening.pk, ANSWERS, {"offer.province"}, "fr")
    stored = Screening.objects.get()
    assert stored.answers == ANSWERS
    assert stored.answers["offer.exists"] is True
    assert (stored.skipped, stored.language) == (["offer.province"], "fr")


@pytest.mark.django_db
def test_neither_answers_nor_names_of_facts_can_be_read_in_the_database() -> None:
    screenings.save_step(screenings.begin("en").pk, ANSWERS, (), "en")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM eligibility_screening")
        stored = repr(cursor.fetchall())
    assert "citizenships" not in stored
    assert "24.5" not in stored


@pytest.mark.django_db
def test_a_step_replaces_only_what_it_says() -> None:
    screening = screenings.begin("en")
    screenings.save_step(screening.pk, {"offer.province": "MB", "offer.exists": True}, (), "en")
    screenings.save_step(screening.pk, {"offer.province": "SK"}, {"offer.exists"}, "en")
    stored = Screening.objects.get()
    assert stored.answers == {"offer.province": "SK"}
    assert stored.skipped == ["offer.exists"]


@pytest.mark.django_db
def test_what_is_untouched_for_too_long_is_erased() -> None:
    old, new = screenings.begin("en"), screenings.begin("en")
    Screening.objects.filter(pk=old.pk).update(updated_at=timezone.now() - timedelta(days=91))
    assert screenings.erase_old() == 1
    assert list(Screening.objects.all()) == [new]
