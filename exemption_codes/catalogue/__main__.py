"""`python -m exemption_codes.catalogue FOLDER`: check a folder of rules and print every problem."""

import sys
from pathlib import Path

from exemption_codes.catalogue.problems import CatalogueError
from exemption_codes.catalogue.reader import read_rulebook


def main(arguments: list[str]) -> int:
    folder = Path(arguments[0] if arguments else "rules")
    try:
        rulebook = read_rulebook(folder)
    except CatalogueError as error:
        print(error, file=sys.stderr)
        print(f"{len(error.problems)} problems", file=sys.stderr)
        return 1
    print(f"{len(rulebook.categories)} categories, {len(rulebook.facts)} facts, digest {rulebook.digest[:12]}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
