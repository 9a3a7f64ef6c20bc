"""YAML text to plain values with the line of every path; duplicate keys and unquoted yes/no words are problems."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from exemption_codes.catalogue.problems import Problem

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
BOOLEAN_WORDS = ("true", "false")
PathKey = tuple[str | int, ...]


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


def read_yaml(path: Path, name: str) -> Source:
    """Read one file; what is wrong with it is gathered in the result and never raised."""
    source = Source(name)
    try:
        loader = Loader(path.read_text(encoding="utf-8"))
        node = loader.get_single_node()
        if node is None:
            source.problems.append(Problem(name, 1, "", "the file is empty"))
            return source
        _walk(node, (), source)
        source.value = loader.construct_document(node)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        source.problems.append(Problem(name, line, "", f"not YAML: {error.problem}"))
    except (UnicodeDecodeError, ValueError) as error:
        source.problems.append(Problem(name, 1, "", f"not readable: {error}"))
    return source


def _walk(node: Any, path: PathKey, source: Source) -> None:
    source.lines[path] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        _walk_mapping(node, path, source)
    elif isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            _walk(item, (*path, index), source)
    else:
        _check_scalar(node, path, source)


def _walk_mapping(node: Any, path: PathKey, source: Source) -> None:
    seen: set[str] = set()
    for key_node, value_node in node.value:
        key = str(key_node.value)
        here = (*path, key)
        _check_scalar(key_node, here, source)
        if key in seen:
            source.lines[here] = key_node.start_mark.line + 1
            source.problems.append(source.problem(here, f"the key {key} stands twice", "keep one of them"))
        seen.add(key)
        _walk(value_node, here, source)


def _check_scalar(node: Any, path: PathKey, source: Source) -> None:
    if node.tag == "tag:yaml.org,2002:bool" and node.value not in BOOLEAN_WORDS:
        source.lines.setdefault(path, node.start_mark.line + 1)
        hint = f"write '{node.value}' in quotes, or true or false"
        source.problems.append(source.problem(path, f"YAML reads {node.value} as true or false", hint))
