"""`manage.py create_staff_groups`: the groups of staff with exactly what each may do."""

from typing import Any

from django.core.management.base import BaseCommand

from imp_site.staff_groups import create_groups


class Command(BaseCommand):
    help = "Create the groups of staff, or give them again exactly what docs/staff.md says."

    def handle(self, *args: Any, **options: Any) -> None:
        for name, changed in create_groups().items():
            self.stdout.write(f"{name}: {', '.join(changed) or 'as it should be'}")
