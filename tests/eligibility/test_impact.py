"""What a draft, or a later day, changes in what people sent: gained, lost, newly unknown, and why."""

import csv
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from benchmarks.impact import by_brute_force, draft_of, save
from eligibility.engine.verdict import Outcome
from eligibility.impact import begin, run_impact, table, unfinished_run
from eligibility.impact_models import ImpactCase, ImpactRun
from eligibility.models import Screening
from eligibility.rejudging import change_between
from exemption_codes.catalogue.problems import DateNotCovered
from exemption_codes.catalogue.reader import read_stored_files, rule_files
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.models import CatalogueRelease
from exemption_codes.releases import store
from imp_site.demo import no_to_every_gate
from tests.eligibility.cases import ENGINEER
from tests.eligibility.factories import sent

RULES = Path(__file__).parents[2] / "rules"
PROFESSIONAL = "exemptions/cusma-professional.yaml"
Edit = tuple[str, str]
ELIGIBLE, OFFICER, UNDETERMINED, NOT_ELIGIBLE = Outcome


@pytest.fixture(scope="module")
def edited() -> Callable[[str, str], Rulebook]:
    files = rule_files(RULES)

    def edit(old: str, new: str) -> Rulebook:
        assert old in files[PROFESSIONAL]
        return read_stored_files({**files, PROFESSIONAL: files[PROFESSIONAL].replace(old, new, 1)})

    return edit


@pytest.fixture
def engineer(rulebook: Rulebook, release: CatalogueRelease) -> Screening:
    return sent(rulebook, {**no_to_every_gate(rulebook), **ENGINEER["facts"], "situation.listed_profession": True})


def told(run: ImpactRun) -> list[tuple[str, str, str, str, list[str]]]:
    return [(case.code, case.change, case.before, case.after, case.criteria) for case in run.cases.all()]


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        (ELIGIBLE, ELIGIBLE, "unchanged"),
        (None, NOT_ELIGIBLE, "unchanged"),
        (NOT_ELIGIBLE, None, "unchanged"),
        (NOT_ELIGIBLE, ELIGIBLE, "gained"),
        (UNDETERMINED, OFFICER, "gained"),
        (None, ELIGIBLE, "gained"),
        (ELIGIBLE, NOT_ELIGIBLE, "lost"),
        (UNDETERMINED, NOT_ELIGIBLE, "lost"),
        (OFFICER, None, "lost"),
        (ELIGIBLE, UNDETERMINED, "newly_unknown"),
        (NOT_ELIGIBLE, UNDETERMINED, "newly_unknown"),
        (ELIGIBLE, OFFICER, "reweighed"),
        (OFFICER, ELIGIBLE, "reweighed"),
    ],
)
def test_every_pair_of_outcomes_has_its_name(before: Outcome | None, after: Outcome | None, change: str) -> None:
    assert change_between(before, after) == change


def test_a_stricter_criterion_loses_the_code_and_is_named(
    rulebook: Rulebook, engineer: Screening, edited: Callable[[str, str], Rulebook]
) -> None:
    draft = edited("includes_any: [US, MX]", "includes_any: [MX]")
    assert told(run_impact(rulebook, draft, None)) == [("T36", "lost", "eligible", "not_eligible", ["citizenship"])]
    assert told(run_impact(draft, rulebook, None)) == [("T36", "gained", "not_eligible", "eligible", ["citizenship"])]


def test_a_new_question_makes_a_code_newly_unknown(
    rulebook: Rulebook, engineer: Screening, edited: Callable[[str, str], Rulebook]
) -> None:
    draft = edited("{fact: offer.pre_arranged, is: true}", "{fact: applicant.years_in_profession, at_least: 2}")
    assert told(run_impact(rulebook, draft, None)) == [
        ("T36", "newly_unknown", "eligible", "undetermined", ["prearranged"])
    ]


def test_a_category_that_ends_is_lost_on_a_later_day(
    rulebook: Rulebook, engineer: Screening, edited: Callable[[str, str], Rulebook]
) -> None:
    ending = edited("in_force: {from: 2020-07-01}", "in_force: {from: 2020-07-01, until: 2027-01-31}")
    assert told(run_impact(ending, ending, date(2027, 1, 31))) == []
    assert told(run_impact(ending, ending, date(2027, 2, 1))) == [("T36", "lost", "eligible", "", [])]
    both_later = run_impact(rulebook, ending, date(2027, 2, 1))
    assert [(case.code, case.change) for case in both_later.cases.all()] == [("T36", "lost")]


def test_unchanged_cases_are_counted_and_not_listed(rulebook: Rulebook, engineer: Screening) -> None:
    run = run_impact(rulebook, rulebook, engineer.as_of)
    assert told(run) == []
    assert dict(table(run))["T36"] == {"unchanged": 1}
    assert (run.done, run.total) == (1, 1)


def test_a_day_that_the_catalogue_does_not_cover_is_refused(rulebook: Rulebook, engineer: Screening) -> None:
    with pytest.raises(DateNotCovered):
        run_impact(rulebook, rulebook, date(2050, 1, 1))
    assert not ImpactRun.objects.exists()


def test_a_case_that_cannot_be_judged_is_told_and_stops_nothing(rulebook: Rulebook, engineer: Screening) -> None:
    Screening.objects.filter(pk=engineer.pk).update(submitted_as_of=date(2001, 1, 1))
    run = run_impact(rulebook, rulebook, engineer.as_of)
    assert [case.change for case in run.cases.all()] == ["not_judged"]


@pytest.mark.parametrize("as_of", [None, date(2027, 6, 1)])
def test_the_list_equals_brute_force(rulebook: Rulebook, db: None, as_of: date | None) -> None:
    draft = read_stored_files(draft_of(rule_files(RULES)))
    save(rulebook, 60, seed=7)
    run = run_impact(rulebook, draft, as_of, chunk=25)
    listed = set(run.cases.values_list("screening__reference", "category", "before", "after"))
    assert listed == by_brute_force(rulebook, draft, as_of)
    assert listed


class Stopped(Exception):
    """Stands for a process that ends in the middle."""


def test_a_run_goes_on_where_it_stopped(rulebook: Rulebook, db: None) -> None:
    draft = read_stored_files(draft_of(rule_files(RULES)))
    save(rulebook, 30, seed=3)

    def stop(run: ImpactRun) -> None:
        if run.done >= 20:
            raise Stopped

    with pytest.raises(Stopped):
        run_impact(rulebook, draft, None, stop, chunk=10)
    half = unfinished_run(rulebook, draft, None)
    assert half is not None
    assert (half.done, half.total) == (20, 30)
    run = run_impact(rulebook, draft, None, chunk=10)
    assert (run.pk, run.done) == (half.pk, 30)
    whole = run_impact(rulebook, draft, None)
    assert whole.pk != run.pk
    assert sorted(told(whole)) == sorted(told(run))
    assert whole.counts == run.counts


def test_a_chunk_that_another_process_stored_is_not_stored_twice(rulebook: Rulebook, db: None) -> None:
    save(rulebook, 5, seed=3)
    draft = read_stored_files(draft_of(rule_files(RULES)))
    run = begin(rulebook, draft, None)
    run_impact(rulebook, draft, None)
    from eligibility.impact import _store

    _store(run, Screening.objects.first(), 1, [])  # type: ignore[arg-type]
    run.refresh_from_db()
    assert run.done == 5


def test_erasing_a_screening_erases_what_the_impact_says_of_it(
    rulebook: Rulebook, engineer: Screening, edited: Callable[[str, str], Rulebook]
) -> None:
    run_impact(rulebook, edited("includes_any: [US, MX]", "includes_any: [MX]"), None)
    engineer.delete()
    assert not ImpactCase.objects.exists()


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ("Lost", "United States or Mexico")), ("fr", ("Perdu", "citoyenneté américaine ou mexicaine"))],
)
def test_the_command_prints_a_table_and_writes_a_file(
    engineer: Screening, tmp_path: Path, language: str, words: tuple[str, str]
) -> None:
    folder = tmp_path / "rules"
    for name, text in rule_files(RULES).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    path = folder / PROFESSIONAL
    path.write_text(path.read_text("utf-8").replace("includes_any: [US, MX]", "includes_any: [MX]"), "utf-8")
    draft, _is_new = store(read_stored_files(rule_files(folder)), rule_files(folder))
    out, file = StringIO(), tmp_path / "impact.csv"
    call_command("impact", draft.digest[:10], "--lang", language, "--csv", str(file), stdout=out, stderr=StringIO())
    assert words[0] in out.getvalue().splitlines()[0]
    _head, row = csv.reader(file.read_text("utf-8-sig").splitlines())
    assert (row[0], row[1], row[3], row[6]) == (engineer.reference, "T36", words[0], "citizenship")
    assert words[1] in row[7]
    assert "Fictional" not in file.read_text("utf-8-sig")


def test_the_command_needs_two_releases_or_a_day(engineer: Screening) -> None:
    with pytest.raises(CommandError, match="--as-of"):
        call_command("impact", "published")
    with pytest.raises(CommandError, match="no release"):
        call_command("impact", "ffff")


def test_the_command_goes_on_after_it_was_killed(tmp_path: Path) -> None:
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{tmp_path}/db.sqlite3", "DJANGO_DEBUG": "1"}

    def run(*words: str, **options: Any) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, *words], env=environment, cwd=RULES.parent, text=True, stdout=subprocess.PIPE, **options
        )

    prepare = (
        "import django; django.setup()\n"
        "from pathlib import Path\n"
        "from django.core.management import call_command\n"
        "from exemption_codes.catalogue.reader import *\n"
        "from exemption_codes.releases import publish, store\n"
        "from benchmarks.impact import save\n"
        "call_command('migrate', verbosity=0)\n"
        "rules = Path('rules')\n"
        "rulebook = read_stored_files(rule_files(rules))\n"
        "publish(store(rulebook, rule_files(rules))[0])\n"
        "save(rulebook, 450, 1)\n"
    )
    environment["DJANGO_SETTINGS_MODULE"] = "imp_site.settings"
    prepared = run("-c", prepare)
    prepared.communicate(timeout=240)
    assert prepared.returncode == 0
    command = ("manage.py", "impact", "published", "--as-of", "2027-11-01")
    first = run(*command, stderr=subprocess.PIPE)
    assert first.stderr is not None
    assert first.stderr.readline().strip() == "200/450"
    first.send_signal(signal.SIGKILL)
    first.communicate()
    assert first.returncode == -signal.SIGKILL
    second = run(*command, stderr=subprocess.PIPE)
    out, progress = second.communicate(timeout=240)
    assert second.returncode == 0, progress
    assert progress.splitlines()[-1] == "450/450"
    assert "200/450" not in progress
    assert out.startswith("Code")
