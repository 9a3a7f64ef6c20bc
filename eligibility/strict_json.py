"""Reads JSON that other programs send, within limits, and refuses what readers of JSON understand differently.

Refused are: a key that stands twice, NaN and the infinities, numbers longer than any fact needs, half characters
(lone surrogates), bytes that are not UTF-8, and nesting deeper than any request needs.
"""

import json
import re
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MAX_BYTES = 1024 * 1024
MAX_DEPTH = 20
MAX_DIGITS = 40
SURROGATE = re.compile(r"[\ud800-\udfff]")
TOO_DEEP = gettext_lazy("The request is nested too deeply.")


class NotReadable(ValueError):
    """The text is not JSON as we read it; the message is for people, in their language."""


def read_json(body: bytes) -> Any:
    """Return the value of a JSON text in UTF-8.

    Raises NotReadable.
    """
    try:
        text = body.decode("utf-8-sig")
        _check_depth(text)
        return json.loads(
            text,
            object_pairs_hook=_object,
            parse_constant=_refuse_constant,
            parse_int=_whole_number,
            parse_float=_decimal_number,
        )
    except UnicodeDecodeError as error:
        raise NotReadable(_("The text is not UTF-8, at byte %(byte)s.") % {"byte": error.start}) from error
    except RecursionError as error:
        raise NotReadable(str(TOO_DEEP)) from error
    except json.JSONDecodeError as error:
        place = {"line": error.lineno, "column": error.colno}
        raise NotReadable(_("This is not JSON: see line %(line)s, column %(column)s.") % place) from error


def _check_depth(text: str) -> None:
    """Refuse deep nesting before anything is built; brackets inside strings count for nothing."""
    depth = 0
    for bracket in re.findall(r'"(?:[^"\\]|\\.)*"|[\[\]{}]', text):
        if bracket in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                raise NotReadable(str(TOO_DEEP))
        elif bracket in "]}":
            depth -= 1


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    built: dict[str, Any] = {}
    twice = []
    for key, value in pairs:
        if key in built:
            twice.append(key)
        _check_characters(key)
        _check_characters(value)
        built[key] = value
    if twice:
        names = ", ".join(dict.fromkeys(key[:100] for key in twice[:10]))
        raise NotReadable(_("A key stands twice in one object: %(names)s.") % {"names": names})
    return built


def _check_characters(value: Any) -> None:
    for part in value if isinstance(value, list) else [value]:
        if isinstance(part, str) and SURROGATE.search(part):
            raise NotReadable(_("The text has half a character in it (a lone surrogate)."))


def _refuse_constant(word: str) -> Any:
    raise NotReadable(_("%(word)s is not a number in JSON.") % {"word": word})


def _whole_number(digits: str) -> int:
    _check_length(digits)
    return int(digits)


def _decimal_number(digits: str) -> float:
    _check_length(digits)
    number = float(digits)
    if number in (float("inf"), float("-inf")):
        raise NotReadable(_("The number %(number)s is too large.") % {"number": digits})
    return number


def _check_length(digits: str) -> None:
    if len(digits) > MAX_DIGITS:
        raise NotReadable(_("A number has more than %(count)s digits.") % {"count": MAX_DIGITS})
