"""The index of provisions: read from a small invented regulation in both languages, renewed, and compared."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from exemption_codes.catalogue.reader import read_rulebook
from exemption_codes.proof.lims_xml import NotConsolidatedLaw, digest_of, read_consolidation
from exemption_codes.proof.provision_index import LanguagesDiffer, new_index, section_of

LAW = Path(__file__).parent / "law"
ENGLISH, FRENCH = LAW / "lights_en.xml", LAW / "lights_fr.xml"
LABELS = ["R1", "R1(1)", "R1(1)(a)", "R1(1)(a.1)", "R1(1)(a.1)(i)", "R1(1)(a.1)(ii)", "R1(2)", "R2", "R3"]
RULES = Path(__file__).parents[3] / "rules"


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """The small catalogue under the labels of the invented regulation, indexed once."""
    small = Path(__file__).parents[2] / "catalogue" / "small"
    for path in small.rglob("*.yaml"):
        text = path.read_text("utf-8").replace("provision: L1(a)", "provision: R1(1)(a)")
        text = text.replace("provision: L2", "provision: R2").replace("[L1, L1(a), L2]", "[R1, R1(1)(a), R2, A7]")
        target = tmp_path / path.relative_to(small)
        target.parent.mkdir(exist_ok=True)
        target.write_text(text, encoding="utf-8")
    index(tmp_path, ENGLISH, FRENCH)
    return tmp_path


def index(folder: Path, english: Path, french: Path, *options: str) -> str:
    out = StringIO()
    call_command("index_provisions", str(english), str(french), "--folder", str(folder), *options, stdout=out)
    return out.getvalue()


def changed_law(folder: Path, before: str, after: str, source: Path = ENGLISH) -> Path:
    text = source.read_text("utf-8")
    assert text.count(before) == 1
    path = folder / source.name
    path.write_text(text.replace(before, after), encoding="utf-8")
    return path


def test_both_languages_have_the_same_labels_in_their_own_form() -> None:
    english, french = read_consolidation(ENGLISH), read_consolidation(FRENCH)
    assert list(english.digests) == LABELS
    assert list(french.digests) == LABELS
    assert english.current_on.isoformat() == "2026-11-01"


def test_the_index_keeps_its_sections_and_what_is_of_another_instrument(rules: Path) -> None:
    provisions = read_rulebook(rules).provisions
    assert provisions.labels == [*LABELS[:-1], "A7"]
    assert list(provisions.digests) == LABELS[:-1]
    assert "lit at dusk" not in (rules / "provisions.yaml").read_text("utf-8")


def test_the_whole_regulation_can_be_indexed(rules: Path) -> None:
    index(rules, ENGLISH, FRENCH, "--all")
    assert read_rulebook(rules).provisions.labels == [*LABELS, "A7"]


def test_a_newer_law_lists_the_rules_whose_provision_changed(rules: Path, tmp_path: Path) -> None:
    newer = changed_law(tmp_path, "lit at dusk", "lit at noon")
    said = index(rules, newer, FRENCH)
    assert "R2 reads otherwise in English, cited by lighthouse-keeper" in said
    assert "1 changed, 1 of them cited by rules" in said


def test_a_change_in_french_alone_is_noticed(rules: Path, tmp_path: Path) -> None:
    newer = changed_law(tmp_path, "ou sur le point de l’être", "ou récent", FRENCH)
    said = index(rules, ENGLISH, newer)
    assert "R1(1)(a.1)(ii) reads otherwise in French" in said
    assert "R1 reads otherwise in French" in said


def test_a_provision_that_is_gone_is_told_with_who_cites_it(rules: Path, tmp_path: Path) -> None:
    named = 'is named in the <XRefExternal reference-type="act" link="L-1">Lights Act</XRefExternal>;'
    newer = changed_law(tmp_path, named, "<Repealed>[Repealed]</Repealed>")
    said = index(rules, newer, FRENCH, "--dry-run")
    assert "R1(1)(a) stands in one language only" in said
    assert "R1(1)(a) is gone, cited by lighthouse-keeper, lighthouse-keeper/partner_country, general rule swims" in said
    assert "R1(1)(a)" in read_rulebook(rules).provisions.labels


def test_spaces_and_punctuation_are_no_change() -> None:
    assert digest_of("The Lights Act , as amended;") == digest_of("The Lights Act, as amended.")
    assert digest_of("a light") != digest_of("no light")


def test_two_files_of_one_language_are_refused(rules: Path) -> None:
    with pytest.raises(CommandError, match="first file is to be English and the second French"):
        index(rules, FRENCH, FRENCH)


def test_two_dates_are_refused(rules: Path, tmp_path: Path) -> None:
    other = changed_law(tmp_path, 'lims:current-date="2026-11-01"', 'lims:current-date="2026-11-02"', FRENCH)
    with pytest.raises(CommandError, match="2026-11-01 and 2026-11-02"):
        index(rules, ENGLISH, other)
    english, french = read_consolidation(ENGLISH), read_consolidation(other)
    with pytest.raises(LanguagesDiffer):
        new_index(read_rulebook(rules).provisions, english, french)


@pytest.mark.parametrize("text", ["no XML", "<html><body/></html>", "<Regulation><Body/></Regulation>"])
def test_another_file_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "law.xml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(NotConsolidatedLaw):
        read_consolidation(path)


def test_every_cited_section_of_the_work_permit_part_has_digests_in_both_languages() -> None:
    provisions = read_rulebook(RULES).provisions
    indexed = {section_of(label) for label in provisions.digests}
    assert {f"R{number}" for number in (186, 187, 196, 198, 199, 200, 204, 205, 206, 207, 208)} <= indexed
    assert all(found.en != found.fr for found in provisions.digests.values())
