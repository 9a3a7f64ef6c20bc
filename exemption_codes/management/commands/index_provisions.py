"""`manage.py index_provisions ENG.xml FRA.xml`: renew the index of provisions from the law in both languages."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from exemption_codes.catalogue.problems import CatalogueError
from exemption_codes.catalogue.reader import read_rulebook
from exemption_codes.proof.lims_xml import NotConsolidatedLaw, read_consolidation
from exemption_codes.proof.provision_index import LanguagesDiffer, changes, in_one_language, new_index, written

INDEX = "provisions.yaml"


class Command(BaseCommand):
    help = "Renew rules/provisions.yaml from the Justice Department's XML, and list the rules whose provision changed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("english", type=Path, help="for example eng/regulations/SOR-2002-227.xml")
        parser.add_argument("french", type=Path, help="for example fra/reglements/DORS-2002-227.xml")
        parser.add_argument("--folder", type=Path, default=settings.RULES_DIR, help="folder of rule files")
        parser.add_argument("--all", action="store_true", help="index every section, not only those indexed before")
        parser.add_argument("--dry-run", action="store_true", help="list what changed; write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        try:
            rulebook = read_rulebook(folder)
            english, french = read_consolidation(options["english"]), read_consolidation(options["french"])
            index = new_index(rulebook.provisions, english, french, options["all"])
        except (CatalogueError, NotConsolidatedLaw, LanguagesDiffer, OSError) as error:
            raise CommandError(str(error)) from error
        for label in in_one_language(english, french):
            self.stdout.write(f"{label} stands in one language only")
        changed = list(changes(rulebook.provisions, index, rulebook))
        for change in changed:
            self.stdout.write(str(change))
        cited = sum(bool(change.cited_by) for change in changed)
        before, after = rulebook.provisions.consolidated_on, index.consolidated_on
        self.stdout.write(f"{len(index.labels)} provisions, law of {before} → {after}")
        self.stdout.write(f"{len(changed)} changed, {cited} of them cited by rules")
        if not options["dry_run"]:
            (folder / INDEX).write_text(written(index), encoding="utf-8")
