"""A case as an accessible PDF (PDF/UA-1): tagged, with a title and its language, and its fonts inside."""

import json
import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

TEMPLATE = Path(__file__).with_name("case.typ")
BUILT_IN = ("Libertinus Serif", "DejaVu Sans Mono", "New Computer Modern")
# Letters, marks and signs of English and French, which the fonts inside have.
PLAIN = re.compile(r"[\n\t -~\u00a0-\u017f‘’“”–—…•·«»\u202f]*")
UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn")


def case_pdf(content: dict[str, Any]) -> bytes:
    """Return what case_export gave as a PDF; letters that no font has are written by their Unicode number."""
    with override(content["language"]):
        words = _words()
    shown = _showable({"words": words, "fonts": _families(), **content})
    given = {"case": json.dumps(shown, ensure_ascii=False)}
    return _compile(TEMPLATE.read_bytes(), given)


def _compile(source: bytes, given: dict[str, str]) -> bytes:
    return typst.compile(source, format="pdf", font_paths=_fonts(), sys_inputs=given, pdf_standards="ua-1")


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """The fonts inside the library, and those that this site adds; none of the machine's own."""
    return typst.Fonts(include_system_fonts=False, font_paths=list(settings.PDF_FONT_FOLDERS))


def _families() -> list[str]:
    return [*BUILT_IN, *(name for name in _fonts().families() if name not in BUILT_IN)]


def _showable(value: Any) -> Any:
    """Return the same values, with each text as the fonts can show it."""
    if isinstance(value, dict):
        return {name: _showable(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_showable(part) for part in value]
    if not isinstance(value, str) or PLAIN.fullmatch(value):
        return value
    return "".join(letter if PLAIN.fullmatch(letter) else _letter(letter) for letter in value)


@lru_cache(maxsize=8192)
def _letter(letter: str) -> str:
    """Return a letter that a font has; else its number, or nothing for what nobody sees."""
    if unicodedata.category(letter) in UNSEEN:
        return ""
    fonts = json.dumps(_families(), ensure_ascii=False)[1:-1]
    source = f'#set document(title: "x")\n#set text(lang: "en", font: ({fonts},))\n#sys.inputs.letter'
    try:
        _compile(source.encode(), {"letter": letter})
    except typst.TypstError:
        return f"[U+{ord(letter):04X}]"
    return letter


def _words() -> dict[str, str]:
    """The words of the document itself, in its language."""
    return {
        "title": _("Case file"),
        "indicative": _("An indicative result: the decision is an officer’s. Not a government document."),
        "case": _("Case"),
        "made": _("Made"),
        "sent": _("Sent"),
        "name": _("Name"),
        "email": _("Email"),
        "stale": _("Since this case was judged:"),
        "codes": _("Codes by the rules and by the consultant"),
        "code": _("Code"),
        "by_rules": _("By the rules"),
        "by_consultant": _("By the consultant"),
        "confirmed": _("Confirmed"),
        "closed": _("Not eligible by the rules:"),
        "decisions": _("Decisions"),
        "no_decision": _("Nobody has decided anything yet."),
        "reason": _("Reason"),
        "determination": _("Determination"),
        "answers": _("Answers"),
        "unticked": _("Not ticked"),
        "evidence": _("Evidence of each code"),
        "general": _("Rules of every permit"),
        "lacking": _("Not told:"),
        "source": _("Source:"),
        "read": _("read on"),
        "record": _("Determinations, releases and time line"),
        "as_of": _("Judged as of"),
        "release": _("Catalogue release"),
        "law": _("Law as of"),
        "facts": _("Digest of the facts"),
        "engine": _("Version of the engine"),
        "events": _("Time line"),
        "number": _("Number"),
        "when": _("When"),
        "what": _("What"),
        "who": _("Who"),
        "seal": _("Seal of the last event:"),
    }
