"""All checks of a catalogue together."""

from collections.abc import Callable, Iterator

from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.proof.deciding import check_facts
from exemption_codes.proof.findings import Finding
from exemption_codes.proof.gates import check_gates
from exemption_codes.proof.periods import check_periods
from exemption_codes.proof.soundness import check_category


def check_categories(rulebook: Rulebook) -> Iterator[Finding]:
    for category in rulebook.categories.values():
        yield from check_category(rulebook, category)


CHECKS: dict[str, Callable[[Rulebook], Iterator[Finding]]] = {
    "each category can be satisfied on each stretch of its life, and no criterion is dead weight": check_categories,
    "each fact can decide something": check_facts,
    "no two periods of one thing overlap": check_periods,
    "each answer to a gate question leaves a code within reach": check_gates,
}
