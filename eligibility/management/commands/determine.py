"""`manage.py determine`: judge cases given as JSON, without a server or database rows."""

import json
import sys
from argparse import FileType
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from eligibility.engine.errors import FactError, error_as_json
from eligibility.engine.report import answer
from exemption_codes.catalogue.problems import CatalogueError
from exemption_codes.catalogue.reader import read_rulebook
from exemption_codes.catalogue.rulebook import Rulebook

BAD_INPUT = 2


class Command(BaseCommand):
    help = "Judge one case (or one a line) given as JSON with as_of and facts; prints determinations as JSON."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=FileType("r", encoding="utf-8"), default=sys.stdin)
        parser.add_argument("--as-of", help="day of the application, YYYY-MM-DD, where the case names none")
        parser.add_argument("--lang", choices=("en", "fr"), default="en")
        parser.add_argument("--lines", action="store_true", help="one case a line in, one result a line out")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            rulebook = read_rulebook(settings.RULES_DIR)
        except CatalogueError as error:
            self._fail({"code": "catalogue", "detail": str(error), "fields": {}})
        texts = options["file"] if options["lines"] else [options["file"].read()]
        failed = False
        for text in texts:
            if options["lines"] and not text.strip():
                continue
            reply = self._reply(rulebook, text, options)
            failed = failed or "determinations" not in reply
            self._write(reply, options)
        if failed:
            sys.exit(BAD_INPUT)

    def _reply(self, rulebook: Rulebook, text: str, options: dict[str, Any]) -> dict[str, Any]:
        try:
            request = json.loads(text)
        except ValueError as error:
            return {"code": "not_json", "detail": f"not JSON: {error}", "fields": {}}
        if isinstance(request, dict) and options["as_of"] and "as_of" not in request:
            request = {**request, "as_of": options["as_of"]}
        try:
            return answer(rulebook, request, _today(), options["lang"])
        except FactError as error:
            return error_as_json(error)

    def _write(self, reply: dict[str, Any], options: dict[str, Any]) -> None:
        stream = self.stdout if "determinations" in reply or options["lines"] else self.stderr
        indent = None if options["lines"] else 2
        stream.write(json.dumps(reply, ensure_ascii=False, indent=indent))

    def _fail(self, reply: dict[str, Any]) -> None:
        self.stderr.write(json.dumps(reply, ensure_ascii=False, indent=2))
        sys.exit(BAD_INPUT)


def _today() -> date:
    return timezone.localdate()
