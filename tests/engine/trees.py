"""Random conditions and random facts, on a small vocabulary in which every value can be tried."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import product
from typing import Any

from hypothesis import strategies as st

from eligibility.engine.compile import CompiledCategory, CompiledRule
from eligibility.engine.evaluate import OFFICER_WEIGHS
from exemption_codes.catalogue import documents as doc
from exemption_codes.catalogue.conditions import AllOf, AnyOf, Compare, Disputed, Leaf, Negation, Node, facts_of
from exemption_codes.catalogue.rulebook import Rulebook

NUMBERS, LISTS, OFFICERS, GATES = ("a", "b", "c"), ("m", "n"), ("j", "k"), ("g",)
JUDGED = frozenset(OFFICERS) | {""}
WORDS = ("x", "y", "z")
LARGEST = 3
DAY = date(2026, 11, 22)


def _fact(kind: str, **more: Any) -> doc.FactDocument:
    text = {"en": "-", "fr": "-"}
    return doc.FactDocument.model_validate({"type": kind, "topic": "t", "label": text, "question": text, **more})


VOCABULARY = {
    **{name: _fact("integer", bounds={"min": 0, "max": LARGEST}, changeable=True) for name in NUMBERS},
    **{name: _fact("several_of", choices={word: {"en": word, "fr": word} for word in WORDS}) for name in LISTS},
    **{name: _fact("boolean", judged=True) for name in OFFICERS},
    "g": _fact("boolean", gate=True, when_false={"a": 0, "m": []}),
    "application.date": _fact("date"),
}

numbers = st.integers(0, LARGEST)
words = st.lists(st.sampled_from(WORDS), max_size=2, unique=True)
ordered = st.sampled_from(["is", "is_not", "at_least", "more_than", "at_most", "less_than"])
_several = st.lists(numbers, min_size=1, max_size=3, unique=True).map(tuple)
_members = st.lists(st.sampled_from(WORDS), min_size=1, max_size=2, unique=True).map(tuple)
number_tests = st.one_of(
    st.builds(Leaf, st.sampled_from(NUMBERS), ordered, numbers),
    st.builds(Leaf, st.sampled_from(NUMBERS), st.sampled_from(["one_of", "none_of"]), _several),
)
list_tests = st.builds(Leaf, st.sampled_from(LISTS), st.sampled_from(["includes_any", "includes_none"]), _members)
officer_tests = st.one_of(
    st.builds(Leaf, st.sampled_from(OFFICERS), st.sampled_from(["is", "is_not"]), st.booleans()),
    st.just(OFFICER_WEIGHS),
)
comparisons = st.builds(
    Compare, st.sampled_from(NUMBERS), st.sampled_from(["is", "at_least"]), st.sampled_from(NUMBERS)
)
tests = st.one_of(number_tests, list_tests, officer_tests, comparisons, st.just(Disputed("K1")))
rows = st.lists(st.tuples(numbers, tests), min_size=2, max_size=4, unique_by=lambda row: row[0]).map(
    lambda found: AnyOf(tuple(AllOf((Leaf("a", "is", key), inner)) for key, inner in found))
)


def _joined(children: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    parts = st.lists(children, max_size=3).map(tuple)
    return st.one_of(st.builds(AllOf, parts), st.builds(AnyOf, parts), st.builds(Negation, children))


conditions = st.recursive(st.one_of(tests, rows), _joined, max_leaves=10)
criteria = st.lists(conditions, max_size=4)
facts = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(NUMBERS, numbers),
        **dict.fromkeys(LISTS, words),
        **dict.fromkeys(OFFICERS, st.booleans()),
    },
)


def every_value(name: str) -> list[Any]:
    """Return all values of a fact (of a list: those of at most two words)."""
    if name in NUMBERS:
        return list(range(LARGEST + 1))
    if name in LISTS:
        return [[], *([word] for word in WORDS), ["x", "y"], ["x", "z"], ["y", "z"]]
    return [True, False]


def completions(names: list[str], known: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield every way of answering what is not known yet of some facts."""
    unknown = [name for name in names if name not in known]
    for values in product(*map(every_value, unknown)):
        yield {**known, **dict(zip(unknown, values, strict=True))}


def ordinary_facts(nodes: list[Node]) -> list[str]:
    """Return the facts that some conditions read and a person can answer."""
    return sorted({name for node in nodes for name in facts_of(node)} - JUDGED)


def compiled(nodes: list[Node], name: str = "one") -> CompiledCategory:
    """Return a category of these criteria, of which nothing but the conditions matters."""
    rules = tuple(
        CompiledRule(None, node, None, tuple(facts_of(node)), JUDGED)  # type: ignore[arg-type]
        for node in nodes
    )
    category = doc.Category.model_construct(id=name)
    return CompiledCategory(category, name, name, rules, frozenset(fact for rule in rules for fact in rule.facts))


def small_rulebook() -> Rulebook:
    """Return a rulebook of the vocabulary above, with one page that asks everything."""
    page = doc.PageDocument.model_validate(
        {
            "id": "all",
            "title": {"en": "-", "fr": "-"},
            "intro": {"en": "-", "fr": "-"},
            "facts": ["g", *NUMBERS, *LISTS],
        }
    )
    return Rulebook(
        digest="", catalogue=None, facts=VOCABULARY, categories={}, general=(), lists={}, parameters={},
        sources={}, provisions=None, pages=(page,),
    )  # type: ignore[arg-type]  # fmt: skip
