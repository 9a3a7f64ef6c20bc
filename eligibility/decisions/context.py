"""What the pages show of the record of a case: determination, codes by the rules and by the consultant, decisions."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from eligibility.decisions.basis import CHANGED_WORDS
from eligibility.decisions.deciding import APPROVE, DECIDE, STILL_OPEN, is_same_person
from eligibility.decisions.judged import JudgedCase, judged_case
from eligibility.decisions.models import Decision, Determination
from eligibility.decisions.standing import Standing, Status
from eligibility.decisions.words import by_rules_words, outcome_words, subject_words, value_words
from eligibility.engine.determine import Determination as Judged
from eligibility.engine.determine import Outcome
from eligibility.engine.determine import Status as Finding
from eligibility.engine.words import day_in_words
from eligibility.models import Screening
from exemption_codes.asked import reading_language

EXPORT = "eligibility.export_case"
Kind = Decision.Kind
ORDER = list(Outcome)


@dataclass(frozen=True)
class CodeRow:
    """One category: how it comes out by the rules, and by the consultant where that differs."""

    category: str
    key: str
    name: str
    by_rules: str
    by_rules_words: str
    by_consultant: str
    by_consultant_words: str
    is_confirmed: bool
    officer_count: int


@dataclass(frozen=True)
class Answer:
    """What somebody said of a decision: approved, declined, taken back."""

    words: str
    who: str
    at: Any
    reason: str


@dataclass(frozen=True)
class Entry:
    """One decision as it is read, with how it stands and what this reader can do with it."""

    number: int
    kind_words: str
    subject: list[str]
    by_rules_words: str
    value_words: str
    reason: str
    who: str
    at: Any
    status: str
    status_words: str
    changed: list[Any]
    replaced_by: int | None
    determination: Determination
    answers: list[Answer]
    may: list[str]


@dataclass(frozen=True)
class RecordPage:
    """Everything that the section on decisions shows."""

    case: JudgedCase
    screening: Screening
    last: Determination | None
    as_of: str
    changed: list[Any]
    can_be_read: bool
    rows: list[CodeRow]
    entries: list[Entry]
    needs_approval: bool
    decides: bool
    exports: bool

    @property
    def may_decide(self) -> bool:
        return self.decides and self.case.is_current

    @property
    def awaiting(self) -> int:
        return sum(entry.status == Status.AWAITING for entry in self.entries)


def record_page(screening: Screening, user: Any, everything: bool = False) -> RecordPage:
    """Return what a reader sees of the record of a case.

    Codes that are closed are left out, save those that a decision is about, unless `everything` is asked for.
    """
    case, language = judged_case(screening), reading_language()
    may = _allowed(user)
    return RecordPage(
        case=case,
        screening=screening,
        last=case.last,
        as_of=day_in_words(case.last.as_of, language) if case.last else "",
        changed=[CHANGED_WORDS[part] for part in case.changed] if case.last else [],
        can_be_read=case.result is not None,
        rows=_rows(case, everything, language),
        entries=[_entry(case, one, may, language) for one in reversed(case.standings)],
        needs_approval=settings.DECISIONS_NEED_APPROVAL,
        decides=user.has_perm(DECIDE),
        exports=user.has_perm(EXPORT),
    )


def code_rows(case: JudgedCase, language: str) -> list[CodeRow]:
    """Return every category of a case, those first that fit best."""
    confirmed = {
        one.decision.category for one in case.standings if one.is_in_force and one.decision.kind == Kind.CONFIRM
    }
    judged = sorted(case.categories.values(), key=lambda one: (ORDER.index(one.outcome), one.compiled.key))
    return [_row(case, one, confirmed, language) for one in judged]


def _rows(case: JudgedCase, everything: bool, language: str) -> list[CodeRow]:
    decided = {one.decision.category for one in case.standings}
    closed = Outcome.NOT_ELIGIBLE.value
    rows = code_rows(case, language)
    return [row for row in rows if everything or row.by_rules != closed or row.category in decided]


def _row(case: JudgedCase, judged: Judged, confirmed: set[str], language: str) -> CodeRow:
    category = judged.category.id
    changed = case.by_consultant.get(category)
    return CodeRow(
        category=category,
        key=judged.compiled.key,
        name=judged.category.name.in_language(language),
        by_rules=judged.outcome.value,
        by_rules_words=outcome_words(judged.outcome.value),
        by_consultant=changed.value if changed else "",
        by_consultant_words=outcome_words(changed.value) if changed else "",
        is_confirmed=category in confirmed,
        officer_count=sum(one.status is Finding.OFFICER for one in judged.findings),
    )


def _allowed(user: Any) -> Callable[[JudgedCase, Standing], list[str]]:
    """Return what tells which answers this person may give to a decision; the rights are looked up once."""
    decides, approves = user.has_perm(DECIDE), user.has_perm(APPROVE)

    def acts(case: JudgedCase, standing: Standing) -> list[str]:
        own = is_same_person(standing.decision, user)
        found = []
        if standing.status is Status.AWAITING and approves and not own:
            found += ["approve", "decline"]
        if standing.status is Status.LAPSED and decides and case.is_current:
            found.append("renew")
        if standing.status in STILL_OPEN and decides and (own or approves):
            found.append("withdraw")
        return found

    return acts


def _entry(
    case: JudgedCase, standing: Standing, may: Callable[[JudgedCase, Standing], list[str]], language: str
) -> Entry:
    decision = standing.decision
    return Entry(
        number=decision.number,
        kind_words=str(decision.get_kind_display()),
        subject=subject_words(case, decision, language),
        by_rules_words=by_rules_words(decision.kind, decision.by_rules, language),
        value_words="" if decision.kind == Kind.CONFIRM else value_words(decision.kind, decision.value, language),
        reason=decision.reason,
        who=decision.actor,
        at=decision.at,
        status=standing.status.value,
        status_words=str(standing.status.label),
        changed=standing.changed_words if standing.status is Status.LAPSED else [],
        replaced_by=standing.replaced_by,
        determination=decision.determination,
        answers=[Answer(str(one.get_kind_display()), one.actor, one.at, one.reason) for one in standing.answers],
        may=may(case, standing),
    )
