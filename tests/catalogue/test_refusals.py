"""Each way to get a rule file wrong is refused, with the file, the path, a line and a hint."""

# ruff: noqa: E501 - a table reads best with one mistake a row

from collections.abc import Callable

import pytest

from exemption_codes.catalogue.problems import Problem
from exemption_codes.catalogue.reader import read_rule_files

Broken = Callable[[str, str, str], list[Problem]]
KEEPER = "exemptions/lighthouse-keeper.yaml"
CASES = "cases/lighthouse-keeper.yaml"

# file, text before, text after, path of the problem, part of the message, part of the hint
SHAPES = [
    ("an unknown key", "general.yaml", "scope: all", "scoop: all", "rules.0.scoop", "not known", "mean scope"),
    ("a missing key", "general.yaml", "scope: all", "", "rules.0", "scope is missing", "add scope:"),
    ("a missing language", KEEPER, ", fr: Gardien de phare invité", "", "name", "fr is missing", "en and fr"),
    ("a missing language in a table", "lists/trades.yaml", ", fr: Gardien}", "}",
     "editions.0.rows.0.label", "fr is missing", "en and fr"),
    ("an empty text", KEEPER, "en: Passport", "en: ''", "documents.0.en", "blank", "write it"),
    ("a text of blanks", KEEPER, "en: Passport", "en: '  '", "documents.0.en", "blank", "write it"),
    ("no text at all", KEEPER, "en: Passport", "en: ~", "documents.0.en", "empty", "give a value"),
    ("a number for a text", KEEPER, "en: Passport", "en: 12", "documents.0.en", "a text is expected", "quotes"),
    ("a text for a number", KEEPER, "initial_months: 6", "initial_months: six",
     "durations.initial_months", "a number is expected", "without quotes"),
    ("a number for yes or no", KEEPER, "fee_required: false", "fee_required: 0",
     "fee_required", "true or false is expected", "without quotes"),
    ("a date that is a text", KEEPER, "from: 2022-12-15", "from: '2022-12-15'",
     "codes.1.from", "a date is expected", "without quotes"),
    ("a text for a list", KEEPER, "apply_at: [online]", "apply_at: online", "apply_at", "a list is expected", "[..]"),
    ("a list for a mapping", "catalogue.yaml", "covers: {from: 2020-01-01, until: 2030-12-31}", "covers: [2020-01-01]",
     "covers", "a mapping", "key: value"),
    ("an empty list", KEEPER, "links: [manual]", "links: []", "links", "the list is empty", "at least one"),
    ("a word outside the choice", KEEPER, "apply_at: [online]", "apply_at: [on-line]",
     "apply_at.0", "not one of the words", "mean online"),
    ("a code of another form", KEEPER, "code: X99", "code: X9", "codes.1.code", "not written as it must be", "pattern"),
    ("an empty all", KEEPER, "not: {fact: keeper.rank, less_than: senior}", "all: []",
     "criteria.1.when.all.2.all", "the list is empty", "at least one"),
    ("an empty any", KEEPER, "not: {fact: keeper.rank, less_than: senior}", "any: []",
     "criteria.1.when.all.2.any", "the list is empty", "at least one"),
    ("an empty one_of", KEEPER, "one_of: ['00010']", "one_of: []", "criteria.4.when.any.0.one_of", "empty", "at least"),
    ("a condition of two forms", KEEPER, "not: {fact: keeper.rank, less_than: senior}",
     "{not: {fact: keeper.swims, is: true}, fact: keeper.swims}", "criteria.1.when.all.2.fact", "not known", ""),
    ("an unknown operator", KEEPER, "at_least: {parameter", "at_leest: {parameter",
     "criteria.1.when.all.0.at_leest", "not known", "mean at_least"),
    ("a misspelt reference", KEEPER, "{parameter: months_needed}", "{paramter: months_needed}",
     "criteria.1.when.all.0.at_least.paramter", "not known", "mean parameter"),
    ("an address that is none", "sources.yaml", "https://example.org/manual", "example.org/manual",
     "sources.manual.url", "not written as it must be", "pattern"),
    ("a misplaced condition key", "lists/trades.yaml", "accepts: {fact: keeper.swims, is: true}",
     "accepts: {fact: keeper.swims, iss: true}", "editions.0.rows.1.accepts.iss", "not known", "mean is"),
]  # fmt: skip
YAML_TRAPS = [
    ("NO in a list", "lists/partners.yaml", "'NO'", "NO", "editions.0.members.1", "true or false", "'NO' in quotes"),
    ("NO as a key", "facts.yaml", "junior: {", "NO: {", "facts.keeper.rank.choices.NO", "true or false", "'NO'"),
    ("on as a key", "facts.yaml", "junior: {", "on: {", "facts.keeper.rank.choices.on", "true or false", "'on'"),
    ("yes as a value", KEEPER, "offer_required: true", "offer_required: yes", "offer_required", "true or false", "true"),
    ("True as a value", KEEPER, "offer_required: true", "offer_required: True", "offer_required", "reads True", "true"),
    ("a number as a key", "facts.yaml", "junior: {", "1: {", "facts.keeper.rank.choices.1", "a number", "'1' in quotes"),
    ("an octal number", KEEPER, "['00010']", "[00010]", "criteria.4.when.any.0.one_of.0", "another number", "'00010'"),
    ("a sexagesimal number", KEEPER, "initial_months: 6", "initial_months: 12:30",
     "durations.initial_months", "another number", "quotes"),
    ("an infinite number", KEEPER, "initial_months: 6", "initial_months: .inf",
     "durations.initial_months", "not a plain decimal", "12.5"),
    ("not a number", "facts.yaml", "max: 600", "max: .nan", "facts.keeper.months.bounds.max", "not a plain", "12.5"),
    ("no day of the calendar", KEEPER, "from: 2022-12-15", "from: 2022-02-30", "codes.1.from", "no day", "YYYY-MM-DD"),
    ("a day with an hour", KEEPER, "from: 2022-12-15", "from: 2022-12-15 10:00:00", "codes.1.from", "no day", "YYYY"),
    ("a foreign tag", KEEPER, "en: Passport", "en: !secret Passport", "documents.0.en", "!secret", "quotes"),
    ("a key twice", KEEPER, "fee_required: false", "fee_required: false\nfee_required: true",
     "fee_required", "stands twice", "keep one"),
    ("a key twice inside", KEEPER, "{criterion: partner_country, en", "{criterion: trade, criterion: partner_country, en",
     "documents.0.criterion", "stands twice", "keep one"),
    ("a null for an optional key", KEEPER, "apply_at: [online]", "apply_at: [online]\nvariant: ~",
     "variant", "empty", "leave the key out"),
]  # fmt: skip
REFERENCES = [
    ("an undefined fact", KEEPER, "fact: keeper.citizenships,", "fact: keeper.citizenship,",
     "criteria.0.when.fact", "undefined fact", "mean keeper.citizenships"),
    ("an undefined fact in a case", CASES, "keeper.months: 30", "keeper.month: 30",
     "base.facts.keeper.month", "undefined fact", "mean keeper.months"),
    ("an undefined fact on a page", "pages.yaml", "keeper.swims]", "keeper.swim]", "pages.0.facts.1", "undefined", "swims"),
    ("an undefined fact behind a gate", "facts.yaml", "{keeper.months: 0}", "{keeper.moons: 0}",
     "facts.keeper.swims.when_false.keeper.moons", "undefined fact", "mean keeper.months"),
    ("an undefined fact beside another", KEEPER, "at_least_fact: keeper.months_wanted", "at_least_fact: keeper.wanted",
     "criteria.1.when.all.1.at_least_fact", "undefined fact", "mean keeper.months_wanted"),
    ("an unknown list", KEEPER, "in_list: partners", "in_list: partner",
     "criteria.0.when.in_list", "there is no list", "mean partners"),
    ("an unknown table", KEEPER, "row_of: trades, by: keeper.trade, holds", "row_of: tradez, by: keeper.trade, holds",
     "criteria.2.when.row_of", "there is no list", "mean trades"),
    ("an unknown column", KEEPER, "holds: accepts", "holds: accept", "criteria.2.when.holds", "no column", "accepts"),
    ("an unknown column in a check", KEEPER, "{column: months}", "{column: month}",
     "criteria.3.when.check.at_least", "no row has a column", "mean months"),
    ("a column outside a table", KEEPER, "{parameter: months_needed}", "{column: months}",
     "criteria.1.when.all.0.at_least", "no row has a column", "row_of"),
    ("an unknown parameter", KEEPER, "{parameter: months_needed}", "{parameter: month_needed}",
     "criteria.1.when.all.0.at_least", "there is no parameter", "mean months_needed"),
    ("an unknown conflict", KEEPER, "disputed: K1", "disputed: K2", "criteria.4.when.any.2.disputed", "no conflict", "K1"),
    ("an unknown conflict in a note", KEEPER, "conflict: K1", "conflict: K2", "notes.0.conflict", "no conflict", "K1"),
    ("a provision that does not exist", KEEPER, "{source: act, provision: L1(a)}", "{source: act, provision: L1(b)}",
     "criteria.0.cite.0.provision", "there is no provision", "mean L1(a)"),
    ("a legal basis that does not exist", KEEPER, "provision: L2,", "provision: L22,",
     "basis.1.provision", "there is no provision", "mean L2"),
    ("an unknown source", KEEPER, "links: [manual]", "links: [manuel]", "links.0", "there is no source", "mean manual"),
    ("an unknown source of a fact", "facts.yaml", "[{source: manual}]", "[{source: manuel}]",
     "facts.keeper.swims.cite.0.source", "there is no source", "mean manual"),
    ("an unknown source of a list", "lists/partners.yaml", "source: manual", "source: manuel",
     "cite.0.source", "there is no source", "mean manual"),
    ("an unknown family", KEEPER, "family: lights", "family: light", "family", "there is no family", "mean lights"),
    ("a document for no criterion", KEEPER, "{criterion: partner_country", "{criterion: partner",
     "documents.0.criterion", "there is no criterion", "mean partner_country"),
    ("a case that fails no criterion", CASES, "[partner_country]", "[partner_land]",
     "cases.2.failing.0", "there is no criterion", "partner_country"),
    ("a case of a code never borne", CASES, "code: X99", "code: X97", "cases.2.code", "never bore", "X98, X99"),
    ("cases of no category", CASES, "category: lighthouse-keeper", "category: lighthouse-keepr",
     "category", "", ""),
    ("a partner's category that is none", KEEPER, "links: [manual]", "links: [manual]\nspouse_category: keeper",
     "spouse_category", "there is no category", ""),
    ("a criterion twice", KEEPER, "- id: trade", "- id: experience", "criteria", "experience stands twice", "rename"),
    ("a criterion for nobody", KEEPER, "    officer: true\n", "", "criteria.5", "without a condition", "officer: true"),
    ("a file under another name", KEEPER, "id: lighthouse-keeper", "id: lighthouse", "id", "not the file's name", "rename"),
    ("a list without NOC code", "lists/partners.yaml", "of: country", "of: noc",
     "editions.0.members.0", "no occupation SE", "five digits"),
    ("a row without a key", "lists/trades.yaml", "key: keeper", "kee: keeper", "editions.0.rows.0", "no key", "add key"),
    ("a fact on two pages", "pages.yaml", "[keeper.trade,", "[keeper.swims, keeper.trade,", "pages", "swims stands twice", ""),
    ("a fact without choices", "facts.yaml", "type: countries", "type: one_of",
     "facts.keeper.citizenships", "choices are missing", "add choices"),
    ("choices of a date", "facts.yaml", "type: date", "type: date\n    choices: {a: {en: a, fr: a}}",
     "facts.keeper.begins_on.choices", "has no choices", "remove"),
    ("bounds crossed", "facts.yaml", "{min: 0, max: 600}", "{min: 600, max: 0}",
     "facts.keeper.months.bounds", "min is above max", "exchange"),
]  # fmt: skip
VALUES = [
    ("a country that is none", KEEPER, "when: {fact: keeper.citizenships, in_list: partners}",
     "when: {fact: keeper.citizenships, includes_any: [UK]}", "criteria.0.when.includes_any", "not a value", "code such"),
    ("a country by its name", CASES, "[SE]", "[Sweden]", "base.facts.keeper.citizenships", "not a value", "mean SE"),
    ("a country in small letters", CASES, "[SE]", "[se]", "base.facts.keeper.citizenships", "not a value", "mean SE"),
    ("one value for a list", CASES, "[SE]", "SE", "base.facts.keeper.citizenships", "is a list", '["SE"]'),
    ("a number below its bounds", CASES, "keeper.months: 30", "keeper.months: -1",
     "base.facts.keeper.months", "at least 0", "from 0 to 600"),
    ("a broken whole number", CASES, "keeper.months: 30", "keeper.months: 30.5",
     "base.facts.keeper.months", "whole number", "without decimals"),
    ("a yes for a number", CASES, "keeper.months: 30", "keeper.months: true", "base.facts.keeper.months", "a number", ""),
    ("a date in quotes", CASES, "2026-12-01", "'2026-12-01'", "base.facts.keeper.begins_on", "is a date", "YYYY-MM-DD"),
    ("a word outside the choices", CASES, "keeper.trade: keeper", "keeper.trade: keper",
     "base.facts.keeper.trade", "not a value", "mean keeper"),
    ("an occupation that is none", KEEPER, "['00010']", "['00011']", "criteria.4.when.any.0.one_of", "not a value", "00010"),
    ("a wrong value behind a gate", "facts.yaml", "{keeper.months: 0}", "{keeper.months: none}",
     "facts.keeper.swims.when_false.keeper.months", "is a number", ""),
    ("an order without ranks", KEEPER, "{fact: keeper.rank, less_than: senior}", "{fact: keeper.trade, less_than: keeper}",
     "criteria.1.when.all.2.not.less_than", "have no order", "is or one_of"),
    ("includes of a single fact", KEEPER, "{fact: keeper.rank, less_than: senior}", "{fact: keeper.rank, includes_any: [senior]}",
     "criteria.1.when.all.2.not.includes_any", "does not fit", "one_of"),
    ("is of a list", KEEPER, "{fact: keeper.citizenships, in_list: partners}", "{fact: keeper.citizenships, is: SE}",
     "criteria.0.when.is", "does not fit", "includes_any"),
    ("a test without operator", KEEPER, "{fact: keeper.rank, less_than: senior}", "{fact: keeper.rank}",
     "criteria.1.when.all.2.not", "no operator", "one_of"),
    ("a value twice", KEEPER, "['00010']", "['00010', '00010']", "criteria.4.when.any.0.one_of", "stands twice", "keep one"),
    ("a parameter that does not fit", "parameters/months_needed.yaml", "value: 24", "value: 601",
     "criteria.1.when.all.0.at_least", "at most 600", ""),
    ("a column that does not fit", "lists/trades.yaml", "months: 24", "months: many",
     "criteria.3.when.check.at_least", "is a number", ""),
    ("a row for no value", "lists/trades.yaml", "key: grinder", "key: baker", "criteria.2.when.by", "not a value", ""),
    ("a member that is no country", "lists/partners.yaml", "IS]", "XX]", "criteria.0.when.in_list", "not a value", "ISO"),
    ("facts that cannot be compared", KEEPER, "at_least_fact: keeper.months_wanted", "at_least_fact: keeper.begins_on",
     "criteria.1.when.all.1.at_least_fact", "cannot be compared", "numbers"),
]  # fmt: skip
DATES = [
    ("codes with a gap", KEEPER, "from: 2022-12-15", "from: 2022-12-16", "codes.1", "a gap between the codes", "2022-12-15"),
    ("codes that overlap", KEEPER, "from: 2022-12-15", "from: 2022-12-14", "codes.1", "the codes overlap", "day before"),
    ("codes in disorder", KEEPER, "{code: X98, until: 2022-12-14}", "{code: X98}", "codes.1", "overlap", "order them"),
    ("a basis with a gap", KEEPER, "from: 2025-01-01", "from: 2025-06-01", "basis.1", "a gap between the basis", "2025-01-01"),
    ("codes that end too early", KEEPER, "from: 2022-12-15", "from: 2022-12-15, until: 2023-01-01",
     "codes", "do not cover the life", "from 2020-01-01"),
    ("a criterion outside the life", KEEPER, "in_force: {from: 2023-01-01}", "in_force: {from: 2019-01-01}",
     "criteria.2.in_force", "outside the life", "from 2020-01-01"),
    ("an end before its beginning", KEEPER, "in_force: {from: 2023-01-01}", "in_force: {from: 2023-01-01, until: 2022-01-01}",
     "criteria.2.in_force", "until comes before from", "exchange"),
    ("values with a gap", "parameters/months_needed.yaml", "from: 2025-01-01", "from: 2025-01-02",
     "values.1", "a gap between the values", "2025-01-01"),
    ("editions that overlap", "lists/partners.yaml", "from: 2025-01-01", "from: 2024-12-31",
     "editions.1", "the editions overlap", "day before"),
    ("a parameter before its first value", "parameters/months_needed.yaml", "{value: 12, until", "{value: 12, from: 2021-01-01, until",
     "criteria.1.when.all.0.at_least", "has no value on some", "from 2020-01-01"),
    ("a list after its last edition", "lists/partners.yaml", "{from: 2025-01-01}", "{from: 2025-01-01, until: 2029-12-31}",
     "criteria.0.when.in_list", "has no edition on some", "until 2030-12-31"),
    ("a law read outside the dates", "catalogue.yaml", "law_as_of: 2026-11-22", "law_as_of: 2036-11-22",
     "law_as_of", "outside the dates", "mend"),
    ("a case on a day not covered", CASES, "as_of: 2026-11-22", "as_of: 2019-12-31", "base.as_of", "does not cover", "2020"),
]  # fmt: skip
ALL = [*SHAPES, *YAML_TRAPS, *REFERENCES, *VALUES, *DATES]


def test_the_small_catalogue_itself_is_sound(files: dict[str, str]) -> None:
    assert list(read_rule_files(files).categories) == ["lighthouse-keeper"]


@pytest.mark.parametrize(
    ("name", "before", "after", "path", "message", "hint"), [row[1:] for row in ALL], ids=[row[0] for row in ALL]
)
def test_it_is_refused(broken: Broken, name: str, before: str, after: str, path: str, message: str, hint: str) -> None:
    found = broken(name, before, after)
    there = [p for p in found if p.path == path and message in p.message and hint in p.hint]
    assert there, "\n".join(map(str, found))
    assert all(problem.line > 0 and problem.hint for problem in found), "\n".join(map(str, found))


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [row[1:4] for row in [*SHAPES, *YAML_TRAPS]],
    ids=[r[0] for r in [*SHAPES, *YAML_TRAPS]],
)
def test_one_mistake_of_writing_is_one_problem(broken: Broken, name: str, before: str, after: str) -> None:
    found = broken(name, before, after)
    assert len({(problem.file, problem.line) for problem in found}) == 1
    assert len(found) == 1, "\n".join(map(str, found))
