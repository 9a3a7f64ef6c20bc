"""Worked examples: facts, and what must come out."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from exemption_codes.catalogue.documents.base import Document, Words


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
