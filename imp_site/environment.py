"""Reads settings from environment variables, and reports everything wrong with them at once."""

import re
from collections.abc import Mapping

from django.core.exceptions import ImproperlyConfigured

TRUE_WORDS = frozenset({"1", "true", "yes", "on"})
FALSE_WORDS = frozenset({"", "0", "false", "no", "off"})

KEY = re.compile(r"[0-9a-f]{64}")


def is_key(text: str) -> bool:
    """Tell whether a text can be an Ed25519 key, private or public: 32 bytes in lower-case hexadecimal digits."""
    return KEY.fullmatch(text) is not None


class Environment:
    """The environment's variables as typed values. A bad one becomes a problem, kept until `refuse_problems`."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        self._variables = variables
        self.problems: list[str] = []

    def text(self, name: str, default: str = "") -> str:
        return self._variables.get(name, "").strip() or default

    def flag(self, name: str, *, default: bool = False) -> bool:
        word = self.text(name, "1" if default else "0").lower()
        if word not in TRUE_WORDS | FALSE_WORDS:
            self.problems.append(f"{name} must be 1 or 0, not {word!r}.")
        return word in TRUE_WORDS

    def number(self, name: str, default: int, *, at_least: int = 0) -> int:
        written = self.text(name, str(default))
        if not written.isdecimal() or int(written) < at_least:
            self.problems.append(f"{name} must be a whole number, {at_least} or more, not {written!r}.")
            return default
        return int(written)

    def words(self, name: str) -> list[str]:
        """The comma-separated parts of a variable; none when it is missing."""
        return [part.strip() for part in self.text(name).split(",") if part.strip()]

    def require(self, condition: object, problem: str) -> None:
        if not condition:
            self.problems.append(problem)

    def refuse_problems(self) -> None:
        """Raise ImproperlyConfigured with every problem found. Values of secrets are never shown."""
        if self.problems:
            raise ImproperlyConfigured(
                "The environment is not fit to run IMP Navigator (DJANGO_DEBUG=1 is for development only):\n"
                + "\n".join(f"- {problem}" for problem in self.problems)
            )
