"""Accessible PDF (PDF/UA-1) from a Typst template: fonts inside, and every text as those fonts can show it."""

import json
import re
import unicodedata
from datetime import datetime
from functools import lru_cache
from typing import Any

import typst
from django.conf import settings

BUILT_IN = ("Libertinus Serif", "DejaVu Sans Mono", "New Computer Modern")
# Letters, marks and signs of English and French, which the fonts inside have.
PLAIN = re.compile(r"[\n\t -~\u00a0-\u017f‘’“”–—…•·«»\u202f]*")
UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn")


def draw_pdf(source: bytes, name: str, content: dict[str, Any], made_at: datetime | None = None) -> bytes:
    """Return a document that reads its content from `sys.inputs` under a name; `fonts` are those it may use.

    Letters that no font has are written by their Unicode number. With `made_at` the same content gives the same bytes.
    """
    shown = showable({"fonts": families(), **content})
    return _compile(source, {name: json.dumps(shown, ensure_ascii=False)}, made_at)


def families() -> list[str]:
    """Return the names of the fonts that a document may use, those inside the library first."""
    return [*BUILT_IN, *(name for name in _fonts().families() if name not in BUILT_IN)]


def showable(value: Any) -> Any:
    """Return the same values, with each text as the fonts can show it."""
    if isinstance(value, dict):
        return {name: showable(part) for name, part in value.items()}
    if isinstance(value, list):
        return [showable(part) for part in value]
    if not isinstance(value, str) or PLAIN.fullmatch(value):
        return value
    return "".join(letter if PLAIN.fullmatch(letter) else _letter(letter) for letter in value)


def _compile(source: bytes, given: dict[str, str], made_at: datetime | None = None) -> bytes:
    timestamp = int(made_at.timestamp()) if made_at else None
    return typst.compile(
        source, format="pdf", font_paths=_fonts(), sys_inputs=given, pdf_standards="ua-1", timestamp=timestamp
    )


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """The fonts inside the library, and those that this site adds; none of the machine's own."""
    return typst.Fonts(include_system_fonts=False, font_paths=list(settings.PDF_FONT_FOLDERS))


@lru_cache(maxsize=8192)
def _letter(letter: str) -> str:
    """Return a letter that a font has; else its number, or nothing for what nobody sees."""
    if unicodedata.category(letter) in UNSEEN:
        return ""
    fonts = json.dumps(families(), ensure_ascii=False)[1:-1]
    source = f'#set document(title: "x")\n#set text(lang: "en", font: ({fonts},))\n#sys.inputs.letter'
    try:
        _compile(source.encode(), {"letter": letter})
    except typst.TypstError:
        return f"[U+{ord(letter):04X}]"
    return letter
