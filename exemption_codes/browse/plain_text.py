"""Texts as a search compares them: without accents, capitals and plural endings."""

import re
import unicodedata
from functools import lru_cache

SHORTEST_WITH_PLURAL, SHORTEST_SINGULAR = 4, 3
# Words that stand everywhere, and tell nothing apart.
COMMON = frozenset(
    re.findall(
        r"\w+",
        "a am an and as at for from i in is my of on or the to with you your "
        "au aux d de des du en et est je l la le les mon ma mes ou par pour que qui suis sur un une vos votre vous",
    )
)


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """Return a text without accents and capitals."""
    letters = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "oe"))
    return "".join(c for c in letters if not unicodedata.combining(c)).casefold()


def words_of(text: str) -> list[str]:
    """Return the words of a text in plain letters, those that stand everywhere left out."""
    return [word for word in re.findall(r"\w+", plain(text)) if word not in COMMON]


def stem(word: str) -> str:
    """Return a word without the ending of its plural, so that one finds the other."""
    singular = word.rstrip("sx")
    return singular if len(word) >= SHORTEST_WITH_PLURAL and len(singular) >= SHORTEST_SINGULAR else word
