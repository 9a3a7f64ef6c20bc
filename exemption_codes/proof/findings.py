"""What the checks of a catalogue find, and the findings that maintainers have explained."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

EXPLAINED = Path(__file__).parent / "explained.yaml"
SURVIVORS = "survivors"
SURVIVED = "survived"


@dataclass(frozen=True)
class Finding:
    """One thing that looks wrong; `subject` names it the same way every time, `shown_by` is a case that shows it."""

    check: str
    subject: str
    message: str
    shown_by: str = ""
    reason: str = ""

    def __str__(self) -> str:
        lines = [f"{self.check}: {self.subject}: {self.message}"]
        lines += [f"  explained: {self.reason}"] if self.reason else []
        return "\n".join([*lines, *(f"  {line}" for line in self.shown_by.splitlines())])


def read_explained(path: Path = EXPLAINED, part: str = "explained") -> dict[tuple[str, str], str]:
    """Return the reasons that maintainers gave, by check and subject; `part` is explained or survivors.

    Raises ValueError when an entry lacks one of check, subject and reason, or stands twice.
    """
    found: dict[tuple[str, str], str] = {}
    for entry in _entries(path, part):
        if not isinstance(entry, dict) or set(entry) != {"check", "subject", "reason"} or not all(entry.values()):
            raise ValueError(f"{path.name}: each entry has check, subject and reason: {entry!r}")
        key = (str(entry["check"]), str(entry["subject"]))
        if key in found:
            raise ValueError(f"{path.name}: {key[0]} of {key[1]} is explained twice")
        found[key] = str(entry["reason"])
    return found


def _entries(path: Path, part: str) -> list[Any]:
    if not path.exists():
        return []
    return list((yaml.safe_load(path.read_text("utf-8")) or {}).get(part) or [])


def explain(findings: Iterable[Finding], explained: dict[tuple[str, str], str]) -> Iterator[Finding]:
    """Add the reasons to findings; an explanation that no finding needs any more is a finding itself."""
    needed = set()
    for finding in findings:
        key = (finding.check, finding.subject)
        needed.add(key)
        yield Finding(finding.check, finding.subject, finding.message, finding.shown_by, explained.get(key, ""))
    for check, subject in explained.keys() - needed:
        yield Finding("explanation", f"{check} {subject}", "nothing is found there any more; remove the explanation")
