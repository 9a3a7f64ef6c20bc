"""Lists, tables, dated amounts and wages that rules look things up in."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import ConfigDict, Discriminator, Field, Tag
from typing_extensions import TypedDict

from exemption_codes.catalogue.documents.base import (
    Citation,
    Confidence,
    Document,
    Identifier,
    Period,
    Scalar,
    Text,
    Words,
)
from exemption_codes.catalogue.documents.conditions import Condition


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
