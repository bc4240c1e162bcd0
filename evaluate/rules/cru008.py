"""CRU008: one unit lists the same action or indicator twice."""

from __future__ import annotations

from collections.abc import Iterator

from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ...schema.plan import Indicator
from ..engine import Check, Rule
from ..needs import ROWS
from ..same_action import by_home, comparable, shown, unlike
from ..subject import Subject, where
from ..wordings import load


def check(subject: Subject) -> Iterator[Check]:
    apart: list[Check] = []
    for group in subject.same_names:
        headings = {one.row.sequence: one.heading for one in group}
        for rows in by_home(group).values():
            first = rows[0]
            for row in rows[1:]:
                elsewhere = headings[row.sequence] != headings[first.sequence]
                found = _compare(first, row, elsewhere)
                if elsewhere and found.outcome is Outcome.FAILS:
                    apart.append(found)
                else:
                    yield found
            if len(rows) == 1 and len(group) > 1:
                yield Check(Outcome.HOLDS, first)
    # Where many names come back under other headings, that is how the document is made, and no slip.
    if len(apart) <= load("actions")["most_under_other_headings"]:
        yield from apart
    elif apart:
        yield Check(Outcome.CANNOT_EVALUATE, apart[0].row, _MANY)


def _compare(first: Indicator, row: Indicator, elsewhere: bool) -> Check:
    evidence = f"{where(first)} / {where(row)}"
    different = unlike(first, row)
    if different:
        a, b = shown(first, different), shown(row, different)
        message = Text(_OTHER.es.format(own=b.es, other=a.es), _OTHER.en.format(own=b.en, other=a.en))
        return Check(Outcome.FAILS, row, message, b.es, a.es, evidence)
    if elsewhere:
        return Check(Outcome.HOLDS, row)  # a step that two actions have in common
    if comparable(first, row):
        return Check(Outcome.FAILS, row, _SAME, "", "", evidence)
    return Check(Outcome.CANNOT_EVALUATE, row, _NOTHING, evidence=evidence)


_MANY = Text(
    "No se puede comparar: muchas filas se repiten bajo otros encabezados, así que es la forma del documento y no un descuido.",
    "Cannot be compared: many rows come back under other headings, so it is how the document is made, and no slip.",
)
_OTHER = Text(
    "La misma unidad ya lista esta fila con el mismo nombre y otras cifras: {own} aquí, {other} allá. Se esperaba una sola "
    "fila, o un nombre que las distinga: o falta eso, o una de las dos no vale.",
    "The same unit already lists this row under the same name with other figures: {own} here, {other} there. A single row was expected, "
    "or names that tell them apart: either that is missing, or one of the two does not hold.",
)
_SAME = Text(
    "La misma unidad lista esta fila dos veces, con las mismas cifras: se esperaba una sola, y se cuenta dos veces.",
    "The same unit lists this row twice, with the same figures: a single one was expected, and it is counted twice.",
)
_NOTHING = Text(
    "No se puede comparar: la unidad lista dos veces este nombre, y no da cifras ciertas del mismo período.",
    "Cannot be compared: the unit lists this name twice, and gives no certain figures of one period.",
)

RULE = Rule(
    id="CRU008",
    severity=Severity.WARNING,
    title=Text("Fila repetida en su unidad", "Row repeated in its unit"),
    why=Text(
        "Nadie puede saber cuál de las dos filas vale, y los totales cuentan las dos.",
        "Nobody can know which of the two rows holds, and totals count both.",
    ),
    basis=Text(
        "Mismo nombre, unidad de medida y unidad organizativa; un nombre corto, además, bajo el mismo encabezado",
        "Same name, unit of measure and unit; a short name also under the same heading",
    ),
    example=Text(
        "«Determinación de mora» con 103 % entre los buenos y con 68 % entre los críticos de la misma división.",
        "“Determinación de mora” with 103 % among the good and 68 % among the critical ones of one division.",
    ),
    check=check,
    needs=(ROWS,),
)
