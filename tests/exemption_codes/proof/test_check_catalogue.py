"""Each check finds what it is there for in a small catalogue that is broken, and nothing unexplained in ours."""

from collections.abc import Callable, Iterator
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
import yaml
from django.core.management import CommandError, call_command

from eligibility.engine.cases import run_case
from exemption_codes.catalogue import documents as doc
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.proof.deciding import check_facts
from exemption_codes.proof.findings import Finding, explain, read_explained
from exemption_codes.proof.gates import check_gates, gate_answers
from exemption_codes.proof.periods import check_periods
from exemption_codes.proof.soundness import check_category, witnesses
from tests.exemption_codes.proof.conftest import KEEPER, criterion

Small = Callable[..., Rulebook]
Check = Callable[[Rulebook], Iterator[Finding]]
ID = "lighthouse-keeper"
SAMPLED = 20


def sound(rulebook: Rulebook) -> list[Finding]:
    return list(check_category(rulebook, rulebook.categories[ID]))


def subjects(findings: list[Finding], check: str) -> list[str]:
    return [finding.subject for finding in findings if finding.check == check]


def test_a_category_that_nobody_can_satisfy_is_found_with_what_excludes_each_other(small: Small) -> None:
    found = sound(small(criterion("few_months", "{fact: keeper.months, less_than: 12}")))
    assert subjects(found, "satisfiable") == [f"{ID} {day}" for day in ("2020-01-01", "2023-01-01", "2025-01-01")]
    assert "these cannot hold together: few_months, experience" in found[0].message


def test_a_stretch_on_which_a_list_is_empty_is_found(small: Small) -> None:
    found = sound(small(("lists/partners.yaml", "members: [SE, 'NO']}", "members: []}")))
    assert subjects(found, "satisfiable") == [f"{ID} 2020-01-01", f"{ID} 2023-01-01"]


def test_a_category_outside_the_dates_of_the_catalogue_is_found(small: Small) -> None:
    rulebook = small()
    life = doc.Period.model_validate({"from": date(2031, 1, 1)})
    rulebook.categories[ID] = rulebook.categories[ID].model_copy(update={"in_force": life})
    messages = {finding.message for finding in sound(rulebook)}
    assert messages == {"it is in force on no day that the catalogue covers"}


def test_a_criterion_that_others_imply_is_found(small: Small) -> None:
    found = sound(small(criterion("some_months", "{fact: keeper.months, at_least: 6}")))
    assert f"{ID} some_months" in subjects(found, "implied")


def test_a_criterion_marked_implied_that_can_fail_alone_is_found_with_a_case(small: Small) -> None:
    mark = "when: {fact: keeper.citizenships, in_list: partners}"
    rulebook = small((KEEPER, mark, f"{mark}\n    implied: true"))
    found = next(finding for finding in sound(rulebook) if finding.subject == f"{ID} partner_country")
    case = doc.Case.model_validate(yaml.safe_load(found.shown_by)[0])
    assert case.failing == ["partner_country"]
    assert list(run_case(rulebook, rulebook.cases[ID], case).complaints()) == []


def test_a_fact_that_decides_nothing_is_found(small: Small) -> None:
    found = list(check_facts(small(("facts.yaml", "  keeper.trade:\n", f"{IDLE}  keeper.trade:\n"))))
    assert subjects(found, "decides") == ["keeper.hat"]


def test_two_periods_that_share_days_are_found(small: Small) -> None:
    rulebook = small()
    category = rulebook.categories[ID]
    codes = [category.codes[0], doc.CodeName.model_validate({**EARLIER, "code": "X99"})]
    rulebook.categories[ID] = category.model_copy(update={"codes": codes})
    listed = rulebook.lists["partners"]
    rulebook.lists["partners"] = listed.model_copy(update={"editions": [listed.editions[0], listed.editions[0]]})
    found = list(check_periods(rulebook))
    assert subjects(found, "overlap") == [f"{ID} codes", "list partners"]
    assert "from 2022-12-01 until 2022-12-14" in found[0].message


def test_answers_that_leave_no_code_are_found(small: Small) -> None:
    found = list(check_gates(small()))
    assert len(found) == 1
    assert found[0].subject.startswith("keeper.citizenships (")
    open_to = [answer.value for answer in gate_answers(small()) if answer.open]
    assert open_to == [["IS"], ["NO"], ["SE"]]


def test_a_yes_that_opens_nothing_is_found(small: Small) -> None:
    swims = "  keeper.swims:\n    type: boolean\n"
    found = list(check_gates(small(("facts.yaml", swims, f"{swims}    gate: true\n"))))
    assert subjects(found, "opens") == []
    rulebook = small(("facts.yaml", "  keeper.trade:\n", f"{IDLE}    gate: true\n  keeper.trade:\n"))
    assert subjects(list(check_gates(rulebook)), "opens") == ["keeper.hat"]


def test_the_witnesses_of_a_category_come_out_as_they_say(small: Small) -> None:
    rulebook = small()
    lines = list(witnesses(rulebook, ID))
    cases = [doc.Case.model_validate(case) for case in yaml.safe_load("\n".join(lines))]
    assert [line for case in cases for line in run_case(rulebook, rulebook.cases[ID], case).complaints()] == []
    assert {case.outcome for case in cases} >= {"officer_judgement", "not_eligible"}


def test_nothing_unexplained_is_found_in_ours(rulebook: Rulebook) -> None:
    """A sample of the categories; `make check` proves the rest."""
    explained = read_explained()
    sample = list(rulebook.categories.values())[::SAMPLED]
    found = [finding for category in sample for finding in check_category(rulebook, category)]
    found += check_periods(rulebook)
    assert [str(one) for one in found if (one.check, one.subject) not in explained] == []


def test_an_explanation_that_explains_nothing_any_more_is_found() -> None:
    finding = Finding("decides", "keeper.hat", "nothing")
    reasons = {("decides", "keeper.hat"): "It is only worn.", ("decides", "keeper.coat"): "It is only worn."}
    found = list(explain([finding], reasons))
    assert [(one.check, one.reason) for one in found] == [("decides", "It is only worn."), ("explanation", "")]


@pytest.mark.parametrize(
    "entry", ["{check: decides, subject: keeper.hat}", "{check: a, subject: b, reason: ''}", "hat"]
)
def test_an_explanation_without_a_reason_is_refused(tmp_path: Path, entry: str) -> None:
    path = tmp_path / "explained.yaml"
    path.write_text(f"explained: [{entry}]\n", encoding="utf-8")
    with pytest.raises(ValueError, match="each entry has check, subject and reason"):
        read_explained(path)


def test_the_command_fails_until_everything_is_explained(folder: Callable[..., Path], tmp_path: Path) -> None:
    out, reasons = StringIO(), tmp_path / "reasons.yml.txt"
    with pytest.raises(CommandError, match="2 findings need a change of the rules, or a reason"):
        call_command("check_catalogue", folder=folder(), explained=reasons, stdout=out)
    gate = next(line.split(": ")[1] for line in out.getvalue().splitlines() if line.startswith("reachable"))
    reasons.write_text(
        "explained:\n"
        f"- {{check: implied, subject: {ID} trade, reason: It is kept for the reader.}}\n"
        f"- {{check: reachable, subject: {gate}, reason: There is one code only.}}\n",
        encoding="utf-8",
    )
    call_command("check_catalogue", folder=folder(), explained=reasons, stdout=out)
    assert "2 findings, 0 of them unexplained" in out.getvalue()


IDLE = """  keeper.hat:
    type: boolean
    topic: trade
    label: {en: hat, fr: chapeau}
    question: {en: 'Do you wear a hat?', fr: 'Portez-vous un chapeau?'}
"""
EARLIER = {"from": date(2022, 12, 1)}
