"""A claim while it is checked: its reason in both languages, until the language is known."""

from __future__ import annotations

from dataclasses import dataclass

from ...schema.finding import Claim, ClaimOutcome, Severity
from ...schema.language import Language, Text
from ...schema.place import Place

NOTHING = Text("", "")


@dataclass(slots=True)
class DraftClaim:
    """One claim with its outcome; ``weight`` is what it weighs as a finding, None where it is none."""

    kind: str
    text: str
    quantity: str
    published: str
    place: Place
    outcome: ClaimOutcome = ClaimOutcome.UNVERIFIABLE
    scope: Text = NOTHING
    recomputed: str = ""
    reason: Text = NOTHING
    weight: Severity | None = None

    def claim(self, sequence: int, language: Language) -> Claim:
        return Claim(
            sequence=sequence,
            kind=self.kind,
            scope=self.scope.get(language),
            text=self.text,
            quantity=self.quantity,
            published=self.published,
            recomputed=self.recomputed,
            outcome=self.outcome,
            weight=self.weight,
            reason=self.reason.get(language),
            place=self.place,
        )

    def decide(self, outcome: ClaimOutcome, recomputed: str, reason: Text, weight: Severity | None = None) -> DraftClaim:
        self.outcome, self.recomputed, self.reason, self.weight = outcome, recomputed, reason, weight
        return self
