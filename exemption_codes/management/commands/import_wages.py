"""`manage.py import_wages FILE --from DAY`: a file of wages by occupation and province to a table of the rule files."""

from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from exemption_codes.catalogue import documents as doc
from exemption_codes.catalogue.problems import CatalogueError
from exemption_codes.catalogue.reader import read_rule_files, rule_files
from exemption_codes.wage_files import WageFile, read_wage_file
from exemption_codes.wage_tables import new_table, with_table

MOST_PROBLEMS_SHOWN = 50


class Command(BaseCommand):
    help = "Read a file of wages, plain or the Job Bank's own, check every row, and write rules/wages/<id>.yaml."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="a CSV file: noc,region,low_hourly,... or the Job Bank's own")
        parser.add_argument("--from", dest="first_day", type=date.fromisoformat, required=True, help="its first day")
        parser.add_argument("--year", type=int, help="the year it is published for; that of the first day if left out")
        parser.add_argument("--source", default="job_bank_wages", help="id of the source in rules/sources.yaml")
        parser.add_argument("--folder", type=Path, default=settings.RULES_DIR, help="folder of rule files")
        parser.add_argument("--dry-run", action="store_true", help="check only; write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        files = rule_files(folder)
        try:
            rulebook = read_rule_files(files)
            version = rulebook.occupations_on(options["first_day"])
            if version is None:
                raise CommandError(f"No version of the occupational classification counts on {options['first_day']}.")
            read = read_wage_file(options["file"], frozenset(rulebook.noc_codes(options["first_day"])))
            self._tell(read)
            year = options["year"] or options["first_day"].year
            table = new_table(read.rows, options["first_day"], year, version.list_, options["source"])
            changed = with_table(table, rulebook)
            read_rule_files({**files, **changed})
        except (CatalogueError, ValueError, OSError) as error:
            raise CommandError(f"{error}\nNothing was written.") from error
        self._write(folder, changed, table, options["dry_run"])

    def _tell(self, read: WageFile) -> None:
        """Say what was read; raises CommandError when a row is wrong or there is none."""
        for problem in read.problems[:MOST_PROBLEMS_SHOWN]:
            self.stderr.write(f"line {problem.line}: {problem.message}")
        if read.problems:
            raise CommandError(f"{len(read.problems)} rows are wrong; nothing was written.")
        if not read.rows:
            raise CommandError("The file has no row with all three wages; nothing was written.")
        self.stdout.write(
            f"{len(read.rows)} rows; left out: {read.economic_regions} of economic regions, "
            f"{read.without_wages} that lack a wage."
        )

    def _write(self, folder: Path, changed: dict[str, str], table: doc.WagesDocument, is_dry: bool) -> None:
        if is_dry:
            return
        for name, text in changed.items():
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
        self.stdout.write(f"{table.name.en} are in force from {table.in_force.from_}: {', '.join(changed)}")
