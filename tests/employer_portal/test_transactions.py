from collections.abc import Callable

import psycopg.errors
import pytest
from django.db import OperationalError, connection, transaction

from employer_portal import transactions
from employer_portal.models import Employer
from employer_portal.transactions import TRIES, in_transaction


def lost(cause: Exception | None = None, text: str = "gave up") -> OperationalError:
    error = OperationalError(text)
    error.__cause__ = cause
    return error


PASSING = [
    lost(psycopg.errors.SerializationFailure()),
    lost(psycopg.errors.DeadlockDetected()),
    lost(text="database is locked"),
]


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transactions.time, "sleep", lambda _seconds: None)


def failing(times: int, error: Exception) -> tuple[Callable[[], str], list[bool]]:
    """Return an action that writes and fails so many times, and a note of each try: whether it was in a transaction."""
    tries: list[bool] = []

    @in_transaction
    def action() -> str:
        tries.append(connection.in_atomic_block)
        Employer.objects.create(legal_name="Fictional")
        if len(tries) <= times:
            raise error
        return "done"

    return action, tries


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("error", PASSING, ids=["serialization", "deadlock", "locked"])
def test_an_action_that_lost_is_tried_again_from_its_beginning(error: OperationalError) -> None:
    action, tries = failing(2, error)
    assert action() == "done"
    assert tries == [True] * 3
    assert Employer.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_after_enough_tries_the_loss_is_told() -> None:
    action, tries = failing(100, PASSING[1])
    with pytest.raises(OperationalError):
        action()
    assert len(tries) == TRIES
    assert not Employer.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("error", [lost(psycopg.errors.DiskFull()), lost(text="no such table"), ValueError("wrong")])
def test_what_will_not_pass_is_not_tried_again(error: Exception) -> None:
    action, tries = failing(1, error)
    with pytest.raises(type(error)):
        action()
    assert len(tries) == 1
    assert not Employer.objects.exists()


@pytest.mark.django_db
def test_inside_another_transaction_only_the_outer_one_tries_again() -> None:
    action, tries = failing(1, PASSING[0])
    with pytest.raises(OperationalError), transaction.atomic():
        action()
    assert len(tries) == 1
