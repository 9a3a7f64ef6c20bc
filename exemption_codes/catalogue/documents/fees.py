"""Fees: who pays which, under which categories, and the most that several pay together."""

from typing import Annotated, Literal

from pydantic import Field

from exemption_codes.catalogue.documents.base import Citation, Confidence, Document, Identifier, Period, Text, Words


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
