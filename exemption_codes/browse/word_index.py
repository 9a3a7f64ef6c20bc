"""The words under which each category, correction, country and occupation can be found, in both languages."""

from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import lru_cache

from exemption_codes.browse.countries import names_of_countries
from exemption_codes.browse.mentions import mentions
from exemption_codes.browse.plain_text import plain, stem, words_of
from exemption_codes.catalogue import documents as doc
from exemption_codes.catalogue.rulebook import Rulebook

SHORTEST_TO_CORRECT = 4
LIKENESS = 0.78


@dataclass(frozen=True)
class Indexed:
    """A category's texts in plain letters, from the most telling to the least: name, who it is for, what it asks."""

    id: str
    levels: tuple[str, str, str]


@dataclass(frozen=True)
class WordIndex:
    categories: tuple[Indexed, ...]
    corrections: tuple[tuple[str, str], ...]
    occupations: tuple[tuple[str, str], ...]
    vocabulary: tuple[str, ...]

    def nearest(self, word: str) -> str:
        """Return the known word that one was probably meant to be; empty where it is known, or like none."""
        if len(word) < SHORTEST_TO_CORRECT or any(known.startswith(stem(word)) for known in self.vocabulary):
            return ""
        return next(iter(get_close_matches(word, self.vocabulary, n=1, cutoff=LIKENESS)), "")


@lru_cache(maxsize=4)
def word_index(rulebook: Rulebook) -> WordIndex:
    families = {family.id: family.name for family in rulebook.catalogue.families}
    categories = tuple(_indexed(category, families) for category in rulebook.categories.values())
    corrections = tuple((one.id, _both(one.title, one.said, one.holds)) for one in rulebook.guide)
    labels = {key: row["label"] for key, row in rulebook.occupations().items()}
    occupations = tuple((key, plain(f"{label['en']} | {label['fr']}")) for key, label in labels.items())
    telling = [" ".join(one.levels[:2]) for one in categories]
    texts = [*telling, *names_of_countries().values(), *(text for _, text in (*corrections, *occupations))]
    vocabulary = {word for text in texts for word in words_of(text) if len(word) >= SHORTEST_TO_CORRECT}
    return WordIndex(categories, corrections, occupations, tuple(sorted(vocabulary)))


@lru_cache(maxsize=16)
def texts_named(rulebook: Rulebook, on: date) -> dict[str, str]:
    """The names, in plain letters, of the countries and professions that each category names on a day."""
    named, countries = mentions(rulebook, on), names_of_countries()
    pairs = [(countries.get(code, ""), ids) for code, ids in named.countries.items()]
    for (fact, value), ids in named.professions.items():
        choice = (rulebook.facts[fact].choices or {}).get(value)
        pairs += [(f"{choice.en} | {choice.fr}", ids)] if choice else []
    texts: dict[str, list[str]] = {}
    for text, ids in pairs:
        for name in ids:
            texts.setdefault(name, []).append(plain(text))
    return {name: " | ".join(parts) for name, parts in texts.items()}


def _indexed(category: doc.Category, families: dict[str, doc.Text]) -> Indexed:
    family = families.get(category.family)
    about = _both(category.for_whom, *([family, _initials(family)] if family else []))
    asked = _both(*(criterion.text for criterion in category.criteria), *category.notes, category.durations.text)
    return Indexed(category.id, (_both(category.name), f"{about} | {category.id}", asked))


def _initials(name: doc.Text) -> doc.Text:
    """The letters by which people also call a program: IEC, EIC."""
    return doc.Text(en="".join(w[0] for w in words_of(name.en)), fr="".join(w[0] for w in words_of(name.fr)))


def _both(*texts: doc.Text) -> str:
    return " | ".join(plain(f"{text.en} | {text.fr}") for text in texts)
