"""How the duties are listed: the ten that every guide has, those since, and the papers that an inspector asks for.

Source: employer_portal facts, sections 9.1 and 9.3. Pure.
"""

from dataclasses import dataclass
from datetime import date

from employer_portal.duties import DUTIES, Duty, When
from exemption_codes.catalogue.documents import Text

TEN = (
    "authorised_to_work", "workers_compensation", "permit_conditions", "engaged", "laws", "same_occupation",
    "same_wages_and_conditions", "no_abuse", "keep_records", "inspections",
)  # fmt: skip
BY_KEY = {duty.key: duty for duty in DUTIES}
# What is done once, and said to be done; the others hold throughout, and can be looked at again.
DONE_ONCE = frozenset({When.FIRST_DAY, When.RENEWAL, When.PERMIT_END})
DOCUMENT = "document:"
TITLES = {
    "rights_information": Text(en="Hand over the rights information", fr="Remettre les renseignements sur les droits"),
    "rights_information_at_hand": Text(
        en="Rights information at hand", fr="Renseignements sur les droits à portée de main"
    ),
    "authorised_to_work": Text(en="Authorised to work", fr="Autorisation de travailler"),
    "workers_compensation": Text(
        en="Workers’ compensation and medical coverage", fr="Accidents du travail et couverture médicale"
    ),
    "engaged": Text(en="Active business", fr="Entreprise active"),
    "laws": Text(en="Employment and recruitment law", fr="Lois sur le travail et le recrutement"),
    "same_occupation": Text(en="Same occupation", fr="Même profession"),
    "same_wages_and_conditions": Text(en="Same wages and conditions", fr="Mêmes salaire et conditions"),
    "no_abuse": Text(en="No abuse, no reprisals", fr="Ni violence ni représailles"),
    "no_fees": Text(en="No fees from the worker", fr="Aucuns frais exigés du travailleur"),
    "no_recruiter_fees": Text(en="No fees through recruiters", fr="Aucuns frais par des recruteurs"),
    "health_care": Text(en="Access to health care", fr="Accès à des soins"),
    "public_health_orders": Text(
        en="Quarantine and public health orders", fr="Quarantaine et décrets de santé publique"
    ),
    "accurate_information": Text(en="Accurate information", fr="Renseignements exacts"),
    "keep_records": Text(en="Keep the records", fr="Conserver les documents"),
    "inspections": Text(en="Inspections", fr="Inspections"),
    "renewal": Text(en="File for a renewal", fr="Présenter une offre pour le renouvellement"),
    "permit_conditions": Text(en="Permit conditions and last day", fr="Conditions et dernier jour du permis"),
}


@dataclass(frozen=True)
class Paper:
    """One kind of document to have at hand; `is_always` where every worker's file needs it."""

    key: str
    text: Text
    is_always: bool = True

    @property
    def record_key(self) -> str:
        """The key under which a record says that it is at hand."""
        return f"{DOCUMENT}{self.key}"


def ten_responsibilities() -> tuple[Duty, ...]:
    """Return the ten in the order in which the guides list them."""
    return tuple(BY_KEY[key] for key in TEN)


def newer_duties(on: date) -> tuple[Duty, ...]:
    """Return the duties in force on a day that are not among the ten."""
    return tuple(duty for duty in DUTIES if duty.key not in TEN and (duty.from_ is None or duty.from_ <= on))


PAPERS = (
    Paper("agreement", Text(en="Signed employment agreement", fr="Contrat d’emploi signé")),
    Paper("job_description", Text(en="Job description", fr="Description du poste")),
    Paper("payroll", Text(en="Payroll records", fr="Registres de paie")),
    Paper("time_sheets", Text(en="Time sheets", fr="Feuilles de temps")),
    Paper("payment", Text(en="Proof that wages were paid", fr="Preuves du versement du salaire")),
    Paper("t4", Text(en="T4 slips", fr="Feuillets T4")),
    Paper("benefits", Text(en="Proof of the benefits promised", fr="Preuves des avantages promis")),
    Paper(
        "no_fees",
        Text(
            en="Contracts with recruiters, and evidence that the worker paid no fee",
            fr="Contrats avec les recruteurs et preuves que le travailleur n’a payé aucuns frais",
        ),
    ),
    Paper(
        "compensation",
        Text(en="Clearance of workers’ compensation", fr="Attestation de la commission des accidents du travail"),
    ),
    Paper(
        "rights",
        Text(
            en="Proof that the rights information was handed over",
            fr="Preuve de la remise des renseignements sur les droits",
        ),
    ),
    Paper(
        "changes",
        Text(
            en="A record of every change in job, wage or place",
            fr="Trace de tout changement de poste, de salaire ou de lieu",
        ),
        False,
    ),
    Paper("housing", Text(en="Housing and travel papers", fr="Documents de logement et de transport"), False),
)
