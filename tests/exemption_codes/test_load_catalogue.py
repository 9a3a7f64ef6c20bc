"""`manage.py load_catalogue`: checked, tried, stored once, published, and undone by publishing the earlier one."""

import io
import shutil
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from exemption_codes.catalogue.reader import raw_files, read_raw_files
from exemption_codes.models import CatalogueRelease, ExemptionCode
from exemption_codes.releases import (
    NoPublishedRelease,
    NoSuchRelease,
    codes_named,
    publish,
    published_digest,
    published_rulebook,
    rulebook_of,
    store,
)

SMALL = Path(__file__).parents[1] / "catalogue" / "small"
KEEPER = "exemptions/lighthouse-keeper.yaml"
pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALL, tmp_path / "rules"))


def stored(folder: Path) -> CatalogueRelease:
    return store(*read_raw_files(raw_files(folder)), "tester")[0]


def change(folder: Path, name: str, before: str, after: str) -> None:
    text = (folder / name).read_text(encoding="utf-8")
    assert before in text
    (folder / name).write_text(text.replace(before, after, 1), encoding="utf-8")


def test_a_release_is_stored_once_with_all_its_files_and_codes(folder: Path) -> None:
    release = stored(folder)
    assert release.pk == stored(folder).pk
    assert release.files[KEEPER].startswith("id: lighthouse-keeper")
    code = ExemptionCode.objects.get(release=release)
    assert (code.key, code.former_codes, code.name_fr) == ("X99", "X98", "Gardien de phare invité")


def test_a_stored_release_reads_back_as_it_was(folder: Path) -> None:
    release = stored(folder)
    shutil.rmtree(folder)
    rulebook = rulebook_of(release.digest)
    assert rulebook.digest == release.digest
    assert rulebook.categories["lighthouse-keeper"].name.en == "Visiting lighthouse keeper"


def test_publishing_is_undone_by_publishing_the_earlier_one(folder: Path) -> None:
    with pytest.raises(NoPublishedRelease):
        published_digest()
    first = stored(folder)
    publish(first)
    change(folder, KEEPER, "Visiting lighthouse keeper", "Invited lighthouse keeper")
    second = stored(folder)
    assert published_rulebook().digest == first.digest
    publish(second)
    assert published_rulebook().digest == second.digest
    publish(first)
    assert published_digest() == first.digest
    assert CatalogueRelease.objects.filter(status="published").count() == 1


def test_the_database_allows_one_published_release(folder: Path) -> None:
    publish(stored(folder))
    with pytest.raises(IntegrityError), transaction.atomic():
        CatalogueRelease.objects.create(digest="1" * 64, law_as_of="2026-11-22", files={}, status="published")


def test_a_release_that_is_gone_is_told() -> None:
    with pytest.raises(NoSuchRelease, match="ffff"):
        rulebook_of("f" * 64)


def test_former_codes_name_todays_category(folder: Path) -> None:
    publish(stored(folder))
    assert codes_named("x98") == codes_named("X99") == ["X99"]
    assert codes_named("X97") == codes_named(" ") == codes_named("X99/ship") == []


def load(folder: Path, *options: str) -> str:
    out = io.StringIO()
    call_command("load_catalogue", "--folder", str(folder), *options, stdout=out)
    return out.getvalue()


def test_files_with_mistakes_are_refused_with_every_problem_and_nothing_is_stored(folder: Path) -> None:
    change(folder, KEEPER, "provision: L2", "provision: L3")
    change(folder, "general.yaml", "scope: all", "scoop: all")
    with pytest.raises(CommandError) as caught:
        load(folder)
    assert "basis.1.provision: there is no provision L3" in str(caught.value)
    assert "general.yaml:4: rules.0.scoop" in str(caught.value)
    assert "nothing was stored" in str(caught.value)
    assert not CatalogueRelease.objects.exists()


def test_examples_that_come_out_otherwise_are_refused(folder: Path) -> None:
    with pytest.raises(CommandError, match="problems with cases; nothing was stored"):
        load(folder)  # the small catalogue lacks worked examples, on purpose
    assert not CatalogueRelease.objects.exists()


@pytest.fixture
def complete(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the worked examples of the small catalogue for complete."""
    monkeypatch.setattr("exemption_codes.loading.lacking_cases", lambda *_: [])
    monkeypatch.setattr("exemption_codes.loading.run_cases", lambda *_: [])


def test_a_dry_run_stores_nothing_a_draft_is_not_published_and_the_rest_is(complete: None, folder: Path) -> None:
    load(folder, "--dry-run")
    assert not CatalogueRelease.objects.exists()
    load(folder, "--draft")
    assert CatalogueRelease.objects.get().status == "draft"
    assert "is published" in load(folder)
    assert CatalogueRelease.objects.get().status == "published"


def test_an_unchanged_catalogue_is_left_alone(complete: None, folder: Path) -> None:
    load(folder)
    assert "up to date" in load(folder, "--if-changed")
    change(folder, KEEPER, "Visiting lighthouse keeper", "Invited lighthouse keeper")
    load(folder, "--if-changed")
    assert CatalogueRelease.objects.count() == 2
