"""Measure something many times, and print it beside its budget."""

import time
from collections.abc import Callable
from typing import Any

ROUNDS = 8
AT_LEAST_SECONDS = 0.2


def best_ms(work: Callable[[], Any]) -> float:
    """Return the time of one run on one core in milliseconds, the best of some rounds: what else runs is noise."""
    runs, seconds = 1, _seconds(work, 1)
    while seconds < AT_LEAST_SECONDS / ROUNDS:
        runs *= 2
        seconds = _seconds(work, runs)
    return 1000 * min(_seconds(work, runs) for _ in range(ROUNDS)) / runs


def _seconds(work: Callable[[], Any], runs: int) -> float:
    started = time.process_time()
    for _ in range(runs):
        work()
    return time.process_time() - started


def said(what: str, measured_ms: float, budget_ms: float) -> bool:
    """Print a figure with its budget; returns whether it keeps to it."""
    kept = measured_ms <= budget_ms
    print(f"{what:<62} {_shown(measured_ms):>12}   budget {_shown(budget_ms):>9}{'' if kept else '   TOO SLOW'}")
    return kept


def _shown(milliseconds: float) -> str:
    if milliseconds >= 1000:
        return f"{milliseconds / 1000:.1f} s"
    return f"{milliseconds:.2f} ms" if milliseconds < 10 else f"{milliseconds:.0f} ms"
