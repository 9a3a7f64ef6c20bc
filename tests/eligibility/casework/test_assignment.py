"""Who has a case: one wins, the other is told who; each move is an event."""

import json
import os
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client

from eligibility.casework.assignment import CaseMoveRefused, CaseTaken, close, give, give_back, reopen, take
from eligibility.casework.events import tampering
from eligibility.models import Screening
from tests.employer_portal.postgres import cluster, lacks_postgres

ROOT = Path(__file__).parents[3]
LIST = "/admin/eligibility/screening/"


def kinds_of(case: Screening) -> list[tuple[str, str]]:
    """What was done with a case since it was sent and judged."""
    return [(event.kind, event.actor) for event in case.events.exclude(kind__in=("submitted", "determined"))]


def test_of_two_who_take_a_case_one_wins_and_the_other_is_told_who(ada: User, ben: User, engineer: Screening) -> None:
    one_page, other_page = Screening.objects.get(pk=engineer.pk), Screening.objects.get(pk=engineer.pk)
    take(one_page, ada)
    with pytest.raises(CaseTaken, match="ada has taken case") as refused:
        take(other_page, ben)
    assert refused.value.holder == ada
    take(one_page, ada)
    engineer.refresh_from_db()
    assert (engineer.assignee, engineer.state) == (ada, "in_work")
    assert kinds_of(engineer) == [("taken", "ada")]


def test_a_case_goes_round_and_back(ada: User, ben: User, engineer: Screening) -> None:
    take(engineer, ada)
    give(engineer, ada, ben, ada.pk)
    with pytest.raises(CaseTaken):
        give(engineer, ada, ada, ada.pk)
    give_back(engineer, ben, ben.pk)
    with pytest.raises(CaseTaken, match="was given back"):
        give(engineer, ada, ada, ben.pk)
    engineer.refresh_from_db()
    assert (engineer.assignee, engineer.state) == (None, "new")
    assert kinds_of(engineer) == [("taken", "ada"), ("given", "ada"), ("given_back", "ben")]
    assert engineer.events.get(kind="given").data == {"to": "ben"}
    assert tampering(engineer) == []


def test_a_case_is_closed_and_opened_with_reasons(ada: User, engineer: Screening) -> None:
    close(engineer, ada, "Fictional reason")
    with pytest.raises(CaseMoveRefused):
        close(engineer, ada, "Again")
    reopen(engineer, ada, "New papers")
    with pytest.raises(CaseMoveRefused):
        reopen(engineer, ada, "Again")
    engineer.refresh_from_db()
    assert engineer.state == "new"
    said = [event.data["text"] for event in engineer.events.filter(kind__in=("closed", "reopened"))]
    assert said == ["Fictional reason", "New papers"]


def test_several_are_given_at_once_but_not_what_changed_hands(
    at_work: Client, ada: User, ben: User, engineer: Screening, cook: Screening
) -> None:
    seen_free = {"case": [str(engineer.pk), str(cook.pk), "nonsense"], "query": "state=new"}
    take(cook, ben)
    response = at_work.post(f"{LIST}give/", {**seen_free, "to": "me"}, follow=True)
    assert response.redirect_chain[0][0] == f"{LIST}?state=new"
    said = [str(message) for message in response.context["messages"]]
    assert said == [f"ben has taken case {cook.reference} in the meantime.", "1 case given."]
    both = {f"seen-{engineer.pk}": str(ada.pk), f"seen-{cook.pk}": str(ben.pk)}
    at_work.post(f"{LIST}give/", {**seen_free, **both, "to": str(ben.pk)})
    assert set(Screening.objects.submitted().values_list("assignee", flat=True)) == {ben.pk}
    held = {f"seen-{case.pk}": str(ben.pk) for case in (engineer, cook)}
    at_work.post(f"{LIST}give/", {**seen_free, **held, "to": "nobody"})
    assert set(Screening.objects.submitted().values_list("assignee", flat=True)) == {None}


@pytest.mark.parametrize("to", ["", "0", "somebody", "99999999999999999999"])
def test_a_case_is_given_to_nobody_unknown(at_work: Client, engineer: Screening, to: str) -> None:
    at_work.post(f"{LIST}give/", {"case": [str(engineer.pk)], "to": to})
    engineer.refresh_from_db()
    assert engineer.assignee is None


@pytest.mark.parametrize("database", ["sqlite", *([] if lacks_postgres() else ["postgresql"])])
def test_of_many_processes_that_take_the_same_cases_one_wins_each(tmp_path: Path, database: str) -> None:
    with cluster() if database == "postgresql" else nullcontext(f"sqlite:///{tmp_path / 'rush.sqlite3'}") as address:
        environment = {**os.environ, "DATABASE_URL": address, "DJANGO_DEBUG": "1", "LOG_LEVEL": "ERROR"}
        command = [sys.executable, "-m", "tests.eligibility.casework.rush"]
        ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    report = json.loads(ended.stdout)
    assert len(report["said"]) == 4
    assert all(became == report["holders"] for became in report["said"].values())
    assert report["events"] == {case: [holder] for case, holder in report["holders"].items()}
    assert report["tampered"] == []
