"""What each group of staff may do: as the document says it, as the database has it."""

import re
from pathlib import Path

import pytest
from django.contrib.auth.models import Group, Permission

from imp_site.staff_groups import GROUPS, MAY, create_groups

DOCUMENT = Path(__file__).parents[2] / "docs" / "staff.md"


def documented() -> list[tuple[str, list[str]]]:
    """Return every row of the document's table that names a permission, and the words of its other cells."""
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in DOCUMENT.read_text("utf-8").splitlines()]
    return [(row[1].strip("`"), row[2:]) for row in rows if len(row) > 1 and re.fullmatch(r"`\w+\.\w+`", row[1])]


def test_the_document_says_what_the_table_says() -> None:
    assert documented() == [
        (permission, ["yes" if group in who else "no" for group in GROUPS]) for permission, who in MAY.items()
    ]


@pytest.mark.django_db
def test_each_group_gets_exactly_what_the_table_says() -> None:
    Group.objects.create(name="Auditors").permissions.set(Permission.objects.filter(codename="delete_screening"))
    create_groups()
    for name, wanted in GROUPS.items():
        permissions = Group.objects.get(name=name).permissions.select_related("content_type")
        assert {f"{p.content_type.app_label}.{p.codename}" for p in permissions} == set(wanted), name
    assert not any(create_groups().values())
