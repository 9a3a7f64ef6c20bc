"""Staff ask what a draft or a day changes in cases, watch, stop and go on, and read it in both languages."""

import csv
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from eligibility.casework.assignment import take
from eligibility.impact import begin
from eligibility.impact_models import ImpactRun
from eligibility.impact_tasks import STALLED, judge_saved, resume_unfinished, stop
from eligibility.models import Screening
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.models import CatalogueRelease
from imp_site.demo import no_to_every_gate
from tests.eligibility.cases import ENGINEER
from tests.eligibility.factories import member, sent

PAGES = "/admin/eligibility/impactrun/"


@pytest.fixture
def engineer(rulebook: Rulebook, release: CatalogueRelease) -> Screening:
    return sent(rulebook, {**no_to_every_gate(rulebook), **ENGINEER["facts"], "situation.listed_profession": True})


@pytest.fixture
def publisher(client: Client, db: None) -> Client:
    client.force_login(member("Publishers", username="keeper"))
    return client


def asked(client: Client, before: CatalogueRelease, after: CatalogueRelease, as_of: str = "") -> Any:
    return client.post(f"{PAGES}ask/", {"before": before.digest, "after": after.digest, "as_of": as_of})


def test_a_draft_is_judged_and_read_by_code_and_by_consultant_and_case_by_case(
    publisher: Client, release: CatalogueRelease, draft: CatalogueRelease, rulebook: Rulebook, engineer: Screening,
    django_assert_max_num_queries: Callable[..., Any],
) -> None:  # fmt: skip
    consultant = member("Consultants", username="advisor")
    take(engineer, consultant)
    take(sent(rulebook, {"applicant.citizenships": ["BR"]}), consultant)
    sent(rulebook, {"applicant.citizenships": ["BR"]})
    answer = asked(publisher, release, draft)
    run = ImpactRun.objects.get()
    assert answer["Location"] == f"{PAGES}{run.pk}/change/"
    assert (run.asked_by, run.done, run.is_under_way) == ("keeper", 3, False)
    publisher.get(answer["Location"])
    with django_assert_max_num_queries(14):
        page = publisher.get(answer["Location"])
    assert [(row.key, row.numbers) for row in page.context["codes"]] == [("T36", (0, 1, 0, 0, 0))]
    consultants = [(row.label, row.numbers, row.unchanged) for row in page.context["consultants"]]
    assert consultants == [("advisor", (0, 1, 0, 0, 0), 1), ("Nobody’s", (0, 0, 0, 0, 0), 1)]
    (case,) = page.context["cases"]
    assert (case.reference, case.change, case.consultant) == (engineer.reference, "lost", "advisor")
    assert "United States or Mexico" in case.criteria[0]
    text = page.content.decode()
    assert "T36: Lost 1" in text
    assert "mark-lost" in text
    assert f"/screening/{engineer.pk}/" not in text  # publishers read no cases
    publisher.cookies["django_language"] = "fr"
    french = publisher.get(answer["Location"]).content.decode()
    assert all(words in french for words in ("Perdu", "citoyenneté américaine ou mexicaine", "Par code"))


def test_filters_show_only_what_they_name(
    publisher: Client, release: CatalogueRelease, draft: CatalogueRelease, engineer: Screening
) -> None:
    address = asked(publisher, release, draft)["Location"]
    for query, number in (
        ("change=lost", 1), ("change=gained", 0), ("code=T36", 1), ("code=X", 0), ("assignee=nobody", 1),
        ("assignee=999999999999", 0), ("change=x&page=99", 1),
    ):  # fmt: skip
        assert len(publisher.get(f"{address}?{query}").context["cases"]) == number, query


def test_all_changes_are_taken_along_as_csv_without_names(
    publisher: Client, release: CatalogueRelease, draft: CatalogueRelease, engineer: Screening
) -> None:
    asked(publisher, release, draft)
    publisher.cookies["django_language"] = "fr"
    answer: Any = publisher.get(f"{PAGES}{ImpactRun.objects.get().pk}/csv/")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    head, row = csv.reader(text.splitlines())
    assert head[0] == "Référence"
    assert row[:2] + row[3:4] == [engineer.reference, "T36", "Perdu"]
    assert "Fictional" not in text


def test_what_happens_on_a_day_is_asked_with_one_release_and_bad_questions_are_told_beside_the_field(
    publisher: Client, release: CatalogueRelease, engineer: Screening
) -> None:
    same = asked(publisher, release, release)
    assert (same.status_code, "choose another one" in same.content.decode()) == (422, True)
    far = asked(publisher, release, release, "2090-01-01")
    assert (far.status_code, list(far.context["form"].errors)) == (422, ["as_of"])
    assert asked(publisher, release, release, "31.12.2026").status_code == 422
    assert publisher.post(f"{PAGES}ask/", {"before": "x", "after": release.digest}).status_code == 422
    assert not ImpactRun.objects.exists()
    address = asked(publisher, release, release, "2027-06-01")["Location"]
    assert "What happens on June 1, 2027" in publisher.get(address).content.decode()
    publisher.cookies["django_language"] = "fr"
    assert "Ce qui se passe le 1er juin 2027" in publisher.get(address).content.decode()
    far = asked(publisher, release, release, "2090-01-01").content.decode()
    assert "À la date du\N{NO-BREAK SPACE}: Les règles couvrent les jours du 1er janvier 2014 au" in far


def test_asking_again_while_it_is_under_way_is_not_a_second_run(
    publisher: Client, release: CatalogueRelease, draft: CatalogueRelease, rulebook: Rulebook, engineer: Screening,
    stricter: tuple[Rulebook, dict[str, str]],
) -> None:  # fmt: skip
    run = begin(rulebook, stricter[0], None)
    assert asked(publisher, release, draft)["Location"] == f"{PAGES}{run.pk}/change/"
    assert ImpactRun.objects.count() == 1


def test_a_run_is_watched_stopped_and_gone_on_with(
    publisher: Client, rulebook: Rulebook, draft: CatalogueRelease, engineer: Screening,
    stricter: tuple[Rulebook, dict[str, str]],
) -> None:  # fmt: skip
    run = begin(rulebook, stricter[0], None)
    address = f"{PAGES}{run.pk}/"
    progress = publisher.get(f"{address}progress/")
    assert "0 of 1 cases judged" in progress.content.decode()
    assert "HX-Refresh" not in progress
    publisher.post(f"{address}stop/")
    judge_saved.enqueue(run.pk)
    run.refresh_from_db()
    assert (run.done, run.stopped_at is not None) == (0, True)
    assert publisher.get(f"{address}progress/")["HX-Refresh"] == "true"
    assert "Stopped" in publisher.get(f"{address}change/").content.decode()
    publisher.post(f"{address}resume/")
    run.refresh_from_db()
    assert (run.done, run.finished_at is not None) == (1, True)
    stop(run)
    run.refresh_from_db()
    assert run.stopped_at is None
    assert publisher.get(f"{address}stop/").status_code == 405


def test_what_a_killed_worker_left_is_taken_up_once_it_is_surely_dead(
    rulebook: Rulebook, draft: CatalogueRelease, engineer: Screening, stricter: tuple[Rulebook, dict[str, str]]
) -> None:
    run = begin(rulebook, stricter[0], None)
    ImpactRun.objects.update(beat_at=timezone.now())
    judge_saved.enqueue(run.pk)
    run.refresh_from_db()
    assert run.done == 0
    ImpactRun.objects.update(beat_at=timezone.now() - STALLED - timedelta(seconds=1))
    assert resume_unfinished() == 1
    run.refresh_from_db()
    assert (run.done, run.finished_at is not None) == (1, True)
    assert resume_unfinished() == 0


def test_whoever_may_not_ask_may_look(
    client: Client, rulebook: Rulebook, draft: CatalogueRelease, stricter: tuple[Rulebook, dict[str, str]]
) -> None:
    run = begin(rulebook, stricter[0], date(2027, 1, 1))
    address = f"{PAGES}{run.pk}/"
    assert client.get(f"{address}progress/").status_code == 302
    client.force_login(member("Consultants"))
    assert client.get(f"{address}change/").status_code == 200
    assert client.get(f"{PAGES}ask/").status_code == 403
    for act in ("stop", "resume"):
        assert client.post(f"{address}{act}/").status_code == 403
    assert client.get(f"{PAGES}{run.pk + 1}/progress/").status_code == 404
