"""`manage.py determine`: the contract of the command line, from a plain process without settings or database."""

import json
import os
import re
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from eligibility.strict_json import NotReadable, read_json
from tests.eligibility.cases import AS_OF, ENGINEER, NESTED, REFUSED, UNREADABLE

ROOT = Path(__file__).parents[2]
KEYS = {
    "code", "key", "category", "former_codes", "name", "outcome", "permit_type", "offer_required", "fee_required",
    "findings", "missing", "near_misses", "turns",
}  # fmt: skip


def determine(*arguments: str, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command as a stranger would: a process of its own, whose environment says nothing of this project."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    command = [sys.executable, "manage.py", "determine", *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, cwd=ROOT, env={**kept, **environment}, check=False)


@pytest.fixture(scope="module")
def answer() -> dict[str, Any]:
    done = determine(stdin=json.dumps(ENGINEER).encode(), DATABASE_URL="", DJANGO_DEBUG="1")
    assert (done.returncode, done.stderr) == (0, b"")
    return dict(json.loads(done.stdout))


def test_the_answer_has_the_shape_of_the_contract(answer: dict[str, Any]) -> None:
    assert set(answer) >= {"as_of", "catalogue", "determinations", "general", "open_facts"}
    assert answer["as_of"] == AS_OF
    assert set(answer["catalogue"]) == {"digest", "law_as_of"}
    for determination in answer["determinations"]:
        assert set(determination) == KEYS
        assert determination["outcome"] in ("eligible", "officer_judgement", "undetermined", "not_eligible")
        assert determination["findings"]
    findings = [f for d in answer["determinations"] for f in d["findings"]] + answer["general"]
    for finding in findings:
        assert set(finding) >= {"criterion", "status", "facts", "missing", "text", "citation"}
        assert finding["status"] in ("met", "not_met", "unknown", "officer")
        assert set(finding["citation"]) == {"instrument", "provision", "url"}
        assert finding["text"]


def test_an_engineer_is_told_the_code_in_force_and_the_former_one(answer: dict[str, Any]) -> None:
    found = next(d for d in answer["determinations"] if d["category"] == "cusma-professional")
    assert (found["code"], found["key"], found["former_codes"], found["outcome"]) == ("T36", "T36", ["T23"], "eligible")


def test_a_code_with_several_categories_has_the_variant_in_its_key(answer: dict[str, Any]) -> None:
    keys = [determination["key"] for determination in answer["determinations"]]
    assert {"C21/WH", "C21/YP", "C21/ICP"} <= set(keys)
    assert len(keys) == len(set(keys))


def test_lines_are_answered_one_by_one_in_order_and_a_bad_one_in_its_place() -> None:
    lines = [json.dumps(ENGINEER), "", '{"facts": {"offer.nocc": 1}}', "oops", json.dumps(NESTED)]
    done = determine("--lines", stdin="\n".join(lines).encode())
    replies = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 2
    assert ["determinations" in reply for reply in replies] == [True, False, False, True]
    assert set(replies[1]["fields"]) == {"offer.nocc"}
    assert replies[2]["code"] == "not_json"


def test_a_file_a_day_and_french(tmp_path: Path) -> None:
    case = tmp_path / "cas.json"
    case.write_text(json.dumps({"facts": ENGINEER["facts"]}), encoding="utf-8")
    done = determine("--as-of", "2022-12-14", "--lang", "fr", str(case))
    answer = json.loads(done.stdout)
    found = next(d for d in answer["determinations"] if d["category"] == "cusma-professional")
    assert (answer["as_of"], found["code"], found["former_codes"]) == ("2022-12-14", "T23", [])
    assert "ACEUM" in found["name"]
    assert "Rempli" in found["findings"][0]["text"]


def test_it_refuses_without_settings_on_a_real_site_but_not_on_a_fresh_clone() -> None:
    assert determine(stdin=b'{"facts": {}}', DJANGO_DEBUG="0").returncode == 1
    assert b"DJANGO_SECRET_KEY" in determine(stdin=b'{"facts": {}}', DJANGO_DEBUG="0").stderr
    assert determine(stdin=b'{"facts": {}}').returncode == 0


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    done = determine(str(tmp_path / "nothing.json"))
    assert done.returncode == 2
    assert json.loads(done.stderr)["code"] == "not_a_file"


def test_a_broken_catalogue_is_told_with_every_problem(tmp_path: Path) -> None:
    (tmp_path / "facts.yaml").write_text("facts: }", encoding="utf-8")
    done = determine("--rules", str(tmp_path), stdin=b'{"facts": {}}')
    reply = json.loads(done.stderr)
    assert (done.returncode, reply["code"]) == (2, "catalogue")
    assert "facts.yaml:1: file: not YAML" in reply["detail"]
    assert "sources.yaml: file: the file is missing" in reply["detail"]


@pytest.fixture(scope="module")
def refusals(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, Any]]]:
    """What the command says to every bad case, by language: one line of each."""
    lines = [json.dumps(case[0]).encode() for case in REFUSED] + [body for body, _part in UNREADABLE if body]
    path = tmp_path_factory.mktemp("cases") / "lines"
    path.write_bytes(b"\n".join(lines))
    said = {}
    for language in ("en", "fr"):
        out = StringIO()
        with pytest.raises(SystemExit) as stopped:
            call_command("determine", str(path), "--lines", "--lang", language, stdout=out)
        assert stopped.value.code == 2
        said[language] = [json.loads(line) for line in out.getvalue().splitlines()]
        assert len(said[language]) == len(lines)
    return said


@pytest.mark.parametrize("number", range(len(REFUSED)), ids=[f"{case[1]}-{case[2]}" for case in REFUSED])
def test_what_is_wrong_is_named_with_a_suggestion(refusals: dict[str, Any], number: int) -> None:
    _body, name, code, part = REFUSED[number]
    reply = refusals["en"][number]
    problems = reply["fields"][name]
    assert reply["code"] == "invalid"
    assert [problem["code"] for problem in problems] == [code]
    assert problems[0]["detail"] in reply["detail"]
    assert problems[0]["suggestion"]
    assert part in f"{problems[0]['detail']} {problems[0]['suggestion']}"


@pytest.mark.parametrize("number", range(len(REFUSED)), ids=[f"{case[1]}-{case[2]}" for case in REFUSED])
def test_in_french_nothing_is_told_in_english(refusals: dict[str, Any], number: int) -> None:
    name = REFUSED[number][1]
    english, french = (refusals[language][number]["fields"][name][0] for language in ("en", "fr"))
    assert english["detail"] != french["detail"]
    assert english["suggestion"] != french["suggestion"]


@pytest.mark.parametrize(("body", "part"), UNREADABLE)
def test_what_is_no_json_is_told(body: bytes, part: str) -> None:
    with pytest.raises(NotReadable, match=re.escape(part)):
        read_json(body)


def test_a_line_that_is_no_json_is_told_in_the_asked_language(refusals: dict[str, Any]) -> None:
    for language, sentence in (("en", "This is not JSON"), ("fr", "Ce n’est pas du JSON")):
        replies = refusals[language][len(REFUSED) :]
        assert {reply["code"] for reply in replies} == {"not_json"}
        assert sentence in replies[0]["detail"]
        assert all(reply["fields"]["request"][0]["suggestion"] for reply in replies)


def test_every_problem_of_a_case_is_told_at_once_on_standard_error() -> None:
    facts = {"offer.teer": 9, "offer.nocc": "1", "applicant": {"citizenships": 1}}
    done = determine(stdin=json.dumps({"as_of": "never", "facst": {}, "facts": facts}).encode())
    assert (done.returncode, done.stdout) == (2, b"")
    found = json.loads(done.stderr)["fields"]
    assert set(found) == {"as_of", "facst", "offer.teer", "offer.nocc", "applicant.citizenships"}


def test_the_day_of_the_command_line_goes_before_the_one_in_the_case() -> None:
    done = determine("--as-of", "2023-01-15", stdin=json.dumps(ENGINEER).encode())
    assert json.loads(done.stdout)["as_of"] == "2023-01-15"
