"""A folder of YAML files to a `Rulebook`, or every problem of every file at once."""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from exemption_codes.catalogue import documents as doc
from exemption_codes.catalogue.checks import cross_check
from exemption_codes.catalogue.problems import CatalogueError, Problem, did_you_mean
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.catalogue.yaml_reader import Source, read_yaml

Model = TypeVar("Model", bound=doc.Document)
SINGLE: dict[str, type[doc.Document]] = {
    "catalogue": doc.CatalogueDocument,
    "facts": doc.FactsDocument,
    "general": doc.GeneralDocument,
    "pages": doc.PagesDocument,
    "provisions": doc.ProvisionsDocument,
    "sources": doc.SourcesDocument,
}
FOLDERS: dict[str, type[doc.Document]] = {
    "exemptions": doc.Category,
    "lists": doc.ListDocument,
    "parameters": doc.ParameterDocument,
    "cases": doc.CasesDocument,
}


def read_rulebook(folder: Path) -> Rulebook:
    """Read and check a folder of rules.

    Raises CatalogueError with every problem of every file.
    """
    problems: list[Problem] = []
    single = {name: _read_single(folder, name, model, problems) for name, model in SINGLE.items()}
    many = {name: _read_folder(folder, name, model, problems) for name, model in FOLDERS.items()}
    if problems or any(found is None for found in single.values()):
        raise CatalogueError(problems)
    rulebook = _assemble(digest_of(folder), single, many)
    sources = {f"{kind}/{key}": found[1] for kind in many for key, found in many[kind].items()}
    sources |= {name: found[1] for name, found in single.items() if found}
    problems = list(cross_check(rulebook, sources))
    if problems:
        raise CatalogueError(problems)
    return rulebook


def digest_of(folder: Path) -> str:
    """Return the SHA-256 of all rule files, names included."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.yaml")):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def rule_files(folder: Path) -> dict[str, str]:
    """Return the text of every rule file by its relative name."""
    return {p.relative_to(folder).as_posix(): p.read_text("utf-8") for p in sorted(folder.rglob("*.yaml"))}


def _assemble(digest: str, single: dict[str, Any], many: dict[str, dict[str, Any]]) -> Rulebook:
    document = {name: found[0] for name, found in single.items()}
    folder = {kind: {key: found[0] for key, found in items.items()} for kind, items in many.items()}
    return Rulebook(
        digest=digest,
        catalogue=document["catalogue"],
        facts=document["facts"].facts,
        categories=folder["exemptions"],
        general=tuple(document["general"].rules),
        lists=folder["lists"],
        parameters=folder["parameters"],
        sources=document["sources"].sources,
        provisions=document["provisions"],
        pages=tuple(document["pages"].pages),
        cases=folder["cases"],
    )


def _read_single(folder: Path, name: str, model: type[Model], problems: list[Problem]) -> tuple[Model, Source] | None:
    path = folder / f"{name}.yaml"
    if not path.exists():
        problems.append(Problem(f"{name}.yaml", 0, "", "the file is missing"))
        return None
    return _read_document(path, f"{name}.yaml", model, problems)


def _read_folder(
    folder: Path, name: str, model: type[Model], problems: list[Problem]
) -> dict[str, tuple[Model, Source]]:
    found: dict[str, tuple[Model, Source]] = {}
    for path in sorted((folder / name).glob("*.yaml")):
        read = _read_document(path, f"{name}/{path.name}", model, problems)
        if read is None:
            continue
        key = str(getattr(read[0], "category", None) or getattr(read[0], "id", ""))
        if key != path.stem:
            hint = f"rename the file to {key}.yaml"
            problems.append(read[1].problem(("id",), f"the id {key} is not the file's name", hint))
        found[key] = read
    return found


def _read_document(path: Path, name: str, model: type[Model], problems: list[Problem]) -> tuple[Model, Source] | None:
    source = read_yaml(path, name)
    problems += source.problems
    if source.value is None:
        return None
    try:
        return model.model_validate(source.value), source
    except ValidationError as error:
        problems += (_as_problem(source, detail, model) for detail in error.errors())
        return None


def _as_problem(source: Source, detail: ErrorDetails, model: type[doc.Document]) -> Problem:
    path = _path_in_file(source.value, detail["loc"])
    message = detail["msg"].removeprefix("Value error, ")
    hint = ""
    if detail["type"] == "extra_forbidden":
        message = f"the key {detail['loc'][-1]} is not known here"
        hint = did_you_mean(str(detail["loc"][-1]), _known_keys())
    elif detail["type"] == "missing":
        message = f"{detail['loc'][-1]} is missing"
    return source.problem((*path,), message, hint)


def _path_in_file(value: Any, location: Iterable[int | str]) -> list[str | int]:
    """Drop from pydantic's location the names of union branches, which are not in the file."""
    path: list[str | int] = []
    for step in location:
        if isinstance(value, dict):
            if step in value:
                value = value[step]
                path.append(step)
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
            path.append(step)
    return path


def _known_keys() -> set[str]:
    models = [m for m in vars(doc).values() if isinstance(m, type) and issubclass(m, doc.Document)]
    return {field.alias or name for model in models for name, field in model.model_fields.items()}
