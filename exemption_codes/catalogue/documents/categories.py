"""Exemption categories with their criteria, and the rules of every permit."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from exemption_codes.catalogue.documents.base import (
    Citation,
    Code,
    Confidence,
    ConflictId,
    Document,
    Identifier,
    Period,
    Place,
    Text,
    Words,
)
from exemption_codes.catalogue.documents.conditions import Condition


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
