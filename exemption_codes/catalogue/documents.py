"""The shape of each YAML document, as frozen pydantic models that refuse what they do not know."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag
from typing_extensions import TypedDict

Confidence = Literal["high", "medium", "low"]
Place = Literal["online", "port_of_entry", "visa_office", "paper", "pr_portal"]
Identifier = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.\-]*$")]
Words = Annotated[str, Field(pattern=r"\S")]
Address = Annotated[str, Field(pattern=r"^(https?://[^\s/]\S*|none)$")]
Scalar = bool | int | float | date | Words
# An exemption code (T36), or, where no permit is needed, the provision that says so (R186(a), A25.2).
Code = Annotated[str, Field(pattern=r"^([A-Z]\d{2}|[RA]\d+(\.\d+)?(\([a-z0-9.]+\))*)$")]
ConflictId = Annotated[str, Field(pattern=r"^[KP]\d+$")]
FactType = Literal[
    "boolean", "integer", "decimal", "date", "one_of", "several_of", "country", "countries", "noc", "province",
    "exemption_code", "text",
]  # fmt: skip


class Document(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, populate_by_name=True)


class Text(Document):
    """One text in both official languages."""

    en: Words
    fr: Words

    def in_language(self, language: str) -> str:
        return self.fr if language == "fr" else self.en


class Period(Document):
    """Both ends are inclusive; a missing end is open."""

    from_: date | None = Field(None, alias="from")
    until: date | None = None

    def holds(self, on: date) -> bool:
        return (self.from_ is None or self.from_ <= on) and (self.until is None or on <= self.until)


class Citation(Document):
    source: Words
    provision: Words | None = None


# Conditions -----------------------------------------------------------------------------------------------------------


class ParameterRef(Document):
    parameter: Words


class ColumnRef(Document):
    column: Words


def value_kind(value: Any) -> str:
    """Tell which form a value has, so that only the errors of that form are reported."""
    if isinstance(value, ParameterRef | ColumnRef):
        return type(value).__name__
    if isinstance(value, dict):
        return "ColumnRef" if "column" in value else "ParameterRef"
    return "List" if isinstance(value, list) else "Single"


Value = Annotated[
    Annotated[Scalar, Tag("Single")]
    | Annotated[ParameterRef, Tag("ParameterRef")]
    | Annotated[ColumnRef, Tag("ColumnRef")],
    Discriminator(value_kind),
]
Values = Annotated[
    Annotated[list[Scalar], Field(min_length=1), Tag("List")]
    | Annotated[ParameterRef, Tag("ParameterRef")]
    | Annotated[ColumnRef, Tag("ColumnRef")],
    Discriminator(value_kind),
]


class FactTest(Document):
    """A test of one fact; several operators in one test must all hold."""

    fact: Words
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
    at_least_fact: Words | None = None
    same_as_fact: Words | None = None
    in_list: Words | None = None


class AllOf(Document):
    all: Annotated[list["Condition"], Field(min_length=1)]


class AnyOf(Document):
    any: Annotated[list["Condition"], Field(min_length=1)]


class Negation(Document):
    not_: "Condition" = Field(alias="not")


class RowOf(Document):
    """The row of a table that a fact picks; `holds` names a column with a condition, `check` tests with columns."""

    row_of: Words
    by: Words
    holds: Words | None = None
    check: "Condition | None" = None


class Disputed(Document):
    """Official sources conflict, or guidance leaves the case open: neither met nor failed."""

    disputed: Words


def condition_kind(value: Any) -> str:
    """Tell which form a condition has by the key it carries."""
    if isinstance(value, Document):
        return type(value).__name__
    keys = value if isinstance(value, dict) else ()
    return next((kind for key, kind in CONDITION_KINDS.items() if key in keys), "FactTest")


# The forms are named by their classes: the names of keys stand in the paths of errors for themselves.
CONDITION_KINDS = {"all": "AllOf", "any": "AnyOf", "not": "Negation", "row_of": "RowOf", "disputed": "Disputed"}
Condition = Annotated[
    Annotated[FactTest, Tag("FactTest")]
    | Annotated[AllOf, Tag("AllOf")]
    | Annotated[AnyOf, Tag("AnyOf")]
    | Annotated[Negation, Tag("Negation")]
    | Annotated[RowOf, Tag("RowOf")]
    | Annotated[Disputed, Tag("Disputed")],
    Discriminator(condition_kind),
]

# Facts ----------------------------------------------------------------------------------------------------------------


class Bounds(Document):
    min: int | float | None = None
    max: int | float | None = None


class FactDocument(Document):
    """One fact of the vocabulary: the public contract of names, types and values."""

    type: FactType
    topic: Words
    label: Text
    question: Text
    help: Text | None = None
    unit: Words | None = None
    bounds: Bounds | None = None
    choices: dict[Words, Text] | None = None
    choices_from: dict[Words, Text] = {}
    ordered: bool = False
    gate: bool = False
    judged: bool = False
    derived_from: list[Words] = []
    when_false: dict[str, Scalar | list[Scalar]] = {}
    changeable: bool = False
    elapses: Literal["up", "down"] | None = None
    dated_by: Words | None = None
    cite: list[Citation] = []


class FactsDocument(Document):
    facts: dict[str, FactDocument]


# Categories -----------------------------------------------------------------------------------------------------------


class CodeName(Period):
    code: Code


class Basis(Period):
    provision: Words


class Criterion(Document):
    id: Identifier
    text: Text
    when: Condition | None = None
    applies_when: Condition | None = None
    in_force: Period = Field(default_factory=lambda: Period.model_validate({}))
    cite: Annotated[list[Citation], Field(min_length=1)]
    officer: bool = False
    weight: Literal["required", "usual"] = "required"
    implied: bool = False
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

    criterion: Words


class Note(Text):
    conflict: ConflictId | None = None


class EarlierTerms(Document):
    """What a category asked for until a day, where it asks for something else since."""

    until: date
    permit_type: Literal["employer_specific", "open"]
    offer_required: bool
    fee_required: bool


class Category(Document):
    id: Identifier
    variant: Words | None = None
    family: Identifier
    codes: Annotated[list[CodeName], Field(min_length=1)]
    in_force: Period
    name: Text
    for_whom: Text
    basis: Annotated[list[Basis], Field(min_length=1)]
    permit_type: Literal["employer_specific", "open", "none"]
    offer_required: bool
    fee_required: bool
    earlier_terms: EarlierTerms | None = None
    fee_note: Text | None = None
    confidence: Confidence
    criteria: Annotated[list[Criterion], Field(min_length=1)]
    durations: Durations
    documents: list[Paper]
    apply_at: list[Place]
    apply_note: Text | None = None
    links: Annotated[list[Words], Field(min_length=1)]
    notes: list[Note] = []
    spouse_category: Words | None = None

    def code_on(self, on: date) -> str | None:
        return next((name.code for name in self.codes if name.holds(on)), None)

    def as_on(self, on: date) -> "Category":
        """Return the category with the permit, offer and fee that it asked for on a day."""
        earlier = self.earlier_terms
        if earlier is None or on > earlier.until:
            return self
        return self.model_copy(update=earlier.model_dump(exclude={"until"}))

    @property
    def is_permit_free(self) -> bool:
        """Whether it says that no permit is needed; its code is then a provision."""
        return self.permit_type == "none"


class GeneralRule(Document):
    """A rule of every permit, or of every permit that needs an offer; `places` are those that it opens or closes."""

    id: Identifier
    text: Text
    scope: Literal["all", "with_offer"]
    when: Condition
    applies_when: Condition | None = None
    in_force: Period = Field(default_factory=lambda: Period.model_validate({}))
    cite: Annotated[list[Citation], Field(min_length=1)]
    officer: bool = False
    not_for: list[Words] = []
    places: list[Place] = []
    confidence: Confidence = "high"


class GeneralDocument(Document):
    rules: list[GeneralRule]


# Lists, parameters, sources, pages, cases ---------------------------------------------------------------------------


class Label(TypedDict):
    """The text of one cell in both official languages."""

    __pydantic_config__ = ConfigDict(extra="forbid", strict=True)  # type: ignore[misc]

    en: Words
    fr: Words


def cell_kind(value: Any) -> str:
    """Tell what a cell of a table holds: a text in both languages, a condition, a list or a single value."""
    if isinstance(value, list):
        return "List"
    if isinstance(value, dict):
        return "Label" if not value or {"en", "fr"} & set(value) else "Condition"
    return "Condition" if isinstance(value, Document) else "Single"


if TYPE_CHECKING:
    Cell = Any  # what a column holds, its reader knows
else:
    Cell = Annotated[
        Annotated[Scalar, Tag("Single")]
        | Annotated[list[Scalar], Tag("List")]
        | Annotated[Label, Tag("Label")]
        | Annotated[Condition, Tag("Condition")],
        Discriminator(cell_kind),
    ]


class Edition(Document):
    in_force: Period
    members: list[Scalar] = []
    prefixes: list[Words] = []
    teers: list[int] = []
    undetermined: list[Scalar] = []
    undetermined_prefixes: list[Words] = []
    rows: list[dict[Words, Cell]] = []


class ListDocument(Document):
    """A list or table; `columns` are the headings under which its columns are shown."""

    id: Identifier
    name: Text
    of: Words
    columns: dict[Words, Text] = {}
    cite: Annotated[list[Citation], Field(min_length=1)]
    confidence: Confidence = "high"
    editions: Annotated[list[Edition], Field(min_length=1)]


class DatedValue(Period):
    value: int | float | str | date


class ParameterDocument(Document):
    id: Identifier
    name: Text
    unit: Words
    cite: Annotated[list[Citation], Field(min_length=1)]
    confidence: Confidence = "high"
    values: Annotated[list[DatedValue], Field(min_length=1)]


class FeeSubjects(Document):
    """The categories that a rule speaks of: everything that is given must hold; a basis holds with all under it."""

    categories: list[Words] = []
    families: list[Words] = []
    basis: list[Words] = []
    permit: Literal["employer_specific", "open"] | None = None
    offer: bool | None = None


class FeeRule(Document):
    """Whether a fee is due under some categories; one that `depends` says in its text on what."""

    id: Identifier
    due: Literal["yes", "no", "depends"]
    for_: FeeSubjects = Field(default_factory=FeeSubjects, alias="for")
    in_force: Period = Field(default_factory=lambda: Period.model_validate({}))
    text: Text | None = None
    cite: Annotated[list[Citation], Field(min_length=1)]
    confidence: Confidence = "high"


class FeeCeiling(Document):
    """The most that several persons pay together; the text says who, after the amount."""

    amount: Words
    for_: FeeSubjects = Field(default_factory=FeeSubjects, alias="for")
    text: Text
    cite: Annotated[list[Citation], Field(min_length=1)]


class FeeDocument(Document):
    """One fee: the parameter with its amount, who pays it, and the rules of which the first that applies decides."""

    id: Identifier
    payer: Literal["employer", "applicant"]
    rules: Annotated[list[FeeRule], Field(min_length=1)]
    ceilings: list[FeeCeiling] = []


class FeesDocument(Document):
    fees: Annotated[list[FeeDocument], Field(min_length=1)]


class WagesDocument(Document):
    """What occupations are paid by province, as published for a year; a row of the table is a line of its own.

    `occupations` is the list of the version of the occupational classification that the table uses.
    """

    id: Identifier
    name: Text
    year: int
    occupations: Words
    in_force: Period
    cite: Annotated[list[Citation], Field(min_length=1)]
    confidence: Confidence = "high"
    table: Words


class SourceDocument(Document):
    instrument: Text
    url: Address
    url_fr: Address | None = None
    read_on: date | None = None
    as_of: Words | None = None
    kind: Literal["regulation", "act", "official", "secondary", "unsourced"]


class SourcesDocument(Document):
    sources: dict[str, SourceDocument]


class Digests(Document):
    """A short digest of one provision's text in each language; where it changes, the text has."""

    en: Words
    fr: Words


class ProvisionsDocument(Document):
    """Labels of the provisions that exist in both languages, in their English form, and digests instead of texts."""

    instrument: Text
    consolidated_on: date
    labels: list[Words]
    digests: dict[Words, Digests] = {}


class PageDocument(Document):
    """One page of the questionnaire; `ticks` takes an unticked box as no, save where another box leaves it open."""

    id: Identifier
    kind: Literal["ticks", "questions"] = "questions"
    title: Text
    intro: Text
    facts: Annotated[list[Words], Field(min_length=1)]
    false_unless: dict[str, list[Words]] = {}


class FamilyDocument(Document):
    id: Identifier
    name: Text


class PagesDocument(Document):
    pages: Annotated[list[PageDocument], Field(min_length=1)]


class OccupationVersion(Period):
    """A version of the National Occupational Classification: a list whose rows are its unit groups, and its dates."""

    list_: Identifier = Field(alias="list")
    version: Text


# What a catalogue means that does not say, as those stored before there could be several versions.
FIRST_OCCUPATIONS = OccupationVersion(list_="noc_2021", version=Text(en="NOC 2021", fr="CNP 2021"))


class CatalogueDocument(Document):
    covers: Period
    law_as_of: date
    families: list[FamilyDocument]
    conflicts: dict[Words, Text]
    occupations: Annotated[list[OccupationVersion], Field(min_length=1)] = [FIRST_OCCUPATIONS]


class Correction(Document):
    """What is still said although it does not hold (or no longer), what holds instead, and since when.

    It concerns the named categories, those that bear or bore one of the codes, and those for which one applies at one
    of the places.
    """

    id: Identifier
    title: Text
    changed_on: date | None = None
    said: Text
    holds: Text
    cite: Annotated[list[Citation], Field(min_length=1)]
    confidence: Confidence = "high"
    categories: list[Words] = []
    codes: list[Code] = []
    places: list[Place] = []


class GuideDocument(Document):
    corrections: Annotated[list[Correction], Field(min_length=1)]


class CaseBase(Document):
    as_of: date
    facts: dict[str, Any]


class Case(Document):
    """One worked example; with `each`, one for every value that the one fact named there takes in turn."""

    name: Words
    as_of: date | None = None
    change: dict[str, Any] = {}
    each: Annotated[dict[str, Annotated[list[Any], Field(min_length=1)]], Field(max_length=1)] = {}
    outcome: Literal["eligible", "officer_judgement", "undetermined", "not_eligible"] | None = None
    failing: list[Words] | None = None
    code: Words | None = None
    in_force: bool = True

    def spread(self) -> "list[Case]":
        """Return the example once for every value of `each`; itself where there is none."""
        return [
            self.model_copy(
                update={"name": f"{self.name} ({value})", "change": {**self.change, fact: value}, "each": {}}
            )
            for fact, values in self.each.items()
            for value in values
        ] or [self]


class CasesDocument(Document):
    category: Words
    base: CaseBase
    cases: Annotated[list[Case], Field(min_length=1)]

    def spread(self) -> list[Case]:
        return [one for case in self.cases for one in case.spread()]
