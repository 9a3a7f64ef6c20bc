"""Requests that other programs send, for tests of the command line and of the API."""

from typing import Any

AS_OF = "2026-11-22"
ENGINEER: dict[str, Any] = {
    "as_of": AS_OF,
    "facts": {
        "applicant.citizenships": ["US"],
        "applicant.us_citizenship_territory": "none",
        "offer.exists": True,
        "offer.noc": "21231",
        "offer.cusma_profession": "Engineer",
        "offer.duties_match_profession": True,
        "offer.pre_arranged": True,
        "offer.submitted_in_employer_portal": True,
        "offer.occupation_regulated_in_province": False,
        "applicant.credentials": ["degree"],
        "applicant.credential_used": "degree",
        "applicant.education_level": "bachelor",
        "applicant.degree_field_related": True,
        "applicant.controls_canadian_enterprise": False,
        "applicant.licence_held_or_obtainable": True,
    },
}
NESTED: dict[str, Any] = {
    "as_of": AS_OF,
    "facts": {
        "offer": {"noc": "21231", "province": "MB"},
        "applicant": {"citizenships": ["SN"], "french": {"proof": "tef", "speaking_nclc": 9}},
        "situation.speaks_french": True,
    },
}
# Each: the request, the name of what is wrong, its code, and part of what is said or suggested.
REFUSED: list[tuple[Any, str, str, str]] = [
    ([], "request", "not_an_object", "facts"),
    ("case", "request", "not_an_object", "facts"),
    (None, "request", "not_an_object", "facts"),
    ({"fact": {}}, "fact", "unknown_key", "facts"),
    ({"facts": []}, "facts", "not_an_object", "offer.noc"),
    ({"facts": {"offer.nocc": "21231"}}, "offer.nocc", "unknown_fact", "offer.noc"),
    ({"facts": {"offer": {"nocc": "21231"}}}, "offer.nocc", "unknown_fact", "offer.noc"),
    ({"facts": {"offer": "21231"}}, "offer", "group", "offer."),
    ({"facts": {"citizenship": ["US"]}}, "citizenship", "unknown_fact", ""),
    ({"facts": {"offer.noc": "21231", "offer": {"noc": "63200"}}}, "offer.noc", "twice", "once"),
    ({"facts": {"offer.noc": 21231}}, "offer.noc", "invalid", 'mean "21231"'),
    ({"facts": {"offer.noc": "99999"}}, "offer.noc", "invalid", ""),
    ({"facts": {"offer.teer": 9}}, "offer.teer", "invalid", "from 0 to 5"),
    ({"facts": {"offer.teer": 1.5}}, "offer.teer", "invalid", "without decimals"),
    ({"facts": {"offer.teer": True}}, "offer.teer", "invalid", "a number"),
    ({"facts": {"offer.teer": "1"}}, "offer.teer", "invalid", "without quotes"),
    ({"facts": {"offer.wage_hourly": 1e13}}, "offer.wage_hourly", "invalid", ""),
    ({"facts": {"offer.exists": "yes"}}, "offer.exists", "invalid", "true or false"),
    ({"facts": {"applicant.citizenships": "US"}}, "applicant.citizenships", "invalid", '["US"]'),
    ({"facts": {"applicant.citizenships": ["USA"]}}, "applicant.citizenships", "invalid", "ISO 3166-1"),
    ({"facts": {"applicant.citizenships": ["Mexico"]}}, "applicant.citizenships", "invalid", "mean MX"),
    ({"facts": {"applicant.citizenships": ["USA", "Mexico"]}}, "applicant.citizenships", "invalid", "mean MX"),
    ({"facts": {"benefit.kind": ["social", "x", "social"]}}, "benefit.kind", "invalid", "name it once"),
    ({"facts": {"applicant.citizenships": ["US", "US"]}}, "applicant.citizenships", "invalid", "once"),
    ({"facts": {"applicant.citizenships": [["US"]]}}, "applicant.citizenships", "invalid", ""),
    ({"facts": {"applicant.date_of_birth": "1990-02-30"}}, "applicant.date_of_birth", "invalid", "YYYY-MM-DD"),
    ({"facts": {"applicant.date_of_birth": "0001-01-01"}}, "applicant.date_of_birth", "invalid", "1900"),
    ({"facts": {"offer.province": "on"}}, "offer.province", "invalid", "mean ON"),
    ({"facts": {"offer.cusma_profession": "Enginer"}}, "offer.cusma_profession", "invalid", "mean Engineer"),
    ({"facts": {"application.date": "2035-01-01"}}, "application.date", "date_not_covered", "2027-12-31"),
    ({"as_of": "2013-12-31", "facts": {}}, "as_of", "date_not_covered", "2014-01-01"),
    ({"as_of": "2026-02-30", "facts": {}}, "as_of", "not_a_day", "YYYY-MM-DD"),
    ({"as_of": "22 Nov 2026", "facts": {}}, "as_of", "not_a_day", "YYYY-MM-DD"),
    ({"as_of": 20261122, "facts": {}}, "as_of", "not_a_day", "YYYY-MM-DD"),
    ({"facts": {f"made.up_{number}": 1 for number in range(1500)}}, "facts", "too_many", "1000"),
]
# Texts that are no JSON as we read it, and part of what is said.
UNREADABLE: list[tuple[bytes, str]] = [
    (b"", "not JSON"),
    (b"{", "line 1, column 2"),
    (b"{'facts': {}}", "not JSON"),
    (b'{"facts": {"offer.teer": NaN}}', "NaN"),
    (b'{"facts": {"offer.wage_hourly": -Infinity}}', "Infinity"),
    (b'{"facts": {"offer.wage_hourly": 1e999}}', "too large"),
    (b'{"facts": {"offer.wage_hourly": ' + b"9" * 5000 + b"}}", "digits"),
    (b'{"facts": {}, "facts": {"offer.teer": 1}}', "facts"),
    (b'{"facts": {"offer": {"noc": "1", "noc": "2"}}}', "noc"),
    (b'{"facts": {"\\ud800": 1}}', "surrogate"),
    (b'{"facts": {"x": ["\\udfff"]}}', "surrogate"),
    (b'{"facts": "\xff"}', "UTF-8"),
    (b"[" * 100_000 + b"]" * 100_000, "deeply"),
    (b'{"facts":' * 50 + b"1" + b"}" * 50, "deeply"),
]
