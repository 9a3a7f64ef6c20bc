"""YAML text to plain values with the line of every path, for a narrow YAML in which nothing has a second meaning.

Of YAML's many ways to write a value, only those remain that a reader cannot take for another: true and false, plain
decimal numbers, YYYY-MM-DD dates, and texts. What YAML would read otherwise (NO as false, 00010 as 8, 12:30 as 750) is
a problem. Anchors, aliases and merge keys are allowed, within bounds.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import yaml

from exemption_codes.catalogue.problems import Problem

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
TAG = "tag:yaml.org,2002:"
MERGE = f"{TAG}merge"
MAX_VALUES = 200_000
MAX_DEPTH = 40
WHOLE_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,14})")
DECIMAL_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,14})\.[0-9]{1,10}")
PathKey = tuple[str | int, ...]


class TooMuch(Exception):
    """The file unfolds to more values, or deeper, than any rule file needs; `node` is where it was noticed."""

    def __init__(self, message: str, node: Any) -> None:
        self.node = node
        super().__init__(message)


@dataclass
class Source:
    """One file as read: its value, where each path stands, and what was wrong with its YAML."""

    name: str
    value: Any = None
    lines: dict[PathKey, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def line_of(self, path: PathKey) -> int:
        """Return the line of a path, or of its nearest known ancestor."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def problem(self, path: PathKey, message: str, hint: str = "") -> Problem:
        return Problem(self.name, self.line_of(path), ".".join(map(str, path)), message, hint)


def read_yaml(text: str, name: str, null_is_a_value: bool = False) -> Source:
    """Read one file; what is wrong with it is gathered in the result and never raised.

    `null_is_a_value` is for worked examples, where null takes a fact away; elsewhere an empty value is a problem.
    """
    source = Source(name)
    try:
        node = Loader(text).get_single_node()
        if node is None:
            source.problems.append(Problem(name, 1, "", "the file is empty", "write it, or delete it"))
        else:
            source.value = _Builder(source, null_is_a_value).build(node, (), 0)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        source.problems.append(Problem(name, line, "", f"not YAML: {error.problem}", _yaml_hint(str(error.problem))))
    except yaml.YAMLError as error:
        message = str(error).splitlines()[0]
        source.problems.append(Problem(name, 1, "", f"not YAML: {message}", "save the file as plain UTF-8 text"))
    except TooMuch as error:
        line = error.node.start_mark.line + 1
        source.problems.append(Problem(name, line, "", str(error), "use fewer aliases, or split the file"))
    return source


def _yaml_hint(problem: str) -> str:
    if "alias" in problem:
        return "define the anchor (&name) before its alias (*name)"
    return "look at the quotes, colons and indentation here; put a text that has ': ' or ' #' in it in quotes"


class _Builder:
    """Builds the value of one file from its nodes, noting lines and problems."""

    def __init__(self, source: Source, null_is_a_value: bool, values: int = 0) -> None:
        self.source, self.null_is_a_value, self.values = source, null_is_a_value, values

    def build(self, node: Any, path: PathKey, depth: int) -> Any:
        self.values += 1
        if self.values > MAX_VALUES:
            raise TooMuch(f"the file unfolds to more than {MAX_VALUES} values", node)
        if depth > MAX_DEPTH:
            raise TooMuch(f"the file is nested more than {MAX_DEPTH} levels deep", node)
        self.source.lines[path] = node.start_mark.line + 1
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path, depth)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(item, (*path, index), depth + 1) for index, item in enumerate(node.value)]
        return self._scalar(node, path)

    def _mapping(self, node: Any, path: PathKey, depth: int) -> dict[str, Any]:
        built: dict[str, Any] = {}
        merged: list[Any] = []
        for key_node, value_node in node.value:
            if key_node.tag == MERGE:
                merged += value_node.value if isinstance(value_node, yaml.SequenceNode) else [value_node]
                continue
            key = self._key(key_node, path)
            if key in built:
                self.source.lines[(*path, key)] = key_node.start_mark.line + 1
                self._note((*path, key), f"the key {key} stands twice", "keep one of them")
            built[key] = self.build(value_node, (*path, key), depth + 1)
            self.source.lines[(*path, key)] = key_node.start_mark.line + 1
        for other in merged:
            self._merge(other, built, path, depth)
        return built

    def _merge(self, node: Any, built: dict[str, Any], path: PathKey, depth: int) -> None:
        """Put in what a merged mapping has and the mapping itself does not say."""
        if not isinstance(node, yaml.MappingNode):
            self._note(path, "only a mapping can be merged", "write <<: *name, where &name stands before a mapping")
            return
        apart = _Builder(Source(self.source.name), self.null_is_a_value, self.values)
        for key, value in apart.build(node, path, depth + 1).items():
            built.setdefault(key, value)
        self.values = apart.values
        for place, line in apart.source.lines.items():
            self.source.lines.setdefault(place, line)

    def _key(self, node: Any, path: PathKey) -> str:
        key = str(node.value) if isinstance(node, yaml.ScalarNode) else "?"
        if node.tag != f"{TAG}str":
            self.source.lines.setdefault((*path, key), node.start_mark.line + 1)
            kind = KINDS.get(node.tag.removeprefix(TAG), "something else")
            self._note((*path, key), f"the key {key} reads as {kind}", f"write '{key}' in quotes")
        return key

    def _scalar(self, node: Any, path: PathKey) -> Any:
        kind = node.tag.removeprefix(TAG)
        if kind == "str" or (kind == "null" and self.null_is_a_value):
            return node.value if kind == "str" else None
        read = SCALARS.get(kind)
        value, message = read(node.value) if read else (node.value, f"values of the kind {node.tag} are not used here")
        if message:
            self._note(path, message, MENDING.get(kind, "write '{0}' in quotes").format(node.value))
        return value

    def _note(self, path: PathKey, message: str, hint: str) -> None:
        self.source.problems.append(self.source.problem(path, message, hint))


def _boolean(written: str) -> tuple[Any, str]:
    if written in ("true", "false"):
        return written == "true", ""
    return written, f"YAML reads {written} as true or false"


def _whole(written: str) -> tuple[Any, str]:
    if WHOLE_NUMBER.fullmatch(written):
        return int(written), ""
    return written, f"YAML reads {written} as another number"


def _decimal(written: str) -> tuple[Any, str]:
    if DECIMAL_NUMBER.fullmatch(written):
        return float(written), ""
    return written, f"{written} is not a plain decimal number"


def _day(written: str) -> tuple[Any, str]:
    try:
        return date.fromisoformat(written), ""
    except ValueError:
        return written, f"{written} is no day of the calendar, written YYYY-MM-DD"


def _nothing(written: str) -> tuple[Any, str]:
    return None, "the value is empty"


KINDS = {"bool": "true or false", "int": "a number", "float": "a number", "timestamp": "a date", "null": "nothing"}
MENDING = {
    "bool": "write '{0}' in quotes, or true or false",
    "int": "write '{0}' in quotes, or a plain whole number",
    "float": "write a plain number such as 12.5, or '{0}' in quotes",
    "timestamp": "write a day of the calendar as YYYY-MM-DD, or '{0}' in quotes",
    "null": "give a value, or leave the key out",
}
SCALARS: dict[str, Callable[[str], tuple[Any, str]]] = {
    "bool": _boolean,
    "int": _whole,
    "float": _decimal,
    "timestamp": _day,
    "null": _nothing,
}
