"""Where a Chromium is: one of the machine's own first, then the one that playwright fetched; run to print it."""

import glob
import os
import shutil
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FETCHED = ("chromium-*/chrome-linux*/chrome", "chromium_headless_shell-*/chrome-linux*/headless_shell")


class NoBrowser(Exception):
    """No Chromium is on this machine; `make browser` fetches one."""


def find_chromium() -> str:
    """Return the path of a Chromium; CHROMIUM names one outright.

    Raises NoBrowser.
    """
    named = os.environ.get("CHROMIUM", "")
    found = named or next(filter(None, map(shutil.which, NAMES)), "") or _fetched()
    if not found or not Path(found).exists():
        raise NoBrowser(f"There is no Chromium at {named or 'any of the usual places'}; run: make browser")
    return found


def _fetched() -> str:
    folder = os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache" / "ms-playwright"
    return next((path for pattern in FETCHED for path in sorted(glob.glob(f"{folder}/{pattern}"))), "")


if __name__ == "__main__":
    print(find_chromium())  # noqa: T201
