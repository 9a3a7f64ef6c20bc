"""Rule files to a `Rulebook`, or every problem of every file at once."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from exemption_codes.catalogue import documents as doc
from exemption_codes.catalogue.checks import cross_check
from exemption_codes.catalogue.draft import Draft
from exemption_codes.catalogue.problems import CatalogueError, Problem, did_you_mean
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.catalogue.salvage import Unread, salvage
from exemption_codes.catalogue.schema_errors import schema_problems
from exemption_codes.catalogue.yaml_reader import Source, read_yaml

SINGLE: dict[str, type[doc.Document]] = {
    "catalogue": doc.CatalogueDocument,
    "facts": doc.FactsDocument,
    "fees": doc.FeesDocument,
    "general": doc.GeneralDocument,
    "guide": doc.GuideDocument,
    "pages": doc.PagesDocument,
    "provisions": doc.ProvisionsDocument,
    "sources": doc.SourcesDocument,
}
# Releases stored before these files were thought of have none.
MAY_BE_MISSING = ("fees", "guide")
FOLDERS: dict[str, type[doc.Document]] = {
    "exemptions": doc.Category,
    "lists": doc.ListDocument,
    "parameters": doc.ParameterDocument,
    "cases": doc.CasesDocument,
    "wages": doc.WagesDocument,
}
KEY_FIELD = {"cases": "category"}


@dataclass
class _Reading:
    """What has been read so far: documents by the path of their file without its ending, and problems."""

    documents: dict[str, Any] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    unsound: set[str] = field(default_factory=set)

    def note(self, problems: Iterable[Problem]) -> None:
        """Keep problems, save those at a place where the YAML itself was wrong: they only follow from that."""
        echoes = {(p.file, p.path) for source in self.sources.values() for p in source.problems if p.path}
        self.problems += (problem for problem in problems if (problem.file, problem.path) not in echoes)


def read_rulebook(folder: Path) -> Rulebook:
    """Read and check a folder of rules.

    Raises CatalogueError with every problem of every file.
    """
    return read_raw_files(raw_files(folder))[0]


def raw_files(folder: Path) -> dict[str, bytes]:
    """Return every rule file of a folder by its relative name, as it stands on the disk."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in _paths(folder)}


def read_raw_files(raw: Mapping[str, bytes]) -> tuple[Rulebook, dict[str, str]]:
    """Read and check rule files given as bytes; returns their texts too, so that what is stored is what was checked.

    Raises CatalogueError with every problem of every file.
    """
    files, problems = {}, []
    for name, content in raw.items():
        try:
            files[name] = content.decode().replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError as error:
            problems.append(Problem(name, 1, "", f"not UTF-8 text: {error.reason}", "save the file as UTF-8"))
    if problems:
        raise CatalogueError(problems + _problems_of(files))
    return read_rule_files(files), files


def read_rule_files(files: Mapping[str, str]) -> Rulebook:
    """Read and check rule files given as texts by their relative names.

    Raises CatalogueError with every problem of every file.
    """
    reading = _read(files)
    rulebook = _assemble(digest_of_files(files), reading)
    draft = Draft(rulebook, reading.sources, _unsound_facts(reading), _knows_occupations(reading))
    reading.note(cross_check(draft))
    if reading.problems:
        raise CatalogueError(reading.problems)
    return rulebook


def read_stored_files(files: Mapping[str, str]) -> Rulebook:
    """Read rule files that were checked before they were stored, without comparing them with each other again.

    Raises CatalogueError when a file no longer has the shape that this version reads.
    """
    reading = _read(files)
    if reading.problems:
        raise CatalogueError(reading.problems)
    return _assemble(digest_of_files(files), reading)


def rule_files(folder: Path) -> dict[str, str]:
    """Return the text of every rule file by its relative name."""
    return {p.relative_to(folder).as_posix(): p.read_text("utf-8") for p in _paths(folder)}


def digest_of(folder: Path) -> str:
    """Return the SHA-256 of all rule files of a folder, names included."""
    return digest_of_files(rule_files(folder))


def digest_of_files(files: Mapping[str, str]) -> str:
    digest = hashlib.sha256()
    for name in sorted(files):
        digest.update(name.encode() + b"\0" + files[name].encode() + b"\0")
    return digest.hexdigest()


def _paths(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix in (".yaml", ".yml"))


def _problems_of(files: Mapping[str, str]) -> list[Problem]:
    try:
        read_rule_files(files)
    except CatalogueError as error:
        return error.problems
    return []


def _read(files: Mapping[str, str]) -> _Reading:
    reading = _Reading()
    for name in files:
        model = _model_for(name)
        if model is None:
            reading.problems.append(_misplaced(name))
        else:
            _read_document(name, files[name], model, reading)
    for name in SINGLE:
        if f"{name}.yaml" not in files and name not in MAY_BE_MISSING:
            reading.problems.append(Problem(f"{name}.yaml", 0, "", "the file is missing", f"write {name}.yaml"))
    return reading


def _model_for(name: str) -> type[doc.Document] | None:
    stem, _, ending = name.rpartition(".")
    folder, _, rest = stem.rpartition("/")
    if ending != "yaml" or "/" in folder:
        return None
    return FOLDERS.get(folder) if folder else SINGLE.get(rest)


def _misplaced(name: str) -> Problem:
    places = [*(f"{single}.yaml" for single in SINGLE), *(f"{folder}/{Path(name).stem}.yaml" for folder in FOLDERS)]
    hint = did_you_mean(name, places) or f"rule files are {', '.join(places[:6])} and {', '.join(FOLDERS)}/*.yaml"
    return Problem(name, 0, "", "no rule file has this name", hint)


def _read_document(name: str, text: str, model: type[doc.Document], reading: _Reading) -> None:
    key = name.removesuffix(".yaml")
    source = read_yaml(text, name, null_is_a_value=name.startswith("cases/"))
    reading.sources[key] = source
    reading.problems += source.problems
    if source.value is None:
        return
    try:
        reading.documents[key] = model.model_validate(source.value)
    except ValidationError as error:
        reading.note(schema_problems(source, error))
        reading.documents[key] = salvage(model, source.value)
        reading.unsound.add(key)
    _check_file_name(key, source, reading)


def _check_file_name(key: str, source: Source, reading: _Reading) -> None:
    folder, _, stem = key.rpartition("/")
    if not folder:
        return
    field_name = KEY_FIELD.get(folder, "id")
    written = getattr(reading.documents[key], field_name, None)
    if written is not None and written != stem:
        message = f"the {field_name} {written} is not the file's name"
        reading.problems.append(source.problem((field_name,), message, f"rename the file to {written}.yaml"))


def _unsound_facts(reading: _Reading) -> frozenset[str]:
    """Return the names of facts that are defined, but not well enough to check a value against."""
    facts = reading.documents.get("facts")
    if facts is None or "facts" not in reading.unsound or not isinstance(facts.facts, dict):
        return frozenset()
    raw = reading.sources["facts"].value["facts"]
    return frozenset(name for name in facts.facts if not _is_sound(raw[name]))


def _knows_occupations(reading: _Reading) -> bool:
    catalogue = reading.documents.get("catalogue")
    if catalogue is None or "catalogue" in reading.unsound:
        return False
    return all(_is_list_of_occupations(f"lists/{version.list_}", reading) for version in catalogue.occupations)


def _is_list_of_occupations(key: str, reading: _Reading) -> bool:
    if key not in reading.documents or key in reading.unsound:
        return False
    return all("key" in row for edition in reading.documents[key].editions for row in edition.rows)


def _is_sound(fact: Any) -> bool:
    try:
        doc.FactDocument.model_validate(fact)
    except ValidationError:
        return False
    return True


def _assemble(digest: str, reading: _Reading) -> Rulebook:
    """Put the documents together; a file that could not be read leaves `Unread` names or None."""
    documents = reading.documents

    def single(name: str, part: str, otherwise: Any) -> Any:
        found = getattr(documents.get(name), part, None)
        return otherwise if found is None else found

    def folder(name: str) -> dict[str, Any]:
        keys = [key for key in reading.sources if key.startswith(f"{name}/")]
        return {key.removeprefix(f"{name}/"): documents.get(key) for key in sorted(keys)}

    return Rulebook(
        digest=digest,
        catalogue=documents.get("catalogue"),  # type: ignore[arg-type]
        facts=single("facts", "facts", Unread()),
        categories=folder("exemptions"),
        general=tuple(single("general", "rules", ())),
        lists=folder("lists"),
        parameters=folder("parameters"),
        sources=single("sources", "sources", Unread()),
        provisions=documents.get("provisions"),  # type: ignore[arg-type]
        pages=tuple(single("pages", "pages", ())),
        guide=tuple(single("guide", "corrections", ())),
        cases=folder("cases"),
        wages=folder("wages"),
        fees=tuple(single("fees", "fees", ())),
    )
