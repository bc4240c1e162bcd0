"""FOR010: the header of a table stands alone, without rows."""

from __future__ import annotations

from collections.abc import Iterator

from ...normalize.folding import fold
from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ..engine import Check, Rule
from ..needs import TABLES
from ..subject import Subject
from ..texts import at

# A header of fewer words is an ordinary line too.
_WORDS = 4


def check(subject: Subject) -> Iterator[Check]:
    headers: dict[str, str] = {}
    for table in subject.plan.tables:
        if table.columns and not table.rows:
            printed = " · ".join(c.printed for c in table.columns if c.printed)
            yield Check(Outcome.FAILS, None, _FAILS, printed[:160], "", at(table.place), place=table.place)
            continue
        yield Check(Outcome.HOLDS, place=table.place)
        words = fold(" ".join(c.printed.replace(" / ", " ") for c in table.columns))
        if len(words.split()) >= _WORDS and len(table.columns) > 1:
            headers.setdefault(words, at(table.place))
    # The header of a table with rows may be kept as a line of text too.
    own = {t.place.order for t in subject.plan.tables if t.rows}
    for line in subject.plan.narrative:
        if line.place.order not in own and (like := headers.get(fold(line.text))) is not None:
            yield Check(Outcome.FAILS, None, _FAILS, line.text[:160], "", f"{at(line.place)} / {like}", place=line.place)


_FAILS = Text(
    "Aquí está el encabezado de una tabla y debajo no hay ninguna fila: o la tabla quedó vacía, o sus filas se quitaron sin marca.",
    "Here stands the header of a table, and no row below: either the table was left empty, or its rows were taken out without a mark.",
)

RULE = Rule(
    id="FOR010",
    severity=Severity.WARNING,
    title=Text("Tabla sin filas", "Table without rows"),
    why=Text(
        "No se sabe si no había nada que informar o si lo que había se quitó.",
        "Nobody knows whether there was nothing to report, or what there was has been taken out.",
    ),
    basis=Text(
        "Una línea del texto que repite el encabezado de una tabla del documento sin filas debajo",
        "A line of the text that repeats the header of a table of the document, with no rows below",
    ),
    example=Text(
        "«Indicador · Meta · Resultado ene-jun 23 · % Realizado» seguido del título de otra parte.",
        "“Indicador · Meta · Resultado ene-jun 23 · % Realizado” followed by the title of another part.",
    ),
    check=check,
    needs=(TABLES,),
)
