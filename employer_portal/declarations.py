"""What an employer declares when an offer is submitted: seven statements, each with the provision behind it."""

from dataclasses import dataclass

from exemption_codes.catalogue.documents import Text


@dataclass(frozen=True)
class Declaration:
    key: str
    text: Text
    provision: str


DECLARATIONS = (
    Declaration(
        "agreement",
        Text(
            en="We have an employment agreement with the worker for the same occupation, wages and conditions as this "
            "offer. It is in the official language the worker chose, both of us signed it, and the worker has a copy.",
            fr="Nous avons conclu avec le travailleur un contrat de travail prévoyant la même profession, le même "
            "salaire et les mêmes conditions que cette offre. Il est rédigé dans la langue officielle choisie par le "
            "travailleur, signé des deux parties, et le travailleur en a reçu copie.",
        ),
        "R209.11(1)(e)(i)",
    ),
    Declaration(
        "no_fees",
        Text(
            en="We have not charged the worker the compliance fee or any recruitment fee, nor recovered one, directly "
            "or indirectly.",
            fr="Nous n’avons ni perçu ni recouvré du travailleur, directement ou indirectement, les frais "
            "relatifs à la conformité ou des frais de recrutement.",
        ),
        "R209.11(1)(e)(iii)",
    ),
    Declaration(
        "no_recruiter_fees",
        Text(
            en="We have made sure that nobody who recruited the worker for us charged or recovered such fees.",
            fr="Nous avons veillé à ce que personne ayant recruté le travailleur pour nous n’ait perçu ou recouvré de "
            "tels frais.",
        ),
        "R209.11(1)(e)(iv)",
    ),
    Declaration(
        "engaged",
        Text(
            en="We are actively engaged in the business this offer is for, and will stay so.",
            fr="Nous sommes véritablement actifs dans l’entreprise visée par cette offre, et le demeurerons.",
        ),
        "R209.2(1)(a)(i)",
    ),
    Declaration(
        "laws",
        Text(
            en="We follow federal and provincial law on employment and recruitment, and any collective agreement.",
            fr="Nous respectons les lois fédérales et provinciales sur le travail et le recrutement, ainsi que toute "
            "convention collective.",
        ),
        "R209.2(1)(a)(ii)",
    ),
    Declaration(
        "same_terms",
        Text(
            en="The worker will have the occupation of this offer, and wages and conditions that are substantially the "
            "same and no less favourable.",
            fr="Le travailleur exercera la profession visée par l’offre, à un salaire et à des conditions "
            "essentiellement les mêmes et non moins avantageux.",
        ),
        "R209.2(1)(a)(iii)",
    ),
    Declaration(
        "no_abuse",
        Text(
            en="We make reasonable efforts to provide a workplace free of abuse, reprisals included.",
            fr="Nous faisons des efforts raisonnables pour offrir un lieu de travail exempt de violence, y compris de "
            "représailles.",
        ),
        "R209.2(1)(a)(iv)",
    ),
)
DECLARATION_KEYS = tuple(declaration.key for declaration in DECLARATIONS)
