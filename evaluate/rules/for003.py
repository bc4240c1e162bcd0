"""FOR003: a name or a unit ends as if cut at the edge of its cell."""

from __future__ import annotations

from collections.abc import Iterator

from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ...schema.plan import Kind
from ..engine import Check, Rule
from ..needs import ROWS
from ..observations.cuts import cut_short, vocabulary
from ..subject import Subject, where


def check(subject: Subject) -> Iterator[Check]:
    rows = [i for i in subject.plan.indicators if i.kind is not Kind.TOTAL]
    words = vocabulary(t for i in rows for t in (i.name, i.lead_unit, i.responsible_unit, i.unit_of_measure) if t)
    said: set[tuple[str, str]] = set()
    for row in rows:
        ends = []
        cells = ((_NAME, row.name), (_LEAD, row.lead_unit), (_RESPONSIBLE, row.responsible_unit), (_UNIT, row.unit_of_measure))
        for (es, en), text in cells:
            # A label spread over its rows is said once.
            if text and (es, text) not in said and (end := cut_short(text, words)):
                said.add((es, text))
                ends.append((es, en, text, end))
        for es, en, text, end in ends:
            message = Text(_FAILS.es.format(what=es, text=text[-80:]), _FAILS.en.format(what=en, text=text[-80:]))
            yield Check(Outcome.FAILS, row, message, text, "", f"{where(row)}: «{end}»")
        if not ends:
            yield Check(Outcome.HOLDS, row)


_NAME, _LEAD = ("nombre", "name"), ("unidad", "unit")
_RESPONSIBLE, _UNIT = ("área responsable", "responsible area"), ("unidad de medida", "unit of measure")
_FAILS = Text("El texto de la celda ({what}) parece cortado: «{text}»", "The text of the cell ({what}) seems cut: “{text}”")

RULE = Rule(
    id="FOR003",
    severity=Severity.NOTE,
    title=Text("Texto cortado en la celda", "Text cut in its cell"),
    why=Text(
        "Lo que no se ve puede decir de quién es la acción o en qué se diferencia de otra.",
        "What does not show may say whose action it is, or how it differs from another.",
    ),
    basis=Text(
        "Última palabra: artículo, preposición o conjunción, signo abierto, o trozo de otra palabra del documento",
        "Last word: an article, preposition or conjunction, an open sign, or a piece of another word of the document",
    ),
    example=Text("«Div. de Infraestructura y»", "“Div. de Infraestructura y”"),
    check=check,
    needs=(ROWS,),
)
