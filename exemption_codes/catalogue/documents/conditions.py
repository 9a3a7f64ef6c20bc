"""Conditions as they are written in rule files: tests of facts, joined by all, any and not."""

from typing import Annotated, Any

from pydantic import Discriminator, Field, Tag

from exemption_codes.catalogue.documents.base import Document, Scalar, Words


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
