"""What is wrong with the rules on fees: names of nothing, rules that never decide, categories that say otherwise."""

from collections.abc import Iterator, Sequence
from datetime import date

from exemption_codes.catalogue import documents as doc
from exemption_codes.catalogue.date_checks import check_period, first_day, last_day
from exemption_codes.catalogue.draft import Draft, check_unique
from exemption_codes.catalogue.fees import rule_for
from exemption_codes.catalogue.problems import Problem, did_you_mean
from exemption_codes.catalogue.yaml_reader import PathKey, Source

Reports = Iterator[Problem]


def check_fees(draft: Draft) -> Reports:
    """Yield what is wrong with each fee; what could not be read is passed over."""
    source = draft.sources.get("fees")
    if source is None:
        return
    yield from check_unique([fee.id for fee in draft.rulebook.fees if fee and fee.id], source, ("fees",))
    for index, fee in enumerate(draft.rulebook.fees):
        if fee is not None:
            yield from _check_fee(draft, fee, source, ("fees", index))


def _check_fee(draft: Draft, fee: doc.FeeDocument, source: Source, here: PathKey) -> Reports:
    yield from draft.check_parameter(fee.id, source, (*here, "id"))
    rules = fee.rules or ()
    yield from check_unique([rule.id for rule in rules if rule and rule.id], source, (*here, "rules"))
    for index, rule in enumerate(rules):
        if rule is not None:
            yield from _check_rule(draft, rule, source, (*here, "rules", index))
    for index, ceiling in enumerate(fee.ceilings or ()):
        if ceiling is not None:
            place = (*here, "ceilings", index)
            yield from draft.check_parameter(ceiling.amount, source, (*place, "amount"))
            yield from _check_subjects(draft, ceiling.for_, source, (*place, "for"))
            yield from draft.check_citations(ceiling.cite, source, (*place, "cite"))
    yield from _check_together(draft, fee, source, here)


def _check_rule(draft: Draft, rule: doc.FeeRule, source: Source, here: PathKey) -> Reports:
    yield from check_period(rule.in_force, source, (*here, "in_force"))
    yield from _check_subjects(draft, rule.for_, source, (*here, "for"))
    yield from draft.check_citations(rule.cite, source, (*here, "cite"))
    if rule.due == "depends" and rule.text is None:
        yield source.problem((*here, "due"), "the text that says on what it depends is missing", "add text: {en, fr}")


def _check_subjects(draft: Draft, subjects: doc.FeeSubjects | None, source: Source, here: PathKey) -> Reports:
    if subjects is None:
        return
    for index, name in enumerate(subjects.categories or ()):
        yield from draft.check_category(name, source, (*here, "categories", index))
    for index, label in enumerate(subjects.basis or ()):
        yield from draft.check_provision(label, source, (*here, "basis", index))
    families = draft.family_names()
    for index, name in enumerate(subjects.families or ()):
        if families is not None and name not in families:
            hint = did_you_mean(name, families) or "see the families of catalogue.yaml"
            yield source.problem((*here, "families", index), f"there is no family {name}", hint)


def _check_together(draft: Draft, fee: doc.FeeDocument, source: Source, here: PathKey) -> Reports:
    """What only shows when every rule and every category can be read: which rule decides where."""
    if not fee.rules or not all(map(_is_whole_rule, fee.rules)):
        return
    last = fee.rules[-1]
    if last.for_ != doc.FeeSubjects() or last.in_force != doc.Period.model_validate({}):
        hint = "end with a rule without for: and in_force:"
        yield source.problem((*here, "rules", len(fee.rules) - 1), "the last rule does not speak of all", hint)
        return
    categories = list(draft.rulebook.categories.values())
    if not all(map(_is_whole_category, categories)):
        return
    permits = [category for category in categories if not category.is_permit_free]
    deciding = (rule_for(fee, category, day) for category in permits for day in _days(category, fee))
    decided = {rule.id for rule in deciding if rule}
    for index, rule in enumerate(fee.rules[:-1]):
        if rule.id not in decided:
            hint = "an earlier rule may say everything already, or no category is meant"
            yield source.problem((*here, "rules", index), f"the rule {rule.id} decides for no category", hint)
    if fee.payer == "employer":
        yield from _check_agreement(draft, fee, permits)


def _check_agreement(draft: Draft, fee: doc.FeeDocument, permits: Sequence[doc.Category]) -> Reports:
    """What a category says of the employer's fee is what the rules say on the last day looked at."""
    today = draft.rulebook.catalogue.law_as_of if draft.rulebook.catalogue else None
    for category in permits if today else ():
        day = min(last_day(category.in_force), max(first_day(category.in_force), today or date.max))
        rule = rule_for(fee, category, day)
        if rule and rule.due == ("no" if category.fee_required else "yes"):
            message, hint = f"rule {rule.id} of fees.yaml says otherwise", f"mend it, or the rules of {fee.id}"
            source = draft.sources.get(f"exemptions/{category.id}")
            yield from [source.problem(("fee_required",), message, hint)] if source else []


def _days(category: doc.Category, fee: doc.FeeDocument) -> set[date]:
    """The days of a category's life on which another rule may begin to decide."""
    starts = {first_day(period) for period in (*category.basis, *(rule.in_force for rule in fee.rules))}
    return {day for day in (*starts, first_day(category.in_force)) if category.in_force.holds(day)}


def _is_whole_rule(rule: doc.FeeRule | None) -> bool:
    if rule is None or None in (rule.id, rule.due, rule.for_, rule.in_force):
        return False
    named = (rule.for_.categories, rule.for_.families, rule.for_.basis)
    return all(names is not None and None not in names for names in named)


def _is_whole_category(category: doc.Category | None) -> bool:
    if category is None:
        return False
    needed = ("id", "family", "in_force", "basis", "permit_type", "offer_required", "fee_required")
    return None not in [getattr(category, name) for name in needed] and None not in category.basis
