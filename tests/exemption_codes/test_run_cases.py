"""`manage.py run_cases`: the worked examples of some categories."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError


def test_the_examples_of_a_category_are_run(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("run_cases", "francophone-mobility")
    assert capsys.readouterr().out.endswith(" cases, 0 wrong, 0 lacking\n")


def test_a_category_that_does_not_exist_is_refused_with_a_suggestion() -> None:
    with pytest.raises(CommandError, match="did you mean francophone-mobility"):
        call_command("run_cases", "francofone-mobility")


def test_what_the_examples_lack_is_said(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("exemption_codes.management.commands.run_cases.run_cases", lambda *_: [])
    with pytest.raises(CommandError):
        call_command("run_cases", "francophone-mobility")
    assert "francophone-mobility: no case succeeds" in capsys.readouterr().out
