"""Figures that should add up to another one of their row, and what may be said where they do not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from ..normalize.arithmetic import adds_up, parts_of, quarters_and_year
from ..normalize.folding import fold
from ..schema.by_row import by_row
from ..schema.finding import Outcome, Severity
from ..schema.language import Text, number
from ..schema.plan import Indicator, Measure, MeasureKind
from ..schema.quantity import State
from .engine import Check
from .subject import Subject, read_twice, where

EMPTY = (State.BLANK, State.NOT_PROGRAMMED, State.NOT_REPORTED)
# From this share of the telling sums of a document on, and this many, its figures are taken to accumulate by sum.
_SHARE, _ROWS = 0.6, 3
# From so many rows of a unit of measure on, and this share of them, a mean or a last value is the custom of that unit.
_SHOWN, _NEARLY = 4, 0.8


@dataclass(frozen=True)
class Sum:
    """A printed figure of a row and the parts that tile its period."""

    row: Indicator
    whole: Measure
    parts: Sequence[Measure]

    @cached_property
    def values(self) -> list[float]:
        return [v for p in self.parts if p.quantity.known and (v := p.quantity.value) is not None]

    @cached_property
    def certain(self) -> bool:
        return self.whole.quantity.known and all(p.quantity.known or p.quantity.state in EMPTY for p in self.parts)

    @property
    def blank(self) -> bool:
        """True where a part is not printed."""
        return any(p.quantity.state in EMPTY for p in self.parts)

    @cached_property
    def holds(self) -> bool:
        return adds_up(self.values, self.whole.quantity.value or 0.0)

    @property
    def telling(self) -> bool:
        """True where the figures cannot but tell a sum from a last value or a mean: two parts or more are above zero."""
        return self.certain and sum(1 for v in self.values if v) > 1


@by_row
def parts_of_year(row: Indicator) -> tuple[Measure, ...]:
    """The targets of a row that tile the year, the finest where there are several; none where it prints no such."""
    return tuple(quarters_and_year(row.measures)[0])


def sums(rows: Iterable[Indicator], kind: MeasureKind, wanted: Callable[[Measure], bool]) -> list[Sum]:
    """The figures of a kind that are wanted and printed, with the parts that the row prints of them; none where all parts are blank."""
    of_row = _of_kind(kind)
    return [s for row in rows for s in of_row(row) if wanted(s.whole)]


@cache
def _of_kind(kind: MeasureKind) -> Callable[[Indicator], tuple[Sum, ...]]:
    @by_row
    def of_row(row: Indicator) -> tuple[Sum, ...]:
        found = []
        for whole in row.measures:
            if whole.measure is not kind or whole.months is None or whole.quantity.state in EMPTY:
                continue
            year = kind is MeasureKind.TARGET and whole.months == (1, 12)
            parts = parts_of_year(row) if year else parts_of(row.measures, kind, whole.months)
            if any(p.quantity.state not in EMPTY for p in parts):
                found.append(Sum(row, whole, parts))
        return tuple(found)

    return of_row


def accumulate_by_sum(found: Sequence[Sum]) -> bool:
    """True where most sums of the document that could fail hold: its figures accumulate by sum."""
    telling = [s for s in found if s.telling]
    return sum(1 for s in telling if s.holds) >= max(_ROWS, _SHARE * len(telling))


def accumulation(parts: Sequence[float], whole: float, decimals: int = 9) -> str:
    """How parts may make a whole other than by sum: "constant", "last" or "mean"; "" where none does. A hypothesis, never a fact."""
    # Whole numbers lie near too many means to tell one.
    return next((how for how in ("constant", "last", "mean") if made(how, parts, whole, decimals or 9)), "")


def made(how: str, parts: Sequence[float], whole: float, decimals: int = 9) -> bool:
    """True where parts make a whole in that way; a mean may be rounded, or cut, to the decimals printed."""
    if how == "sum":
        return adds_up(parts, whole)
    if how == "mean":
        return adds_up([v / len(parts) for v in parts], whole) or abs(sum(parts) / len(parts) - whole) < 10**-decimals
    return (how == "last" and parts[-1] == whole) or (how == "constant" and all(v == whole for v in parts))


def shown(found: Sequence[Sum]) -> dict[str, str]:
    """How the rows of each unit of measure make the whole of their parts, where nearly all that can tell do it in one way, not by sum."""
    by_unit: dict[str, Counter[str]] = {}
    for s in found:
        if s.telling and not s.blank and len(set(s.values)) > 1:
            how = "sum" if s.holds else accumulation(s.values, s.whole.quantity.value or 0.0, s.whole.quantity.decimals)
            by_unit.setdefault(_unit(s.row), Counter())[how] += 1
    usual = {unit: hows.most_common(1)[0] for unit, hows in by_unit.items()}
    return {u: how for u, (how, n) in usual.items() if how in ("mean", "last") and n >= max(_SHOWN, _NEARLY * by_unit[u].total())}


def _unit(row: Indicator) -> str:
    return row.unit_code or fold(row.unit_of_measure)


def check_sums(
    subject: Subject, found: Sequence[Sum], kind: MeasureKind, fails: Text, doubtful: Text, rate: Text, blank_is_nothing: bool
) -> Iterator[Check]:
    """One check per sum. Where a part is blank that may hold what is missing, or the whole may be no sum, nothing is condemned.

    Where the profile, the prose or nearly all rows of the unit of measure say how a row accumulates, that counts.
    """
    established, by_unit = accumulate_by_sum(found), shown(found)
    for s in found:
        printed, values, whole = s.whole.quantity.printed, s.values, s.whole.quantity.value or 0.0
        if not s.certain:
            yield Check(Outcome.CANNOT_EVALUATE, s.row, doubtful, published=printed)
            continue
        stated = subject.accumulation(s.row, kind)
        how = stated or by_unit.get(_unit(s.row), "")
        if made(how or "sum", values, whole, s.whole.quantity.decimals) or (how == "constant" and s.holds):
            yield Check(Outcome.HOLDS, s.row)
        elif how in ("mean", "last") and not s.blank:
            yield _other_way(s, how, bool(stated))
        elif how and s.holds:
            yield Check(Outcome.HOLDS, s.row)
        else:
            yield _no_sum(s, stated, established, fails, doubtful, rate, blank_is_nothing)


def _other_way(s: Sum, how: str, stated: bool) -> Check:
    """A whole that is a mean or a last value by what is stated, or by the other rows, and is neither."""
    values, whole, printed = s.values, s.whole.quantity.value or 0.0, s.whole.quantity.printed
    wanted = number(round(sum(values) / len(values), max(s.whole.quantity.decimals, 2)) if how == "mean" else values[-1])
    message = (_STATED if stated else _SHOWN_BY)[how].format(printed=printed, wanted=wanted)
    if s.holds:
        message = Text(message.es + _ADDED.es, message.en + _ADDED.en)
    evidence = f"{where(s.row)}: {' ; '.join(number(v) for v in values)} → {wanted} ≠ {number(whole)}"
    severity = Severity.ERROR if stated and not accumulation(values, whole, s.whole.quantity.decimals) else Severity.WARNING
    return Check(Outcome.FAILS, s.row, message, printed, wanted, evidence, severity, note=read_twice(s.row))


def _no_sum(s: Sum, stated: str, established: bool, fails: Text, doubtful: Text, rate: Text, blank_is_nothing: bool) -> Check:
    printed, values, whole = s.whole.quantity.printed, s.values, s.whole.quantity.value or 0.0
    total = number(_sum(values))
    evidence = f"{where(s.row)}: {' + '.join(number(v) for v in values)} = {total} ≠ {number(whole)}"
    other = "" if stated == "sum" else accumulation(values, whole)
    missing = s.blank and not blank_is_nothing and _sum(values) < whole
    if missing or (s.row.unit_code == "percent" and stated != "sum") or (other and not established):
        return Check(Outcome.CANNOT_EVALUATE, s.row, doubtful if missing else rate, printed, total, evidence)
    message = fails.format(total=total, printed=printed)
    message = Text(message.es + _UNLESS[other].es, message.en + _UNLESS[other].en)
    severity = Severity.WARNING if other else Severity.ERROR
    return Check(Outcome.FAILS, s.row, message, printed, total, evidence, severity, note=read_twice(s.row))


def _sum(values: Sequence[float]) -> float:
    return round(sum(values), 9)


_STATED = {
    "mean": Text(
        "Aquí el valor del año es el promedio de sus períodos, según el documento o su perfil: da {wanted}, y está impreso {printed}.",
        "Here the figure of the year is the mean of its periods, as the document or its profile says: {wanted}, and {printed} is printed.",
    ),
    "last": Text(
        "Aquí el valor del año es el último de sus períodos, según el documento o su perfil: es {wanted}, y está impreso {printed}.",
        "Here the figure of the year is the last of its periods, as the document or its profile says: {wanted}, and {printed} is printed.",
    ),
}
_SHOWN_BY = {
    "mean": Text(
        "En las demás filas de esta unidad de medida el valor es el promedio de sus períodos; aquí da {wanted}, y está impreso {printed}.",
        "In the other rows of this unit of measure the figure is the mean of its periods; here that is {wanted}, and {printed} is printed.",
    ),
    "last": Text(
        "En las demás filas de esta unidad de medida el valor es el último de sus períodos; aquí es {wanted}, y está impreso {printed}.",
        "In the other rows of this unit of measure the figure is the last of its periods; here that is {wanted}, and {printed} is printed.",
    ),
}
_ADDED = Text(" Los períodos están sumados.", " The periods are added up.")
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
