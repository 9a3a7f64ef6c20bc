"""Triggers that refuse to change or delete rows that are only ever added to, whoever asks; for migrations.

A row in `<app>_erasure`, a table that no model knows, suspends those of an app: erasing what is past its retention puts
one there for the length of its own transaction. SQLite drops triggers when a later migration rebuilds their table: such
a migration ends by making them again.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from django.db import connection, migrations, transaction

ACTS = ("UPDATE", "DELETE")


def prepare(app: str) -> migrations.RunPython:
    """Make what the triggers of an app need: the table that suspends them and, in PostgreSQL, their function."""
    return migrations.RunPython(partial(_prepare, app), partial(_take_back, app))


def protect(app: str, *tables: str) -> migrations.RunPython:
    """Make tables of an app refuse changes; it is prepared already."""
    return migrations.RunPython(partial(_protect, app, tables), partial(_release, app, tables))


@contextmanager
def erasing(app: str) -> Iterator[None]:
    """Suspend the triggers of an app for one transaction, in which what is past its retention is erased."""
    number = secrets.randbelow(2**31 - 2) + 2
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {app}_erasure (id) VALUES (%s)", [number])
        yield
        cursor.execute(f"DELETE FROM {app}_erasure WHERE id = %s", [number])


def _prepare(app: str, _apps: Any, schema_editor: Any) -> None:
    run = partial(schema_editor.execute, params=None)
    run(f"CREATE TABLE {app}_erasure (id integer PRIMARY KEY)")
    if schema_editor.connection.vendor == "postgresql":
        run(f"""
            CREATE FUNCTION {app}_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF EXISTS (SELECT 1 FROM {app}_erasure) THEN
                    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
                END IF;
                RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
            END $$
        """)


def _take_back(app: str, _apps: Any, schema_editor: Any) -> None:
    run = partial(schema_editor.execute, params=None)
    if schema_editor.connection.vendor == "postgresql":
        run(f"DROP FUNCTION {app}_append_only()")
    run(f"DROP TABLE {app}_erasure")


def _protect(app: str, tables: tuple[str, ...], _apps: Any, schema_editor: Any) -> None:
    run = partial(schema_editor.execute, params=None)
    for table in tables:
        if schema_editor.connection.vendor == "postgresql":
            run(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION {app}_append_only()"
            )
        elif schema_editor.connection.vendor == "sqlite":
            for act in ACTS:
                run(
                    f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
                    f"WHEN NOT EXISTS (SELECT 1 FROM {app}_erasure) "
                    f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
                )


def _release(app: str, tables: tuple[str, ...], _apps: Any, schema_editor: Any) -> None:
    run = partial(schema_editor.execute, params=None)
    for table in tables:
        if schema_editor.connection.vendor == "postgresql":
            run(f"DROP TRIGGER {table}_append_only ON {table}")
        elif schema_editor.connection.vendor == "sqlite":
            for act in ACTS:
                run(f"DROP TRIGGER {table}_no_{act.lower()}")
