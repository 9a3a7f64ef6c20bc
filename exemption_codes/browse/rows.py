"""A category in one line: its code, names, state and dates."""

from dataclasses import dataclass
from datetime import date

from eligibility.engine.words import day_in_words, provision_in_words
from exemption_codes.browse.days import day_in_life
from exemption_codes.catalogue import documents as doc
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.sheets import PERMIT_WORDS

LONGEST_SHOWN_VARIANT = 4


@dataclass(frozen=True)
class FormerCode:
    code: str
    until: str


@dataclass(frozen=True)
class Row:
    """`state` is in_force, ended or not_begun; `began` and `ends` say its first and last day where there is one."""

    id: str
    code: str
    shown_code: str
    variant: str
    name: str
    for_whom: str
    permit_type: str
    permit: str
    family: str
    state: str
    began: str
    ends: str
    former_codes: tuple[FormerCode, ...]

    @property
    def key(self) -> str:
        return f"{self.code}/{self.variant}" if self.variant else self.code

    @property
    def shown_key(self) -> str:
        """The key where its variant is a word that people use (C21/WH), else the code alone: the name says the rest."""
        is_used = self.variant and len(self.variant) <= LONGEST_SHOWN_VARIANT
        return f"{self.shown_code}/{self.variant}" if is_used else self.shown_code

    @property
    def is_permit_free(self) -> bool:
        return self.permit_type == "none"

    @property
    def order(self) -> tuple[bool, str, str]:
        return self.state != "in_force", self.key, self.id


@dataclass(frozen=True)
class Family:
    id: str
    name: str
    rows: tuple[Row, ...]


def row_of(category: doc.Category, on: date, language: str) -> Row:
    """Put a category into one line, as it stands on a day (or on the nearest one of its life)."""
    life, day = category.in_force, day_in_life(category, on)
    code = category.code_on(day) or category.codes[-1].code
    return Row(
        id=category.id,
        code=code,
        shown_code=provision_in_words(code, language),
        variant=category.variant or "",
        name=category.name.in_language(language),
        for_whom=category.for_whom.in_language(language),
        permit_type=category.permit_type,
        permit=str(PERMIT_WORDS[category.permit_type]),
        family=category.family,
        state=state_of(category, on),
        began=day_in_words(life.from_, language) if life.from_ else "",
        ends=day_in_words(life.until, language) if life.until else "",
        former_codes=former_codes(category, day, language),
    )


def state_of(category: doc.Category, on: date) -> str:
    life = category.in_force
    if life.from_ and on < life.from_:
        return "not_begun"
    return "ended" if life.until and on > life.until else "in_force"


def former_codes(category: doc.Category, on: date, language: str) -> tuple[FormerCode, ...]:
    """Return the names that a category had given up by a day."""
    ended = [name for name in category.codes if name.until and name.until < on]
    return tuple(FormerCode(name.code, day_in_words(name.until, language)) for name in ended if name.until)


def families_of(rows: list[Row], rulebook: Rulebook, language: str) -> tuple[Family, ...]:
    """Group rows by agreement or provision, in the catalogue's order; in each, what is in force first."""
    groups: dict[str, list[Row]] = {family.id: [] for family in rulebook.catalogue.families}
    for row in sorted(rows, key=lambda row: row.order):
        groups.setdefault(row.family, []).append(row)
    names = {family.id: family.name.in_language(language) for family in rulebook.catalogue.families}
    return tuple(Family(name, names.get(name, name), tuple(group)) for name, group in groups.items() if group)
