from typing import Any

from django.db import migrations

from eligibility.encrypted_json import EncryptedJSON


def erase_screenings(apps: Any, schema_editor: Any) -> None:
    """Answers stored before had lost their types (yes had become a text), so that none of them counted."""
    apps.get_model("eligibility", "Screening").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("eligibility", "0002_submitted_copies"),
    ]

    operations = [
        migrations.RunPython(erase_screenings, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            model_name="screening",
            name="answers",
            field=EncryptedJSON(default=dict, verbose_name="answers"),
        ),
        migrations.AlterField(
            model_name="screening",
            name="skipped",
            field=EncryptedJSON(default=list, verbose_name="answered with “I don’t know yet”"),
        ),
    ]
