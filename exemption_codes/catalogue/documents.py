"""The shape of each YAML document, as frozen pydantic models that refuse what they do not know."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag

Scalar = bool | int | float | str | date
Confidence = Literal["high", "medium", "low"]
Identifier = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.\-]*$")]
NonEmpty = Annotated[str, Field(min_length=1)]
ConflictId = Annotated[str, Field(pattern=r"^[KP]\d+$")]
FactType = Literal[
    "boolean", "integer", "decimal", "date", "one_of", "several_of", "country", "countries", "noc", "province",
    "exemption_code", "text",
]  # fmt: skip


class Document(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, populate_by_name=True)


class Text(Document):
    """One text in both official languages."""

    en: NonEmpty
    fr: NonEmpty

    def in_language(self, language: str) -> str:
        return self.fr if language == "fr" else self.en


class Period(Document):
    """Both ends are inclusive; a missing end is open."""

    from_: date | None = Field(None, alias="from")
    until: date | None = None

    def holds(self, on: date) -> bool:
        return (self.from_ is None or self.from_ <= on) and (self.until is None or on <= self.until)


class Citation(Document):
    source: str
    provision: str | None = None


# Conditions -----------------------------------------------------------------------------------------------------------


class ParameterRef(Document):
    parameter: str


class ColumnRef(Document):
    column: str


Value = Scalar | ParameterRef | ColumnRef
Values = list[Scalar] | ParameterRef | ColumnRef


class FactTest(Document):
    """A test of one fact; several operators in one test must all hold."""

    fact: str
    is_: Value | None = Field(None, alias="is")
    is_not: Value | None = None
    one_of: Values | None = None
    none_of: Values | None = None
    includes_any: Values | None = None
    includes_none: Values | None = None
    at_least: Value | None = None
    more_than: Value | None = None
    at_most: Value | None = None
    less_than: Value | None = None
    at_least_fact: str | None = None
    same_as_fact: str | None = None
    in_list: str | None = None


class AllOf(Document):
    all: Annotated[list["Condition"], Field(min_length=1)]


class AnyOf(Document):
    any: Annotated[list["Condition"], Field(min_length=1)]


class Negation(Document):
    not_: "Condition" = Field(alias="not")


class RowOf(Document):
    """The row of a table that a fact picks; `holds` names a column with a condition, `check` tests with columns."""

    row_of: str
    by: str
    holds: str | None = None
    check: "Condition | None" = None


class Disputed(Document):
    """Official sources conflict, or guidance leaves the case open: neither met nor failed."""

    disputed: str


def condition_kind(value: Any) -> str:
    """Tell which form a condition has by the key it carries."""
    keys = value if isinstance(value, dict) else type(value).model_fields
    for key, tag in (("all", "all"), ("any", "any"), ("not", "not"), ("not_", "not"), ("row_of", "row_of")):
        if key in keys:
            return tag
    return "disputed" if "disputed" in keys else "fact"


Condition = Annotated[
    Annotated[FactTest, Tag("fact")]
    | Annotated[AllOf, Tag("all")]
    | Annotated[AnyOf, Tag("any")]
    | Annotated[Negation, Tag("not")]
    | Annotated[RowOf, Tag("row_of")]
    | Annotated[Disputed, Tag("disputed")],
    Discriminator(condition_kind),
]

# Facts ----------------------------------------------------------------------------------------------------------------


class Bounds(Document):
    min: int | float | None = None
    max: int | float | None = None


class FactDocument(Document):
    """One fact of the vocabulary: the public contract of names, types and values."""

    type: FactType
    topic: str
    label: Text
    question: Text
    help: Text | None = None
    unit: str | None = None
    bounds: Bounds | None = None
    choices: dict[str, Text] | None = None
    choices_from: list[str] = []
    ordered: bool = False
    gate: bool = False
    judged: bool = False
    derived_from: list[str] = []
    when_false: dict[str, Scalar | list[Scalar]] = {}
    changeable: bool = False
    elapses: Literal["up", "down"] | None = None
    dated_by: str | None = None
    cite: list[Citation] = []


class FactsDocument(Document):
    facts: dict[str, FactDocument]


# Categories -----------------------------------------------------------------------------------------------------------


class CodeName(Period):
    code: Annotated[str, Field(pattern=r"^[A-Z]\d{2}$")]


class Basis(Period):
    provision: str


class Criterion(Document):
    id: Identifier
    text: Text
    when: Condition | None = None
    applies_when: Condition | None = None
    in_force: Period = Field(default_factory=lambda: Period.model_validate({}))
    cite: Annotated[list[Citation], Field(min_length=1)]
    officer: bool = False
    weight: Literal["required", "usual"] = "required"
    confidence: Confidence = "high"
    note: Text | None = None


class Durations(Document):
    """Lengths in months; the text says what the numbers cannot."""

    text: Text
    initial_months: int | float | None = None
    extension_months: int | float | None = None
    cap_months: int | float | None = None


class Paper(Text):
    """A document to bring, and the criterion it proves."""

    criterion: str


class Note(Text):
    conflict: ConflictId | None = None


class Category(Document):
    id: Identifier
    variant: str | None = None
    family: Identifier
    codes: Annotated[list[CodeName], Field(min_length=1)]
    in_force: Period
    name: Text
    for_whom: Text
    basis: Annotated[list[Basis], Field(min_length=1)]
    permit_type: Literal["employer_specific", "open"]
    offer_required: bool
    fee_required: bool
    fee_note: Text | None = None
    confidence: Confidence
    criteria: Annotated[list[Criterion], Field(min_length=1)]
    durations: Durations
    documents: list[Paper]
    apply_at: Annotated[
        list[Literal["online", "port_of_entry", "visa_office", "paper", "pr_portal"]], Field(min_length=1)
    ]
    apply_note: Text | None = None
    links: Annotated[list[str], Field(min_length=1)]
    notes: list[Note] = []
    spouse_category: str | None = None

    def code_on(self, on: date) -> str | None:
        return next((name.code for name in self.codes if name.holds(on)), None)


class GeneralRule(Document):
    """A rule of every permit, or of every permit that needs an offer."""

    id: Identifier
    text: Text
    scope: Literal["all", "with_offer"]
    when: Condition
    applies_when: Condition | None = None
    in_force: Period = Field(default_factory=lambda: Period.model_validate({}))
    cite: Annotated[list[Citation], Field(min_length=1)]
    officer: bool = False
    not_for: list[str] = []
    confidence: Confidence = "high"


class GeneralDocument(Document):
    rules: list[GeneralRule]


# Lists, parameters, sources, pages, cases ---------------------------------------------------------------------------


class Edition(Document):
    in_force: Period
    members: list[Scalar] = []
    prefixes: list[str] = []
    teers: list[int] = []
    undetermined: list[Scalar] = []
    undetermined_prefixes: list[str] = []
    rows: list[dict[str, Any]] = []


class ListDocument(Document):
    id: Identifier
    name: Text
    of: str
    cite: Annotated[list[Citation], Field(min_length=1)]
    confidence: Confidence = "high"
    editions: Annotated[list[Edition], Field(min_length=1)]


class DatedValue(Period):
    value: int | float | str | date


class ParameterDocument(Document):
    id: Identifier
    name: Text
    unit: str
    cite: Annotated[list[Citation], Field(min_length=1)]
    values: Annotated[list[DatedValue], Field(min_length=1)]


class SourceDocument(Document):
    instrument: Text
    url: str
    url_fr: str | None = None
    read_on: date | None = None
    as_of: str | None = None
    kind: Literal["regulation", "act", "official", "secondary", "unsourced"]


class SourcesDocument(Document):
    sources: dict[str, SourceDocument]


class ProvisionsDocument(Document):
    """Labels of the provisions that exist, in each language's own form."""

    instrument: Text
    consolidated_on: date
    labels: list[str]


class PageDocument(Document):
    """One page of the questionnaire; `ticks` takes an unticked box as no, save where another box leaves it open."""

    id: Identifier
    kind: Literal["ticks", "questions"] = "questions"
    title: Text
    intro: Text
    facts: Annotated[list[str], Field(min_length=1)]
    false_unless: dict[str, list[str]] = {}


class FamilyDocument(Document):
    id: Identifier
    name: Text


class PagesDocument(Document):
    pages: Annotated[list[PageDocument], Field(min_length=1)]


class CatalogueDocument(Document):
    covers: Period
    law_as_of: date
    families: list[FamilyDocument]
    conflicts: dict[str, Text]


class CaseBase(Document):
    as_of: date
    facts: dict[str, Any]


class Case(Document):
    name: NonEmpty
    as_of: date | None = None
    change: dict[str, Any] = {}
    outcome: Literal["eligible", "officer_judgement", "undetermined", "not_eligible"] | None = None
    failing: list[str] | None = None
    code: str | None = None
    in_force: bool = True


class CasesDocument(Document):
    category: str
    base: CaseBase
    cases: Annotated[list[Case], Field(min_length=1)]
