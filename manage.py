#!/usr/bin/env python
"""Run Django's command line for IMP Navigator.

Where nothing of a real site is configured, it works as for development; why is told in
docs/decisions/2026-11-25-commands-without-settings.md.
"""

import os
import sys

from django.core.management import execute_from_command_line

CONFIGURED_BY = (
    "DJANGO_DEBUG",
    "DJANGO_SECRET_KEY",
    "ALLOWED_HOSTS",
    "FIELD_ENCRYPTION_KEYS",
    "DETERMINATION_SIGNING_KEY",
    "DATABASE_URL",
)

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "imp_site.settings")
    if not any(name in os.environ for name in CONFIGURED_BY):
        os.environ["DJANGO_DEBUG"] = "1"
    execute_from_command_line(sys.argv)
