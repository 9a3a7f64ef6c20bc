"""`manage.py determine`: judge cases given as JSON, without a server, a database or migrations.

Exit code 0 when every case was judged, 2 when one could not be read. Every problem is named, in the chosen language;
with --lines the answer to a bad line stands in its place among the results.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from eligibility.engine.errors import FactError, error_as_json
from eligibility.engine.report import answer
from eligibility.strict_json import NotReadable, read_json
from exemption_codes.catalogue.problems import CatalogueError
from exemption_codes.catalogue.reader import read_rulebook
from exemption_codes.catalogue.rulebook import Rulebook

BAD_INPUT = 2
BROKEN_PIPE = 141


class Command(BaseCommand):
    help = "Judge one case (or one a line) given as JSON with as_of and facts; prints determinations as JSON."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", default="-", help="file to read; - or nothing reads standard input")
        parser.add_argument("--as-of", help="day of the application, YYYY-MM-DD, instead of the one a case names")
        parser.add_argument("--lang", choices=("en", "fr"), default="en", help="language of names, reasons and errors")
        parser.add_argument("--lines", action="store_true", help="one case a line in, one result a line out")
        parser.add_argument("--rules", type=Path, default=settings.RULES_DIR, help="folder of rule files")

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(options["lang"]):
            try:
                self._judge(options)
            except (CatalogueError, OSError) as error:
                if isinstance(error, BrokenPipeError):
                    sys.exit(BROKEN_PIPE)
                self._fail("catalogue" if isinstance(error, CatalogueError) else "not_a_file", str(error))

    def _judge(self, options: dict[str, Any]) -> None:
        rulebook = read_rulebook(options["rules"])
        bad = False
        with _opened(options["file"]) as stream:
            for text in _cases(stream, options["lines"]):
                reply = _reply(rulebook, text, options)
                bad = bad or "determinations" not in reply
                self._write(reply, options["lines"])
        if bad:
            sys.exit(BAD_INPUT)

    def _write(self, reply: dict[str, Any], is_line: bool) -> None:
        stream = self.stdout if is_line or "determinations" in reply else self.stderr
        stream.write(json.dumps(reply, ensure_ascii=False, indent=None if is_line else 2))
        if is_line:
            stream.flush()

    def _fail(self, code: str, detail: str) -> None:
        self._write({"code": code, "detail": detail, "fields": {}}, is_line=False)
        sys.exit(BAD_INPUT)


def _opened(name: str) -> IO[bytes]:
    return open(sys.stdin.fileno(), "rb", closefd=False) if name == "-" else open(name, "rb")


def _cases(stream: IO[bytes], one_a_line: bool) -> Iterator[bytes]:
    if one_a_line:
        yield from (line for line in stream if line.strip())
    else:
        yield stream.read()


def _reply(rulebook: Rulebook, text: bytes, options: dict[str, Any]) -> dict[str, Any]:
    try:
        request = read_json(text)
        if options["as_of"] and isinstance(request, dict):
            request = {**request, "as_of": options["as_of"]}
        return answer(rulebook, request, timezone.localdate(), options["lang"])
    except NotReadable as error:
        detail = str(error)
        entry = {"code": "not_json", "detail": detail, "suggestion": _("Send one JSON object in UTF-8.")}
        return {"code": "not_json", "detail": detail, "fields": {"request": [entry]}}
    except FactError as error:
        return error_as_json(error, options["lang"])
