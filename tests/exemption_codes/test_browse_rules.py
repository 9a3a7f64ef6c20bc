"""A category's page says what its rule file says: the rule as a tree, its lists, dates, fees and general rules."""

from datetime import date
from decimal import Decimal

import pytest

from exemption_codes.browse.corrections import corrections
from exemption_codes.browse.mentions import lists_read
from exemption_codes.browse.rule_tree import RuleBranch, rule_branch
from exemption_codes.catalogue import documents as doc
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.pages import CategoryPage, category_page

TODAY = date(2026, 11, 25)


def page(rulebook: Rulebook, name: str, on: date = TODAY, language: str = "en") -> CategoryPage:
    return category_page(rulebook, name, on, language)


def tree(rulebook: Rulebook, condition: object, language: str = "en") -> RuleBranch:
    return rule_branch(condition, rulebook, TODAY, language)


def test_parts_of_one_kind_inside_each_other_become_one_level(rulebook: Rulebook) -> None:
    inner = {"any": [{"fact": "offer.teer", "is": 0}, {"fact": "offer.teer", "is": 1}]}
    condition = doc.AnyOf.model_validate({"any": [inner, {"fact": "offer.teer", "is": 2}]})
    drawn = tree(rulebook, condition)
    assert drawn.kind == "any"
    assert [part.kind for part in drawn.parts] == ["test", "test", "test"]


def test_what_is_enough_stands_inside_what_must_hold(rulebook: Rulebook) -> None:
    rule = {one.id: one for one in page(rulebook, "spouse-of-skilled-worker").requirements}
    drawn = rule["worker_since_2026_05"].tree
    assert drawn is not None
    assert drawn.kind == "any"
    assert {part.kind for part in drawn.parts} == {"all"}
    assert drawn.parts[0].parts[0].table == "skilled_worker_occupations"


def test_a_condition_that_repeats_its_sentence_is_not_drawn(rulebook: Rulebook) -> None:
    rule = {one.id: one for one in page(rulebook, "cusma-professional").requirements}
    assert rule["citizenship"].tree is None
    assert rule["profession_listed"].tree is not None


def test_days_are_before_and_after_and_ranks_above_and_below(rulebook: Rulebook) -> None:
    licensed = next(one for one in rulebook.categories["post-graduation-work-permit"].criteria
                    if one.id == "licensed_curriculum")  # fmt: skip
    english, french = (str(tree(rulebook, licensed.when, language)) for language in ("en", "fr"))
    assert "First day of the program: before May 15, 2024" in english
    assert "First day of the program: January 31, 2023 or earlier" in english
    assert " : avant le 15 mai 2024" in french
    assert " : le 31 janvier 2023 ou avant" in french
    test = doc.FactTest.model_validate({"fact": "applicant.education_level", "at_least": "bachelor"})
    assert ": at least " in tree(rulebook, test).text


def test_officers_and_conditional_criteria_are_marked(rulebook: Rulebook) -> None:
    rule = {one.id: one for one in page(rulebook, "spouse-of-skilled-worker").requirements}
    assert rule["genuine_relationship"].is_for_officer
    assert not rule["partner"].is_for_officer
    only = rule["worker_in_selecting_province"].only_where
    assert only is not None
    assert only.text == "Code of the family member’s permit: one of A73, A76, T10, T13"


def test_the_63_professions_are_spelled_out_with_what_each_asks_for(rulebook: Rulebook) -> None:
    (table,) = page(rulebook, "cusma-professional").tables
    assert table.size == 63
    names = {name: row for row in table.rows for name in row.names}
    assert "Accountant" in names
    assert all(cell.branch for row in table.rows for cell in row.cells)


def test_a_list_of_countries_and_one_of_occupations_are_spelled_out(rulebook: Rulebook) -> None:
    partners, holiday = page(rulebook, "iec-working-holiday").tables
    assert partners.size == 36
    assert "Ireland" in partners.members
    ireland = next(row for row in holiday.rows if row.names == ("Ireland",))
    assert [cell.text for cell in ireland.cells][:3] == ["18", "35", "24"]
    (occupations,) = page(rulebook, "spouse-of-skilled-worker").tables
    assert any(name.startswith("21231 ") for name in occupations.members)
    assert occupations.doubt


def test_every_column_of_a_table_that_a_rule_reads_has_a_heading(rulebook: Rulebook) -> None:
    conditions = [
        condition
        for category in rulebook.categories.values()
        for criterion in category.criteria
        for condition in (criterion.when, criterion.applies_when)
    ]
    read = {listed for condition in conditions for listed, _fact in lists_read(condition)}
    for name in read:
        rows = [row for edition in rulebook.lists[name].editions for row in edition.rows]
        assert {column for row in rows for column in row} - {"key", "label"} == set(rulebook.lists[name].columns), name


def test_a_parameter_is_spelled_out_with_its_name_and_date(rulebook: Rulebook) -> None:
    rule = {one.id: one for one in page(rulebook, "no-permit-off-campus-student").requirements}
    drawn = rule["weekly_hours"].tree
    assert drawn is not None
    assert drawn.parameter == "off_campus_hours"
    assert "24 hours" in drawn.text
    assert "2024" in drawn.text


@pytest.mark.parametrize(
    ("on", "threshold"), [(date(2025, 5, 26), "50 percent"), (date(2025, 5, 27), "51 percent"), (TODAY, "51 percent")]
)
def test_a_past_day_shows_the_rule_then_in_force(rulebook: Rulebook, on: date, threshold: str) -> None:
    found = page(rulebook, "business-owner", on)
    assert any(threshold in one.text for one in found.requirements)
    assert not any(one.id == "business-owners" for one in found.corrections) or on >= date(2025, 5, 27)


def test_a_closed_category_shows_the_rule_of_its_last_day(rulebook: Rulebook) -> None:
    found = page(rulebook, "policy-r01-visitor")
    assert found.row.state == "ended"
    assert found.on == date(2024, 8, 28)
    assert page(rulebook, "policy-r01-visitor", date(2019, 1, 1)).row.state == "not_begun"


def test_documents_stand_with_what_they_show_and_only_those_of_the_day(rulebook: Rulebook) -> None:
    for on in (date(2022, 12, 14), TODAY):
        found = page(rulebook, "spouse-of-skilled-worker", on)
        texts = {one.text for one in found.requirements}
        assert all(paper.proves in texts for paper in found.papers)


def test_fees_have_amount_payer_and_source(rulebook: Rulebook) -> None:
    fees = {fee.id: fee for fee in page(rulebook, "cusma-professional").fees}
    assert (fees["employer_compliance_fee"].amount, fees["employer_compliance_fee"].payer_id) == ("$230", "employer")
    assert "open_work_permit_holder_fee" not in fees
    open_permit = {fee.id: fee.amount_cad for fee in page(rulebook, "spouse-of-skilled-worker").fees}
    assert open_permit["open_work_permit_holder_fee"] == Decimal(100)
    assert page(rulebook, "cusma-professional", language="fr").fees[0].amount == "230\u00a0$"


def test_a_fee_that_is_not_due_says_why_and_under_which_provision(rulebook: Rulebook) -> None:
    fees = {fee.id: fee for fee in page(rulebook, "refugee-claimant").fees}
    processing = fees["work_permit_processing_fee"]
    assert (processing.due, [one.provision for one in processing.citations]) == ("no", ["R299(2)(a)"])
    assert processing.said.startswith("Work permit processing fee: not due. You and your family wait")
    assert "employer_compliance_fee" not in fees


def test_a_ceiling_for_groups_is_told_with_the_fee(rulebook: Rulebook) -> None:
    fee = page(rulebook, "performing-arts").fees[0]
    assert fee.ceilings[0].startswith("At most $690 for the offers to a group of three or more")


def test_without_a_permit_no_fee_and_no_rule_of_permits_is_shown(rulebook: Rulebook) -> None:
    found = page(rulebook, "no-permit-business-visitor")
    assert (found.fees, found.general) == ((), ())


def test_general_rules_bind_whom_they_do_not_spare(rulebook: Rulebook) -> None:
    flagpoling = next(rule for rule in rulebook.general if rule.id == "no_flagpoling").text.en
    assert flagpoling not in {rule.text for rule in page(rulebook, "cusma-professional").general}
    assert flagpoling in {rule.text for rule in page(rulebook, "ceta-investor").general}
    assert flagpoling not in {rule.text for rule in page(rulebook, "ceta-investor", date(2024, 12, 23)).general}
    assert flagpoling not in page(rulebook, "cusma-professional").place_rules
    assert flagpoling in page(rulebook, "ceta-investor").place_rules
    assert page(rulebook, "atlantic-immigration-program").place_rules == tuple(
        rule.text.en for rule in rulebook.general if rule.id == "application_inside_canada"
    )
    filed = next(rule for rule in rulebook.general if rule.id == "offer_filed_and_fee_paid").text.en
    assert filed not in {rule.text for rule in page(rulebook, "spouse-of-skilled-worker").general}


def test_the_time_line_tells_names_bases_and_requirements(rulebook: Rulebook) -> None:
    events = {event.iso: event.texts for event in page(rulebook, "cusma-professional").timeline.events}
    assert events["2022-12-15"] == ("The code T23 becomes T36.",)
    basis = {event.iso: event.texts for event in page(rulebook, "iec-working-holiday").timeline.events}
    assert basis["2024-11-29"] == ("The legal basis R205(b) becomes R204(d).",)
    owner = {event.iso: event.texts for event in page(rulebook, "business-owner").timeline.events}
    assert any("51 percent" in text for text in owner["2025-05-27"])


def test_the_strip_is_filled_from_end_to_end(rulebook: Rulebook) -> None:
    for name in rulebook.categories:
        segments = page(rulebook, name).timeline.segments
        assert abs(sum(float(one.width.rstrip("%")) for one in segments) - 100) < 0.1
        assert all("," not in one.left + one.width for one in segments)


def test_partners_lead_to_each_other(rulebook: Rulebook) -> None:
    partner = page(rulebook, "ceta-transferee-manager").partner
    assert partner is not None
    assert partner.key == "T45"
    assert "ceta-transferee-manager" in {row.id for row in page(rulebook, "ceta-spouse").partner_of}


def test_conflicts_of_sources_are_named(rulebook: Rulebook) -> None:
    assert {note.conflict for note in page(rulebook, "cusma-professional").notes} >= {"K16", "P3"}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_category_has_a_page_on_each_day_that_changes_it(rulebook: Rulebook, language: str) -> None:
    for name in rulebook.categories:
        for on in (date(2014, 1, 1), date(2022, 12, 14), date(2024, 12, 31), TODAY):
            found = page(rulebook, name, on, language)
            assert found.requirements
            assert found.sources


WRONG = {
    "global-talent-stream": "significant-benefit",
    "iec-partners": "iec-working-holiday",
    "spouses": "spouse-of-skilled-worker",
    "business-owners": "business-owner",
    "visitors-inside-canada": "policy-r01-visitor",
    "mobility-program-plus": "mobility-program-plus",
    "transferees-renamed": "transferee-manager",
    "agreements-renamed": "cusma-transferee-manager",
    "flagpoling": "ceta-investor",
}


@pytest.mark.parametrize(("correction", "category"), WRONG.items())
def test_what_guides_get_wrong_is_said_on_the_pages_it_concerns(
    rulebook: Rulebook, correction: str, category: str
) -> None:
    assert correction in {one.id for one in page(rulebook, category).corrections}
    assert correction in {one.id for one in corrections(rulebook, TODAY, "fr")}
