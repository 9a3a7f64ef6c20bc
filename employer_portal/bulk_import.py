"""Many offers from one file: good rows and the errors of the others, and drafts from the good ones.

A column is a field of the offer; `site_street`, `site_city`, `site_province` and `site_postal_code` give its place of
work, `fact:offer.role` a fact of the vocabulary, `template` the name of a template to start from.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django_countries.fields import CountryField

from employer_portal.actors import Actor
from employer_portal.bounds import check_bounds
from employer_portal.content import CONTENT_FIELDS, PROMISES, SITE_FIELDS, SITES, fill, read_content
from employer_portal.drafts import begin_offer
from employer_portal.errors import FieldsInvalid, RowsRefused
from employer_portal.models import Employer, OfferOfEmployment
from employer_portal.permissions import Action, check_may
from employer_portal.sheets import FIRST_ROW, SURPLUS, Row
from employer_portal.transactions import in_transaction
from exemption_codes.catalogue.documents import Text
from exemption_codes.catalogue.rulebook import Rulebook

FACT = "fact:"
TEMPLATE = "template"
SITE_COLUMNS = {f"site_{name}": name for name in SITE_FIELDS}
# Promises are made by a person for one offer, never by a file.
COLUMNS = tuple(name for name in CONTENT_FIELDS if name not in (*PROMISES, "facts", "wage_as_typed"))
FRENCH_NUMBER = re.compile(r"\d{1,3}(\s?\d{3})*(,\d{1,2})?\s?\$?")
YES, NO = (
    frozenset({"yes", "y", "oui", "o", "true", "vrai", "1", "x"}),
    frozenset({"no", "n", "non", "false", "faux", "0"}),
)


@dataclass(frozen=True)
class ReadRows:
    """Rows by their number in the file, counted from 2 as a spreadsheet shows them: contents, and errors by column."""

    good: Mapping[int, dict[str, Any]]
    errors: Mapping[int, dict[str, Text]]


def check_rows(rows: Sequence[Row], employer: Employer, rulebook: Rulebook) -> ReadRows:
    """Read every row against the fields of an offer, without storing anything."""
    templates = {template.name: template.content for template in employer.templates.all()}
    good: dict[int, dict[str, Any]] = {}
    errors: dict[int, dict[str, Text]] = {}
    for number, row in enumerate(rows, start=FIRST_ROW):
        if not row:
            continue
        try:
            content = _content(row, templates, rulebook)
        except FieldsInvalid as error:
            errors[number] = dict(error.fields)
            continue
        if wrong := _wrong_fields(content, rulebook):
            errors[number] = wrong
        else:
            good[number] = content
    return ReadRows(good, errors)


@in_transaction
def import_offers(
    rows: Sequence[Row], employer: Employer, actor: Actor, rulebook: Rulebook, *, only_good: bool = False
) -> tuple[list[OfferOfEmployment], ReadRows]:
    """Begin a draft for each row: all of them or none, or only the good ones.

    Raises RowsRefused, with the errors of every row, when all were asked for; ActionNotAllowed.
    """
    check_may(actor, Action.WRITE_OFFERS, employer)
    read = check_rows(rows, employer, rulebook)
    if read.errors and not only_good:
        raise RowsRefused(read.errors)
    return [begin_offer(employer, actor, content, rulebook=rulebook) for content in read.good.values()], read


def _wrong_fields(content: Mapping[str, Any], rulebook: Rulebook) -> dict[str, Text]:
    """Return everything in a row that no draft can hold, not only what is found first."""
    wrong: dict[str, Text] = {}
    try:
        values = read_content(content, rulebook)
    except FieldsInvalid as error:
        wrong.update({name: _better_said(name, text) for name, text in error.fields.items()})
        heads = {field.partition(".")[0] for field in error.fields}
        values = read_content({name: value for name, value in content.items() if name not in heads}, rulebook)
    shadow = OfferOfEmployment()
    fill(shadow, values)
    try:
        check_bounds(shadow)
    except FieldsInvalid as error:
        wrong.update(error.fields)
    return wrong


def _content(row: Row, templates: Mapping[str, Mapping[str, Any]], rulebook: Rulebook) -> dict[str, Any]:
    """Turn the texts of a row into the content of an offer. Raises FieldsInvalid for columns that mean nothing."""
    content: dict[str, Any] = {}
    wrong: dict[str, Text] = {}
    site: dict[str, str] = {}
    facts: dict[str, Any] = {}
    for column, text in row.items():
        if column == TEMPLATE:
            if text and text not in templates:
                wrong[column] = _NO_TEMPLATE
            content = {**templates.get(text, {}), **content}
        elif not text:
            continue
        elif column in SITE_COLUMNS:
            site[SITE_COLUMNS[column]] = text
        elif column.startswith(FACT):
            facts[column.removeprefix(FACT)] = _fact(column.removeprefix(FACT), text, rulebook)
        elif column in COLUMNS:
            content[column] = _as_typed(column, text)
        else:
            wrong[column] = _NO_HEADING if column == SURPLUS else _NO_COLUMN
    if wrong:
        raise FieldsInvalid(wrong)
    if site:
        content[SITES] = [site]
    return {**content, **({"facts": facts} if facts else {})}


def _as_typed(column: str, text: str) -> Any:
    """Read yes and no, and a number as French spreadsheets write it (1 234,50): everything else is as it was typed."""
    kind = OfferOfEmployment._meta.get_field(column).get_internal_type()
    if kind == "BooleanField":
        word = text.casefold()
        return True if word in YES else False if word in NO else text
    if kind == "DecimalField" and FRENCH_NUMBER.fullmatch(text):
        return re.sub(r"[\s$]", "", text).replace(",", ".")
    return text


def _better_said(name: str, text: Text) -> Text:
    """Say what a column takes where a choice was not among it."""
    if name not in COLUMNS:
        return text
    field: Any = OfferOfEmployment._meta.get_field(name)
    if isinstance(field, CountryField):
        return _COUNTRY
    if field.get_internal_type() == "BooleanField":
        return _YES_OR_NO
    if field.choices:
        known = ", ".join(str(value) for value, _label in field.choices)
        return Text(en=f"One of: {known}.", fr=f"L’une de ces valeurs : {known}.")
    return text


def _fact(name: str, text: str, rulebook: Rulebook) -> Any:
    """Return a text as the type of its fact; what does not fit is left for the vocabulary to refuse."""
    fact = rulebook.facts.get(name)
    kind = fact.type if fact else "text"
    if kind == "boolean":
        word = text.casefold()
        return True if word in YES else False if word in NO else text
    if kind in ("integer", "decimal"):
        try:
            return float(text.replace(",", ".")) if kind == "decimal" else int(text)
        except ValueError:
            return text
    if kind in ("several_of", "countries"):
        return [part.strip() for part in text.split(",") if part.strip()]
    return text


_NO_HEADING = Text(
    en="This row goes on beyond the last column that has a heading.",
    fr="Cette ligne se prolonge au-delà de la dernière colonne qui a un en-tête.",
)
_COUNTRY = Text(
    en="Give the two letters of the country, such as US or FR.",
    fr="Donnez les deux lettres du pays, par exemple US ou FR.",
)
_YES_OR_NO = Text(en="Give yes or no.", fr="Donnez oui ou non.")
_NO_COLUMN = Text(en="There is no such column.", fr="Cette colonne n’existe pas.")
_NO_TEMPLATE = Text(en="There is no template of this name.", fr="Aucun modèle ne porte ce nom.")
