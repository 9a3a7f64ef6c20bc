"""What pydantic says is wrong with a document, as problems that a policy reader understands."""

from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from exemption_codes.catalogue import documents as doc
from exemption_codes.catalogue.problems import Problem, did_you_mean, nearest
from exemption_codes.catalogue.yaml_reader import PathKey, Source

# What a value of the wrong kind should have been, in words.
EXPECTED = {
    "bool_type": "true or false",
    "int_type": "a number",
    "float_type": "a number",
    "string_type": "a text",
    "date_type": "a date",
    "list_type": "a list",
    "dict_type": "a mapping of keys and values",
    "model_type": "a mapping of keys and values",
    "model_attributes_type": "a mapping of keys and values",
}
HOW_TO_WRITE = {
    "true or false": "write true or false without quotes",
    "a number": "write the number without quotes",
    "a text": "put the text in quotes",
    "a date": "write YYYY-MM-DD without quotes",
    "a list": "write [..], or one line with - for each",
    "a mapping of keys and values": "write key: value",
}


def schema_problems(source: Source, error: ValidationError) -> Iterator[Problem]:
    """Yield one problem for each place of a file at which its shape is wrong."""
    by_path: dict[PathKey, list[ErrorDetails]] = {}
    for detail in error.errors(include_url=False):
        path = _path_in_file(source.value, detail["loc"])
        by_path.setdefault(path, []).append(detail)
    for path, details in by_path.items():
        misspelt = {nearest(str(d["loc"][-1]), _known_keys()) for d in error.errors() if d["type"] == "extra_forbidden"}
        kinds = list(dict.fromkeys(EXPECTED[d["type"]] for d in details if d["type"] in EXPECTED))
        if kinds:
            yield source.problem(path, f"{' or '.join(kinds)} is expected here", HOW_TO_WRITE[kinds[-1]])
            continue
        for detail in details:
            if detail["type"] != "missing" or detail["loc"][-1] not in misspelt:
                yield source.problem(path, *_message_and_hint(detail))


def _message_and_hint(detail: ErrorDetails) -> tuple[str, str]:
    kind, context, last = detail["type"], detail.get("ctx", {}), str(detail["loc"][-1])
    match kind:
        case "extra_forbidden":
            return f"the key {last} is not known here", did_you_mean(last, _known_keys() - {last}) or "remove it"
        case "missing" if last in ("en", "fr"):
            return f"{last} is missing", "every text has en and fr"
        case "missing":
            return f"{last} is missing", f"add {last}:"
        case "too_short":
            return "the list is empty", "write at least one entry"
        case "literal_error":
            expected = str(context.get("expected", ""))
            words = [word.strip("' ") for word in expected.replace(" or ", ", ").split(",")]
            hint = did_you_mean(str(detail["input"]), words) or f"write {expected}"
            return f"{detail['input']} is not one of the words for this", hint
        case "string_pattern_mismatch" if not str(detail["input"]).strip():
            return "the text is blank", "write it, or leave the key out"
        case "string_pattern_mismatch":
            return f"{detail['input']} is not written as it must be here", f"the pattern is {context.get('pattern')}"
    return detail["msg"].removeprefix("Value error, "), "compare with docs/rule-format.md"


def _path_in_file(value: Any, location: Iterable[int | str]) -> PathKey:
    """Drop from pydantic's location the names of union branches, which are not in the file."""
    path: list[str | int] = []
    for step in location:
        if _has(value, step):
            value = value[step]
            path.append(step)
    return tuple(path)


def _has(value: Any, step: int | str) -> bool:
    if isinstance(value, dict):
        return step in value
    return isinstance(value, list) and isinstance(step, int) and step < len(value)


def _known_keys() -> set[str]:
    models = [m for m in vars(doc).values() if isinstance(m, type) and issubclass(m, doc.Document)]
    return {field.alias or name for model in models for name, field in model.model_fields.items()}
