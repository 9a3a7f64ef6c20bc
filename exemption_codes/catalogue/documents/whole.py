"""What holds for the catalogue as a whole: the days it covers, its families, conflicts and occupations."""

from datetime import date
from typing import Annotated

from pydantic import Field

from exemption_codes.catalogue.documents.base import Document, Identifier, Period, Text, Words


class FamilyDocument(Document):
    id: Identifier
    name: Text


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
