"""What a request may hold, once as JSON Schema for the documentation and once as a check: the two cannot part.

Texts are texts, numbers are numbers, and money is a text with digits: nothing is guessed. What only the offer's own
rules can tell (a day in a calendar, a code of the catalogue) is left to them.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from employer_portal.errors import FieldsInvalid
from exemption_codes.catalogue.documents import Text

NULL = {"type": "null"}


@dataclass(frozen=True)
class Shape:
    """One value: its schema, whether a value fits, and what to say when it does not."""

    schema: Mapping[str, Any]
    fits: Callable[[Any], bool]
    says: Text
    # Of an object whose parts are named one by one when they do not fit.
    parts: "Mapping[str, Shape] | None" = None

    def or_null(self) -> "Shape":
        """Return the same shape, with null for a field that is empty."""
        return Shape(
            {"anyOf": [dict(self.schema), NULL]}, lambda value: value is None or self.fits(value), self.says
        )  # fmt: skip


def text(longest: int, description: str = "") -> Shape:
    schema: dict[str, Any] = {"type": "string", "maxLength": longest}
    says = Text(en=f"Give a text of at most {longest} characters.", fr=f"Donnez un texte d’au plus {longest} signes.")
    return Shape(
        {**schema, "description": description} if description else schema,
        lambda value: isinstance(value, str) and len(value) <= longest,
        says,
    )


def one_of(values: Iterable[str]) -> Shape:
    known = list(values)
    listed = ", ".join(value for value in known if value)
    return Shape(
        {"type": "string", "enum": known},
        lambda value: isinstance(value, str) and value in known,
        Text(en=f"One of: {listed}.", fr=f"L’une de ces valeurs : {listed}."),
    )


def amount(digits: int, places: int) -> Shape:
    """A number as a text, so that no cent is lost on the way."""
    pattern = rf"^[0-9]{{1,{digits - places}}}(\.[0-9]{{1,{places}}})?$"
    return Shape(
        {"type": "string", "pattern": pattern},
        lambda value: isinstance(value, str) and re.fullmatch(pattern, value, re.ASCII) is not None,
        Text(
            en=f"Give a number as a text, with at most {places} decimals: “80.50”.",
            fr=f"Donnez un nombre sous forme de texte, avec au plus {places} décimales : « 80.50 ».",
        ),
    )


def whole(largest: int) -> Shape:
    return Shape(
        {"type": "integer", "minimum": 0, "maximum": largest},
        lambda value: isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= largest,
        Text(en=f"Give a whole number from 0 to {largest}.", fr=f"Donnez un nombre entier de 0 à {largest}."),
    )


def items(of: Shape, most: int) -> Shape:
    """A list without repetition."""
    return Shape(
        {"type": "array", "items": dict(of.schema), "uniqueItems": True, "maxItems": most},
        lambda value: isinstance(value, list) and len(value) <= most and all(map(of.fits, value)) and _once(value),
        Text(en=f"Give a list of at most {most}, each once. {of.says.en}",
             fr=f"Donnez une liste d’au plus {most}, chacun une fois. {of.says.fr}"),
    )  # fmt: skip


def texts_by_key(longest_key: int, longest: int, most: int) -> Shape:
    value_shape = text(longest)
    return Shape(
        {
            "type": "object", "additionalProperties": dict(value_shape.schema), "maxProperties": most,
            "propertyNames": {"type": "string", "maxLength": longest_key},
        },
        lambda value: isinstance(value, dict)
        and len(value) <= most
        and all(len(key) <= longest_key and value_shape.fits(each) for key, each in value.items()),
        Text(en=f"Give a text of at most {longest} characters for each key.",
             fr=f"Donnez pour chaque clé un texte d’au plus {longest} signes."),
    )  # fmt: skip


def thing(parts: Mapping[str, Shape], required: Iterable[str] = ()) -> Shape:
    """An object with these keys and no others."""
    needed = sorted(required)
    listed = ", ".join(parts)
    return Shape(
        {
            "type": "object",
            "properties": {name: dict(part.schema) for name, part in parts.items()},
            "additionalProperties": False,
            **({"required": needed} if needed else {}),
        },
        lambda value: (
            isinstance(value, dict)
            and set(needed) <= set(value) <= set(parts)
            and all(parts[name].fits(each) for name, each in value.items())
        ),
        Text(en=f"Give an object with: {listed}.", fr=f"Donnez un objet avec : {listed}."),
    )


def _is_day(value: Any) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _is_uuid(value: Any) -> bool:
    try:
        return isinstance(value, str) and str(UUID(value)) == value.lower()
    except ValueError:
        return False


def _once(values: list[Any]) -> bool:
    return all(value not in values[:place] for place, value in enumerate(values))


DAY = Shape(
    {"type": "string", "format": "date"},
    _is_day,
    Text(en="Give a day as 2026-12-31.", fr="Donnez un jour comme 2026-12-31."),
)
YES_OR_NO = Shape(
    {"type": "boolean"},
    lambda value: isinstance(value, bool),
    Text(en="Give true or false.", fr="Donnez true ou false."),
)
IDENTIFIER = Shape(
    {"type": "string", "format": "uuid"},
    _is_uuid,
    Text(en="Give an identifier as the API gave it.", fr="Donnez un identifiant tel que l’API l’a donné."),
)


def check_parts(given: Mapping[str, Any], parts: Mapping[str, Shape]) -> None:
    """Raise FieldsInvalid for every key that is unknown and every value that does not fit."""
    wrong = _misfits(given, parts)
    if wrong:
        raise FieldsInvalid(wrong)


def _misfits(given: Mapping[str, Any], parts: Mapping[str, Shape]) -> dict[str, Text]:
    wrong: dict[str, Text] = {}
    for name, value in given.items():
        if name not in parts:
            wrong[name] = UNKNOWN
        elif not parts[name].fits(value):
            inner = parts[name].parts
            wrong |= _misfits(value, inner) if inner and isinstance(value, dict) else {name: parts[name].says}
    return wrong


UNKNOWN = Text(en="There is no such field.", fr="Ce champ n’existe pas.")
