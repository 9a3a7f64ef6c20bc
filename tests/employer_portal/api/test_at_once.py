"""Many processes send the same request at once, after one was killed in the middle: done once, answered the same."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.employer_portal.postgres import cluster, lacks_postgres

ROOT = Path(__file__).parents[3]


def run(database_url: str) -> None:
    environment = {**os.environ, "DATABASE_URL": database_url, "DJANGO_DEBUG": "1", "LOG_LEVEL": "ERROR"}
    command = [sys.executable, "-m", "tests.employer_portal.api.at_once"]
    ended = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=120
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    told = json.loads(ended.stdout)
    assert told["killed"] == -9
    assert told["broken"] == []
    assert told["submits"] == 1
    assert told["kept"]["status"] == "issued"
    assert [(each["status"], each["body"]) for each in told["answers"]] == [(200, told["kept"])] * 8, ended.stderr


def test_on_sqlite(tmp_path: Path) -> None:
    run(f"sqlite:///{tmp_path / 'once.sqlite3'}")


@pytest.mark.skipif(lacks_postgres(), reason="PostgreSQL is not installed")
def test_on_postgresql() -> None:
    with cluster() as address:
        run(address)
