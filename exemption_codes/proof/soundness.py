"""Each category can be satisfied on each stretch of its life, and none of its criteria is dead weight."""

from collections.abc import Iterator

from exemption_codes.catalogue import documents as doc
from exemption_codes.catalogue.rulebook import Rulebook
from exemption_codes.proof.findings import Finding
from exemption_codes.proof.solving import Claim, Proof
from exemption_codes.proof.stretches import stretches_of
from exemption_codes.proof.witness import Witness

SATISFIABLE, IMPLIED = "satisfiable", "implied"


def check_category(rulebook: Rulebook, category: doc.Category) -> Iterator[Finding]:
    """Yield the stretches that nobody can satisfy, criteria that others imply, and marks of implied that are wrong."""
    proofs = [Proof(rulebook, stretch) for stretch in stretches_of(rulebook, category.id)]
    if not proofs:
        yield Finding(SATISFIABLE, category.id, "it is in force on no day that the catalogue covers")
    for proof in proofs:
        yield from _check_satisfiable(proof)
    for criterion in category.criteria:
        yield from _check_weight(proofs, category, criterion)


def _check_satisfiable(proof: Proof) -> Iterator[Finding]:
    if not proof.possible(proof.all_hold()):
        stretch, conflict = proof.stretch, ", ".join(proof.conflict())
        message = f"nobody can satisfy it until {stretch.last}; these cannot hold together: {conflict}"
        yield Finding(SATISFIABLE, f"{stretch.category_id} {stretch.first}", message)


def _check_weight(proofs: list[Proof], category: doc.Category, criterion: doc.Criterion) -> Iterator[Finding]:
    concerned = [proof for proof in proofs if criterion.id in proof.pairs]
    subject = f"{category.id} {criterion.id}"
    if not concerned:
        yield Finding(IMPLIED, subject, "it is in force on no day that the catalogue covers")
        return
    alone = [proof for proof in concerned if fails_alone(proof, criterion.id)]
    if criterion.implied and alone:
        witness = failing_alone(alone[-1], criterion.id)
        case = witness.as_case(alone[-1].rulebook, f"All but {in_words(criterion.id)}") if witness else ""
        yield Finding(IMPLIED, subject, "it is marked implied: true, yet it can fail alone", case)
    if not criterion.implied and not alone:
        yield Finding(IMPLIED, subject, "the other criteria imply it; drop it, or mark it implied: true")


def fails_alone(proof: Proof, criterion: str) -> bool:
    """Tell whether a criterion can be other than met while all others hold."""
    return proof.possible(_alone(proof, criterion))


def failing_alone(proof: Proof, criterion: str) -> Witness | None:
    """Return a fact set on which only one criterion fails, or at least is not met."""
    hard = [*proof.all_hold(but=criterion), Claim(criterion, "fails")]
    return proof.witness(hard) or proof.witness(_alone(proof, criterion))


def _alone(proof: Proof, criterion: str) -> list[Claim]:
    return [*proof.all_hold(but=criterion), Claim(criterion, "not met")]


def witnesses(rulebook: Rulebook, category_id: str) -> Iterator[str]:
    """Yield cases that show what was proved: a success on each stretch, and each criterion failing alone."""
    shown: set[str] = set()
    for stretch in reversed(stretches_of(rulebook, category_id)):
        proof = Proof(rulebook, stretch)
        if success := proof.witness(proof.all_hold()):
            yield success.as_case(rulebook, f"All criteria met on {proof.on}")
        for criterion in [rule.rule.id for rule in stretch.compiled.rules if rule.node is not None]:
            if criterion not in shown and (witness := failing_alone(proof, criterion)):
                shown.add(criterion)
                yield witness.as_case(rulebook, f"All but {in_words(criterion)}, {proof.on}")


def in_words(criterion: str) -> str:
    return criterion.replace("_", " ")
