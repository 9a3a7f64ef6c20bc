"""What an employer owes after filing: each duty with its provision, and the day it falls on for one worker.

Source: IRPR 209.2, 209.4, 196.2; employer_portal facts, section 9. Pure: days are arguments.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from eligibility.engine.derive import add_months
from exemption_codes.catalogue.documents import Text
from exemption_codes.catalogue.rulebook import Rulebook

RENEWAL_MONTHS_BEFORE = 4
FEBRUARY = 2


class When(StrEnum):
    """What gives a duty its day."""

    ALWAYS = "always"
    FIRST_DAY = "first_day"
    PERMIT_END = "permit_end"
    RENEWAL = "renewal"
    RETENTION = "retention"


@dataclass(frozen=True)
class Duty:
    """One duty. `violation` is the item of Schedule 2, table 1, that breaking it would be; 0 where it is none."""

    key: str
    text: Text
    provision: str
    when: When = When.ALWAYS
    violation: int = 0
    from_: date | None = None


@dataclass(frozen=True)
class WorkerCase:
    """The days that one worker's duties hang on; each may be unknown."""

    permit_issued_on: date | None = None
    permit_expires_on: date | None = None
    first_day_on: date | None = None
    period_starts_on: date | None = None


@dataclass(frozen=True)
class DatedDuty:
    """A duty of one worker; `due_on` is None while nothing dates it, or it holds throughout."""

    duty: Duty
    due_on: date | None


SINCE_2022 = date(2022, 9, 26)
DUTIES: tuple[Duty, ...] = (
    Duty(
        "rights_information",
        Text(
            en="Give the worker Canada’s current information on rights at work, in the official language they chose, "
            "on or before the first day of work.",
            fr="Remettre au travailleur les renseignements à jour du Canada sur ses droits, dans la langue officielle "
            "qu’il a choisie, au plus tard le premier jour de travail.",
        ),
        "R209.2(1)(a.1)",
        When.FIRST_DAY,
        25,
        SINCE_2022,
    ),
    Duty(
        "rights_information_at_hand",
        Text(
            en="Keep that information at hand in English and French throughout the employment.",
            fr="Garder ces renseignements à portée de main en français et en anglais pendant tout l’emploi.",
        ),
        "R209.2(1)(a)(ii.1)",
        violation=26,
        from_=SINCE_2022,
    ),
    Duty(
        "authorised_to_work",
        Text(
            en="Make sure the worker is authorised to work for you: see the permit itself. A social insurance number "
            "is no proof.",
            fr="S’assurer que le travailleur est autorisé à travailler pour vous : voir le permis lui-même. Un numéro "
            "d’assurance sociale n’en est pas la preuve.",
        ),
        "R196",
        When.FIRST_DAY,
    ),
    Duty(
        "workers_compensation",
        Text(
            en="Arrange the workers’ compensation and medical coverage that the province requires.",
            fr="Assurer la protection en cas d’accident du travail et la couverture médicale qu’exige la province.",
        ),
        "R209.2(1)(a)(ii)",
        When.FIRST_DAY,
        8,
    ),
    Duty(
        "engaged",
        Text(
            en="Stay actively engaged in the business of the offer.",
            fr="Demeurer véritablement actif dans l’entreprise visée par l’offre.",
        ),
        "R209.2(1)(a)(i)",
        violation=15,
    ),
    Duty(
        "laws",
        Text(
            en="Obey federal and provincial law on employing and recruiting.",
            fr="Respecter les lois fédérales et provinciales sur le travail et le recrutement.",
        ),
        "R209.2(1)(a)(ii)",
        violation=8,
    ),
    Duty(
        "same_occupation",
        Text(
            en="Keep the worker in the occupation of the offer; another one needs a new offer and permit first.",
            fr="Maintenir le travailleur dans la profession de l’offre; une autre exige d’abord une nouvelle offre et "
            "un nouveau permis.",
        ),
        "R209.2(1)(a)(iii)",
        violation=9,
    ),
    Duty(
        "same_wages_and_conditions",
        Text(
            en="Pay the wages and keep the working conditions of the offer, or better ones.",
            fr="Verser le salaire et maintenir les conditions de travail de l’offre, ou mieux.",
        ),
        "R209.2(1)(a)(iii)",
        violation=9,
    ),
    Duty(
        "no_abuse",
        Text(
            en="Make reasonable efforts for a workplace free of physical, sexual, psychological and financial abuse, "
            "and of reprisals.",
            fr="Faire des efforts raisonnables pour un lieu de travail exempt de violence physique, sexuelle, "
            "psychologique ou financière, et de représailles.",
        ),
        "R209.2(1)(a)(iv)",
        violation=17,
    ),
    Duty(
        "no_fees",
        Text(
            en="Never charge the worker the compliance fee or recruitment fees, directly or indirectly.",
            fr="Ne jamais faire payer au travailleur, même indirectement, les frais relatifs à la conformité ou "
            "des frais de recrutement.",
        ),
        "R209.2(1)(a)(ix)",
        violation=27,
        from_=SINCE_2022,
    ),
    Duty(
        "no_recruiter_fees",
        Text(
            en="See to it that no recruiter charges the worker such fees.",
            fr="Veiller à ce qu’aucun recruteur ne fasse payer de tels frais au travailleur.",
        ),
        "R209.2(1)(a)(x)",
        violation=28,
        from_=SINCE_2022,
    ),
    Duty(
        "health_care",
        Text(
            en="Make reasonable efforts to give access to health care when the worker is hurt or falls ill at work.",
            fr="Faire des efforts raisonnables pour donner accès à des soins au travailleur blessé ou malade au "
            "travail.",
        ),
        "R209.2(1)(a)(viii)",
        violation=30,
        from_=SINCE_2022,
    ),
    Duty(
        "public_health_orders",
        Text(
            en="Never keep the worker from obeying an emergency, quarantine or public health order, and pay wages "
            "during a quarantine on entry.",
            fr="Ne jamais empêcher le travailleur de respecter un décret d’urgence, de quarantaine ou de santé "
            "publique, et verser le salaire pendant la quarantaine à l’entrée.",
        ),
        "R209.2(1)(a)(v)",
        violation=18,
        from_=date(2020, 4, 20),
    ),
    Duty(
        "accurate_information",
        Text(
            en="Be able to prove that everything in the offer and declarations was accurate.",
            fr="Pouvoir prouver que tout ce qui figure dans l’offre et les déclarations était exact.",
        ),
        "R209.2(1)(b)(i)",
        When.RETENTION,
        1,
    ),
    Duty(
        "keep_records",
        Text(
            en="Keep the agreement, payroll, time sheets, proof of payment and everything that shows compliance.",
            fr="Conserver le contrat, la paie, les feuilles de temps, les preuves de paiement et tout ce qui montre le "
            "respect des conditions.",
        ),
        "R209.2(1)(b)(ii)",
        When.RETENTION,
        2,
    ),
    Duty(
        "inspections",
        Text(
            en="Attend inspections, answer questions and hand over documents.",
            fr="Assister aux inspections, répondre aux questions et remettre les documents.",
        ),
        "R209.4(1)",
        violation=7,
    ),
    Duty(
        "renewal",
        Text(
            en="Keeping the worker longer? File a new offer with a new fee, so that they can apply before the permit "
            "ends.",
            fr="Vous gardez le travailleur plus longtemps? Présentez une nouvelle offre, avec de nouveaux frais, pour "
            "qu’il fasse sa demande avant la fin du permis.",
        ),
        "R303.1(2)",
        When.RENEWAL,
    ),
    Duty(
        "permit_conditions",
        Text(
            en="Respect the conditions and the last day of the permit: without maintained status work stops then.",
            fr="Respecter les conditions et le dernier jour du permis : sans statut maintenu, le travail cesse alors.",
        ),
        "R185",
        When.PERMIT_END,
        9,
    ),
)


def duties_for(case: WorkerCase, on: date, rulebook: Rulebook) -> tuple[DatedDuty, ...]:
    """Return the duties of an employer for one worker on a day, each with the day it falls on, dated ones first.

    Raises ParameterNotInForce when no retention period is published for `on`.
    """
    dated = [
        DatedDuty(duty, _due_on(duty, case, on, rulebook)) for duty in DUTIES if duty.from_ is None or duty.from_ <= on
    ]
    return tuple(sorted(dated, key=lambda each: each.due_on or date.max))


def retention_ends_on(case: WorkerCase, years: int) -> date | None:
    """Return the last day records must be kept: the later of permit issue and employment period, plus the years.

    Sources disagree on the first day of the period, so the later one counts. Source: IRPR 209.2(1)(b).
    """
    starts = [day for day in (case.permit_issued_on, case.period_starts_on) if day]
    return max((years_later(day, years) for day in starts), default=None)


def years_later(day: date, years: int) -> date:
    """Return the same day some years later; 29 February becomes 28 February in a common year."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, FEBRUARY, 28)


def _due_on(duty: Duty, case: WorkerCase, on: date, rulebook: Rulebook) -> date | None:
    match duty.when:
        case When.FIRST_DAY:
            return case.first_day_on or case.period_starts_on
        case When.PERMIT_END:
            return case.permit_expires_on
        case When.RENEWAL:
            return case.permit_expires_on and add_months(case.permit_expires_on, -RENEWAL_MONTHS_BEFORE)
        case When.RETENTION:
            return retention_ends_on(case, int(str(rulebook.parameter("record_retention_years", on))))
    return None
