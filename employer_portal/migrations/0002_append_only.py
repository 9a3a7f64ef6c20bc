"""Triggers that refuse to change or delete events, ledger entries and offer numbers, whoever asks.

SQLite drops triggers when a later migration rebuilds their table: such a migration ends by making them again.
"""

from django.db import migrations

from exemption_codes.append_only_triggers import prepare, protect

TABLES = ("employer_portal_offerevent", "employer_portal_ledgerentry", "employer_portal_offernumberallotment")


class Migration(migrations.Migration):
    dependencies = [("employer_portal", "0001_initial")]
    operations = [prepare("employer_portal"), protect("employer_portal", *TABLES)]
