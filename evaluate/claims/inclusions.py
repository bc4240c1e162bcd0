"""A part that its own sentence makes larger than the whole it is of: "$119,870, incluyendo $165,000 para la auditoría"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...schema.finding import ClaimOutcome, Severity
from ...schema.language import Text, number
from .draft import DraftClaim
from .figures import Figure, pattern
from .statement import Sentence

C = ClaimOutcome


def inclusions(sentences: Sequence[Sentence]) -> Iterator[DraftClaim]:
    """The amounts and counts that are told as a part of those before them in their sentence, and are more than any of them."""
    for sentence in sentences:
        for part in sentence.figures:
            wholes = _wholes(sentence, part)
            if wholes and all(_less(w, part) for w in wholes):
                draft = DraftClaim("parts", sentence.text, sentence.about(part), wholes[-1].printed.strip(), sentence.here.narrative.place)
                shown = f"{number(part.value)} > {number(wholes[-1].value)}"
                yield draft.decide(C.CONTRADICTED, shown, _MORE, Severity.WARNING)


def _less(whole: Figure, part: Figure) -> bool:
    """True where a whole is less than its part in whatever way the separators of both are read."""
    if (whole.other is None) == (part.other is None):
        return whole.value < part.value and (whole.other or whole.value) < (part.other or part.value)
    return max(whole.value, whole.other or whole.value) < min(part.value, part.other or part.value)


def _wholes(sentence: Sentence, part: Figure) -> list[Figure]:
    """The figures of the same kind before a part in its sentence, the nearest last; none where it is told of nothing before it."""
    if part.operator != "=":
        return []
    before = [f for f in sentence.figures if f.end <= part.start and f.kind == part.kind]
    if not before:
        return []
    between = sentence.plain[before[-1].end : part.start].rstrip("$ \\")
    if part.kind == "money":
        return before if pattern("including").search(between) else []
    if part.kind != "plain" or pattern("part_behind").match(sentence.plain[part.end :]) is None:
        return []
    return before if pattern("of_these").search(between) else []


_MORE = Text(
    "La parte es mayor que el todo del que la frase la da.",
    "The part is larger than the whole that the sentence gives it of.",
)
