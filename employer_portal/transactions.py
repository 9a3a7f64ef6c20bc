"""One transaction for an action, tried again when the database had to give up one of two that met."""

import random
import time
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import OperationalError, connection, transaction

P = ParamSpec("P")
R = TypeVar("R")

TRIES = 8
FIRST_PAUSE_SECONDS = 0.02
# PostgreSQL: serialization failure, deadlock, lock not available.
PASSING_STATES = frozenset({"40001", "40P01", "55P03"})


def in_transaction(action: Callable[P, R]) -> Callable[P, R]:
    """Run an action in a transaction of its own, and again if it lost against another.

    Inside a transaction that is already open it takes part in that one, which alone can be tried again.
    """

    @wraps(action)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if connection.in_atomic_block:
            with transaction.atomic():
                return action(*args, **kwargs)
        for attempt in range(1, TRIES + 1):
            try:
                with transaction.atomic():
                    return action(*args, **kwargs)
            except OperationalError as error:
                if attempt == TRIES or not is_passing(error):
                    raise
            time.sleep(FIRST_PAUSE_SECONDS * 2**attempt * random.random())
        raise AssertionError("the last try returns or raises")

    return run


def is_passing(error: OperationalError) -> bool:
    """Whether the same action may succeed when it is tried again."""
    state = getattr(error.__cause__, "sqlstate", None)
    return state in PASSING_STATES or "locked" in str(error)
