"""Triggers that refuse to change or delete events, ledger entries and offer numbers, whoever asks.

A row in `employer_portal_erasure`, a table that no model knows, suspends them: the erasure of what is past its
retention puts one there for the length of its own transaction. SQLite drops triggers when a later migration rebuilds
their table: such a migration ends by making them again.
"""

from functools import partial

from django.db import migrations

TABLES = ("employer_portal_offerevent", "employer_portal_ledgerentry", "employer_portal_offernumberallotment")
ERASURE = "employer_portal_erasure"
POSTGRES_FUNCTION = f"""
CREATE FUNCTION employer_portal_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM {ERASURE}) THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$
"""


def create(apps, schema_editor):
    run = partial(schema_editor.execute, params=None)
    run(f"CREATE TABLE {ERASURE} (id integer PRIMARY KEY)")
    if schema_editor.connection.vendor == "postgresql":
        run(POSTGRES_FUNCTION)
        for table in TABLES:
            run(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION employer_portal_append_only()"
            )
    elif schema_editor.connection.vendor == "sqlite":
        for table in TABLES:
            for act in ("UPDATE", "DELETE"):
                run(
                    f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
                    f"WHEN NOT EXISTS (SELECT 1 FROM {ERASURE}) "
                    f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
                )


def remove(apps, schema_editor):
    run = partial(schema_editor.execute, params=None)
    if schema_editor.connection.vendor == "postgresql":
        for table in TABLES:
            run(f"DROP TRIGGER {table}_append_only ON {table}")
        run("DROP FUNCTION employer_portal_append_only()")
    elif schema_editor.connection.vendor == "sqlite":
        for table in TABLES:
            for act in ("update", "delete"):
                run(f"DROP TRIGGER {table}_no_{act}")
    run(f"DROP TABLE {ERASURE}")


class Migration(migrations.Migration):
    dependencies = [("employer_portal", "0001_initial")]
    operations = [migrations.RunPython(create, remove)]
