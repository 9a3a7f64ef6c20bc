"""One category in a few words: its outcome, names and permit, what fails, what is lacking. No policy and no HTML."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from eligibility.engine.compile import CompiledCategory
from eligibility.engine.derive import RULES
from eligibility.engine.determine import Determination, Result, Status
from eligibility.engine.explain import Statement, explain
from eligibility.engine.looked_up import asked_before
from eligibility.engine.words import capitalised, day_in_words, label, provision_in_words
from exemption_codes.browse.rows import LONGEST_SHOWN_VARIANT
from exemption_codes.catalogue import documents as doc

OUTCOME_WORDS = {
    "eligible": gettext_lazy("You meet the criteria"),
    "officer_judgement": gettext_lazy("An officer decides the rest"),
    "undetermined": gettext_lazy("Cannot tell yet"),
    "not_eligible": gettext_lazy("You do not meet the criteria"),
}
PERMIT_WORDS = {
    "employer_specific": gettext_lazy("Work permit for one employer"),
    "open": gettext_lazy("Open work permit"),
    "none": gettext_lazy("No work permit needed"),
}


@dataclass(frozen=True)
class FormerCode:
    code: str
    until: str


@dataclass(frozen=True)
class Lacking:
    """A fact that would settle something, and the page that asks it (empty where none does)."""

    name: str
    label: str
    page: str


@dataclass(frozen=True)
class Summary:
    """One category as a list shows it; `failing_count` counts every failing criterion, `failing` holds the first."""

    id: str
    key: str
    shown_key: str
    name: str
    for_whom: str
    family: str
    permit: str
    former_codes: tuple[FormerCode, ...]
    outcome: str
    outcome_words: str
    failing: Statement | None
    failing_count: int
    met_count: int
    criteria_count: int
    lacking: tuple[Lacking, ...]
    is_certain: bool
    is_permit_free: bool

    @property
    def more_failing(self) -> int:
        return self.failing_count - 1


def summary(determination: Determination, result: Result, language: str) -> Summary:
    """Put one category into a few words."""
    category = determination.category
    failing = determination.failing()
    return Summary(
        id=category.id,
        key=determination.compiled.key,
        shown_key=shown_key(determination.compiled, language),
        name=category.name.in_language(language),
        for_whom=category.for_whom.in_language(language),
        family=category.family,
        permit=str(PERMIT_WORDS[category.permit_type]),
        former_codes=former_codes(category, result, language),
        outcome=determination.outcome.value,
        outcome_words=str(OUTCOME_WORDS[determination.outcome.value]),
        failing=explain(failing[0], result, language) if failing else None,
        failing_count=len(failing),
        met_count=sum(finding.status is Status.MET for finding in determination.findings),
        criteria_count=len(determination.findings),
        lacking=lacking_in(determination.missing, result, language),
        is_certain=category.confidence == "high",
        is_permit_free=category.is_permit_free,
    )


def shown_key(compiled: CompiledCategory, language: str) -> str:
    """The key where its variant is a word that people use (C21/WH), else the code alone: the name says the rest."""
    is_used = len(compiled.category.variant or "") <= LONGEST_SHOWN_VARIANT
    return provision_in_words(compiled.key if is_used else compiled.code, language)


def former_codes(category: doc.Category, result: Result, language: str) -> tuple[FormerCode, ...]:
    ended = [name for name in category.codes if name.until and name.until < result.known.on]
    return tuple(FormerCode(name.code, day_in_words(name.until, language)) for name in ended if name.until)


def lacking_in(names: tuple[str, ...], result: Result, language: str) -> tuple[Lacking, ...]:
    """Name facts that are lacking; one that is worked out from others is replaced by those a page asks for."""
    asked = dict.fromkeys(asked_for for name in names for asked_for in _asked_for(name, result))
    return tuple(_lacking(name, result, language) for name in asked)


def _asked_for(name: str, result: Result) -> list[str]:
    if before := asked_before(name, result.known.values, result.rulebook):
        return list(before)
    if _page_of(name, result):
        return [name]
    bases = RULES[name][0] if name in RULES else ()
    return [base for base in bases if base not in result.known and _page_of(base, result)] or [name]


def _page_of(name: str, result: Result) -> str:
    return next((page.id for page in result.rulebook.pages if name in page.facts), "")


def _lacking(name: str, result: Result, language: str) -> Lacking:
    return Lacking(name, capitalised(label(name, result.rulebook, language)), _page_of(name, result))
