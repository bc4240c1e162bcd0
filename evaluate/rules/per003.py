"""PER003: the title or the presentation says another period than the tables report."""

from __future__ import annotations

from collections.abc import Iterator

from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ..engine import Check, Rule
from ..needs import PERIOD, PROSE
from ..subject import Subject
from ..told_periods import TOP, numbered, span, titled


def check(subject: Subject) -> Iterator[Check]:
    document = subject.plan.document
    end = document.period_end
    if end is None:
        return
    lines = subject.plan.narrative[:TOP]
    # A report by quarters heads a chapter with each; one period in all numbered headings is the report's own.
    chapters = {(p.first, p.last, p.year) for line in lines if (p := numbered(line.text)) is not None}
    for line in lines:
        period = titled(line.text) or (numbered(line.text) if len(chapters) == 1 else None)
        if period is None or period.months in (1, 12):
            continue
        year = period.year or document.year
        last = subject.agreed_end(period.last)
        if last is None:
            yield Check(Outcome.CANNOT_EVALUATE, message=_NO_ROWS, place=line.place)
        elif period.last == last and year in (None, end.year):
            yield Check(Outcome.HOLDS, place=line.place)
        else:
            told, wanted = span(period.first, period.last, year), span(1, last, end.year)
            message = Text(_FAILS.es.format(title=told.es, rows=wanted.es), _FAILS.en.format(title=told.en, rows=wanted.en))
            yield Check(Outcome.FAILS, None, message, told.es, wanted.es, f"«{line.text}»", place=line.place)


_FAILS = Text(
    "El título dice {title}, y las tablas informan de {rows}: uno de los dos quedó de otro informe.",
    "The title says {title}, the tables report {rows}: one of the two is left from another report.",
)
_NO_ROWS = Text(
    "No se puede comparar: las filas no informan en su mayoría de un mismo período.",
    "Cannot be compared: the rows do not mostly report one period.",
)

RULE = Rule(
    id="PER003",
    severity=Severity.WARNING,
    title=Text("El título es del período de las tablas", "The title is of the tables' period"),
    why=Text(
        "Quien archiva o compara el informe lo toma por el del período que dice su portada.",
        "Who files or compares the report takes it for that of the period on its cover.",
    ),
    basis=Text(
        "Los títulos de las primeras páginas contra el último mes de los encabezados de resultados",
        "The titles of the first pages against the last month of the headers of results",
    ),
    example=Text("Portada «1er trimestre 2022» y columnas REAL EN-JUN.", "Cover “1er trimestre 2022” and columns REAL EN-JUN."),
    check=check,
    needs=(PROSE, PERIOD),
)
