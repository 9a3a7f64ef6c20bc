"""Files of wages, plain and the Job Bank's own, become tables of the rule files; wrong rows are named."""

from pathlib import Path
from shutil import copytree

import pytest
from django.core.management import CommandError, call_command

from exemption_codes.catalogue.reader import read_rulebook
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.catalogue.wages import WageRange, table_of
from exemption_codes.wage_files import read_wage_file
from exemption_codes.wage_tables import written

RULES = Path(__file__).parents[2] / "rules"
SMALL = Path(__file__).parents[1] / "catalogue" / "small"
NOCS = frozenset({"21231", "31110", "72600"})
PLAIN = "noc,region,low_hourly,median_hourly,high_hourly\n"
OFFICIAL = (
    "NOC_CNP,NOC_Title_eng,NOC_Title_fra,prov,ER_Code_Code_RE,ER_Name,Nom_RE,Low_Wage_Salaire_Minium,"
    "Median_Wage_Salaire_Median,High_Wage_Salaire_Maximal,Average_Wage_Salaire_Moyen,Annual_Wage_Flag_Salaire_annuel\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copytree(SMALL, tmp_path / "rules")


def file_of(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "wages.csv"
    path.write_text(text, encoding="utf-8")
    return path


def official(noc: str, province: str, region: str, wages: str, flag: str = "0") -> str:
    return f"NOC_{noc},Title,Titre,{province},{region},Name,Nom,{wages},1.00,{flag}\n"


def test_the_plain_form_is_read_as_it_stands(tmp_path: Path) -> None:
    read = read_wage_file(file_of(tmp_path, f"{PLAIN}21231,ON,33.65,54.33,84.13\n21231,CA,30,50,80\n"), NOCS)
    assert read.rows == [WageRange("21231", "CA", 30, 50, 80), WageRange("21231", "ON", 33.65, 54.33, 84.13)]
    assert read.problems == []


def test_the_official_form_keeps_provinces_and_leaves_out_economic_regions(tmp_path: Path) -> None:
    rows = [
        official("21231", "NAT", "ER00", "30,50,80"),
        official("21231", "ON", "ER35", "33.65,54.33,84.13"),
        official("21231", "ON", "ER3510", "35,55,85"),
        official("21231", "PEI", "ER1110", "25,40,60"),
        official("21231", "YK", "ER6010", "31,51,81"),
        official("21231", "NWT", "ER6110", "32,52,82"),
        official("21231", "QC", "ER24", ",,"),
        official("21231", "BC", "ER59", "30,,80"),
    ]
    read = read_wage_file(file_of(tmp_path, "\ufeff" + OFFICIAL + "".join(rows)), NOCS)
    assert [(row.region, row.median_cad) for row in read.rows] == [
        ("CA", 50), ("NT", 52), ("ON", 54.33), ("PE", 40), ("YT", 51)
    ]  # fmt: skip
    assert (read.economic_regions, read.without_wages, read.problems) == (1, 2, [])


def test_yearly_wages_are_those_of_2080_hours(tmp_path: Path) -> None:
    read = read_wage_file(
        file_of(tmp_path, OFFICIAL + official("31110", "AB", "ER48", "100000,156000,208000", "1")), NOCS
    )
    assert read.rows == [WageRange("31110", "AB", 48.08, 75, 100)]


def test_each_wrong_row_is_named_with_its_line(tmp_path: Path) -> None:
    rows = [
        official("99998", "ON", "ER35", "30,50,80"),
        official("21231", "ON", "ER35", "30,much,80"),
        official("21231", "ON", "ER35", "30,90,80"),
        official("21231", "XX", "ER99", "30,50,80"),
        official("21231", "AB", "ER48", "30,50,80", "2"),
        official("72600", "AB", "ER48", "30,50,80"),
        official("72600", "AB", "ER48", "31,51,81"),
        official("72600", "MB", "ER46", "30,inf,80"),
    ]
    read = read_wage_file(file_of(tmp_path, OFFICIAL + "".join(rows)), NOCS)
    assert [(problem.line, problem.message) for problem in read.problems] == [
        (2, "there is no occupation 'NOC_99998'"),
        (3, "the wage 'much' is no number"),
        (4, "the wages do not rise from low over median to high"),
        (5, "there is no region XX"),
        (6, "Annual_Wage_Flag_Salaire_annuel is 0 or 1, not '2'"),
        (8, "72600 AB stands already in line 7"),
        (9, "the wage 'inf' is no number"),
    ]
    assert [(row.noc, row.region) for row in read.rows] == [("72600", "AB")]


def imported(path: Path, folder: Path, first_day: str, *options: str) -> Rulebook:
    call_command(
        "import_wages", str(path), "--from", first_day, "--folder", str(folder), "--source", "manual", *options
    )
    return read_rulebook(folder)


def test_a_new_table_ends_the_one_before_on_the_day_before(tmp_path: Path, folder: Path) -> None:
    imported(file_of(tmp_path, f"{PLAIN}00010,ON,30,50,80\n"), folder, "2025-01-01")
    rulebook = imported(file_of(tmp_path, f"{PLAIN}00010,ON,35,57,85\n"), folder, "2026-12-01")
    assert str(rulebook.wages["job_bank_2025"].in_force.until) == "2026-11-30"
    assert rulebook.wages["job_bank_2026"].name.fr == "Salaires du Guichet-Emplois 2026"
    assert [table_of(name, rulebook)["00010", "ON"].median_cad for name in rulebook.wages] == [50, 57]


def test_writing_the_table_in_use_once_more_changes_nothing(rulebook: Rulebook) -> None:
    path = RULES / "wages" / "job_bank_2024.yaml"
    assert written(rulebook.wages["job_bank_2024"]) == path.read_text("utf-8")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("code,wage\n00010,30\n", "the head has neither"),
        (PLAIN, "no row with all three wages"),
        (f"{PLAIN}00010,ON,30,20,40\n", "1 rows are wrong"),
    ],
)
def test_nothing_is_written_from_a_file_that_is_wrong(tmp_path: Path, folder: Path, text: str, said: str) -> None:
    with pytest.raises(CommandError, match=said):
        imported(file_of(tmp_path, text), folder, "2026-12-01")
    assert not (folder / "wages").exists()


def test_a_table_that_would_overlap_a_later_one_is_refused(tmp_path: Path, folder: Path) -> None:
    path = file_of(tmp_path, f"{PLAIN}00010,ON,30,50,80\n")
    imported(path, folder, "2026-12-01")
    with pytest.raises(CommandError, match="hold on the same days"):
        imported(path, folder, "2025-12-01")


def test_a_day_without_a_classification_is_refused(tmp_path: Path, folder: Path) -> None:
    versions = "occupations: [{list: noc_2021, version: {en: First, fr: Première}, until: 2026-11-30}]\n"
    catalogue = folder / "catalogue.yaml"
    catalogue.write_text(catalogue.read_text("utf-8") + versions, encoding="utf-8")
    with pytest.raises(CommandError, match="No version of the occupational classification"):
        imported(file_of(tmp_path, f"{PLAIN}00010,ON,30,50,80\n"), folder, "2026-12-01")


def test_a_dry_run_writes_nothing(tmp_path: Path, folder: Path) -> None:
    imported(file_of(tmp_path, f"{PLAIN}00010,ON,30,50,80\n"), folder, "2026-12-01", "--dry-run")
    assert not (folder / "wages").exists()
