"""One step of a draft as its page shows it: controls with their errors and warnings, and the state of every step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils import timezone

from eligibility.questionnaire.questions import Question
from employer_portal.content import SITE_FIELDS
from employer_portal.field_check import OfferProblem
from employer_portal.models import OfferOfEmployment, WorkSite
from employer_portal.offer_check import OfferReport, check_offer
from employer_portal.pages.offers_controls import Control, Warned, control
from employer_portal.pages.offers_questions import asked_facts, questions_form, shown_questions
from employer_portal.pages.offers_steps import STEPS, Step, is_missing, problems_on, steps_of
from employer_portal.pages.offers_typed import Typed
from exemption_codes.catalogue.rulebook import Rulebook


@dataclass(frozen=True)
class Row:
    """One place of work; `number` counts from 0, as its fields are named."""

    number: int
    controls: Sequence[Control]


@dataclass(frozen=True)
class SaidProblem:
    """A problem that has no field on its step, or stands in a summary: what, by which provision, and where to."""

    text: str
    provision: str
    target: str
    about: str = ""


@dataclass(frozen=True)
class StepPage:
    """Everything that the page of a step shows."""

    offer: OfferOfEmployment
    report: OfferReport
    step: Step
    steps: Sequence[Step]
    controls: Sequence[Control] = ()
    rows: Sequence[Row] = ()
    questions: Sequence[Question] = ()
    loose: Sequence[SaidProblem] = ()
    loose_warnings: Sequence[Warned] = ()
    summary: Sequence[SaidProblem] = field(default=())
    told: str = ""

    @property
    def has_errors(self) -> bool:
        return bool(self.summary)


class DraftPage:
    """Builds the page of one step from what is stored, what was typed and what the check found."""

    def __init__(
        self,
        offer: OfferOfEmployment,
        name: str,
        rulebook: Rulebook,
        language: str,
        typed: Typed | None = None,
        shows_missing: bool = False,
    ) -> None:
        self.offer, self.name, self.rulebook, self.language = offer, name, rulebook, language
        self.typed = typed or Typed()
        self.report = check_offer(offer, timezone.localdate(), rulebook)
        errors = problems_on(name, self.report.errors)
        self.errors = [one for one in errors if shows_missing or not is_missing(one)]
        self.warnings = problems_on(name, self.report.warnings)

    def page(self, blank_rows: int = 0, data: Any = None) -> StepPage:
        """Return the page; `blank_rows` adds empty places of work, `data` holds answers that could not be saved."""
        steps = steps_of(self.report, self.name)
        controls = [self._control(field_name) for field_name in STEPS[self.name]]
        rows = self._rows(blank_rows) if self.name == "sites" else []
        questions = self._questions(data) if self.name == "exemption" else []
        drawn = {one.name for one in controls} | {one.name for row in rows for one in row.controls}
        drawn |= {one.name for one in questions}
        loose = [self._said(one, "problems") for one in self.errors if one.field not in drawn]
        unshown = [text for name, texts in self.typed.wrong.items() if not _is_drawn(name, drawn) for text in texts]
        loose += [SaidProblem(text, "", "problems") for text in unshown]
        return StepPage(
            offer=self.offer,
            report=self.report,
            step=next(step for step in steps if step.is_here),
            steps=steps,
            controls=controls,
            rows=rows,
            questions=questions,
            loose=loose,
            loose_warnings=[self._warned(one) for one in self.warnings if one.field not in drawn],
            summary=[*loose, *self._summary(controls, rows, questions)],
            told=",".join(sorted(one.key for one in self.errors)),
        )

    def _control(self, name: str) -> Control:
        return self._with_words(control(name, getattr(self.offer, name), self.rulebook, self.language))

    def _with_words(self, shown: Control) -> Control:
        """Add to a control what was typed and what is said of it."""
        name, typed = shown.name, self.typed
        texts = list(typed.wrong.get(name, ()))
        if not texts:
            texts = [one.text.in_language(self.language) for one in self.errors if one.field == name]
        return replace(
            shown,
            typed=typed.shown.get(name, shown.typed),
            searched=(typed.searched.get(name, ""),),
            wrong_part=typed.wrong_part.get(name, ""),
            errors=texts,
            warnings=[self._warned(one) for one in self.warnings if one.field == name],
        )

    def _rows(self, blank_rows: int) -> list[Row]:
        sites = self.typed.shown.get("sites")
        if sites is None:
            sites = [{name: getattr(site, name) for name in SITE_FIELDS} for site in self.offer.sites.all()]
        blank = dict.fromkeys(SITE_FIELDS, "")
        shown = [*sites, *[blank] * (blank_rows or not sites)]
        return [Row(number, [self._site_control(number, name, site) for name in SITE_FIELDS])
                for number, site in enumerate(shown)]  # fmt: skip

    def _site_control(self, number: int, name: str, site: Mapping[str, str]) -> Control:
        asked = control(name, site.get(name, ""), self.rulebook, self.language, model=WorkSite)
        field_name = f"sites.{number}.{name}"
        return replace(self._with_words(replace(asked, name=field_name)), name=f"site-{number}-{name}")

    def _questions(self, data: Any) -> list[Question]:
        facts = asked_facts(self.offer, self.report, self.rulebook)
        form = questions_form(self.offer, facts, self.rulebook, self.language, data)
        return shown_questions(form, self.offer, self.report, self.rulebook, self.language)

    def _warned(self, problem: OfferProblem) -> Warned:
        reason = self.typed.shown.get(f"reason:{problem.key}", self.offer.acknowledged.get(problem.key, ""))
        return Warned(problem.key, problem.text.in_language(self.language), problem.provision, reason)

    def _said(self, problem: OfferProblem, target: str) -> SaidProblem:
        return SaidProblem(problem.text.in_language(self.language), problem.provision, target)

    def _summary(
        self, controls: Sequence[Control], rows: Sequence[Row], questions: Sequence[Question]
    ) -> list[SaidProblem]:
        asked = [*controls, *[one for row in rows for one in row.controls]]
        said = [SaidProblem(text, "", one.first_control, one.label) for one in asked for text in one.errors]
        return said + [SaidProblem(text, "", one.first_control, one.label) for one in questions for text in one.errors]


def _is_drawn(name: str, drawn: set[str]) -> bool:
    """Whether an error stands beside a control; the fields of places of work are drawn by their rows."""
    return name in drawn or name.startswith("sites.") or name.removeprefix("facts.") in drawn
