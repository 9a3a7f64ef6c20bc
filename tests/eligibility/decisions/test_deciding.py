"""Decisions are made for a typed reason, lapse when what they rest on changes, and may need a second person."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied

from eligibility.decisions import basis
from eligibility.decisions.checks import DecisionRefused
from eligibility.decisions.deciding import Kind, Said, Why, answer, decide, renew
from eligibility.decisions.judged import judged_case, outcome_with
from eligibility.decisions.records import tampered
from eligibility.decisions.words import subject_words
from eligibility.engine.determine import Outcome, Status, determine
from eligibility.models import Decision, Screening
from eligibility.screenings import judge_again
from exemption_codes.catalogue.reader import read_stored_files
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.models import CatalogueRelease
from exemption_codes.releases import publish
from tests.eligibility.factories import AS_OF, member
from tests.engine.people import facts_of_case

REASON = "The employer’s letter of 20 November says so."
TOO_LONG = "x" * 4001
T36 = "cusma-professional"
OVERRIDE = Said(Kind.OUTCOME, T36, value="not_eligible")
FINDING = Said(Kind.FINDING, T36, "citizenship", value="not_met")


def why(case: Screening, reason: str = REASON) -> Why:
    case.refresh_from_db()
    last = judged_case(case).last
    return Why(reason, uuid.uuid4(), basis.basis_of(last).mark if last else "")


def standing(case: Screening, number: int) -> tuple[str, tuple[str, ...]]:
    case.refresh_from_db()
    found = next(one for one in judged_case(case).standings if one.decision.number == number)
    return found.status.value, found.changed


def refused(code: str) -> Any:
    return pytest.raises(DecisionRefused, check=lambda error: error.code == code)


def test_each_kind_is_on_record_with_reason_person_and_what_the_rules_say(case: Screening, consultant: User) -> None:
    officer = next(
        (code.category.id, finding.rule.id)
        for code in judged_case(case).categories.values()
        for finding in code.findings
        if finding.status is Status.OFFICER
    )
    first = judged_case(case).findings(T36)[0].rule.id
    wanted = [
        (Said(Kind.CONFIRM), "", ""),
        (Said(Kind.CONFIRM, T36), "eligible", "eligible"),
        (OVERRIDE, "eligible", "not_eligible"),
        (Said(Kind.FINDING, T36, first, value="not_met"), "met", "not_met"),
        (Said(Kind.VIEW, *officer, value="met"), "officer", "met"),
        (Said(Kind.FACT, fact="offer.wage_hourly"), "", ""),
    ]
    for number, (said, by_rules, value) in enumerate(wanted, start=1):
        made = decide(case.pk, consultant, said, why(case))
        assert (made.number, made.kind, made.actor) == (number, said.kind.value, "consultant-one")
        if said.kind is not Kind.CONFIRM or said.category:
            assert (made.by_rules, made.value) == (by_rules, value)
        assert Decision.objects.get(pk=made.pk).reason == REASON
    case.refresh_from_db()
    assert [event.kind for event in case.events.all()][-6:] == ["decided"] * 6
    assert tampered(case) == []


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (Said(Kind.OUTCOME, T36, value="eligible"), "same"),
        (Said(Kind.OUTCOME, T36, value="perhaps"), "value"),
        (Said(Kind.OUTCOME, "made-up", value="eligible"), "unknown"),
        (Said(Kind.CONFIRM, "made-up"), "unknown"),
        (Said(Kind.FINDING, T36, "made_up", value="met"), "unknown"),
        (Said(Kind.VIEW, T36, "made_up", value="met"), "unknown"),
        (Said(Kind.FACT, fact="made.up"), "unknown"),
        (Said(Kind.FACT, fact="offer.noc"), "known"),
    ],
)
def test_what_makes_no_sense_is_refused(case: Screening, consultant: User, said: Said, code: str) -> None:
    with refused(code):
        decide(case.pk, consultant, said, why(case))
    assert not Decision.objects.exists()


@pytest.mark.parametrize(("reason", "code"), [("", "short"), ("because \n\n      it is", "short"), (TOO_LONG, "long")])
def test_a_reason_is_typed(case: Screening, consultant: User, reason: str, code: str) -> None:
    with refused(code):
        decide(case.pk, consultant, OVERRIDE, why(case, reason))


def test_a_form_that_is_sent_twice_decides_once(case: Screening, consultant: User, rulebook: Rulebook) -> None:
    form = why(case)
    assert decide(case.pk, consultant, OVERRIDE, form) == decide(case.pk, consultant, OVERRIDE, form)
    assert Decision.objects.count() == 1


def test_who_may_not_decide_or_approve_is_refused(case: Screening, consultant: User) -> None:
    for group in ("Auditors", "Publishers"):
        with pytest.raises(PermissionDenied):
            decide(case.pk, member(group), OVERRIDE, why(case))
    made = decide(case.pk, consultant, OVERRIDE, why(case))
    for kind in (Kind.APPROVE, Kind.DECLINE):
        with pytest.raises(PermissionDenied):
            answer(case.pk, made.number, consultant, kind, why(case))


def test_it_lapses_when_any_of_four_things_changes_and_stands_again_when_they_are_back(
    case: Screening, consultant: User, another: CatalogueRelease, release: CatalogueRelease, monkeypatch: Any
) -> None:
    decide(case.pk, consultant, OVERRIDE, why(case))
    assert standing(case, 1) == ("in_force", ())
    publish(another)
    assert standing(case, 1) == ("lapsed", ("rules",))
    publish(release)
    assert standing(case, 1) == ("in_force", ())
    monkeypatch.setattr(basis, "ENGINE_VERSION", "2")
    assert standing(case, 1) == ("lapsed", ("engine",))
    monkeypatch.undo()
    answers = case.answers
    Screening.objects.filter(pk=case.pk).update(answers={**answers, "offer.province": "BC"})
    assert standing(case, 1) == ("lapsed", ("facts",))
    Screening.objects.filter(pk=case.pk).update(answers=answers, submitted_as_of=AS_OF + timedelta(days=1))
    assert standing(case, 1) == ("lapsed", ("day",))
    CatalogueRelease.objects.update(status=CatalogueRelease.Status.WITHDRAWN)
    assert standing(case, 1)[0] == "lapsed"


def test_what_a_decision_is_about_is_told_in_the_words_of_its_own_release(
    case: Screening, consultant: User, release: CatalogueRelease
) -> None:
    decide(case.pk, consultant, FINDING, why(case))
    name, text = "exemptions/cusma-professional.yaml", "You are a citizen of the United States or Mexico"
    files = {**release.files, name: release.files[name].replace(text, "You are a citizen of Mexico")}
    digest = read_stored_files(files).digest
    publish(CatalogueRelease.objects.create(digest=digest, law_as_of=release.law_as_of, files=files))
    judge_again(case.pk, case.as_of, consultant)
    judged = judged_case(Screening.objects.get(pk=case.pk))
    assert judged.rulebook.digest == digest
    code, criterion = subject_words(judged, judged.standings[0].decision, "en")
    assert code == "T36 CUSMA professionals"
    assert criterion.startswith(text)


def test_a_lapsed_decision_is_renewed_on_the_new_determination_for_a_fresh_reason(
    case: Screening, consultant: User, another: CatalogueRelease
) -> None:
    decide(case.pk, consultant, OVERRIDE, why(case))
    with refused("not_lapsed"):
        renew(case.pk, 1, consultant, why(case))
    publish(another)
    with refused("stale"):
        renew(case.pk, 1, consultant, why(case))
    form = why(case)
    made = judge_again(case.pk, AS_OF, consultant)
    assert (made.number, made.release_digest) == (2, another.digest)
    with refused("moved"):
        renew(case.pk, 1, consultant, form)
    with refused("short"):
        renew(case.pk, 1, consultant, why(case, "again"))
    renewed = renew(case.pk, 1, consultant, why(case, "Under the new rules it is still so, I checked."))
    assert (renewed.determination.number, renewed.value) == (2, "not_eligible")
    assert [standing(case, 1), standing(case, 2)] == [("replaced", ("rules",)), ("in_force", ())]
    assert tampered(case) == []


def test_of_decisions_about_the_same_thing_the_last_counts(case: Screening, consultant: User) -> None:
    for said in (OVERRIDE, Said(Kind.OUTCOME, T36, value="undetermined"), Said(Kind.CONFIRM, T36)):
        decide(case.pk, consultant, said, why(case))
    assert [standing(case, number)[0] for number in (1, 2, 3)] == ["replaced", "replaced", "in_force"]
    answer(case.pk, 3, consultant, Kind.WITHDRAW, why(case))
    assert [standing(case, number)[0] for number in (1, 2, 3)] == ["replaced", "in_force", "withdrawn"]
    with refused("settled"):
        answer(case.pk, 3, consultant, Kind.WITHDRAW, why(case))
    with refused("others"):
        answer(case.pk, 2, member("Consultants"), Kind.WITHDRAW, why(case))


def test_a_second_person_must_agree_where_the_setting_says_so(
    case: Screening, consultant: User, senior: User, settings: Any
) -> None:
    settings.DECISIONS_NEED_APPROVAL = True
    decide(case.pk, senior, OVERRIDE, why(case))
    assert standing(case, 1)[0] == "awaiting"
    assert judged_case(case).by_consultant == {}
    with refused("same_person"):
        answer(case.pk, 1, senior, Kind.APPROVE, why(case))
    other = member("Senior consultants", username="senior-two")
    with refused("short"):
        answer(case.pk, 1, other, Kind.APPROVE, why(case, "ok"))
    answer(case.pk, 1, other, Kind.APPROVE, why(case))
    assert standing(case, 1)[0] == "in_force"
    assert judged_case(case).by_consultant == {T36: Outcome.NOT_ELIGIBLE}
    with refused("settled"):
        answer(case.pk, 1, other, Kind.DECLINE, why(case))
    decide(case.pk, consultant, Said(Kind.OUTCOME, T36, value="undetermined"), why(case))
    assert [standing(case, number)[0] for number in (1, 3)] == ["in_force", "awaiting"]
    answer(case.pk, 3, senior, Kind.DECLINE, why(case))
    assert [standing(case, number)[0] for number in (1, 3)] == ["in_force", "declined"]


def test_a_fact_asked_for_is_answered_when_it_is_known(case: Screening, consultant: User) -> None:
    decide(case.pk, consultant, Said(Kind.FACT, fact="offer.wage_hourly"), why(case))
    assert standing(case, 1)[0] == "in_force"
    answers = {**case.answers, "offer.wage_hourly": 45}
    Screening.objects.filter(pk=case.pk).update(answers=answers)
    assert standing(case, 1) == ("answered", ())


def test_a_finding_changed_carries_on_to_the_outcome(case: Screening, consultant: User) -> None:
    criterion = judged_case(case).findings(T36)[0].rule.id
    decide(case.pk, consultant, Said(Kind.FINDING, T36, criterion, value="not_met"), why(case))
    assert judged_case(case).by_consultant == {T36: Outcome.NOT_ELIGIBLE}
    decide(case.pk, consultant, Said(Kind.OUTCOME, T36, value="officer_judgement"), why(case))
    assert judged_case(case).by_consultant == {T36: Outcome.OFFICER_JUDGEMENT}


def test_findings_changed_come_out_as_the_engine_has_it(rulebook: Rulebook) -> None:
    """With nothing changed, and with what is met said to be met, an outcome stays; not met closes; else it can open."""
    for category in sorted(rulebook.cases)[::6]:
        facts = facts_of_case(rulebook, category)
        for kept in (facts, dict(list(facts.items())[::2])):
            result = determine(rulebook, kept, AS_OF)
            for found in result.determinations[::5]:
                values = result.known.values
                met = {one.rule.id: Status.MET for one in found.findings if one.status is Status.MET}
                failing = {one.rule.id: Status.MET for one in found.failing()}
                everything = {one.rule.id: Status.MET for one in found.findings}
                assert outcome_with(found, values, {}) is found.outcome
                assert outcome_with(found, values, met) is found.outcome
                assert outcome_with(found, values, everything) is Outcome.ELIGIBLE
                for criterion in everything:
                    assert outcome_with(found, values, {criterion: Status.NOT_MET}) is Outcome.NOT_ELIGIBLE
                if failing:
                    assert outcome_with(found, values, failing) is not Outcome.NOT_ELIGIBLE
