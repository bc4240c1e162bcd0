"""PER004: the header of a column names another year or another part of the year than the document reports."""

from __future__ import annotations

from collections.abc import Iterator

from ...schema.finding import Severity
from ...schema.language import Text
from ..engine import Check, Rule, reported
from ..needs import YEAR
from ..subject import Subject


def check(subject: Subject) -> Iterator[Check]:
    return reported(subject, "PER-year", "PER-header")


RULE = Rule(
    id="PER004",
    severity=Severity.WARNING,
    title=Text("La columna es del año y período del documento", "The column is of the document's year and period"),
    why=Text(
        "Un encabezado que quedó de otro año o trimestre hace dudar de si las cifras y los comentarios son de este.",
        "A header left from another year or quarter casts doubt on whether figures and comments are of this one.",
    ),
    basis=Text(
        "El año y el período impresos en el encabezado de metas, resultados y observaciones contra los del documento",
        "The year and the period printed in the headers of targets, actuals and observations against those of the document",
    ),
    example=Text(
        "«METAS PARA AÑO 2021» en una hoja del plan 2022; «COMENTARIOS 1er trimestre» en el informe a junio.",
        "“METAS PARA AÑO 2021” on a page of the plan of 2022; “COMENTARIOS 1er trimestre” in the report to June.",
    ),
    check=check,
    needs=(YEAR,),
)
