"""ARI007: the percentage of a total, or a printed mean, follows from its own figures or from the percentages of its rows."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ...normalize.arithmetic import BASES, ROUNDINGS, percent_of
from ...schema.finding import Outcome, Severity
from ...schema.language import Text, number
from ...schema.plan import Measure, MeasureKind
from ..engine import Check, Rule
from ..formula import Percentage, published
from ..needs import PERCENTAGES, TOTALS
from ..subject import Subject, where
from ..totals import Block, column, totals


def check(subject: Subject) -> Iterator[Check]:
    incomplete = any(d.code == "LEC-money" for d in subject.plan.diagnostics)
    for row, blocks in totals(subject):
        own = {id(p.percent): p for p in published([row])}
        for percent in (m for m in row.measures if m.measure is MeasureKind.PERCENT and m.quantity.value is not None):
            quantity = percent.quantity
            if not quantity.known:
                yield Check(Outcome.CANNOT_EVALUATE, row, _DOUBTFUL, quantity.printed)
                continue
            quotients = _quotients(own.get(id(percent)))
            means = [m for b in blocks if (m := _mean(percent, b)) is not None]
            if any(_rounded(value, quantity.decimals, quantity.value) for value in (*quotients, *means)):
                yield Check(Outcome.HOLDS, row)
            elif (
                not means or incomplete or any(m.measure is MeasureKind.WEIGHT for m in row.measures) or (not quotients and len(blocks) > 1)
            ):
                yield Check(Outcome.CANNOT_EVALUATE, row, _UNKNOWN, quantity.printed, "", where(row))
            else:
                names = [f"{number(round(v, 2))} %" for v in dict.fromkeys((*quotients[:1], *means[:1]))]
                message = _FAILS.format(printed=quantity.printed, mean=number(round(means[0], 2)), rows=blocks[0].rows)
                yield Check(Outcome.FAILS, row, message, quantity.printed, "; ".join(names), f"{where(row)}: {'; '.join(names)}")


def _quotients(own: Percentage | None) -> list[float]:
    """The row's own actual over its own target, under each reading of the target."""
    if own is None:
        return []
    return list(dict.fromkeys(value for basis in BASES if (value := own.exact(basis)) is not None))


def _mean(percent: Measure, block: Block) -> float | None:
    """The mean of the percentages of a block; None where they are not all certain."""
    found = block.columns.get(column(percent))
    return float(found.total / Decimal(found.count)) if found is not None and found.known and found.count > 1 else None


def _rounded(value: float, decimals: int, printed: float | None) -> bool:
    return any(percent_of(value, 100.0, decimals, rounding) == printed for rounding in ROUNDINGS)


_FAILS = Text(
    "El porcentaje del total es {printed}; ni su resultado entre su meta ni el promedio de sus {rows} filas ({mean} %) lo dan.",
    "The percentage of the total is {printed}; neither its actual over its target nor the mean of its {rows} rows ({mean} %) gives it.",
)
_DOUBTFUL = Text("No se puede recalcular: la cifra es dudosa.", "Cannot be recomputed: the figure is doubtful.")
_UNKNOWN = Text(
    "No se puede recalcular: no consta de qué filas sale, o las hay que no se leyeron o pesan distinto.",
    "Cannot be recomputed: it is not known which rows it comes from, or some were not read or weigh differently.",
)

RULE = Rule(
    id="ARI007",
    severity=Severity.WARNING,
    title=Text("El porcentaje de un total sale de sus filas", "The percentage of a total follows from its rows"),
    why=Text(
        "Es la cifra que va al resumen: sin saber de dónde sale, nadie puede repetirla.",
        "It is the figure that goes into the summary: without knowing where it comes from nobody can repeat it.",
    ),
    basis=Text(
        "El cociente de las cifras del propio total, o el promedio simple de los porcentajes de sus filas",
        "The quotient of the total's own figures, or the simple mean of the percentages of its rows",
    ),
    example=Text("Filas con 100 %, 80 % y 90 %, promedio impreso 95 %.", "Rows of 100 %, 80 % and 90 %, printed mean 95 %."),
    check=check,
    needs=(TOTALS, PERCENTAGES),
)
