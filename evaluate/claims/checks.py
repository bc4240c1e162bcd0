"""From claims to checks: what the rules on the prose have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ...schema.finding import Claim, ClaimOutcome, Outcome
from ...schema.language import Text
from ..engine import Check
from ..subject import Subject

_MAX_TEXT = 240


def checks(subject: Subject, kind: str, says: Callable[[Claim], Text]) -> Iterator[Check]:
    """A check per claim of a kind. A claim that the rows confirm in part only, and nothing contradicts, gives none.

    ``says`` is the message where a claim fails; how it was recomputed is said behind it.
    """
    for claim in subject.claims:
        if claim.kind != kind:
            continue
        evidence = " · ".join(filter(None, (claim.scope, f"«{_cut(claim.text)}»")))
        # The reason is in the language of the run, which is the one that is read of the message.
        if claim.weight is not None:
            said = says(claim)
            message = Text(f"{said.es} {claim.reason}".strip(), f"{said.en} {claim.reason}".strip())
            yield Check(Outcome.FAILS, None, message, claim.published, claim.recomputed, evidence, claim.weight, claim.place)
        elif claim.outcome is ClaimOutcome.CONFIRMED:
            yield Check(Outcome.HOLDS)
        elif claim.outcome is ClaimOutcome.UNVERIFIABLE and (kind != "value" or claim.recomputed):
            # Amounts that no row could ever tell (budgets, visitors) are listed in claims.csv and need no finding.
            message = Text(f"No se puede comprobar: {claim.reason}", f"Cannot be verified: {claim.reason}")
            yield Check(Outcome.CANNOT_EVALUATE, None, message, claim.published, claim.recomputed, evidence, place=claim.place)


def filled(text: Text) -> Callable[[Claim], Text]:
    """A message with the fields of a claim in it."""
    return lambda c: text.format(published=c.published, quantity=c.quantity, recomputed=c.recomputed, text=_cut(c.text))


def _cut(text: str) -> str:
    """A sentence of the document, short; braces would be taken for fields."""
    plain = text.replace("{", "(").replace("}", ")")
    return plain if len(plain) <= _MAX_TEXT else plain[: _MAX_TEXT - 1] + "…"
