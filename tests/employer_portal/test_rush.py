"""Twenty processes at once, some of them killed: nothing lost, nothing twice, nothing half done.

RUSH_SECONDS makes it longer; on PostgreSQL where it is installed, on SQLite always.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.employer_portal.postgres import cluster, lacks_postgres

ROOT = Path(__file__).parents[2]
SECONDS = os.environ.get("RUSH_SECONDS", "15")
DATABASES = {"sqlite": ("6", "6"), **({} if lacks_postgres() else {"postgresql": ("20", SECONDS)})}


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'rush.sqlite3'}"
    else:
        with cluster() as address:
            yield address


def rush(database_url: str, workers: str, seconds: str) -> dict[str, Any]:
    environment = {**os.environ, "DATABASE_URL": database_url, "DJANGO_DEBUG": "1", "LOG_LEVEL": "ERROR"}
    command = [sys.executable, "-m", "tests.employer_portal.rush", "--workers", workers, "--seconds", seconds]
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    report: dict[str, Any] = json.loads(ended.stdout)
    return {**report, "said": ended.stderr}


@pytest.mark.parametrize(("database_url", "name"), [(name, name) for name in DATABASES], indirect=["database_url"])
def test_a_rush_of_processes_leaves_everything_whole(database_url: str, name: str) -> None:
    workers, seconds = DATABASES[name]
    report = rush(database_url, workers, seconds)
    assert report["broken"] == []
    assert report["failed_workers"] == 0, report["said"]
    assert report["killed"] >= 1
    assert report["settled"] >= 1
    assert report["numbers"] >= report["settled"]
