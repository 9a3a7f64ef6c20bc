"""The session of docs/employer-api.md, word for word, against a real server."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from employer_portal.models import FeePayment
from employer_portal.payments import hear
from tests.employer_portal.api.conftest import Program
from tests.employer_portal.factories import content
from tests.machine import lacks

DOCUMENT = Path(__file__).parents[3] / "docs" / "employer-api.md"


def scripts() -> tuple[str, str]:
    """Return the commands before and after somebody pays."""
    before, _mark, after = DOCUMENT.read_text(encoding="utf-8").partition("<!-- somebody pays -->")
    blocks = [re.findall(r"```sh\n(.*?)```", part, re.DOTALL) for part in (before, after)]
    assert all(blocks)
    return "\n".join(blocks[0]), "\n".join([blocks[0][0].partition("\napi ")[0], *blocks[1]])


@pytest.mark.skipif(lacks("curl", shutil.which("curl")), reason="curl is not installed")
def test_the_worked_session_works_as_it_is_written(live_server: Any, program: Program, tmp_path: Path) -> None:
    (tmp_path / "offer.json").write_text(json.dumps({"content": content()}))
    environment = {
        **os.environ,
        "IMP_URL": live_server.url,
        "IMP_EMPLOYER": str(program.employer.pk),
        "IMP_TOKEN": str(program.token.secret),
    }

    def run(script: str) -> str:
        command = ["bash", "-euo", "pipefail", "-c", script]
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def told(name: str) -> Any:
        return json.loads((tmp_path / name).read_text())

    before, after = scripts()
    assert run(before).split() == ["True", "2"]
    assert told("submitted.json")["status"] == "awaiting_fee"
    hear(FeePayment.objects.get(token=told("paid.json")["payment"]["id"]), "confirmed")
    environment["OFFER"] = told("draft.json")["id"]
    number, status = run(after).split()
    assert told("receipts.json")["results"][0]["offers"][0]["number"] == number
    assert status == "draft"
    assert told("refunds.json")["results"][0]["amount_cad"] == "230.00"
    assert [event["event"] for event in told("events.json")["results"]][-2:] == ["withdraw", "duplicate"]
