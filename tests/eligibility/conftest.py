"""A release beside the published one."""

from pathlib import Path

import pytest

from exemption_codes.catalogue.reader import read_stored_files, rule_files
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.models import CatalogueRelease
from exemption_codes.releases import store

RULES = Path(__file__).parents[2] / "rules"
PROFESSIONAL = "exemptions/cusma-professional.yaml"


@pytest.fixture(scope="module")
def stricter() -> tuple[Rulebook, dict[str, str]]:
    """Rules under which citizens of the United States lose T36."""
    files = rule_files(RULES)
    files[PROFESSIONAL] = files[PROFESSIONAL].replace("includes_any: [US, MX]", "includes_any: [MX]", 1)
    return read_stored_files(files), files


@pytest.fixture
def draft(release: CatalogueRelease, stricter: tuple[Rulebook, dict[str, str]]) -> CatalogueRelease:
    return store(*stricter)[0]
