"""FOR013: a part of the year without a target prints 0 where the whole document leaves it blank, or the other way round."""

from __future__ import annotations

from collections.abc import Iterator

from ...schema.by_row import by_row
from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ...schema.plan import Basis, Indicator, Measure, MeasureKind
from ...schema.quantity import State
from ..engine import Check, Rule
from ..needs import TARGETS
from ..subject import Subject, where
from ..wordings import load


def check(subject: Subject) -> Iterator[Check]:
    # Where both are in use there is no usage to depart from.
    rows = [(row, parts) for row in subject.own_rows if (parts := _parts(row))]
    zeros = sum(1 for _, parts in rows for m in parts if _zero(m))
    blanks = sum(1 for _, parts in rows for m in parts if _blank(m))
    words = load("form")["printed_zero"]
    usual = max(zeros, blanks)
    if usual < words["least"] or min(zeros, blanks) * words["one_in"] > usual:
        return
    odd, message = (_zero, _ZERO) if blanks > zeros else (_blank, _BLANK)
    for row, parts in rows:
        found = [m for m in parts if odd(m)]
        if found:
            months = ", ".join(f"{m.months[0]}-{m.months[1]}" for m in found if m.months)
            said = message.format(months=months, count=usual)
            yield Check(Outcome.FAILS, row, said, found[0].quantity.printed, "" if odd is _zero else "0", where(row))
        elif any(_zero(m) or _blank(m) for m in parts):
            yield Check(Outcome.HOLDS, row)


@by_row
def _parts(row: Indicator) -> list[Measure]:
    """The targets of parts of the year, of a row that programs something in some of them."""
    parts = [m for m in row.measures if m.measure is MeasureKind.TARGET and m.basis is Basis.PERIOD and m.months and m.months != (1, 12)]
    return parts if len(parts) > 1 and any(m.quantity.known and m.quantity.value for m in parts) else []


def _zero(measure: Measure) -> bool:
    return measure.quantity.state is State.ZERO


def _blank(measure: Measure) -> bool:
    return measure.quantity.state in (State.NOT_PROGRAMMED, State.BLANK) and not measure.quantity.printed


_ZERO = Text(
    "Imprime 0 donde no programa nada (meses {months}); las demás filas lo dejan en blanco, {count} veces.",
    "It prints 0 where it programs nothing (months {months}); the other rows leave it blank, {count} times.",
)
_BLANK = Text(
    "Deja en blanco lo que no programa (meses {months}); las demás filas imprimen 0, {count} veces.",
    "It leaves blank what it does not program (months {months}); the other rows print 0, {count} times.",
)

RULE = Rule(
    id="FOR013",
    severity=Severity.NOTE,
    title=Text("Cero impreso entre blancos", "A printed zero among blanks"),
    why=Text(
        "En blanco es «no programado» y 0 es una cifra: quien cuenta las celdas llenas cuenta una meta de más o de menos.",
        "Blank is “not programmed” and 0 is a figure: who counts the filled cells counts a target too many or too few.",
    ),
    basis=Text(
        "Metas de partes del año en filas que programan algo: 30 celdas o más de un mismo uso, y a lo sumo una del otro por cada 30",
        "Targets of parts of the year in rows that program something: 30 cells or more of one usage, and at most one of the other in 30",
    ),
    example=Text(
        "«1, 1, 0» en una fila, cuando las demás dejan el trimestre en blanco.",
        "“1, 1, 0” in a row where the others leave the quarter blank.",
    ),
    check=check,
    needs=(TARGETS,),
)
