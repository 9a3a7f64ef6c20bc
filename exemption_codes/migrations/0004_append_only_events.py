"""Triggers that refuse to change or delete the events of releases; and the permission to load a draft.

SQLite drops triggers when a later migration rebuilds their table: such a migration ends by making them again.
"""

from django.db import migrations

from exemption_codes.append_only_triggers import prepare, protect


class Migration(migrations.Migration):
    dependencies = [("exemption_codes", "0003_release_events")]
    operations = [
        migrations.AlterModelOptions(
            name="cataloguerelease",
            options={
                "ordering": ("-loaded_at",),
                "permissions": (
                    ("load_cataloguerelease", "Can store uploaded rule files as a draft"),
                    ("publish_cataloguerelease", "Can publish a release, or go back to an earlier one"),
                ),
                "verbose_name": "catalogue release",
                "verbose_name_plural": "catalogue releases",
            },
        ),
        prepare("exemption_codes"),
        protect("exemption_codes", "exemption_codes_releaseevent"),
    ]
