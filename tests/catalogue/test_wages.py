"""Occupations in versions, and tables of wages: what they say, and what is refused."""

from collections.abc import Callable
from datetime import date

import pytest

from exemption_codes.catalogue.problems import Problem
from exemption_codes.catalogue.reader import read_rule_files
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.catalogue.wages import CANADA, REGIONS, table_of, usual_wage, wages_on

WAGES = "wages/keepers.yaml"
TABLE = """\
id: keepers
name: {en: Wages of keepers, fr: Salaires des gardiens}
year: 2024
occupations: noc_2021
in_force: {from: 2024-01-01}
cite: [{source: manual}]
table: |
  00010 CA 20.00 30.00 40.00
  00010 ON 21.00 31.00 41.00
"""
NEXT_OCCUPATIONS = """\
id: noc_2031
name: {en: Occupations, fr: Professions}
of: text
cite: [{source: manual}]
editions:
  - in_force: {from: 2028-01-01}
    rows:
      - {key: '00010', label: {en: Wardens, fr: Gardiens de phare}}
      - {key: '10999', label: {en: Polishers, fr: Lustreurs}}
"""
VERSIONS = """\
occupations:
  - {list: noc_2021, version: {en: First, fr: Première}, until: 2027-12-31}
  - {list: noc_2031, version: {en: Second, fr: Seconde}, from: 2028-01-01}
"""
ON = date(2026, 11, 22)
Files = dict[str, str]
ProblemsOf = Callable[[Files], list[Problem]]


@pytest.fixture
def with_wages(files: Files) -> Files:
    return {**files, WAGES: TABLE}


@pytest.fixture
def with_versions(files: Files) -> Files:
    catalogue = files["catalogue.yaml"] + VERSIONS
    return {**files, "catalogue.yaml": catalogue, "lists/noc_2031.yaml": NEXT_OCCUPATIONS}


def test_every_unit_group_has_its_level_and_both_titles(rulebook: Rulebook) -> None:
    occupations = rulebook.occupations()
    assert len(occupations) == 516
    assert {noc[1] for noc in occupations} == set("012345")
    assert all(len(noc) == 5 and row["label"]["en"] and row["label"]["fr"] for noc, row in occupations.items())
    assert occupations["21231"]["label"]["en"] == "Software engineers and designers"


def test_the_version_in_force_on_a_day_gives_the_codes(with_versions: Files) -> None:
    rulebook = read_rule_files(with_versions)
    assert rulebook.noc_codes(date(2027, 12, 31)) == ("00010", "10010")
    assert rulebook.noc_codes(date(2028, 1, 1)) == ("00010", "10999")
    assert set(rulebook.noc_codes()) == {"00010", "10010", "10999"}
    assert rulebook.occupations()["00010"]["label"]["en"] == "Wardens"
    assert date(2028, 1, 1) in rulebook.boundaries()


def test_levels_and_prefixes_are_spelled_out_in_the_version_of_the_day(files: Files, with_versions: Files) -> None:
    listed = files["lists/noc_2021.yaml"].split("editions:")[0].replace("noc_2021", "polishers").replace("text", "noc")
    with_versions["lists/polishers.yaml"] = f"{listed}editions:\n  - in_force: {{from: 2020-01-01}}\n    teers: [0]\n"
    rulebook = read_rule_files(with_versions)
    assert rulebook.members("polishers", date(2027, 12, 31)) == ["00010", "10010"]
    assert rulebook.members("polishers", date(2028, 1, 1)) == ["00010", "10999"]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("list: noc_2031", "list: noc_2032", "the list of occupations is missing"),
        ("from: 2028-01-01", "from: 2027-01-01", "the versions overlap"),
        ("from: 2028-01-01", "from: 2029-01-01", "there is a gap between the versions"),
    ],
)
def test_versions_follow_each_other_and_have_their_lists(
    with_versions: Files, problems_of: ProblemsOf, before: str, after: str, said: str
) -> None:
    with_versions["catalogue.yaml"] = with_versions["catalogue.yaml"].replace(before, after)
    assert said in [problem.message for problem in problems_of(with_versions)]


def test_a_province_counts_before_all_of_canada(with_wages: Files) -> None:
    rulebook = read_rule_files(with_wages)
    found = [usual_wage("00010", province, ON, rulebook) for province in ("ON", "QC", "none")]
    assert [one and (one.wages.region, one.wages.median_cad) for one in found] == [("ON", 31.0), ("CA", 30.0), None]
    assert usual_wage("10010", "ON", ON, rulebook) is None
    assert wages_on(date(2023, 12, 31), rulebook) is None


MISTAKES = [
    ("no row", "21.00 31.00 41.00", "21 31 41", "table.1", "is no row of wages"),
    ("an unknown region", " ON ", " XX ", "table.1", "there is no region XX"),
    ("an unknown occupation", "00010 ON", "00011 ON", "table.1", "there is no occupation 00011"),
    ("a row twice", "00010 ON", "00010 CA", "table.1", "00010 CA stands twice"),
    ("a median above the high wage", "31.00", "51.00", "table.1", "do not rise"),
    ("a wage of nothing", "20.00", "0.00", "table.0", "do not rise"),
    ("an unknown source", "source: manual", "source: manuel", "cite.0.source", "there is no source"),
    ("no classification", "occupations: noc_2021", "occupations: noc_1921", "occupations", "there is no list"),
    ("an end before the beginning", "2024-01-01}", "2024-01-01, until: 2023-01-01}", "in_force", "comes before"),
    ("an unknown key", "year: 2024", "year: 2024\nmonth: 1", "month", "not known"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after", "path", "said"), [row[1:] for row in MISTAKES], ids=[row[0] for row in MISTAKES]
)
def test_a_mistake_in_a_table_is_refused_at_its_line(
    with_wages: Files, problems_of: ProblemsOf, before: str, after: str, path: str, said: str
) -> None:
    with_wages[WAGES] = with_wages[WAGES].replace(before, after)
    found = [problem for problem in problems_of(with_wages) if problem.path == path]
    assert [said in problem.message for problem in found] == [True]
    if path.startswith("table."):
        line = with_wages[WAGES].splitlines()[found[0].line - 1]
        assert line.strip().startswith("00010" if "00011" not in after else "00011")


def test_two_tables_of_one_day_are_refused(with_wages: Files, problems_of: ProblemsOf) -> None:
    with_wages["wages/wardens.yaml"] = TABLE.replace("id: keepers", "id: wardens")
    assert [p.message for p in problems_of(with_wages)] == ["keepers and wardens hold on the same days"]


def test_the_wages_of_this_repository_are_those_of_the_survey(rulebook: Rulebook) -> None:
    table = table_of("job_bank_2024", rulebook)
    assert len(table) == 3313
    assert {region for _, region in table} == set(REGIONS)
    assert len({noc for noc, region in table if region == CANADA}) == 442
    assert all(row.problem == "" for row in table.values())
    engineer = table["21231", "ON"]
    assert (engineer.low_cad, engineer.median_cad, engineer.high_cad) == (33.65, 54.33, 84.13)
