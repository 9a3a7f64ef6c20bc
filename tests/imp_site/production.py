"""A process that runs as a real site does: its environment says nothing but what a test gives it."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
REAL_SITE = {
    "DJANGO_SECRET_KEY": "a-secret-of-a-real-site-that-is-long-enough-0123456789-abc",
    "FIELD_ENCRYPTION_KEYS": "a-key-of-a-real-site-that-is-long-enough-0123456789",
    "DETERMINATION_SIGNING_KEY": "5d0c41f7a2b3968e1b7c24f09de5837716ac3b92e84f0d615a7bc8e2390f4d1c",
    "ALLOWED_HOSTS": "imp-navigator.example",
}


def run(*arguments: str, timeout: int = 120, **environment: str | None) -> subprocess.CompletedProcess[str]:
    """Run Python with a real site's settings; a value of None takes one of them away."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    given = {**kept, "DJANGO_SETTINGS_MODULE": "imp_site.settings", **REAL_SITE, **environment}
    env = {name: value for name, value in given.items() if value is not None}
    command = [sys.executable, *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=env, timeout=timeout, check=False)
