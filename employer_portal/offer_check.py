"""The check of an offer before anything is paid: its fields, its agreement, its employer, and its exemption code.

The engine judges the chosen category on the planned day of application, once for each province of work, so that the
offer is held to the same rules as a questionnaire. Source: employer_portal facts, section 5.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from eligibility.engine.determine import Determination, Finding, Result, Status, determine
from eligibility.engine.explain import explain
from eligibility.engine.facts import read_facts
from employer_portal.category_check import check_category
from employer_portal.compliance_fee import FeeDecision, OfferTerms, compliance_fee_for
from employer_portal.declarations import DECLARATION_KEYS
from employer_portal.employer_check import check_employer
from employer_portal.field_check import Level, OfferProblem, Problems, check_fields, error, warning
from employer_portal.lookups import lookup_hashes
from employer_portal.models import FilePurpose, OfferOfEmployment
from employer_portal.offer_facts import FIELD_OF_FACT, facts_of_offer
from employer_portal.offer_status import OfferStatus
from exemption_codes.catalogue.documents import Category, Text
from exemption_codes.catalogue.problems import DateNotCovered
from exemption_codes.catalogue.rulebook import Rulebook

NO_AGREEMENT = re.compile(r"\b(no|without|aucun|sans|pas de)\b.{0,30}\b(agreement|contract|contrat|entente)\b", re.I)
AGREED = (
    ("agreement_hourly_wage_cad", "hourly_wage_cad"),
    ("agreement_hours_per_week", "hours_per_week"),
    ("agreement_starts_on", "starts_on"),
    ("agreement_ends_on", "ends_on"),
)
# Filed, and not yet at its end: the worker can be given one permit for one of them.
UNDER_WAY = (OfferStatus.AWAITING_FEE, OfferStatus.ISSUED, OfferStatus.MATCHED, OfferStatus.WITHDRAWAL_REQUESTED)
# What check_employer says in full.
SAID_OF_EMPLOYER = frozenset({"employer_in_good_standing", "no_sex_trade"})
# Guards of their own in the table of moves.
GUARDED = ("declarations.", "agreement.unsigned", "employer.")


@dataclass(frozen=True)
class OfferReport:
    """Everything that the check found, on the rules of one release and one day; `code` is the exemption's own then."""

    problems: tuple[OfferProblem, ...]
    acknowledged: frozenset[str]
    code: str
    outcome: str
    on: date
    applies_on: date
    release_digest: str
    fee: FeeDecision | None
    judged: tuple[tuple[Determination, Result], ...] = ()

    @property
    def open_facts(self) -> tuple[str, ...]:
        """The facts that would settle the exemption and that no field of the offer states."""
        missing = [fact for determination, _result in self.judged for fact in determination.missing]
        return tuple(fact for fact in dict.fromkeys(missing) if fact not in FIELD_OF_FACT)

    @property
    def errors(self) -> tuple[OfferProblem, ...]:
        return self._of(Level.ERROR)

    @property
    def warnings(self) -> tuple[OfferProblem, ...]:
        return self._of(Level.WARNING)

    @property
    def open_warnings(self) -> tuple[OfferProblem, ...]:
        """The warnings that nobody has given a reason for."""
        return tuple(problem for problem in self.warnings if problem.key not in self.acknowledged)

    @property
    def untold(self) -> tuple[OfferProblem, ...]:
        """What cannot be told: criteria whose facts are not here, and those that an officer weighs."""
        return self._of(Level.UNKNOWN)

    @property
    def is_complete(self) -> bool:
        """Whether nothing is left to mend or acknowledge, declarations, signatures and the employer aside."""
        return not self.open_warnings and all(problem.key.startswith(GUARDED) for problem in self.errors)

    @property
    def is_ready(self) -> bool:
        return not self.errors and not self.open_warnings

    def has(self, beginning: str) -> bool:
        return any(problem.key.startswith(beginning) for problem in self.errors)

    def _of(self, level: Level) -> tuple[OfferProblem, ...]:
        return tuple(problem for problem in self.problems if problem.level is level)


def check_offer(offer: OfferOfEmployment, on: date, rulebook: Rulebook) -> OfferReport:
    """Check an offer as it stands on a day.

    Never raises for what an employer wrote: everything wrong is in the report, with the field it stands beside.
    """
    applies_on = offer.applies_on or on
    category = rulebook.categories.get(offer.exemption_category)
    code = (category.code_on(applies_on) or "") if category and category.in_force.holds(applies_on) else ""
    results = _results(offer, applies_on, rulebook) if code else ()
    fee = fee_decision(offer, on, rulebook) if code else None
    problems = [
        *check_employer(offer.employer, on),
        *check_fields(offer, on, rulebook),
        *_check_exemption(offer, category, code, results),
        *_check_other_offers(offer),
        *_check_agreement(offer, on),
        *_check_fee_claim(offer, fee),
        *_check_declarations(offer),
    ]
    judged = tuple(
        (determination, result)
        for result in results
        if (determination := _determination(result, offer.exemption_category)) is not None
    )
    return OfferReport(
        tuple({problem.key: problem for problem in problems}.values()),
        frozenset(offer.acknowledged),
        code,
        next((determination.outcome.value for determination, _result in judged), ""),
        on,
        applies_on,
        rulebook.digest,
        fee,
        judged,
    )


def acknowledged_warnings(offer: OfferOfEmployment, report: OfferReport) -> list[dict[str, str]]:
    """Return the warnings that somebody gave a reason for, in both languages, as plain values to keep."""
    return [
        {
            "en": one.text.en,
            "fr": one.text.fr,
            "provision": one.provision,
            "reason": offer.acknowledged[one.key],
        }
        for one in report.warnings
        if one.key in offer.acknowledged
    ]


def fee_decision(offer: OfferOfEmployment, on: date, rulebook: Rulebook) -> FeeDecision:
    """Decide the fee of one offer by itself; raises ParameterNotInForce where no fee is published for the day."""
    category = rulebook.categories[offer.exemption_category]
    code = category.code_on(offer.applies_on or on) or category.codes[-1].code
    terms = OfferTerms(
        code, category.offer_required, offer.employer.regime_exemption, offer.fee_exemption, not offer.is_unpaid
    )
    return compliance_fee_for(terms, on, rulebook)


def _results(offer: OfferOfEmployment, on: date, rulebook: Rulebook) -> tuple[Result, ...]:
    """Judge the offer once for each province of work."""
    provinces = sorted({site.province for site in offer.sites.all() if site.province}) or [""]
    try:
        return tuple(
            determine(rulebook, read_facts(_readable(facts_of_offer(offer, province), rulebook), rulebook), on)
            for province in provinces
        )
    except DateNotCovered:
        return ()


def _readable(facts: dict[str, object], rulebook: Rulebook) -> dict[str, object]:
    """Leave out what the vocabulary of this release does not take: a made-up occupation is reported at its field."""
    noc = facts.get("offer.noc")
    known = noc is None or noc in rulebook.noc_codes() or noc == "88888"
    return {name: value for name, value in facts.items() if name in rulebook.facts and (known or name != "offer.noc")}


def _check_exemption(
    offer: OfferOfEmployment, category: Category | None, code: str, results: tuple[Result, ...]
) -> Problems:
    if offer.employer.regime_exemption:
        yield error("exemption.outside_regime", "exemption_category", "R209.91")
    if not offer.exemption_category:
        return
    if category is None or not code:
        yield error("exemption.unknown", "exemption_category", "R209.11(1)(c)")
        return
    if not results:
        yield error("exemption.date", "applies_on")
    yield from check_category(offer, category, code)
    for result in results:
        yield from _check_criteria(result, offer.exemption_category)


def _check_criteria(result: Result, category_id: str) -> Problems:
    determination = _determination(result, category_id)
    if determination is None:
        return
    for finding in determination.findings:
        yield from _problem_of(finding, result)
    for finding in result.general_for(determination):
        if finding.status is Status.NOT_MET and finding.rule.id not in SAID_OF_EMPLOYER:
            yield from _problem_of(finding, result)


def _problem_of(finding: Finding, result: Result) -> Iterator[OfferProblem]:
    if finding.status is Status.MET:
        return
    english, french = explain(finding, result, "en"), explain(finding, result, "fr")
    is_wrong = finding.status is Status.NOT_MET
    text = Text(
        en=f"{english.text} (“You” is the worker.)" if is_wrong else english.text,
        fr=f"{french.text} (« Vous » désigne le travailleur.)" if is_wrong else french.text,
    )
    provision = next((citation.provision for citation in english.citations if citation.provision), "")
    level = Level.ERROR if is_wrong else Level.UNKNOWN
    read = (*finding.facts, *finding.missing)
    field = next((FIELD_OF_FACT[fact] for fact in read if fact in FIELD_OF_FACT), "facts")
    yield OfferProblem(f"criterion.{finding.rule.id}", level, field, text, provision)


def _determination(result: Result, category_id: str) -> Determination | None:
    return next((each for each in result.determinations if each.category.id == category_id), None)


def _check_other_offers(offer: OfferOfEmployment) -> Problems:
    """Warn where the employer has filed another offer for this passport that still holds: one is paid for in vain."""
    if not offer.worker_passport_hash:
        return
    filed = Q(status__in=UNDER_WAY)
    if offer.submitted_at:  # as it was when this one was filed
        filed &= Q(submitted_at__lt=offer.submitted_at)
    elif offer.group_id:
        filed |= Q(status=OfferStatus.DRAFT, group=offer.group_id)
    known = lookup_hashes("passport", offer.worker_passport_number or "")
    others = OfferOfEmployment.objects.of(offer.employer).filter(filed, worker_passport_hash__in=known)
    if others.exclude(pk=offer.pk).exists():
        yield warning("worker.other_offer", "worker_passport_number")


def _check_agreement(offer: OfferOfEmployment, on: date) -> Problems:
    days = {
        name: getattr(offer, name)
        for name in ("agreement_signed_by_employer_on", "agreement_signed_by_worker_on", "agreement_copy_given_on")
    }
    for name, day in days.items():
        if day is None:
            yield error(f"agreement.unsigned.{name}", name, "R209.11(1)(e)(i)(C)", "agreement.unsigned")
        elif day > on:
            yield error(f"agreement.future.{name}", name, "R209.11(1)(e)(i)", "agreement.future")
    for agreed, offered in AGREED:
        both = getattr(offer, agreed), getattr(offer, offered)
        if None not in both and both[0] != both[1]:
            yield error(f"agreement.differs.{agreed}", agreed, "R209.11(1)(e)(i)(A)", "agreement.differs")
    titles = offer.agreement_job_title.casefold().split(), offer.job_title.casefold().split()
    if all(titles) and titles[0] != titles[1]:
        yield error("agreement.differs.job_title", "agreement_job_title", "R209.11(1)(e)(i)(A)", "agreement.differs")
    if not offer.is_unpaid and offer.hourly_wage_cad and offer.agreement_hourly_wage_cad is None:
        yield error("agreement.wage", "agreement_hourly_wage_cad", "R209.11(1)(e)(i)(A)", "agreement.differs")
    if NO_AGREEMENT.search(offer.additional_information):
        yield warning("agreement.none", "additional_information", "R209.11(1)(e)(i)")


def _check_fee_claim(offer: OfferOfEmployment, fee: FeeDecision | None) -> Problems:
    if not offer.fee_exemption:
        return
    if fee is not None and fee.claim_problem is not None:
        yield OfferProblem("fee.claim", Level.ERROR, "fee_exemption", fee.claim_problem, "R303.1(5)")
    if not offer.fee_exemption_explanation.strip():
        yield error("fee.explanation", "fee_exemption_explanation", "R303.1(5)")
    if not offer.files.filter(purpose=FilePurpose.FEE_EXEMPTION, removed_at__isnull=True).exists():
        yield error("fee.proof", "files", "R303.1(5)")


def _check_declarations(offer: OfferOfEmployment) -> Problems:
    if set(offer.declared) != set(DECLARATION_KEYS):
        yield error("declarations.missing", "declared", "R209.11(1)(e)")
