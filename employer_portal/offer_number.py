"""The offer of employment number: the letter A and seven digits. Says what people may have meant, never guesses."""

import re
from dataclasses import dataclass

from employer_portal.errors import OfferNumberInvalid
from exemption_codes.catalogue.documents import Text

DIGITS = 7
HOW_MANY = 10**DIGITS
_NUMBER = re.compile(r"A[0-9]{7}")
# Hyphens, dashes, the minus sign and every kind of space, also those that cannot be seen.
_FILLING = re.compile(r"[\s\-\u00ad\u200b-\u200d\u2010-\u2015\u2060\u2212\ufe58\ufe63\uff0d\ufeff]")


@dataclass(frozen=True, order=True)
class OfferNumber:
    """An A-number as a value; `serial` is the number without its letter."""

    serial: int

    def __post_init__(self) -> None:
        if not 0 <= self.serial < HOW_MANY:
            raise ValueError(f"An offer number has {DIGITS} digits, so {self.serial} cannot be one.")

    def __str__(self) -> str:
        return f"A{self.serial:0{DIGITS}d}"


def parse_offer_number(typed: str) -> OfferNumber:
    """Read what a person typed: case, spaces and hyphens do not matter.

    Raises OfferNumberInvalid: `letter_o` where an O stands for a zero, `no_letter` where the A is missing (both with a
    suggestion to confirm), `not_a_number` for everything else. Source: employer_portal facts, section 7.
    """
    written = _FILLING.sub("", typed[:100]).upper()
    if _NUMBER.fullmatch(written):
        return OfferNumber(int(written[1:]))
    raise _refusal(written)


def _refusal(written: str) -> OfferNumberInvalid:
    with_zeros = written[:1] + written[1:].replace("O", "0")
    if with_zeros != written and _NUMBER.fullmatch(with_zeros):
        text = Text(
            en=f"This has the letter O where a digit belongs. Did you mean {with_zeros}, with zeros?",
            fr=f"La lettre O y tient la place d’un chiffre. Vouliez-vous dire {with_zeros}, avec des zéros?",
        )
        return OfferNumberInvalid("letter_o", text, with_zeros)
    if re.fullmatch(r"[0-9]{7}", written):
        text = Text(
            en=f"An offer number begins with the letter A. Did you mean A{written}? (An LMIA number has no letter.)",
            fr=f"Un numéro d’offre commence par la lettre A. Vouliez-vous dire A{written}? "
            "(Un numéro d’EIMT n’a pas de lettre.)",
        )
        return OfferNumberInvalid("no_letter", text, f"A{written}")
    text = Text(
        en="An offer number is the letter A followed by seven digits, for example A1234567.",
        fr="Un numéro d’offre est la lettre A suivie de sept chiffres, par exemple A1234567.",
    )
    return OfferNumberInvalid("not_a_number", text)
