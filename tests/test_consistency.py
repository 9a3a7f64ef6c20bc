"""What holds across packages: migrations, templates, translations, worked examples, and that each check is run."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command

from eligibility.engine.compile import plan_for
from exemption_codes.catalogue.rulebook import Rulebook
from imp_site import messages

ROOT = Path(__file__).parents[1]
PACKAGES = ("imp_site", "exemption_codes", "eligibility", "employer_portal")
# Django, the libraries and the portal's mails look these up by themselves.
FOUND_BY_NAME = re.compile(
    r"^(\d{3}(_csrf)?\.html|admin/.*|account/.*|mfa/.*|allauth/.*|usersessions/.*|registration/.*"
    r"|employer_portal/mail/\w+\.txt)$"
)


def test_every_model_change_has_its_migration(db: None) -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_a_missing_migration_is_noticed(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    field = apps.get_model("eligibility", "Screening")._meta.get_field("reference")
    monkeypatch.setattr(field, "max_length", 13)
    with pytest.raises(SystemExit):
        call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def unused_templates(root: Path) -> list[str]:
    """Return the templates that no code and no other template names."""
    folder = root / "templates"
    names = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*.*") if path.is_file()}
    code = [path for package in PACKAGES for path in (root / package).rglob("*.py")]
    texts = {path: path.read_text(encoding="utf-8") for path in (*code, *names.values())}
    return [
        name
        for name, own in names.items()
        if not FOUND_BY_NAME.match(name) and not any(name in text for path, text in texts.items() if path != own)
    ]


def test_every_template_is_used() -> None:
    assert unused_templates(ROOT) == []


def test_a_template_that_nothing_names_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "templates" / "old").mkdir(parents=True)
    (tmp_path / "templates" / "old" / "_recursive.html").write_text('{% include "old/_recursive.html" %}')
    (tmp_path / "templates" / "page.html").write_text("")
    (tmp_path / "eligibility").mkdir()
    (tmp_path / "eligibility" / "views.py").write_text('render(request, "page.html")')
    assert unused_templates(tmp_path) == ["old/_recursive.html"]


def test_every_message_has_its_french() -> None:
    assert messages.problems() == []


def test_every_category_has_worked_examples_and_the_other_way_round(rulebook: Rulebook) -> None:
    assert set(rulebook.cases) == set(rulebook.categories)


def test_every_fact_that_a_rule_reads_is_asked_worked_out_or_left_to_an_officer(rulebook: Rulebook) -> None:
    asked = {fact for page in rulebook.pages for fact in page.facts}
    plan = plan_for(rulebook, rulebook.catalogue.law_as_of)
    read = {name for compiled in plan.categories for rule in compiled.rules for name in rule.facts}
    known = {name: rulebook.facts[name] for name in read if name in rulebook.facts}
    silent = [name for name, fact in known.items() if not (fact.derived_from or fact.judged) and name not in asked]
    assert silent == []


def test_texts_of_rules_are_told_in_two_languages_that_differ(rulebook: Rulebook) -> None:
    """The same sentence twice is a translation forgotten; single words may be alike."""
    texts = [criterion.text for category in rulebook.categories.values() for criterion in category.criteria]
    texts += [fact.question for fact in rulebook.facts.values()]
    assert [text.en for text in texts if text.en == text.fr] == []


def test_make_check_runs_every_gate() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    check = makefile.partition("\ncheck:")[2].partition("\n\n")[0]
    for gate in (
        "ruff check",
        "ruff format --check",
        "mypy",
        "lint-imports",
        "djlint",
        "makemigrations --check",
        "imp_site.messages check",
        "json_schemas --check",
        "check-deployment",
        "load_catalogue --dry-run",
    ):
        assert gate in check, gate
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "make check" in ci
    assert "make test" in ci
