"""FOR003: a name or a unit ends as if cut at the edge of its cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ...schema.plan import Indicator, Kind
from ..engine import Check, Rule
from ..needs import ROWS
from ..observations.cuts import cut_short, pointed, vocabulary
from ..subject import Subject, where


def check(subject: Subject) -> Iterator[Check]:
    rows = [i for i in subject.plan.indicators if i.kind is not Kind.TOTAL]
    told = (line.text for line in subject.plan.narrative)
    cells = (t for i in rows for t in (i.name, i.lead_unit, i.responsible_unit, i.unit_of_measure, i.observation) if t)
    words = vocabulary((*cells, *told))
    customs = {es: pointed([get(r) for r in rows]) for (es, _), get in _CELLS}
    said: set[tuple[str, str]] = set()
    for row in rows:
        ends = []
        for (es, en), get in _CELLS:
            text = get(row)
            # A label spread over its rows is said once.
            if text and (es, text) not in said and (cut := cut_short(text, words, customs[es])):
                said.add((es, text))
                ends.append((es, en, text, cut))
        for es, en, text, cut in ends:
            message = Text(_FAILS.es.format(what=es, text=text[-80:]), _FAILS.en.format(what=en, text=text[-80:]))
            severity = Severity.WARNING if cut.certain else None
            yield Check(Outcome.FAILS, row, message, text, "", f"{where(row)}: «{cut.end}»", severity)
        if not ends:
            yield Check(Outcome.HOLDS, row)


_NAME, _LEAD = ("nombre", "name"), ("unidad", "unit")
_RESPONSIBLE, _UNIT = ("área responsable", "responsible area"), ("unidad de medida", "unit of measure")
_CELLS: tuple[tuple[tuple[str, str], Callable[[Indicator], str]], ...] = (
    (_NAME, lambda r: r.name),
    (_LEAD, lambda r: r.lead_unit),
    (_RESPONSIBLE, lambda r: r.responsible_unit),
    (_UNIT, lambda r: r.unit_of_measure),
)
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
        "Última palabra: artículo, preposición o conjunción, signo abierto, o trozo como no termina palabra española; sin el punto "
        "final que llevan las demás celdas, cualquiera que no esté en otro lugar. Aviso donde no puede ser palabra entera",
        "Last word: an article, preposition or conjunction, an open sign, or a piece as no Spanish word ends; without the full stop of "
        "the other cells, any that stands nowhere else. A warning where it cannot be a whole word",
    ),
    example=Text("«Div. de Infraestructura y»", "“Div. de Infraestructura y”"),
    check=check,
    needs=(ROWS,),
)
