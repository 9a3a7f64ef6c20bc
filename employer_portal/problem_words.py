"""What the check of an offer says, by the key of the problem: English and French, with the values it names."""

from typing import Any

from exemption_codes.catalogue.documents import Text

WORDS: dict[str, tuple[str, str]] = {
    "missing.worker_family_name": (
        "Enter the family name, as in the passport.",
        "Inscrivez le nom de famille, tel qu’au passeport.",
    ),
    "missing.worker_sex": ("Choose what the passport says.", "Choisissez ce que dit le passeport."),
    "missing.worker_date_of_birth": ("Enter the date of birth.", "Inscrivez la date de naissance."),
    "missing.worker_country_of_birth": ("Choose the country of birth.", "Choisissez le pays de naissance."),
    "missing.worker_country_of_residence": ("Choose the country of residence.", "Choisissez le pays de résidence."),
    "missing.worker_citizenship": ("Choose the citizenship.", "Choisissez la citoyenneté."),
    "missing.worker_passport_number": (
        "Enter the passport number, exactly as in the passport.",
        "Inscrivez le numéro de passeport, exactement comme au passeport.",
    ),
    "missing.worker_passport_expires_on": (
        "Enter the day the passport expires.",
        "Inscrivez la date d’expiration du passeport.",
    ),
    "missing.exemption_category": ("Choose the exemption.", "Choisissez la dispense."),
    "missing.exemption_explanation": (
        "Say how this worker and job meet the exemption.",
        "Expliquez comment le travailleur et l’emploi répondent à la dispense.",
    ),
    "missing.applies_on": (
        "Enter the day on which the worker means to apply.",
        "Inscrivez le jour où le travailleur compte faire sa demande.",
    ),
    "missing.job_title": ("Enter the job title.", "Inscrivez le titre du poste."),
    "missing.noc_code": ("Choose the occupation (NOC).", "Choisissez la profession (CNP)."),
    "missing.main_duties": ("Describe the main duties.", "Décrivez les fonctions principales."),
    "missing.job_requirements": (
        "Say what the job asks for, experience included.",
        "Dites ce que le poste exige, y compris l’expérience.",
    ),
    "missing.min_education": ("Choose the lowest education.", "Choisissez la scolarité minimale."),
    "missing.language_required": ("Choose the language of the job.", "Choisissez la langue du poste."),
    "missing.starts_on": ("Enter the first day of work.", "Inscrivez le premier jour de travail."),
    "missing.ends_on": ("Enter the last day of work.", "Inscrivez le dernier jour de travail."),
    "missing.hours_per_day": ("Enter the hours a day.", "Inscrivez les heures par jour."),
    "missing.hours_per_week": ("Enter the hours a week.", "Inscrivez les heures par semaine."),
    "missing.hourly_wage_cad": (
        "Enter the wage an hour, in Canadian dollars.",
        "Inscrivez le salaire horaire, en dollars canadiens.",
    ),
    "missing.agreement_language": (
        "Choose the official language of the agreement.",
        "Choisissez la langue officielle du contrat.",
    ),
    "missing.agreement_job_title": (
        "Enter the job title in the agreement.",
        "Inscrivez le titre du poste au contrat.",
    ),
    "missing.agreement_hours_per_week": (
        "Enter the hours a week in the agreement.",
        "Inscrivez les heures par semaine au contrat.",
    ),
    "missing.agreement_starts_on": (
        "Enter the first day in the agreement.",
        "Inscrivez le premier jour prévu au contrat.",
    ),
    "missing.agreement_ends_on": (
        "Enter the last day in the agreement.",
        "Inscrivez le dernier jour prévu au contrat.",
    ),
    "worker.age": (
        "Check the date of birth: it makes the worker too young or too old to work.",
        "Vérifiez la date de naissance : le travailleur serait trop jeune ou trop âgé pour travailler.",
    ),
    "worker.passport_expired": ("This passport has expired.", "Ce passeport est expiré."),
    "worker.passport_short": (
        "The passport ends before the work: the permit will end with the passport.",
        "Le passeport expire avant la fin du travail : le permis prendra fin avec lui.",
    ),
    "worker.other_offer": (
        "Another offer for this passport is under way, and each serves one application only. Withdraw one, or say why "
        "the worker needs both.",
        "Une autre offre pour ce passeport est en cours, et chacune ne sert qu’à une demande. Retirez-en une, ou dites "
        "pourquoi le travailleur a besoin des deux.",
    ),
    "see_attached": (
        "Write it here: “see attached” counts as incomplete.",
        "Écrivez-le ici : « voir pièce jointe » compte comme incomplet.",
    ),
    "exemption.short": (
        "This is short: an officer must see from it why the exemption fits this worker and job.",
        "C’est court : un agent doit y voir pourquoi la dispense convient à ce travailleur et à cet emploi.",
    ),
    "exemption.unknown": (
        "There is no such exemption on the day the worker means to apply.",
        "Cette dispense n’existe pas le jour où le travailleur compte faire sa demande.",
    ),
    "exemption.open": (
        "The permit of {code} is open or needs no offer: nothing is filed and no fee is due.",
        "Le permis du code {code} est ouvert ou n’exige pas d’offre : rien n’est présenté et aucuns frais ne sont "
        "exigés.",
    ),
    "exemption.outside_regime": (
        "This employer is outside the compliance regime and must not file an offer. The worker applies with “a job "
        "offer that needs no offer number”.",
        "Cet employeur n’est pas visé par le régime de conformité et ne doit pas présenter d’offre. Le travailleur "
        "fait sa demande avec « une offre d’emploi qui n’exige pas de numéro ».",
    ),
    "exemption.date": (
        "The rules known here do not cover the day the worker means to apply.",
        "Les règles connues ici ne couvrent pas le jour où le travailleur compte faire sa demande.",
    ),
    "exemption.duration": (
        "{code} allows {months} months at most at first, and the offer is longer.",
        "Le code {code} permet au plus {months} mois au départ, et l’offre est plus longue.",
    ),
    "exemption.cap": (
        "{code} allows {months} months at most in all, and the offer is longer.",
        "Le code {code} permet au plus {months} mois en tout, et l’offre est plus longue.",
    ),
    "exemption.nominee": (
        "A provincial nominee works full-time outside Quebec, and not in seasonal work. For an approved project or an "
        "exceptional event, answer the questions about it in the step “The exemption”.",
        "Un candidat désigné d’une province travaille à temps plein hors du Québec, et pas à un emploi saisonnier. "
        "Pour un projet approuvé ou un événement exceptionnel, répondez aux questions à ce sujet à l’étape "
        "« La dispense ».",
    ),
    "job.owner": (
        "88888 is for owners who hire themselves (C11, C60). Choose the occupation of this job.",
        "Le code 88888 vise les propriétaires qui s’embauchent (C11, C60). Choisissez la profession de cet emploi.",
    ),
    "job.noc": (
        "There is no occupation {noc} in NOC 2021. 88888 is for owners who hire themselves, 99999 for open permits.",
        "La CNP 2021 n’a pas de profession {noc}. Le code 88888 vise les propriétaires qui s’embauchent, 99999 les "
        "permis ouverts.",
    ),
    "job.licence": (
        "Say which licence or certificate this regulated occupation needs, and how the worker will hold it.",
        "Indiquez le permis d’exercice ou le certificat qu’exige cette profession réglementée, et comment le "
        "travailleur l’obtiendra.",
    ),
    "job.regulated": (
        "Say whether the occupation is regulated where the work is done.",
        "Dites si la profession est réglementée là où le travail se fait.",
    ),
    "job.language": ("Say which language.", "Dites quelle langue."),
    "job.labour_dispute_open": (
        "Say whether there is a labour dispute at the workplace.",
        "Dites s’il y a un conflit de travail au lieu de travail.",
    ),
    "job.labour_dispute": (
        "No permit is given where the work would hurt the settlement of a labour dispute. Say why it would not.",
        "Aucun permis n’est délivré si le travail risque de nuire au règlement d’un conflit de travail. Dites pourquoi "
        "il n’y nuirait pas.",
    ),
    "sites.none": ("Add at least one place of work.", "Ajoutez au moins un lieu de travail."),
    "sites.address": (
        "Give the full address of this place of work.",
        "Donnez l’adresse complète de ce lieu de travail.",
    ),
    "sites.postal_code": (
        "A Canadian postal code looks like K1A 0B1.",
        "Un code postal canadien ressemble à K1A 0B1.",
    ),
    "period.order": ("The last day is before the first.", "Le dernier jour précède le premier."),
    "period.past": ("This period is over.", "Cette période est terminée."),
    "period.applied": (
        "The worker must not apply before the offer has its number: such an application is refused.",
        "Le travailleur ne doit pas faire sa demande avant que l’offre ait son numéro : elle serait refusée.",
    ),
    "period.start": (
        "Work starts before the worker means to apply.",
        "Le travail commence avant la date prévue de la demande.",
    ),
    "hours.fit": (
        "The hours of a week do not fit those of a day.",
        "Les heures par semaine ne concordent pas avec les heures par jour.",
    ),
    "hours.part_time": (
        "Fewer than 30 hours a week is part-time; some exemptions ask for full-time work.",
        "Moins de 30 heures par semaine, c’est du temps partiel; certaines dispenses exigent le temps plein.",
    ),
    "wage.unpaid": (
        "Unpaid work has no wage: remove one or the other.",
        "Un travail non rémunéré n’a pas de salaire : retirez l’un ou l’autre.",
    ),
    "wage.minimum": (
        "The minimum wage in {province} is at least ${amount} an hour.",
        "Le salaire minimum ({province}) est d’au moins {amount} $ l’heure.",
    ),
    "wage.low": (
        "For this occupation the median wage ({region}) is ${amount} an hour. Say why you pay less.",
        "Pour cette profession, le salaire médian ({region}) est de {amount} $ l’heure. Dites pourquoi vous payez "
        "moins.",
    ),
    "wage.unknown": (
        "No wages are known for this occupation here: compare with what you pay others.",
        "Aucun salaire n’est connu pour cette profession ici : comparez avec ce que vous versez à d’autres.",
    ),
    "leave.vacation": (
        "Enter vacation days or vacation pay.",
        "Inscrivez les jours de vacances ou l’indemnité de vacances.",
    ),
    "leave.short": (
        "Most provinces ask for two weeks or 4 percent at least, some for more.",
        "La plupart des provinces exigent au moins deux semaines ou 4 pour cent, certaines davantage.",
    ),
    "agreement.unsigned": (
        "Both must have signed the agreement, and the worker must have a copy, before you submit.",
        "Les deux parties doivent avoir signé le contrat, et le travailleur en avoir copie, avant la présentation.",
    ),
    "agreement.future": ("This day is still to come.", "Ce jour n’est pas encore venu."),
    "agreement.differs": (
        "The agreement and the offer differ here. They must be the same: a difference is inaccurate information.",
        "Le contrat et l’offre diffèrent ici. Ils doivent concorder : une différence est un renseignement inexact.",
    ),
    "agreement.none": (
        "A remark that there is no employment agreement can sink the permit: the agreement must exist.",
        "Écrire qu’il n’y a pas de contrat de travail peut faire échouer la demande : le contrat doit exister.",
    ),
    "declarations.missing": (
        "All seven declarations are needed, also where no fee is due.",
        "Les sept déclarations sont nécessaires, même si aucuns frais ne sont exigés.",
    ),
    "fee.explanation": ("Say why no fee is due.", "Dites pourquoi aucuns frais ne sont exigés."),
    "fee.proof": ("Upload the proof that no fee is due.", "Téléversez la preuve qu’aucuns frais ne sont exigés."),
    "employer.ineligible": (
        "This employer is barred from hiring, or owes a penalty: no permit can be issued.",
        "Cet employeur ne peut pas embaucher, ou doit une sanction : aucun permis ne peut être délivré.",
    ),
    "employer.barred_activity": (
        "No permit is issued for an employer that offers striptease, erotic dance, escort services or erotic massage.",
        "Aucun permis n’est délivré pour un employeur qui offre de la danse nue ou érotique, des services d’escorte ou "
        "des massages érotiques.",
    ),
    "employer.barred_activity_open": (
        "Say in the profile whether the business offers striptease, erotic dance, escort services or erotic massage.",
        "Dites au profil si l’entreprise offre de la danse nue ou érotique, des services d’escorte ou des massages "
        "érotiques.",
    ),
    "employer.profile": (
        "The company profile is not complete: {fields}.",
        "Le profil de l’entreprise est incomplet : {fields}.",
    ),
}


def problem_text(key: str, **values: Any) -> Text:
    """Return what a problem says; amounts are written as each language writes them, a Text in its own language."""
    en, fr = WORDS[key]
    return Text(
        en=en.format(**{name: _said(name, value, "en") for name, value in values.items()}),
        fr=fr.format(**{name: _said(name, value, "fr") for name, value in values.items()}),
    )


def _said(name: str, value: Any, language: str) -> str:
    if isinstance(value, Text):
        return value.in_language(language)
    return str(value).replace(".", ",") if name in ("amount", "months") and language == "fr" else str(value)
