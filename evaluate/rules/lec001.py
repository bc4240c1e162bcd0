"""LEC001: a figure of the row admits two readings, stands in an uncertain column, or cannot be read."""

from __future__ import annotations

from collections.abc import Iterator

from ...schema.finding import Outcome, Severity
from ...schema.language import Text, number
from ...schema.quantity import Quantity, State
from ..engine import Check, Rule
from ..subject import Subject, where

_DOUBTFUL = (State.AMBIGUOUS, State.ILLEGIBLE)


def check(subject: Subject) -> Iterator[Check]:
    for row in subject.rows:
        if not row.measures:
            continue
        doubtful = [m.quantity for m in row.measures if m.quantity.state in _DOUBTFUL]
        if not doubtful:
            yield Check(Outcome.HOLDS, row)
            continue
        printed = "; ".join(dict.fromkeys(q.printed for q in doubtful if q.printed))
        readings = "; ".join(dict.fromkeys(_readings(q) for q in doubtful if q.printed))
        yield Check(Outcome.FAILS, row, _FAILS, printed, "", f"{where(row)}: {readings}" if readings else where(row))


def _readings(quantity: Quantity) -> str:
    """ "7,021 = 7.021 / 7021"."""
    if quantity.value is None:
        return f"{quantity.printed} = ?"
    other = f" / {number(quantity.alternative)}" if quantity.alternative is not None else " (?)"
    return f"{quantity.printed} = {number(quantity.value)}{other}"


_FAILS = Text(
    "Alguna cifra de la fila no se pudo leer con certeza: compárela con el documento antes de usarla.",
    "Some figure of the row could not be read with certainty: compare it with the document before using it.",
)

RULE = Rule(
    id="LEC001",
    severity=Severity.WARNING,
    title=Text("Cifra de lectura dudosa", "Figure of doubtful reading"),
    why=Text(
        "Una cifra mal leída que pasa por buena vale menos que ninguna; por eso se dice cuál es.",
        "A misread figure that passes for a good one is worth less than none; so it is said which it is.",
    ),
    basis=Text(
        "Separadores que admiten dos lecturas, filas que perdieron celdas, texto donde toca una cifra",
        "Separators that admit two readings, rows that lost cells, text where a figure is due",
    ),
    example=Text("«7,021» junto a «176.79» en la misma unidad: 7.021 o 7021.", "“7,021” beside “176.79” in one unit: 7.021 or 7021."),
    check=check,
)
