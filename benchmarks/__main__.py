"""Every benchmark in turn, each in a process of its own; fails when one is over its budget.

python -m benchmarks            # or: make bench
"""

import subprocess
import sys

ALL = ("engine", "questionnaire", "http", "batch")


def main() -> int:
    failed = []
    for name in ALL:
        print(f"\n{name}", flush=True)
        if subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=False).returncode:
            failed.append(name)
    print(f"\nOver budget or wrong: {', '.join(failed)}" if failed else "\nAll within budget.")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
