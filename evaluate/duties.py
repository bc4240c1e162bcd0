"""Which rows a document itself says have to be explained: below a percentage, or of some classes of its traffic light."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cache

from ..normalize.classes import class_id, class_words
from ..normalize.folding import unaccented
from ..schema.plan import ClassLimit, Plan
from .wordings import load

_LONGEST = 1200
_SENTENCE = re.compile(r"(?<=[.;])\s+(?=\D)")


@dataclass(frozen=True, slots=True)
class Duty:
    """What a sentence demands to be explained: rows up to or from a percentage on, or of some classes; and the sentence."""

    below: float | None = None
    at_below: bool = False
    above: float | None = None
    at_above: bool = False
    classes: frozenset[str] = frozenset()
    how: str = ""
    """How they are told: by name (""), as all but the one named ("but"), or as those on one side of it ("under", "at_most", "over")."""
    text: str = ""

    def too_low(self, value: float) -> bool:
        return self.below is not None and (value < self.below or (self.at_below and value == self.below))

    def too_high(self, value: float) -> bool:
        return self.above is not None and (value > self.above or (self.at_above and value == self.above))


def duty_of(plan: Plan, known: Collection[str], limits: Sequence[ClassLimit] = ()) -> Duty | None:
    """What the prose demands; None where it says nothing, or two sentences demand different things.

    ``known`` are the classes that the document uses; words of others ("resultados bajos") name none.
    """
    told = (_read(s) for line in plan.narrative if len(line.text) <= _LONGEST for s in _SENTENCE.split(line.text))
    named = [d for d in told if d is not None and d.classes <= set(known)]
    found = [replace(d, classes=_meant(d, known, limits), how="") for d in named]
    # "Toda clase distinta de satisfactorio" where nothing tells which others there are says nothing either.
    found = [d for d in found if d.classes or d.below is not None]
    demands = {(d.below, d.at_below, d.above, d.at_above, d.classes) for d in found}
    return found[0] if len(demands) == 1 else None


def _read(sentence: str) -> Duty | None:
    plain = " ".join(unaccented(sentence).split())
    if not (_pattern("explained").search(plain) and _pattern("every").search(plain)) or _pattern("no_duty").search(plain):
        return None
    below, above = _limits("below", plain), _limits("above", plain)
    how, classes = _classes(plain)
    # Two limits of one side are a scale; a class beside a limit may be one of the scale as well.
    # An exception to a limit ("menores a 90 %, salvo las de …") is not read.
    excepted = (below or above) and _pattern("exception").search(plain)
    if len(below) > 1 or len(above) > 1 or (classes and (below or above)) or not (classes or below) or excepted:
        return None
    (low, at_low), (high, at_high) = next(iter(below), (None, False)), next(iter(above), (None, False))
    return Duty(low, at_low, high, at_high, classes, how, sentence.strip())


def _meant(duty: Duty, known: Collection[str], limits: Sequence[ClassLimit]) -> frozenset[str]:
    """The classes that a sentence means which tells them by what they are not, or by the one that they lie below or above."""
    if not duty.how:
        return duty.classes
    ends = {limit.id: (limit.lower or 0.0, limit.upper if limit.upper is not None else float("inf")) for limit in limits}
    neutral = {"-".join(str(w).split()) for w in load("classes").get("neutral", ())}
    if duty.how == "but":
        return frozenset(ends or set(known) - neutral) - duty.classes
    if len(duty.classes) != 1 or not duty.classes <= set(ends):
        return frozenset()
    (named,) = duty.classes
    low, high = ends[named]
    beyond = (
        {c for c, (_, top) in ends.items() if top <= low} if duty.how != "over" else {c for c, (start, _) in ends.items() if start >= high}
    )
    return frozenset(beyond | ({named} if duty.how == "at_most" else set())) - (set() if duty.how == "at_most" else {named})


def _limits(side: str, plain: str) -> set[tuple[float, bool]]:
    """The percentages of one side, each with whether it is within."""
    found: set[tuple[float, bool]] = set()
    for entry in load("duties")[side]:
        for match in _compiled(entry["pattern"]).finditer(plain):
            told = float(next(g for g in match.groups() if g).replace(",", "."))
            if (told, True) not in found:
                found.add((told, bool(entry.get("or_at"))))
        plain = _compiled(entry["pattern"]).sub(" ", plain)
    return found


def _classes(plain: str) -> tuple[str, frozenset[str]]:
    """The classes that a sentence lists: "en amarillo y en rojo", "con resultado crítico"; and how they stand to those meant.

    What is listed both ways ("los deficientes, salvo …") is not read.
    """
    found: dict[str, set[str]] = {}
    for how in ("at_most", "but", "under", "over"):
        for match in _sided(how).finditer(plain):
            found.setdefault(how, set()).update(class_id(m.group()) for m in _any_class().finditer(match.group("list")))
        plain = _sided(how).sub(" ", plain)
    for match in _listed().finditer(plain):
        found.setdefault("", set()).update(class_id(m.group()) for m in _any_class().finditer(match.group("list")))
    if len(found) != 1:
        return "", frozenset()
    ((how, classes),) = found.items()
    return how, frozenset(classes)


@cache
def _sided(how: str) -> re.Pattern[str]:
    words = load("duties")
    names = rf"(?P<list>(?:{_words()})(?:{words['class_next']}(?:{_words()}))*)\b"
    return re.compile(rf"(?:{words['class_sides'][how]})\s+(?:{words['class_of']}\s+)*{names}")


@cache
def _words() -> str:
    return "|".join(sorted({re.escape(w) + ("(?:s|es)?" if " " not in w else "") for w in class_words()}, key=len, reverse=True))


@cache
def _any_class() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, class_words()), key=len, reverse=True))})\b")


@cache
def _listed() -> re.Pattern[str]:
    words = load("duties")
    return re.compile(rf"\b{words['class_lead']}(?P<list>(?:{_words()})(?:{words['class_next']}(?:{_words()}))*)\b")


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(load("duties")[name])


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.replace("{number}", load("duties")["number"]))
