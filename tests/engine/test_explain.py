"""Findings in words, in both languages."""

from datetime import date

import pytest

from eligibility.engine.determine import Determination, Finding, Result, determine
from eligibility.engine.explain import Statement, explain
from eligibility.engine.words import provision_in_words
from exemption_codes.catalogue.rulebook import Rulebook
from tests.engine.people import facts_of_case, judged


def statement(determination: Determination, result: Result, criterion: str, language: str = "en") -> Statement:
    finding = next(one for one in determination.findings if one.rule.id == criterion)
    return explain(finding, result, language)


def test_a_derived_fact_is_shown_as_derived(rulebook: Rulebook, today: date) -> None:
    facts = facts_of_case(rulebook, "transferee-manager", offer__noc="10022", offer__teer=None)
    found = statement(*judged(rulebook, facts, "transferee-manager", today), "teer")
    assert any(fact.endswith("(worked out from your answers)") for fact in found.facts)


@pytest.mark.parametrize(("language", "words"), [("en", "your answer is used"), ("fr", "votre réponse est retenue")])
def test_a_given_value_wins_and_the_finding_says_so(rulebook: Rulebook, today: date, language: str, words: str) -> None:
    facts = facts_of_case(rulebook, "transferee-manager", offer__noc="62010", offer__teer=0)
    determination, result = judged(rulebook, facts, "transferee-manager", today)
    found = statement(determination, result, "teer", language)
    assert found.status == "met"
    assert words in found.text


def general(rulebook: Rulebook, rule: str, today: date) -> tuple[Finding, Result]:
    result = determine(rulebook, {}, today)
    return next(finding for finding in result.general if finding.rule.id == rule), result


def test_a_general_rule_names_the_codes_it_does_not_bind(rulebook: Rulebook, today: date) -> None:
    finding, result = general(rulebook, "leaves_canada", today)
    assert explain(finding, result, "en").not_for == ("S61", "S62")
    assert explain(finding, result, "en").text.endswith("Does not bind S61, S62.")
    assert explain(finding, result, "fr").text.endswith("Ne vise pas S61, S62.")


def test_a_rule_of_everybody_names_no_code(rulebook: Rulebook, today: date) -> None:
    finding, result = general(rulebook, "able_to_work", today)
    assert explain(finding, result, "en").not_for == ()
    assert "bind" not in explain(finding, result, "en").text


def test_the_strongest_source_stands_first(rulebook: Rulebook, today: date) -> None:
    strength = ("act", "regulation", "official", "secondary", "unsourced")
    kinds = {(s.instrument.en, s.url): s.kind for s in rulebook.sources.values()}
    result = determine(rulebook, {}, today)
    for determination in result.determinations:
        for finding in determination.findings:
            if len(finding.rule.cite) > 1:
                found = [kinds[one.instrument, one.url] for one in explain(finding, result, "en").citations]
                ranks = [strength.index(kind) for kind in found[: len(finding.rule.cite)]]
                assert ranks == sorted(ranks)


@pytest.mark.parametrize(
    ("label", "french"),
    [
        ("R205(c)(ii)", "R205c)(ii)"),
        ("R299(2)(i)", "R299(2)i)"),
        ("R200(3)(g.1)", "R200(3)g.1)"),
        ("R209.11", "R209.11"),
        ("R200(3.1)", "R200(3.1)"),
        ("A25.2", "A25.2"),
        ("C21/WH", "C21/WH"),
    ],
)
def test_a_provision_is_written_as_the_law_of_each_language_writes_it(label: str, french: str) -> None:
    assert provision_in_words(label, "en") == label
    assert provision_in_words(label, "fr") == french
