"""What an observation says is lacking of its row: "faltaron 325 títulos", "quedaron pendientes 3 de 12 talleres"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from ...schema.plan import Indicator, MeasureKind
from ..wordings import load
from .counts import no_unit, of_a_part
from .phrases import about, of_matter, plain

_THOUSANDS = re.compile(r"\d{1,3}(?:[.,]\d{3})+")


@dataclass(frozen=True, slots=True)
class Lack:
    """A number that is said to lack, in every way to read it, with its words; ``of`` is the whole that it names."""

    values: tuple[float, ...]
    of: tuple[float, ...]
    printed: str
    words: str


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    data = load("observations")
    number = r"\d+(?:[.,]\d+)*|" + "|".join(sorted(map(str, data["numbers"]), key=len, reverse=True))
    count = rf"(?P<n>{number})(?: de (?:l[oa]s )?(?P<of>{number}))? (?:de (?:l[oa]s )?)?(?P<unit>[a-z]{{4,}})"
    return tuple(re.compile(rf"(?<![\w.,]){form.replace('COUNT', count)}(?!\w)") for form in data["missing"])


def lacking(row: Indicator, year: int | None) -> Iterator[Lack]:
    """Each number of the row's own matter that the observation says is lacking, without those of a shorter period."""
    body = plain(row.observation)
    matter = f"{row.name} {row.unit_of_measure}"
    seen: set[int] = set()
    for m in _said(body):
        if m.start("n") in seen or m["unit"] in no_unit() or not (about(m["unit"], matter) or of_matter(m["unit"], row)):
            continue
        if _of_others(body[m.end("unit") :], matter) or of_a_part(row, year, m):
            continue
        seen.add(m.start("n"))
        yield Lack(_readings(m["n"]), _readings(m["of"]) if m["of"] else (), m["n"], m.group().strip())


@lru_cache(maxsize=16384)
def _said(body: str) -> tuple[re.Match[str], ...]:
    """Each number of a text that may be said to lack."""
    return tuple(m for pattern in _patterns() for m in pattern.finditer(body))


def gaps(row: Indicator) -> set[float]:
    """What the row itself lacks: every target that its results do not reach, less the result."""
    actuals = [m.quantity.value or 0.0 for m in row.measures if m.measure is MeasureKind.ACTUAL and m.quantity.known]
    return {round(t - a, 6) for t in targets(row) for a in {*actuals, sum(actuals)} if t > a} if actuals else set()


def targets(row: Indicator) -> set[float]:
    """The targets that the row prints, with those of its parts added up to each."""
    printed = [m for m in row.measures if m.measure is MeasureKind.TARGET and m.quantity.known and m.quantity.value is not None]
    found = {m.quantity.value or 0.0 for m in printed}
    parts = sorted((m for m in printed if m.months and m.months[1] - m.months[0] < 11), key=lambda m: m.months or (0, 0))
    total = 0.0
    for m in parts:
        total += m.quantity.value or 0.0
        found.add(total)
    return found


def _of_others(rest: str, matter: str) -> bool:
    """True where what lacks is of somebody or something that the row does not name: "2 informes de los contratistas"."""
    m = re.match(r" (?:del?|para|que) (?:l[oa]s? |el )?(\w{4,})", rest)
    return m is not None and not about(m[1], matter)


def _readings(text: str) -> tuple[float, ...]:
    written = load("observations")["numbers"]
    if text in written:
        return (float(written[text]),)
    whole = float(re.sub(r"[.,]", "", text))
    if not re.search(r"[.,]", text):
        return (whole,)
    decimal = re.sub(r"[.,](?=.*[.,])", "", text).replace(",", ".")
    return (whole, float(decimal)) if _THOUSANDS.fullmatch(text) else (float(decimal),)
