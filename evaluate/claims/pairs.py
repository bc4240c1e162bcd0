"""Shares that a sentence makes of its own two figures ("55 de 68 … es decir el 81 %"), and costs per thing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ...schema.finding import ClaimOutcome, Severity
from ...schema.language import Text, number
from .draft import DraftClaim
from .figures import Figure, pattern
from .recount import cut_to, rounds_to
from .statement import Sentence, Statement

C = ClaimOutcome
_MAX_FIGURES = 12
_MET = ("met", "unmet", "full", "partial", "unstarted", "undone", "best", "worst")
_CAPITALS = re.compile(r"\b[A-ZÁÉÍÓÚÑ]{3,8}\b")


@dataclass(frozen=True, slots=True)
class Pair:
    """A share with the two figures that give it."""

    share: Figure
    part: Figure
    whole: Figure
    structured: bool
    """True where the sentence itself says "x de y"."""


def pairs(sentences: Sequence[Sentence]) -> Iterator[DraftClaim]:
    """The shares and unit costs that the figures of their own sentence can prove."""
    confirmed: list[tuple[Sentence, Pair]] = []
    open_: list[tuple[Sentence, Figure, Figure]] = []
    for sentence in sentences:
        yield from _unit_costs(sentence)
        if len(sentence.figures) > _MAX_FIGURES:
            continue
        stated = {id(s.figure) for s in sentence.statements}
        for share in sentence.figures:
            if share.kind != "percent" or share.operator != "=" or id(share) in stated:
                continue
            found = _pair(sentence, share)
            if found is None:
                amount = _one_amount(sentence, share)
                if amount is not None:
                    open_.append((sentence, share, amount))
                continue
            draft = DraftClaim("pair", sentence.text, _what(sentence, share), sentence.printed(share), sentence.here.narrative.place)
            if rounds_to(found.part.value, found.whole.value, share.value, share.decimals):
                confirmed.append((sentence, found))
                yield draft.decide(C.CONFIRMED, _division(found), OWN)
            elif found.structured and cut_to(found.part.value, found.whole.value, share.value, share.decimals):
                yield draft.decide(C.CONTRADICTED, _division(found), _CUT, Severity.WARNING)
            elif found.structured:
                yield draft.decide(C.CONTRADICTED, _division(found), DIFFER, Severity.WARNING)
    for sentence, share, amount in open_:
        yield from _said_elsewhere(sentence, share, amount, confirmed)


def _pair(sentence: Sentence, share: Figure) -> Pair | None:
    """The two figures that a share is made of; those that give it come first, then those joined by "x de y"."""
    before = [f for f in sentence.figures if f.end <= share.start and f.kind != "percent"]
    made = bool(pattern("makes").search(sentence.plain[: share.start]))
    joined = _joined(sentence)
    if made:
        same = [f for f in before if f.kind == before[-1].kind] if before else []
        for part in same:
            for whole in same:
                if part is not whole and rounds_to(part.value, whole.value, share.value, share.decimals):
                    return Pair(share, part, whole, True)
        if same:
            return next((Pair(share, p, w, True) for p, w in joined if len(same) == 2 and w.end <= share.start and p in same), None)
    lone = sum(1 for f in sentence.figures if f.kind == "percent") == 1
    result = pattern("result_word").search(sentence.plain[: share.start])
    if lone and result:
        apart = {id(s.figure) for s in sentence.statements if _counts_apart(s, result.group())}
        return next((Pair(share, p, w, len(joined) == 1 and id(p) not in apart) for p, w in joined if p.start >= share.end), None)
    return None


def _counts_apart(statement: Statement, result: str) -> bool:
    """True for a count of rows that a result is no share of: "un avance de 97 %: 6 de sus 7 actividades quedaron en nivel Alto".

    Nor are the rows that were met, of a progress or an execution, which may be their mean.
    """
    status = statement.status
    return status.startswith("class:") or (status in _MET and pattern("mean_word").search(result) is not None)


def _joined(sentence: Sentence) -> list[tuple[Figure, Figure]]:
    """Part and whole wherever a sentence says "x de y", or "y …, x de los cuales"."""
    plain = [f for f in sentence.figures if f.kind != "percent" and not f.bracket]
    found = []
    for a, b in pairwise(plain):
        if a.kind != b.kind:
            continue
        between, behind = sentence.plain[a.end : b.start], sentence.plain[b.end : b.end + 20]
        if len(between) >= 110 or ";" in between or pattern("running_total").search(between):
            continue
        if len(between) < 90 and pattern("of").search(between):
            found.append((a, b))
        elif pattern("of_which").match(behind):
            found.append((b, a))
        elif pattern("of_which_planned").search(between):
            found.append((a, b))
        elif pattern("of_which_behind").search(between) or (
            a.kind == "money"
            and pattern("spent").search(between)
            and pattern("budget").search(sentence.plain[max(0, a.start - 80) : a.start])
        ):
            found.append((b, a))
    return found


def _unit_costs(sentence: Sentence) -> Iterator[DraftClaim]:
    for cost in sentence.figures:
        if cost.kind != "money" or not pattern("unit_cost").search(sentence.plain[: cost.start]):
            continue
        thing = pattern("unit_cost_behind").match(sentence.plain[cost.end :])
        if thing is None:
            continue
        amounts = [f for f in sentence.figures if f.kind == "money" and f is not cost]
        counts = [f for f in sentence.figures if f.kind == "plain"]
        draft = DraftClaim("pair", sentence.text, thing.group().strip(), sentence.printed(cost), sentence.here.narrative.place)
        tried = [(a, n) for a in amounts for n in counts if n.value]
        hit = next(((a, n) for a, n in tried if round(a.value / n.value + 1e-9, cost.decimals) == cost.value), None)
        if hit is not None:
            yield draft.decide(
                C.CONFIRMED, f"{number(hit[0].value)} / {number(hit[1].value)} = {number(round(hit[0].value / hit[1].value, 4))}", OWN
            )
        elif len(tried) == 1:
            a, n = tried[0]
            yield draft.decide(
                C.CONTRADICTED, f"{number(a.value)} / {number(n.value)} = {number(round(a.value / n.value, 4))}", DIFFER, Severity.WARNING
            )
        else:
            yield draft.decide(C.UNVERIFIABLE, "", _NO_FIGURES)


def _one_amount(sentence: Sentence, share: Figure) -> Figure | None:
    """The only amount of money or scaled figure before a share that it is said to make."""
    if not pattern("makes").search(sentence.plain[: share.start]):
        return None
    before = [f for f in sentence.figures if f.end <= share.start and f.kind != "percent"]
    return before[0] if len(before) == 1 and (before[0].kind == "money" or before[0].scale != 1.0) else None


def _said_elsewhere(sentence: Sentence, share: Figure, amount: Figure, confirmed: Sequence[tuple[Sentence, Pair]]) -> Iterator[DraftClaim]:
    """One amount of the same whole, told by an acronym, that makes another share elsewhere, where both figures prove it."""
    names = set(_CAPITALS.findall(sentence.text))
    for other, pair in confirmed:
        scale = amount.scale * 10.0**-amount.decimals
        if not names & set(_CAPITALS.findall(other.text)) or abs(pair.part.value - amount.value) > 0.5 * scale + 1e-9:
            continue
        draft = DraftClaim("repeated", sentence.text, _what(sentence, share), sentence.printed(share), sentence.here.narrative.place)
        if abs(pair.share.value - share.value) <= 0.5 * 10.0**-share.decimals + 1e-9:
            yield draft.decide(C.CONFIRMED, _division(pair), _ELSEWHERE)
        else:
            yield draft.decide(
                C.CONTRADICTED, other.printed(pair.share), _ELSEWHERE_DIFFERS.format(division=_division(pair)), Severity.WARNING
            )
        return


def _what(sentence: Sentence, share: Figure) -> str:
    return sentence.about(share)


def _division(pair: Pair) -> str:
    share = number(round(100 * pair.part.value / pair.whole.value, 2)) if pair.whole.value else "?"
    return f"{number(pair.part.value)} / {number(pair.whole.value)} × 100 = {share} %"


OWN = Text("Sale de las cifras de la propia frase.", "Follows from the figures of the sentence itself.")
DIFFER = Text("Las cifras de la propia frase dan otra cosa.", "The figures of the sentence itself give something else.")
_CUT = Text("Parece cortado o ajustado en vez de redondeado.", "It seems cut off or adjusted instead of rounded.")
_NO_FIGURES = Text("La frase no da las cifras de que sale.", "The sentence does not give the figures that make it.")
_ELSEWHERE = Text("Otro lugar del texto da las cifras que lo prueban.", "Another place of the text gives the figures that prove it.")
_ELSEWHERE_DIFFERS = Text(
    "En otro lugar el texto da, del mismo monto: {division}.", "Elsewhere the text gives, of the same amount: {division}."
)
