"""Triggers that refuse to change or delete what is on the record of a case, whoever asks.

SQLite drops triggers when a later migration rebuilds their table: such a migration ends by making them again.
"""

from django.db import migrations

from exemption_codes.append_only_triggers import prepare, protect

TABLES = ("eligibility_caseevent", "eligibility_determination", "eligibility_decision")


class Migration(migrations.Migration):
    dependencies = [("eligibility", "0008_determinations")]
    operations = [prepare("eligibility"), protect("eligibility", *TABLES)]
