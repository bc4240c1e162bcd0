"""FOR014: a cell of a column that is not interpreted cannot be as the others of its column are."""

from __future__ import annotations

from collections.abc import Iterator

from ...schema.finding import Severity
from ...schema.language import Text
from ..engine import Check, Rule, reported
from ..needs import ROWS
from ..subject import Subject


def check(subject: Subject) -> Iterator[Check]:
    return reported(subject, "LEC-odd-cell")


RULE = Rule(
    id="FOR014",
    severity=Severity.WARNING,
    title=Text("Una celda desentona en su columna", "A cell out of tune with its column"),
    why=Text(
        "Una fecha imposible, de otro año, o la única casilla vacía suele ser un descuido al llenar el formulario.",
        "A date that cannot be, one of another year, or the only empty cell is mostly an oversight in filling the form.",
    ),
    basis=Text(
        "Columnas que no se interpretan: fechas donde cuatro de cada cinco celdas (seis o más) lo son, y una sola en blanco entre diez "
        "o más llenas, en una fila que llena todas las otras columnas",
        "Columns that are not interpreted: dates where four out of five cells (six or more) are dates, and one only blank cell among ten "
        "or more filled ones, in a row that fills all other columns",
    ),
    example=Text("«31/02/2025» en una columna «Fecha de registro».", "“31/02/2025” in a column “Fecha de registro”."),
    check=check,
    needs=(ROWS,),
)
