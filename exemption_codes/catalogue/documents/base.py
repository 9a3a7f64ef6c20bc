"""What every document is made of: texts in both languages, periods, citations, and the words that are checked."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

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


def bound_signs(french: str) -> str:
    """Return a French text whose colons and quotation marks stay on the line of what they belong to."""
    return (
        french.replace(" :", "\N{NO-BREAK SPACE}:")
        .replace("« ", "«\N{NO-BREAK SPACE}")
        .replace(" »", "\N{NO-BREAK SPACE}»")
    )


class Document(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, populate_by_name=True)


class Text(Document):
    """One text in both official languages."""

    en: Words
    fr: Words

    def in_language(self, language: str) -> str:
        return bound_signs(self.fr) if language == "fr" else self.en


class Period(Document):
    """Both ends are inclusive; a missing end is open."""

    from_: date | None = Field(None, alias="from")
    until: date | None = None

    def holds(self, on: date) -> bool:
        return (self.from_ is None or self.from_ <= on) and (self.until is None or on <= self.until)


class Citation(Document):
    source: Words
    provision: Words | None = None
