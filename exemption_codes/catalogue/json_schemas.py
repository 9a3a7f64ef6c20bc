"""JSON Schemas of the rule files, so that editors complete and check them while one writes.

`python -m exemption_codes.catalogue.json_schemas FOLDER` writes them; `--check FOLDER` says which are out of date.
The names in use (facts, sources, lists ...) stand in a file of their own, names.schema.json.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from exemption_codes.catalogue.reader import FOLDERS, SINGLE, read_rulebook
from exemption_codes.catalogue.rulebook import Rulebook

RULES = Path(__file__).resolve().parents[2] / "rules"
DIALECT = "https://json-schema.org/draft/2020-12/schema"
NAMES = "names.schema.json"
ENDING = ".schema.json"
NULL = {"type": "null"}
# Which keys of which documents name something, and what.
REFERENCES = {
    ("FactTest", "fact"): "fact",
    ("FactTest", "at_least_fact"): "fact",
    ("FactTest", "same_as_fact"): "fact",
    ("FactTest", "in_list"): "list",
    ("RowOf", "row_of"): "list",
    ("RowOf", "by"): "fact",
    ("ParameterRef", "parameter"): "parameter",
    ("Disputed", "disputed"): "conflict",
    ("Citation", "source"): "source",
    ("Citation", "provision"): "provision",
    ("Basis", "provision"): "provision",
    ("Note", "conflict"): "conflict",
    ("Category", "family"): "family",
    ("Category", "links"): "source",
    ("Category", "spouse_category"): "category",
    ("FactDocument", "derived_from"): "fact",
    ("FactDocument", "dated_by"): "fact",
    ("PageDocument", "facts"): "fact",
    ("CasesDocument", "category"): "category",
    ("Correction", "categories"): "category",
    ("OccupationVersion", "list"): "list",
    ("WagesDocument", "occupations"): "list",
    ("FeeDocument", "id"): "parameter",
    ("FeeCeiling", "amount"): "parameter",
    ("FeeSubjects", "categories"): "category",
    ("FeeSubjects", "families"): "family",
    ("FeeSubjects", "basis"): "provision",
}
KEYS_ARE_FACTS = (("FactDocument", "when_false"), ("CaseBase", "facts"), ("Case", "change"), ("Case", "each"))


def schemas(rulebook: Rulebook) -> dict[str, dict[str, Any]]:
    """Return the schema of each kind of rule file, by the name of its schema file."""
    made = {f"{name}{ENDING}": _schema(model.model_json_schema()) for name, model in {**SINGLE, **FOLDERS}.items()}
    made[NAMES] = {
        "$schema": DIALECT,
        "description": "The names in use in the rule files.",
        "$defs": {kind: {"enum": sorted(names)} for kind, names in _names(rulebook).items()},
    }
    return made


def written(rulebook: Rulebook) -> dict[str, str]:
    return {
        name: json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
        for name, schema in schemas(rulebook).items()
    }


def stale(folder: Path, rulebook: Rulebook) -> list[str]:
    """Return the schema files of a folder that differ from what the rules ask for, or are missing or left over."""
    wanted = written(rulebook)
    there = {path.name: path.read_text(encoding="utf-8") for path in folder.glob(f"*{ENDING}")}
    return sorted(name for name in {*wanted, *there} if wanted.get(name) != there.get(name))


def _names(rulebook: Rulebook) -> dict[str, list[str]]:
    return {
        "fact": list(rulebook.facts),
        "list": list(rulebook.lists),
        "parameter": list(rulebook.parameters),
        "source": list(rulebook.sources),
        "provision": list(rulebook.provisions.labels),
        "conflict": list(rulebook.catalogue.conflicts),
        "family": [family.id for family in rulebook.catalogue.families],
        "category": list(rulebook.categories),
    }


def _schema(schema: dict[str, Any]) -> dict[str, Any]:
    for title, document in [(schema["title"], schema), *schema.get("$defs", {}).items()]:
        for key, field in document.get("properties", {}).items():
            if kind := REFERENCES.get((title, key)):
                document["properties"][key] = _naming(field, kind)
            if (title, key) in KEYS_ARE_FACTS:
                field["propertyNames"] = _reference("fact")
    _tidy(schema)
    return {"$schema": DIALECT, **schema}


def _naming(field: dict[str, Any], kind: str) -> dict[str, Any]:
    if field.get("type") == "array":
        return {**field, "items": _reference(kind)}
    return _reference(kind)


def _reference(kind: str) -> dict[str, Any]:
    return {"$ref": f"{NAMES}#/$defs/{kind}"}


def _tidy(node: Any) -> None:
    """Drop titles, which only repeat the names of keys, and null: a key that has no value is left out of the file."""
    for part in _parts(node):
        _tidy(part)
    if not isinstance(node, dict):
        return
    if isinstance(node.get("title"), str):
        del node["title"]
    if NULL in node.get("anyOf", ()):
        rest = [form for form in node.pop("anyOf") if form != NULL]
        node.pop("default", None)
        node.update(rest[0] if len(rest) == 1 else {"anyOf": rest})


def _parts(node: Any) -> Iterator[Any]:
    if isinstance(node, dict):
        yield from node.values()
    elif isinstance(node, list):
        yield from node


def main(arguments: list[str]) -> int:
    is_check = arguments[:1] == ["--check"]
    folder = Path(arguments[-1] if arguments else "docs/schema")
    rulebook = read_rulebook(RULES)
    out_of_date = stale(folder, rulebook)
    if is_check:
        for name in out_of_date:
            print(f"{folder / name} is out of date; run: make schema", file=sys.stderr)
        return 1 if out_of_date else 0
    folder.mkdir(parents=True, exist_ok=True)
    wanted = written(rulebook)
    for name in out_of_date:
        if name in wanted:
            (folder / name).write_text(wanted[name], encoding="utf-8")
        else:
            (folder / name).unlink()
    print(f"{len(wanted)} schemas in {folder}, {len(out_of_date)} of them new or changed")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
