"""The business number of the Canada Revenue Agency: nine digits, or fifteen characters with a program account."""

import re
import unicodedata

from stdnum.ca import bn
from stdnum.exceptions import ValidationError

from employer_portal.errors import FieldsInvalid
from exemption_codes.catalogue.documents import Text

ROOT_LENGTH = 9
_ACCOUNT = re.compile(r"R[A-Z][0-9]{4}")
_INVALID = Text(
    en="This is not a business number: check its nine digits, as on your tax account (123456789 or 123456789 RP0001).",
    fr="Ce n’est pas un numéro d’entreprise : vérifiez ses neuf chiffres, tels qu’à votre compte fiscal "
    "(123456789 ou 123456789 RP0001).",
)


def read_business_number(typed: str) -> tuple[str, str]:
    """Return the nine digits and the program account, which is empty where only nine were typed.

    Raises FieldsInvalid for a wrong length, check digit or account. The check digit is the usual one (Luhn); the agency
    publishes no rule.
    """
    written = re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", typed[:40])).upper()
    root, account = written[:ROOT_LENGTH], written[ROOT_LENGTH:]
    try:
        bn.validate(root)
    except ValidationError:
        raise FieldsInvalid({"business_number": _INVALID}) from None
    if not written.isascii() or not root.strip("0") or (account and not _ACCOUNT.fullmatch(account)):
        raise FieldsInvalid({"business_number": _INVALID})
    return root, account
