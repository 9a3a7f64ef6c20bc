"""What a machine lacks for a test: reported as skipped, or, where every test must run, an error."""

import os
from typing import Any

EVERY_TEST = "EVERY_TEST"


def lacks(name: str, found: Any) -> bool:
    """Tell whether a machine lacks what a test needs; raises RuntimeError where EVERY_TEST is set, as in .ci/run."""
    if found:
        return False
    if os.environ.get(EVERY_TEST):
        raise RuntimeError(f"{name} is needed to run every test")
    return True
