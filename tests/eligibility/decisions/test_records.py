"""Whoever changes one stored field of a determination, a decision or an event is found, and the database refuses."""

import io
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from eligibility.casework.time_line import entry_of
from eligibility.decisions.deciding import Kind, answer, decide
from eligibility.decisions.judged import judged_case
from eligibility.decisions.records import tampered
from eligibility.models import CaseEvent, Decision, Determination, Screening
from eligibility.screenings import erase_old
from exemption_codes.append_only import AppendOnlyError
from exemption_codes.models import CatalogueRelease, ReleaseEvent
from exemption_codes.publishing import publish_now
from tests.eligibility.decisions.conftest import guarded
from tests.eligibility.decisions.test_deciding import OVERRIDE, why
from tests.eligibility.factories import sent

MODELS = (CaseEvent, Determination, Decision)
# The key of a row says nothing; what points at it would no longer be found, which the database itself refuses.
FIELDS = [(model, one.attname) for model in MODELS for one in model._meta.concrete_fields if not one.primary_key]
# Changed alone, these need a row to point at.
OTHER_ROW = {"screening_id", "determination_id", "about_id"}


@pytest.fixture
def decided(case: Screening, consultant: User, rulebook: Any) -> Screening:
    """A case with each kind of record, and another case beside it."""
    sent(rulebook, {"applicant.citizenships": ["BR"]})
    decide(case.pk, consultant, OVERRIDE, why(case))
    answer(case.pk, 1, consultant, Kind.WITHDRAW, why(case))
    case.refresh_from_db()
    return case


def overwrite(row: Any, name: str) -> None:
    """Change one field by SQL to another value that the column takes."""
    with connection.cursor() as cursor:
        table, quote = row._meta.db_table, connection.ops.quote_name
        column = row._meta.get_field(name.removesuffix("_id")).column
        cursor.execute(f"SELECT {quote(column)} FROM {table} WHERE id = %s", [row.pk])
        (old,) = cursor.fetchone()
        if name in OTHER_ROW:
            target = row._meta.get_field(name).related_model
            others = target.objects.exclude(pk=getattr(row, name)).order_by("-pk")
            free = others.filter(submitted_at=None) if target is Screening else others
            new = target._meta.pk.get_db_prep_value(free.first().pk, connection)
        elif isinstance(old, bool):
            new = not old
        elif isinstance(old, int):
            new = int(old) + 7 if old not in (0, 1) else 1 - old
        elif "-" in str(old) and str(old)[:2] == "20":
            new = str(old).replace("-2", "-1", 1)
        else:
            new = f"{str(old)[:-1]}{'0' if str(old)[-1:] != '0' else '1'}" if old else "x"
        cursor.execute(f"UPDATE {table} SET {quote(column)} = %s WHERE id = %s", [new, row.pk])


def test_each_field_that_is_changed_is_found(decided: Screening) -> None:
    assert tampered(decided) == []
    missed = []
    for model, name in FIELDS:
        with transaction.atomic():
            overwrite(model.objects.filter(screening=decided).last(), name)
            if not tampered(Screening.objects.get(pk=decided.pk)):
                missed.append((model, name))
            transaction.set_rollback(True)
    assert missed == []
    assert len(FIELDS) > 30


def test_a_record_taken_out_or_put_in_is_found(decided: Screening) -> None:
    Decision._base_manager.filter(screening=decided, number=2).delete()
    assert [str(found) for found in tampered(decided)] == ["decision 2: it is in the time line, and gone"]
    made = Decision.objects.get(screening=decided, number=1)
    made.pk, made.number, made.token, made._state.adding = None, 3, "0" * 32, True
    made.save()
    assert "decision 3: the time line does not know it" in [str(found) for found in tampered(decided)]


def test_the_command_names_what_was_tampered_with(decided: Screening) -> None:
    said, wrong = io.StringIO(), io.StringIO()
    call_command("verify_cases", stdout=said, stderr=wrong)
    assert said.getvalue() == "2 cases checked, 0 things are not as they were written\n"
    Decision._base_manager.filter(screening=decided, number=1).update(value="eligible")
    with pytest.raises(SystemExit, match="1"):
        call_command("verify_cases", decided.reference.lower(), stdout=said, stderr=wrong)
    assert wrong.getvalue() == f"{decided.reference}: decision 1: it is not as it was entered in the time line\n"


def test_the_command_refuses_a_reference_that_no_case_has(decided: Screening) -> None:
    with pytest.raises(CommandError, match="No case is called NOSUCH") as refused:
        call_command("verify_cases", decided.reference, "nosuch")
    assert refused.value.returncode == 2


def test_the_command_finds_a_release_event_that_was_tampered_with(decided: Screening) -> None:
    event = publish_now(CatalogueRelease.objects.get(), "ada", "As agreed")
    ReleaseEvent._base_manager.filter(pk=event.pk).update(reason="As nobody agreed")
    wrong = io.StringIO()
    with pytest.raises(SystemExit, match="1"):
        call_command("verify_cases", stdout=io.StringIO(), stderr=wrong)
    assert wrong.getvalue().startswith(f"releases: event {event.pk}: ")


@pytest.mark.parametrize("change", [{"kind": "wish"}, {"value": "sure"}, {"value": ""}, {"by_rules": "perhaps"}])
def test_a_case_opens_without_a_decision_that_was_changed_into_no_word(
    decided: Screening, client: Client, consultant: User, change: dict[str, str]
) -> None:
    Decision._base_manager.filter(screening=decided, number=1).update(**change)
    assert judged_case(decided).by_consultant == {}
    client.force_login(consultant)
    page = client.get(f"/admin/eligibility/screening/{decided.pk}/change/?tab=decisions")
    assert "can no longer be read: decisions 1." in page.content.decode()


def test_an_event_made_to_look_like_a_decision_is_found(decided: Screening) -> None:
    CaseEvent._base_manager.filter(screening=decided, number=1).update(kind="decided")
    assert "event 1: it does not fit its seal, or the one before" in [str(one) for one in tampered(decided)]


def test_the_time_line_says_which_decision_was_answered(decided: Screening) -> None:
    last = decided.events.last()
    assert entry_of(last).told == "2 · Taken back · decision 1 · T36"


def test_neither_the_models_nor_the_database_change_or_delete(decided: Screening) -> None:
    for model in MODELS:
        row = model.objects.filter(screening=decided).last()
        for attempt in (row.save, row.delete, model.objects.all().delete, partial(model.objects.update, number=9)):
            with pytest.raises(AppendOnlyError):
                attempt()
    tables = [model._meta.db_table for model in MODELS]
    with guarded() as cursor:
        for table in tables:
            for statement in (f"UPDATE {table} SET number = number", f"DELETE FROM {table}"):
                with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
                    cursor.execute(statement)
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            decided.delete()


def test_what_is_past_its_retention_is_erased_with_its_record(decided: Screening) -> None:
    Screening.objects.filter(pk=decided.pk).update(updated_at=timezone.now() - timedelta(days=91))
    with guarded():
        assert erase_old() == 1
    for model in MODELS:
        assert not model.objects.filter(screening_id=decided.pk).exists()
        assert model is Decision or model.objects.exists()


def test_neither_reasons_nor_facts_can_be_read_in_the_database(decided: Screening) -> None:
    with connection.cursor() as cursor:
        stored = ""
        for model in (Determination, Decision):
            cursor.execute(f"SELECT * FROM {model._meta.db_table}")
            stored += repr(cursor.fetchall())
    assert "citizenships" not in stored
    assert "letter" not in stored
