"""`manage.py screen`: judge a file of many cases, one outcome a category and case; needs the `batch` extra."""

import importlib.util
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from exemption_codes.catalogue.problems import CatalogueError, DateNotCovered
from exemption_codes.catalogue.reader import read_rulebook

if TYPE_CHECKING:
    import polars as pl

BAD_INPUT = 2
KINDS = {".parquet": "parquet", ".csv": "csv", ".ndjson": "ndjson", ".jsonl": "ndjson"}
WITHOUT_POLARS = (
    "Screening many cases needs Polars. Install it: python -m pip install --require-hashes -r requirements/batch.txt"
)


class Command(BaseCommand):
    help = (
        "Judge a Parquet, CSV or NDJSON file whose columns are facts; writes a file with one column of outcomes per "
        "category, named by its id. Lists are lists, or words between semicolons in CSV (a lone semicolon: none)."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("cases", type=Path, help="file of cases: .parquet, .csv or .ndjson")
        parser.add_argument("outcomes", type=Path, help="file to write: .parquet, .csv or .ndjson")
        parser.add_argument("--as-of", type=date.fromisoformat, help="day of the application where a case names none")
        parser.add_argument("--keep", action="append", default=[], metavar="COLUMN", help="copy a column, an id say")

    def handle(self, *args: Any, **options: Any) -> None:
        columns, column_facts = _engine()
        source, target, keep = options["cases"], options["outcomes"], options["keep"]
        read, write = _reader(source), _writer(target)
        if not source.is_file():
            raise CommandError(f"There is no file {source}.", returncode=BAD_INPUT)
        try:
            rulebook = read_rulebook(settings.RULES_DIR)
            as_of = options["as_of"] or timezone.localdate()
            rulebook.check_covers(as_of)
        except (CatalogueError, DateNotCovered) as error:
            raise CommandError(str(error), returncode=BAD_INPUT) from error
        started = time.perf_counter()
        cases = read(source)
        problems = column_facts.problems(cases, keep, rulebook)
        if problems:
            raise CommandError("\n".join(map(str, problems)), returncode=BAD_INPUT)
        partial = target.with_name(f".{target.name}")
        write(columns.screen(cases, rulebook, as_of, keep), partial)
        partial.replace(target)
        seconds = time.perf_counter() - started
        self.stdout.write(f"{len(rulebook.categories)} categories written to {target} in {seconds:.1f} seconds.")


def _engine() -> tuple[Any, Any]:
    """Return the engine's modules for columns. Raises CommandError where Polars is not installed."""
    if importlib.util.find_spec("polars") is None:
        raise CommandError(WITHOUT_POLARS)
    from eligibility.engine import column_facts, columns

    return columns, column_facts


def _kind(path: Path) -> str:
    try:
        return KINDS[path.suffix.lower()]
    except KeyError:
        raise CommandError(f"{path} is neither {', '.join(KINDS)}.", returncode=BAD_INPUT) from None


def _reader(path: Path) -> Callable[[Path], "pl.LazyFrame"]:
    import polars as pl

    return {
        "parquet": pl.scan_parquet,
        "csv": lambda source: pl.scan_csv(source, infer_schema=False),
        "ndjson": lambda source: pl.scan_ndjson(source, infer_schema_length=None),
    }[_kind(path)]


def _writer(path: Path) -> Callable[["pl.LazyFrame", Path], Any]:
    return {
        "parquet": lambda outcomes, target: outcomes.sink_parquet(target),
        "csv": lambda outcomes, target: outcomes.sink_csv(target),
        "ndjson": lambda outcomes, target: outcomes.sink_ndjson(target),
    }[_kind(path)]
