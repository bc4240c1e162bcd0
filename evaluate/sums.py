"""Figures that should add up to another one of their row, and what may be said where they do not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..normalize.arithmetic import adds_up, parts_of, quarters_and_year
from ..schema.finding import Outcome, Severity
from ..schema.language import Text, number
from ..schema.plan import Indicator, Measure, MeasureKind
from ..schema.quantity import State
from .engine import Check
from .subject import Subject, read_twice, where

EMPTY = (State.BLANK, State.NOT_PROGRAMMED, State.NOT_REPORTED)
# From this share of the telling sums of a document on, and this many, its figures are taken to accumulate by sum.
_SHARE, _ROWS = 0.6, 3


@dataclass(frozen=True, slots=True)
class Sum:
    """A printed figure of a row and the parts that tile its period."""

    row: Indicator
    whole: Measure
    parts: list[Measure]

    @property
    def values(self) -> list[float]:
        return [v for p in self.parts if p.quantity.known and (v := p.quantity.value) is not None]

    @property
    def certain(self) -> bool:
        return self.whole.quantity.known and all(p.quantity.known or p.quantity.state in EMPTY for p in self.parts)

    @property
    def blank(self) -> bool:
        """True where a part is not printed."""
        return any(p.quantity.state in EMPTY for p in self.parts)

    @property
    def holds(self) -> bool:
        return adds_up(self.values, self.whole.quantity.value or 0.0)

    @property
    def telling(self) -> bool:
        """True where the figures cannot but tell a sum from a last value or a mean: two parts or more are above zero."""
        return self.certain and sum(1 for v in self.values if v) > 1


def sums(rows: Iterable[Indicator], kind: MeasureKind, wanted: Callable[[Measure], bool]) -> list[Sum]:
    """The figures of a kind that are wanted and printed, with the parts that the row prints of them; none where all parts are blank."""
    found = []
    for row in rows:
        for whole in row.measures:
            if whole.measure is not kind or whole.months is None or whole.quantity.state in EMPTY or not wanted(whole):
                continue
            year = kind is MeasureKind.TARGET and whole.months == (1, 12)
            parts = quarters_and_year(row.measures)[0] if year else parts_of(row.measures, kind, whole.months)
            if any(p.quantity.state not in EMPTY for p in parts):
                found.append(Sum(row, whole, parts))
    return found


def accumulate_by_sum(found: Sequence[Sum]) -> bool:
    """True where most sums of the document that could fail hold: its figures accumulate by sum."""
    telling = [s for s in found if s.telling]
    return sum(1 for s in telling if s.holds) >= max(_ROWS, _SHARE * len(telling))


def accumulation(parts: Sequence[float], whole: float) -> str:
    """How parts may make a whole other than by sum: "constant", "last" or "mean"; "" where none does. A hypothesis, never a fact."""
    if all(v == whole for v in parts):
        return "constant"
    if parts[-1] == whole:
        return "last"
    return "mean" if adds_up([v / len(parts) for v in parts], whole) else ""


def check_sums(subject: Subject, found: Sequence[Sum], fails: Text, doubtful: Text, rate: Text, blank_is_nothing: bool) -> Iterator[Check]:
    """One check per sum. Where a part is blank that may hold what is missing, or the whole may be no sum, nothing is condemned.

    Where the profile says how a row accumulates, that counts.
    """
    established = accumulate_by_sum(found)
    for s in found:
        printed, values, whole = s.whole.quantity.printed, s.values, s.whole.quantity.value or 0.0
        if not s.certain:
            yield Check(Outcome.CANNOT_EVALUATE, s.row, doubtful, published=printed)
            continue
        stated = subject.accumulation(s.row)
        if s.holds or (stated != "sum" and _made(stated, values, whole)):
            yield Check(Outcome.HOLDS, s.row)
            continue
        total = number(_sum(values))
        evidence = f"{where(s.row)}: {' + '.join(number(v) for v in values)} = {total} ≠ {number(whole)}"
        other = "" if stated == "sum" else accumulation(values, whole)
        missing = s.blank and not blank_is_nothing and _sum(values) < whole
        if missing or (s.row.unit_code == "percent" and stated != "sum") or (other and not established):
            yield Check(Outcome.CANNOT_EVALUATE, s.row, doubtful if missing else rate, printed, total, evidence)
        else:
            message = fails.format(total=total, printed=printed)
            message = Text(message.es + _UNLESS[other].es, message.en + _UNLESS[other].en)
            severity = Severity.WARNING if other else Severity.ERROR
            yield Check(Outcome.FAILS, s.row, message, printed, total, evidence, severity, note=read_twice(s.row))


def _made(how: str, values: Sequence[float], whole: float) -> bool:
    """True where parts make a whole as the profile states it."""
    if how == "mean":
        return adds_up([v / len(values) for v in values], whole)
    return (how == "last" and values[-1] == whole) or (how == "constant" and all(v == whole for v in values))


def _sum(values: Sequence[float]) -> float:
    return round(sum(values), 9)


_UNLESS = {
    "": Text("", ""),
    "constant": Text(
        " Todos los períodos imprimen lo mismo: si es un valor que se mantiene y no se suma, conviene decirlo.",
        " All periods print the same: if it is a value that is kept up, and not added, it should say so.",
    ),
    "last": Text(
        " Coincide con el último período: si en esta fila cuenta el último valor y no la suma, conviene decirlo.",
        " It equals the last period: if the last value counts in this row, and not the sum, it should say so.",
    ),
    "mean": Text(
        " Coincide con el promedio de los períodos: si en esta fila cuenta el promedio y no la suma, conviene decirlo.",
        " It equals the mean of the periods: if the mean counts in this row, and not the sum, it should say so.",
    ),
}
