"""Where one may apply: before entering, on entry or inside Canada, and the stop of applications at the border."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from eligibility.engine.determine import determine
from eligibility.engine.places import OpenPlace, places_for
from eligibility.engine.verdict import Status
from exemption_codes.catalogue.rulebook import Rulebook

ABROAD, HERE = {"applicant.location": "outside_canada"}, {"applicant.location": "in_canada"}
FLAGPOLING_STOPPED = date(2024, 12, 24)
VISITOR = {**HERE, "applicant.r199_basis_met": False}
BORDER = "port_of_entry"


def citizen(*countries: str, resident: list[str] | None = None) -> dict[str, Any]:
    return {"applicant.citizenships": list(countries), "applicant.permanent_residence_countries": resident or []}


def places(facts: dict[str, Any], category: str, rulebook: Rulebook, on: date) -> dict[str, OpenPlace]:
    result = determine(rulebook, facts, on)
    found = next(d for d in result.determinations if d.category.id == category)
    return {one.place: one for one in places_for(found, result)}


def because(place: OpenPlace) -> list[str]:
    return [finding.rule.id for finding in place.because]


def test_whoever_needs_no_visa_may_apply_on_arrival_or_before(rulebook: Rulebook, today: date) -> None:
    found = places({**citizen("GB"), **ABROAD}, "cuktca-transferee-manager", rulebook, today)
    assert {name: (one.status, one.from_abroad) for name, one in found.items()} == {
        "online": (Status.MET, False),
        BORDER: (Status.MET, False),
    }


def test_whoever_needs_a_visa_is_not_sent_to_the_border(rulebook: Rulebook, today: date) -> None:
    found = places({**citizen("MX"), **ABROAD}, "cusma-professional", rulebook, today)
    assert (found[BORDER].is_closed, because(found[BORDER])) == (True, ["border_application"])
    assert found["online"].status is Status.MET
    resident = {**citizen("MX", resident=["US"]), **ABROAD}
    assert places(resident, "cusma-professional", rulebook, today)[BORDER].status is Status.MET


def test_a_passport_that_decides_leaves_the_border_open_to_doubt(rulebook: Rulebook, today: date) -> None:
    found = places({**citizen("RO"), **ABROAD}, "ceta-transferee-manager", rulebook, today)[BORDER]
    assert (found.status, because(found)) == (Status.UNKNOWN, ["border_application"])


def test_people_in_canada_may_not_go_to_the_border_since_the_stop(rulebook: Rulebook) -> None:
    facts = {**citizen("FR"), **HERE}
    eve = places(facts, "ceta-transferee-manager", rulebook, date(2024, 12, 23))[BORDER]
    assert eve.status is Status.MET
    stopped = places(facts, "ceta-transferee-manager", rulebook, FLAGPOLING_STOPPED)[BORDER]
    assert (stopped.is_closed, because(stopped)) == (True, ["no_flagpoling"])


@pytest.mark.parametrize(
    ("facts", "category", "is_open"),
    [
        (citizen("US"), "ceta-transferee-manager", True),
        (citizen("FR", resident=["US"]), "ceta-transferee-manager", True),
        (citizen("FR"), "ceta-transferee-manager", False),
        (citizen("US"), "cusma-professional", True),
        (citizen("MX"), "cusma-professional", False),
        (citizen("CL"), "chile-professional", True),
        (citizen("KR"), "korea-professional", True),
        (citizen("KR"), "korea-transferee-manager", False),
        (citizen("KR") | {"principal.permit_code": "F32"}, "korea-spouse", True),
        (citizen("KR") | {"principal.permit_code": "F30"}, "korea-spouse", False),
        (citizen("FR") | {"application.border_exception": "cross_border_truck_driver"}, "francophone-mobility", True),
        (citizen("FR") | {"application.border_exception": "border_appointment"}, "francophone-mobility", True),
        (citizen("FR") | {"application.border_exception": "none"}, "francophone-mobility", False),
        (citizen("MX") | {"application.border_exception": "border_appointment"}, "francophone-mobility", False),
    ],
)
def test_the_exceptions_of_the_stop(
    facts: dict[str, Any], category: str, is_open: bool, rulebook: Rulebook, today: date
) -> None:
    found = places({**facts, **HERE}, category, rulebook, today)[BORDER]
    assert found.status is (Status.MET if is_open else Status.NOT_MET)


def test_a_visitor_in_canada_applies_from_abroad(rulebook: Rulebook, today: date) -> None:
    found = places({**citizen("FR"), **VISITOR}, "ceta-transferee-manager", rulebook, today)["online"]
    assert (found.status, found.from_abroad, because(found)) == (Status.MET, True, ["application_inside_canada"])


def test_holders_of_a_permit_apply_where_they_are(rulebook: Rulebook, today: date) -> None:
    facts = {**citizen("FR"), **HERE, "applicant.r199_basis_met": True}
    found = places(facts, "ceta-transferee-manager", rulebook, today)["online"]
    assert (found.status, found.from_abroad) == (Status.MET, False)


def test_refugee_claimants_apply_in_canada_whatever_their_status(rulebook: Rulebook, today: date) -> None:
    found = places({**citizen("IR"), **VISITOR}, "refugee-claimant", rulebook, today)
    assert found
    assert all(one.status is Status.MET and not one.from_abroad for one in found.values())


def test_a_criterion_of_the_category_closes_a_place_too(rulebook: Rulebook, today: date) -> None:
    online_only = rulebook.categories["quebec-investor"].model_copy(update={"apply_at": ["online", BORDER]})
    elsewhere = replace(rulebook, categories={**rulebook.categories, "quebec-investor": online_only})
    found = places({**citizen("FR"), **ABROAD}, "quebec-investor", elsewhere, today)
    own = {criterion.id for criterion in online_only.criteria}
    assert (found[BORDER].is_closed, set(because(found[BORDER])) <= own) == (True, True)
    assert found["online"].status is Status.MET


def test_the_place_that_was_chosen_changes_nothing(rulebook: Rulebook, today: date) -> None:
    facts = {**citizen("MX"), **ABROAD}
    chosen = places({**facts, "application.place": BORDER}, "cusma-professional", rulebook, today)
    plain = places(facts, "cusma-professional", rulebook, today)
    assert [(one.status, because(one)) for one in chosen.values()] == [
        (one.status, because(one)) for one in plain.values()
    ]


def test_at_the_border_nobody_is_asked_for_leave_to_apply_inside_canada(rulebook: Rulebook, today: date) -> None:
    visitor = {**citizen("FR"), **VISITOR, "application.place": BORDER, "principal.permit_code": "none"}
    told = {reason: {**visitor, "application.border_exception": reason} for reason in ("border_appointment", "none")}
    status = {
        reason: {finding.rule.id: finding.status for finding in determine(rulebook, facts, today).general}
        for reason, facts in {"": visitor, **told}.items()
    }
    assert {one["application_inside_canada"] for one in status.values()} == {Status.MET}
    assert {reason: one["no_flagpoling"] for reason, one in status.items()} == {
        "": Status.UNKNOWN,
        "border_appointment": Status.MET,
        "none": Status.NOT_MET,
    }


def test_a_citizen_of_the_united_states_in_canada_may_choose_the_border(rulebook: Rulebook, today: date) -> None:
    result = determine(rulebook, {**citizen("US"), **VISITOR, "application.place": BORDER}, today)
    status = {finding.rule.id: finding.status for finding in result.general}
    assert status["application_inside_canada"] is Status.MET
    online = determine(rulebook, {**citizen("US"), **VISITOR, "application.place": "online"}, today)
    assert {f.rule.id: f.status for f in online.general}["application_inside_canada"] is Status.NOT_MET
