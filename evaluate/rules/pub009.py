"""PUB009: an indicator is interpreted in the prose and stands in no table."""

from __future__ import annotations

from collections.abc import Iterator

from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ..engine import Check, Rule
from ..interpretations import heads, heads_without_row, interprets, renamed
from ..needs import PROSE, ROWS
from ..subject import Subject
from ..texts import at


def check(subject: Subject) -> Iterator[Check]:
    known = heads(subject)
    if not interprets(known):
        if known:
            yield Check(Outcome.CANNOT_EVALUATE, known[0].row, _FEW)
        return
    for head in known:
        yield Check(Outcome.HOLDS, head.row)
    others = heads_without_row(subject, known)
    # CRU011 speaks of those that may be a row by another name.
    meant = renamed(subject, known, others)
    for head in others:
        if head.line.place.order in meant:
            continue
        yield Check(
            Outcome.FAILS, None, _STRUCK if head.struck else _FAILS, head.line.text[:120], "", at(head.line.place), place=head.line.place
        )


_FAILS = Text(
    "El texto interpreta este indicador y ninguna tabla tiene su fila: no se puede comprobar su meta ni su resultado. O la fila se "
    "quitó sin marca, o el indicador se nombra de otra forma.",
    "The text interprets this indicator and no table has its row: neither its target nor its actual can be checked. Either the row was "
    "taken out without a mark, or the indicator is named otherwise.",
)
_STRUCK = Text(
    "El texto nombra este indicador, con su interpretación testada, y ninguna tabla tiene su fila: no queda nada de él que comprobar.",
    "The text names this indicator, its interpretation struck out, and no table has its row: nothing is left of it to check.",
)
_FEW = Text(
    "No se puede juzgar: el documento interpreta pocos indicadores uno por uno.",
    "Cannot be judged: the document interprets few indicators one by one.",
)

RULE = Rule(
    id="PUB009",
    severity=Severity.WARNING,
    title=Text("Interpretación sin fila", "Interpretation without a row"),
    why=Text(
        "Lo que se evalúa y no está en las tablas no entra en ninguna cuenta, y no se puede pedir: nadie conoce su meta.",
        "What is evaluated and not in the tables enters no account and cannot be asked for: nobody knows its target.",
    ),
    basis=Text(
        "Listas de interpretaciones: los títulos que no son el nombre de ninguna fila del documento",
        "Lists of interpretations: the titles that are the name of no row of the document",
    ),
    example=Text(
        "«Nivel de exactitud de inventario», con su párrafo, en un informe cuya tabla no lo trae.",
        "“Nivel de exactitud de inventario”, with its paragraph, in a report whose table lacks it.",
    ),
    check=check,
    needs=(ROWS, PROSE),
)
