"""PUB003: an interpretation is left out without a mark, where the others have one."""

from __future__ import annotations

from collections.abc import Iterator

from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ..engine import Check, Rule
from ..interpretations import heads, interprets
from ..needs import PROSE, ROWS
from ..subject import Subject, where
from ..texts import at


def check(subject: Subject) -> Iterator[Check]:
    found = heads(subject)
    if not interprets(found):
        if found:
            yield Check(Outcome.CANNOT_EVALUATE, found[0].row, _FEW)
        return
    told = sum(h.told or h.struck for h in found)
    for head in found:
        if head.told or head.struck or head.row is None:
            yield Check(Outcome.HOLDS, head.row)
        else:
            message = _FAILS.format(told=told, all=len(found))
            yield Check(Outcome.FAILS, head.row, message, head.line.text[:100], "", f"{where(head.row)} / {at(head.line.place)}")


_FAILS = Text(
    "Bajo el nombre del indicador no hay interpretación ni marca de que se haya omitido; {told} de {all} sí la tienen.",
    "Below the indicator's name there is neither an interpretation nor a mark that it was left out; {told} of {all} have one.",
)
_FEW = Text(
    "No se puede juzgar: el documento interpreta pocos indicadores uno por uno.",
    "Cannot be judged: the document interprets few indicators one by one.",
)

RULE = Rule(
    id="PUB003",
    severity=Severity.WARNING,
    title=Text("Interpretación que falta sin marca", "Interpretation missing without a mark"),
    why=Text(
        "Lo que se quita sin dejar marca no se puede pedir ni impugnar: nadie sabe que estuvo.",
        "What is taken out without leaving a mark can be neither asked for nor appealed: nobody knows that it was there.",
    ),
    basis=Text(
        "Listas de interpretaciones en que la mayoría de los nombres de indicador lleva un párrafo debajo",
        "Lists of interpretations in which most names of indicators have a paragraph below",
    ),
    example=Text(
        "«Liquidez corriente» seguida de «Apalancamiento propio», sin nada entre los dos.",
        "“Liquidez corriente” followed by “Apalancamiento propio”, with nothing in between.",
    ),
    check=check,
    needs=(ROWS, PROSE),
)
