"""The check before paying: each rule of the fact sheet (section 5) by an offer that breaks it and nothing else."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from employer_portal.actors import person
from employer_portal.drafts import save_draft
from employer_portal.field_check import Level
from employer_portal.models import Employer, Membership, OfferOfEmployment
from employer_portal.offer_check import OfferReport, check_offer
from employer_portal.offer_facts import facts_of_offer
from employer_portal.offers import submit_offer, withdraw_offer
from employer_portal.problem_words import WORDS
from employer_portal.wages import annual_wage_cad, wage_by_the_hour
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.catalogue.wages import minimum_wage_cad
from tests.employer_portal.clock import TODAY
from tests.employer_portal.factories import MembershipFactory, charity_draft, content, draft, group_of

SITE = content()["sites"][0]


def day(count: int) -> str:
    """Return a day so many days from today, as text."""
    return (TODAY + timedelta(days=count)).isoformat()


@pytest.fixture
def member(db: None) -> Membership:
    return MembershipFactory()


def report_of(offer: OfferOfEmployment, rulebook: Rulebook, on: date = TODAY) -> OfferReport:
    return check_offer(OfferOfEmployment.objects.get(pk=offer.pk), on, rulebook)


def found(report: OfferReport, level: Level) -> set[tuple[str, str]]:
    return {(problem.key, problem.field) for problem in report.problems if problem.level is level}


def test_a_complete_offer_is_ready_and_says_what_it_rests_on(member: Membership, rulebook: Rulebook) -> None:
    report = report_of(draft(member), rulebook)
    assert (report.is_ready, report.errors, report.warnings) == (True, (), ())
    assert (report.code, report.release_digest) == ("T36", rulebook.digest)
    assert report.fee is not None
    assert report.fee.amount_cad == Decimal(230)


def test_what_the_offer_does_not_tell_is_said_to_be_open(member: Membership, rulebook: Rulebook) -> None:
    report = report_of(draft(member), rulebook)
    assert report.outcome == "undetermined"
    assert ("criterion.credential", "facts") in found(report, Level.UNKNOWN)


def test_further_facts_settle_what_was_open(member: Membership, rulebook: Rulebook) -> None:
    facts = {**rulebook.cases["cusma-professional"].base.facts, "offer.occupation_regulated_in_province": False}
    facts = {name: value for name, value in facts.items() if not name.startswith("offer.teer")}
    report = report_of(draft(member, facts=facts), rulebook)
    assert (report.outcome, report.untold) == ("eligible", ())


def test_facts_never_overrule_the_fields_of_the_offer(member: Membership) -> None:
    offer = draft(member, facts={"offer.noc": "65200", "offer.wage_hourly": 200, "applicant.citizenships": ["MX"]})
    facts = facts_of_offer(offer, "NS")
    assert (facts["offer.noc"], facts["offer.wage_hourly"]) == ("21300", 80.0)
    assert facts["applicant.citizenships"] == ["US", "MX"]


ERRORS: list[tuple[str, dict[str, Any], str, str]] = [
    ("V3 citizenship against treaty", {"worker_citizenship": "BR"}, "criterion.citizenship", "worker_citizenship"),
    ("TEER of the code", {"noc_code": "65200"}, "criterion.teer", "noc_code"),
    ("V2 an open code", {"exemption_category": "spouse-of-skilled-worker"}, "exemption.open", "exemption_category"),
    (
        "V7 a code that has ended",
        {"exemption_category": "innovation-stream"},
        "exemption.unknown",
        "exemption_category",
    ),
    ("no such code", {"exemption_category": "lighthouse-keeper"}, "exemption.unknown", "exemption_category"),
    ("a day not covered", {"applies_on": "2050-01-01"}, "exemption.date", "applies_on"),
    (
        "V14 see attached",
        {"exemption_explanation": "Please see the attached letter of our lawyer and the annexes."},
        "see_attached.exemption_explanation",
        "exemption_explanation",
    ),
    (
        "V14 in the middle",
        {"main_duties": "Designs machines of lighthouses. For the rest see the attached description."},
        "see_attached.main_duties",
        "main_duties",
    ),
    ("V14 in a short field", {"other_training": "Voir l’annexe"}, "see_attached.other_training", "other_training"),
    (
        "V6 in Quebec",
        {"exemption_category": "provincial-agreement", "sites": [SITE, {**SITE, "province": "QC"}]},
        "exemption.nominee.quebec",
        "sites",
    ),
    (
        "V6 seasonal",
        {"exemption_category": "provincial-agreement", "is_seasonal": True},
        "exemption.nominee.seasonal",
        "is_seasonal",
    ),
    (
        "V6 part-time",
        {"exemption_category": "provincial-agreement", "hours_per_week": "20", "agreement_hours_per_week": "20"},
        "exemption.nominee.part_time",
        "hours_per_week",
    ),
    ("an owner’s code for an employee", {"noc_code": "88888"}, "job.owner", "noc_code"),
    ("V14 in French", {"main_duties": "Voir pièce jointe."}, "see_attached.main_duties", "main_duties"),
    (
        "V15 contract ends later",
        {"agreement_ends_on": day(500)},
        "agreement.differs.agreement_ends_on",
        "agreement_ends_on",
    ),
    (
        "contract pays less",
        {"agreement_hourly_wage_cad": "79.99"},
        "agreement.differs.agreement_hourly_wage_cad",
        "agreement_hourly_wage_cad",
    ),
    (
        "contract names another job",
        {"agreement_job_title": "Painter"},
        "agreement.differs.job_title",
        "agreement_job_title",
    ),
    (
        "contract not signed",
        {"agreement_signed_by_worker_on": None},
        "agreement.unsigned.agreement_signed_by_worker_on",
        "agreement_signed_by_worker_on",
    ),
    (
        "contract signed tomorrow",
        {"agreement_copy_given_on": day(1)},
        "agreement.future.agreement_copy_given_on",
        "agreement_copy_given_on",
    ),
    ("a declaration missing", {"declared": ["agreement"]}, "declarations.missing", "declared"),
    ("V1 applied already", {"applies_on": day(-1)}, "period.applied", "applies_on"),
    ("period over", {"ends_on": day(-1), "starts_on": "2024-01-01"}, "period.past", "ends_on"),
    (
        "passport expired",
        {"worker_passport_expires_on": day(0)},
        "worker.passport_expired",
        "worker_passport_expires_on",
    ),
    ("a child", {"worker_date_of_birth": day(0)}, "worker.age", "worker_date_of_birth"),
    ("no such occupation", {"noc_code": "99999"}, "job.noc", "noc_code"),
    ("no licence", {"is_regulated": True}, "job.licence", "licensing"),
    ("which language", {"language_required": "other"}, "job.language", "other_language"),
    ("V12 dispute not told", {"has_labour_dispute": None}, "job.labour_dispute_open", "has_labour_dispute"),
    ("hours do not fit", {"hours_per_week": "80", "agreement_hours_per_week": "80"}, "hours.fit", "hours_per_week"),
    (
        "below the minimum wage",
        {"hourly_wage_cad": "16.74", "agreement_hourly_wage_cad": "16.74"},
        "wage.minimum.NS",
        "hourly_wage_cad",
    ),
    ("no wage", {"hourly_wage_cad": None}, "missing.hourly_wage_cad", "hourly_wage_cad"),
    ("no vacation", {"vacation_days": None}, "leave.vacation", "vacation_days"),
    ("no place", {"sites": []}, "sites.none", "sites"),
    ("half a place", {"sites": [SITE, {**SITE, "city": ""}]}, "sites.1.city", "sites.1.city"),
    (
        "a foreign postal code",
        {"sites": [{**SITE, "postal_code": "90210"}]},
        "sites.0.postal_code",
        "sites.0.postal_code",
    ),
]


@pytest.mark.parametrize(("changes", "key", "field"), [row[1:] for row in ERRORS], ids=[row[0] for row in ERRORS])
def test_what_is_wrong_is_an_error_beside_its_field(
    member: Membership, rulebook: Rulebook, changes: dict[str, Any], key: str, field: str
) -> None:
    report = report_of(draft(member, **changes), rulebook)
    assert (key, field) in found(report, Level.ERROR)
    assert not report.is_ready
    text = next(problem.text for problem in report.errors if problem.key == key)
    assert text.en != text.fr
    assert "{" not in text.en + text.fr


WARNINGS: list[tuple[str, dict[str, Any], str]] = [
    ("passport shorter than the work", {"worker_passport_expires_on": day(100)}, "worker.passport_short"),
    ("a short explanation", {"exemption_explanation": "US engineer."}, "exemption.short"),
    ("part-time", {"hours_per_week": "20", "agreement_hours_per_week": "20"}, "hours.part_time"),
    ("below the median wage", {"hourly_wage_cad": "20", "agreement_hourly_wage_cad": "20"}, "wage.low.NS"),
    ("short vacation", {"vacation_days": "5"}, "leave.short"),
    ("a labour dispute", {"has_labour_dispute": True}, "job.labour_dispute"),
    ("a remark that sinks permits", {"additional_information": "There is no employment agreement."}, "agreement.none"),
    ("the same in French", {"additional_information": "Il n’y a pas de contrat de travail."}, "agreement.none"),
    ("work before the application", {"starts_on": day(0), "agreement_starts_on": day(0)}, "period.start"),
    ("longer than a first permit", {"exemption_category": "cusma-trader"}, "exemption.duration"),
]


@pytest.mark.parametrize(("changes", "key"), [row[1:] for row in WARNINGS], ids=[row[0] for row in WARNINGS])
def test_a_warning_is_acknowledged_with_a_reason(
    member: Membership, rulebook: Rulebook, changes: dict[str, Any], key: str
) -> None:
    longer = day(700)
    if key == "exemption.duration":
        changes = {**changes, "ends_on": longer, "agreement_ends_on": longer}
    report = report_of(draft(member, **changes), rulebook)
    assert key in {problem.key for problem in report.open_warnings}
    assert not report.is_ready
    reasons = {problem.key: "We know, and it is so." for problem in report.warnings}
    assert report_of(draft(member, **changes, acknowledged=reasons), rulebook).open_warnings == ()


def test_a_cap_on_all_permits_is_no_matter_of_opinion(member: Membership, rulebook: Rulebook) -> None:
    longer = day(700)
    offer = draft(member, exemption_category="ceta-technologist", ends_on=longer, agreement_ends_on=longer)
    report = report_of(offer, rulebook)
    assert ("exemption.cap", "ends_on") in found(report, Level.ERROR)
    assert "in all" in next(problem.text.en for problem in report.errors if problem.key == "exemption.cap")


@pytest.mark.parametrize(
    "changes",
    [
        {"noc_code": "88888", "exemption_category": "business-owner"},
        {"main_duties": "Sees that attachments, annexes and enclosures of lighthouses stay attached."},
        {"main_duties": "Voir à l’entretien des annexes du phare et des pièces qui y sont jointes."},
        {
            "exemption_category": "provincial-agreement",
            "is_seasonal": True,
            "facts": {"event.approved_by_ircc": True},
        },
    ],
)
def test_what_only_looks_wrong_is_let_be(member: Membership, rulebook: Rulebook, changes: dict[str, Any]) -> None:
    beginnings = ("see_attached", "job.owner", "exemption.nominee")
    keys = {problem.key for problem in report_of(draft(member, **changes), rulebook).errors}
    assert not [key for key in keys if key.startswith(beginnings)]


@pytest.mark.parametrize(
    ("category", "province", "refused"),
    [
        ("francophone-mobility", "QC", True),
        ("francophone-mobility", "NB", False),
        ("quebec-certificate-in-quebec", "ON", True),
        ("quebec-certificate-in-quebec", "QC", False),
    ],
)
def test_the_province_must_fit_the_code(
    member: Membership, rulebook: Rulebook, category: str, province: str, refused: bool
) -> None:
    report = report_of(draft(member, exemption_category=category, sites=[{**SITE, "province": province}]), rulebook)
    by_site = [problem for problem in report.errors if problem.field == "sites"]
    assert bool(by_site) == refused


def test_every_province_of_work_is_judged(member: Membership, rulebook: Rulebook) -> None:
    sites = [{**SITE, "province": "NB"}, {**SITE, "province": "QC"}]
    report = report_of(draft(member, exemption_category="francophone-mobility", sites=sites), rulebook)
    assert "sites" in {problem.field for problem in report.errors}


def test_the_code_is_the_one_of_the_day_of_application(member: Membership, rulebook: Rulebook) -> None:
    report = report_of(draft(member, applies_on="2022-12-14"), rulebook, date(2022, 12, 1))
    assert report.code == "T23"


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"standing": "in_default"}, "employer.ineligible"),
        ({"standing": "ineligible"}, "employer.ineligible"),
        ({"has_barred_activity": True}, "employer.barred_activity"),
        ({"has_barred_activity": None}, "employer.barred_activity_open"),
        ({"business_number": ""}, "employer.profile"),
        ({"activity": ""}, "employer.profile"),
        ({"regime_exemption": "bridge_or_tunnel"}, "exemption.outside_regime"),
    ],
    ids=str,
)
def test_an_employer_that_may_not_file_is_told(
    member: Membership, rulebook: Rulebook, change: dict[str, Any], key: str
) -> None:
    Employer.objects.filter(pk=member.employer_id).update(**change)
    assert key in {problem.key for problem in report_of(draft(member), rulebook).errors}


def test_an_employer_is_eligible_again_after_its_last_barred_day(member: Membership, rulebook: Rulebook) -> None:
    Employer.objects.filter(pk=member.employer_id).update(
        standing="ineligible_until", ineligible_until=TODAY - timedelta(days=1)
    )
    assert report_of(draft(member), rulebook).is_ready


def test_an_owner_who_hires_themself_needs_no_business_number(member: Membership, rulebook: Rulebook) -> None:
    Employer.objects.filter(pk=member.employer_id).update(business_number="", is_new_or_self_hiring=True)
    assert report_of(draft(member, noc_code="88888"), rulebook).has("employer.") is False


def test_a_claim_needs_explanation_and_proof(member: Membership, rulebook: Rulebook) -> None:
    claim = {"exemption_category": "charitable-worker", "fee_exemption": "unpaid_religious_or_charitable"}
    report = report_of(draft(member, **claim), rulebook)
    assert {"fee.claim", "fee.explanation", "fee.proof"} <= {problem.key for problem in report.errors}
    ready = report_of(charity_draft(member), rulebook)
    assert ready.is_ready
    assert ready.fee is not None
    assert ready.fee.provisions == ("R303.1(5)", "R299(2)(f)")


def test_an_empty_draft_says_everything_that_is_missing_without_failing(member: Membership, rulebook: Rulebook) -> None:
    blank = dict.fromkeys(content(), None)
    report = report_of(draft(member, **{**blank, "sites": [], "declared": []}), rulebook)
    required = {key for key in WORDS if key.startswith("missing.")}
    assert required <= {problem.key for problem in report.errors}
    assert (report.code, report.fee) == ("", None)


def test_every_sentence_is_in_both_languages() -> None:
    assert all(en and fr and en != fr for en, fr in WORDS.values())
    assert not [fr for _en, fr in WORDS.values() if " ;" in fr or " !" in fr or " ?" in fr or "'" in fr]


# Wages ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("province", "on", "amount"),
    [
        ("ON", date(2026, 9, 30), "17.60"),
        ("ON", date(2026, 10, 1), "17.95"),
        ("AB", date(2026, 11, 1), "15.00"),
        ("QC", date(2026, 5, 1), "16.60"),
    ],
)
def test_the_minimum_wage_is_the_latest_of_the_day(rulebook: Rulebook, province: str, on: date, amount: str) -> None:
    assert minimum_wage_cad(province, on, rulebook) == Decimal(amount)


def test_before_the_list_begins_no_minimum_is_known(rulebook: Rulebook) -> None:
    assert minimum_wage_cad("ON", date(2020, 1, 1), rulebook) is None


def test_yearly_and_hourly_wages_are_of_52_weeks() -> None:
    assert annual_wage_cad(Decimal("40"), Decimal("37.5")) == Decimal("78000.00")
    assert wage_by_the_hour(Decimal("78000"), "year", Decimal(0), Decimal("37.5")) == Decimal("40.00")


def other_offer(offer: OfferOfEmployment, rulebook: Rulebook) -> bool:
    return ("worker.other_offer", "worker_passport_number") in found(report_of(offer, rulebook), Level.WARNING)


def test_a_second_offer_for_a_worker_is_warned_of_while_the_first_is_under_way(
    member: Membership, rulebook: Rulebook, portal: object
) -> None:
    who, same = person(member.user), {"worker_passport_number": "XC-000 001"}
    first, second = charity_draft(member, **same), draft(member, **same)
    assert not other_offer(second, rulebook), "a draft is nothing yet"
    submit_offer(first.pk, who)
    assert other_offer(second, rulebook)
    assert not other_offer(first, rulebook), "it was alone when it was filed"
    assert not other_offer(draft(member, worker_passport_number="XC-000 002"), rulebook)
    assert not other_offer(draft(MembershipFactory(), **same), rulebook), "nobody hears of another employer"
    withdraw_offer(first.pk, who)
    assert not other_offer(second, rulebook)


def test_one_worker_twice_in_a_group_is_warned_of_before_it_is_filed(member: Membership, rulebook: Rulebook) -> None:
    group = group_of(2, member)
    one, other = group.offers.all()
    assert not other_offer(one, rulebook)
    save_draft(other.pk, 1, {"worker_passport_number": one.worker_passport_number}, person(member.user))
    assert other_offer(one, rulebook)
