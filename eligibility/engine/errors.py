"""What can be wrong with the facts that somebody gives."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class FactProblem:
    """One wrong fact: its name (or `as_of`), a stable code, what is wrong, and a suggestion."""

    fact: str
    code: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        return f"{self.message} ({self.hint})" if self.hint else self.message


class FactError(ValueError):
    """The facts cannot be read; carries every problem at once."""

    def __init__(self, problems: Sequence[FactProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(map(str, self.problems)))


def error_as_json(error: FactError) -> dict[str, Any]:
    """Return every problem in the API's error shape."""
    fields: dict[str, list[str]] = {}
    for problem in error.problems:
        fields.setdefault(problem.fact or "request", []).append(str(problem))
    return {"code": "invalid", "detail": str(error), "fields": fields}
