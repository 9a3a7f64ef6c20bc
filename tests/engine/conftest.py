"""The day on which the tests of the engine look at the rules, unless they name another."""

from datetime import date

import pytest


@pytest.fixture(scope="session")
def today() -> date:
    return date(2026, 11, 22)
