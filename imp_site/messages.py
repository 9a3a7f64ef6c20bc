"""The French messages of code and templates: found, compared with the catalogue of translations, compiled; no gettext.

`python -m imp_site.messages check` prints what is missing, stale or unfit; `update` puts new messages into the file
with an empty translation and takes stale ones out; `compile` writes what Django reads.
"""

import ast
import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

BASE_DIR = Path(__file__).resolve().parent.parent
PACKAGES = ("imp_site", "exemption_codes", "eligibility", "employer_portal")
FRENCH = Path("locale/fr/LC_MESSAGES/django.po")
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
STRING = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
CALL = re.compile(rf"(?<![\w.])(npgettext|pgettext|ngettext|gettext|_)\(\s*({STRING}(?:\s*,\s*{STRING})*)", re.DOTALL)
STRAIGHT_APOSTROPHE = re.compile(r"[^\W\d]'[^\W\d]")
SPACE_BEFORE = re.compile(r"\s[;!?](?:\s|$)")
LOOSE_SIGN = re.compile(r" :(?:\s|$)|« | »")


@dataclass(frozen=True)
class Wanted:
    """One message that code or a template asks for, and the first place that does."""

    singular: str
    plural: str
    context: str | None
    place: str

    @property
    def key(self) -> tuple[str, str | None]:
        return self.singular, self.context

    @property
    def identity(self) -> str | tuple[str, str]:
        return (self.singular, self.plural) if self.plural else self.singular


def wanted_messages(root: Path = BASE_DIR) -> dict[tuple[str, str | None], Wanted]:
    """Return every message of the code and the templates under a folder, in the order of their files."""
    found: dict[tuple[str, str | None], Wanted] = {}
    for path in sorted(path for package in PACKAGES for path in (root / package).rglob("*.py")):
        for message in _in_python(path, path.relative_to(root).as_posix()):
            found.setdefault(message.key, message)
    for path in sorted(path for path in (root / "templates").rglob("*") if path.suffix in (".html", ".txt")):
        for message in _in_template(path, path.relative_to(root).as_posix()):
            found.setdefault(message.key, message)
    return found


def _in_python(path: Path, name: str) -> Iterator[Wanted]:
    with path.open("rb") as file:
        for line, said, _comments, context in extract("python", file, keywords=KEYWORDS):
            singular, plural = (said[0], said[1]) if isinstance(said, tuple) else (said, "")
            if singular:
                yield Wanted(singular, plural, context, f"{name}:{line}")


def _in_template(path: Path, name: str) -> Iterator[Wanted]:
    """Django turns a template into text in which only the calls for messages are left."""
    text = templatize(path.read_text(encoding="utf-8"), origin=name)
    for call in CALL.finditer(text):
        function, arguments = call[1], [ast.literal_eval(part) for part in re.findall(STRING, call[2], re.DOTALL)]
        context = arguments.pop(0) if function in ("pgettext", "npgettext") else None
        plural = arguments[1] if function.startswith("n") else ""
        place = f"{name}:{text.count(chr(10), 0, call.start()) + 1}"
        yield Wanted(arguments[0], plural, context, place)


def problems(root: Path = BASE_DIR) -> list[str]:
    """Return what is wrong with the French messages: missing, stale, fuzzy, empty or unfit for their place."""
    catalog, wanted = read_french(root), wanted_messages(root)
    known = {_key(message): message for message in catalog if message.id}
    found = [f"{one.place}: no French for {one.singular!r}" for key, one in wanted.items() if key not in known]
    for key, message in known.items():
        place = f"{FRENCH}:{message.lineno}"
        if key not in wanted:
            found.append(f"{place}: nothing says {key[0]!r} any more")
        else:
            found += [f"{place}: {fault} in the French for {key[0]!r}" for fault in _faults(message, wanted[key])]
    found += [f"{FRENCH}: {message.id!r} is obsolete; remove it" for message in catalog.obsolete.values()]
    return found


def _key(message: Message) -> tuple[str, str | None]:
    return (message.id if isinstance(message.id, str) else message.id[0]), message.context


def _faults(message: Message, wanted: Wanted) -> Iterator[str]:
    written = message.string if isinstance(message.string, tuple | list) else [message.string]
    texts = [text or "" for text in written]
    if message.fuzzy:
        yield "a guess (fuzzy)"
    if not all(text.strip() for text in texts):
        yield "nothing"
        return
    if bool(wanted.plural) != message.pluralizable:
        yield "another number of plural forms"
    asked = set(re.findall(r"%\(\w+\)[sd]", wanted.singular + wanted.plural))
    for number, text in enumerate(texts):
        found = set(re.findall(r"%\(\w+\)[sd]", text))
        # "One answer" need not say how many.
        if found != asked and not (wanted.plural and number == 0 and found < asked):
            yield "another set of placeholders"
        if STRAIGHT_APOSTROPHE.search(text):
            yield "a straight apostrophe (write ’)"
        if SPACE_BEFORE.search(text):
            yield "a space before ; ! or ?"
        if LOOSE_SIGN.search(text):
            yield "an ordinary space before a colon or inside « » (write a no-break space)"


def read_french(root: Path = BASE_DIR) -> Catalog:
    path = root / FRENCH
    if not path.exists():
        return Catalog(locale="fr", project="IMP Navigator", charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale="fr", abort_invalid=True)


def update_messages(root: Path = BASE_DIR) -> tuple[int, int]:
    """Bring the file of translations up to date; returns how many messages came and how many went."""
    catalog, wanted = read_french(root), wanted_messages(root)
    known = {_key(message): message for message in catalog if message.id}
    gone = [message for key, message in known.items() if key not in wanted]
    for message in gone:
        catalog.delete(message.id, message.context)
    new = [one for key, one in wanted.items() if key not in known]
    for one in new:
        catalog.add(one.identity, context=one.context)
    catalog.obsolete.clear()
    path = root / FRENCH
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalog, width=0, no_location=True)
    return len(new), len(gone)


def compile_messages(root: Path = BASE_DIR) -> None:
    """Write each file that Django reads, where it is older than its source; a killed run leaves no half file."""
    for source in (root / "locale").glob("*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        half = target.with_suffix(f".{os.getpid()}.half")
        with source.open("rb") as file, half.open("wb") as made:
            write_mo(made, read_po(file, locale=source.parent.parent.name))
        half.replace(target)


def main(arguments: list[str]) -> int:
    match arguments:
        case ["check"]:
            found = problems()
            print("\n".join([*found, f"{len(found)} problems with messages"]), file=sys.stderr if found else sys.stdout)
            return 1 if found else 0
        case ["update"]:
            came, went = update_messages()
            print(f"{FRENCH}: {came} new messages to translate, {went} taken out")
        case ["compile"]:
            compile_messages()
        case _:
            print(__doc__, file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
