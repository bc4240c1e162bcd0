"""ARI001: the targets of the quarters (or months) add up to the annual target of their row."""

from __future__ import annotations

from collections.abc import Iterator

from ...normalize.arithmetic import adds_up, is_rate, quarters_and_year
from ...schema.finding import Outcome, Severity
from ...schema.language import Text, number
from ...schema.quantity import State
from ..engine import Check, Rule
from ..needs import TARGETS
from ..subject import Subject, read_twice, where

_EMPTY = (State.BLANK, State.NOT_PROGRAMMED)


def check(subject: Subject) -> Iterator[Check]:
    for row in subject.rows:
        parts, annual = quarters_and_year(row.measures)
        if annual is None or not parts or annual.quantity.state in _EMPTY:
            continue
        figures = [annual, *(p for p in parts if p.quantity.state not in _EMPTY)]
        if len(figures) == 1:
            continue
        if not all(f.quantity.known for f in figures):
            yield Check(Outcome.CANNOT_EVALUATE, row, _DOUBTFUL, published=annual.quantity.printed)
            continue
        values = [p.quantity.value or 0.0 for p in parts if p.quantity.known]
        year = annual.quantity.value or 0.0
        total = sum(values)
        if adds_up(values, year):
            yield Check(Outcome.HOLDS, row)
            continue
        evidence = f"{where(row)}: {' + '.join(number(v) for v in values)} = {number(total)} ≠ {number(year)}"
        if is_rate(values, year, row.unit_code):
            yield Check(Outcome.CANNOT_EVALUATE, row, _RATE, annual.quantity.printed, number(total), evidence)
        else:
            message = _FAILS.format(total=number(total), year=annual.quantity.printed)
            yield Check(Outcome.FAILS, row, message, annual.quantity.printed, number(total), evidence, note=read_twice(row))


_FAILS = Text(
    "La meta anual impresa es {year}, pero sus trimestres suman {total}.",
    "The annual target is printed as {year}, but its quarters add up to {total}.",
)
_DOUBTFUL = Text(
    "No se puede sumar: alguna meta de la fila es dudosa, ilegible o está omitida.",
    "Cannot be added: some target of the row is doubtful, illegible or withheld.",
)
_RATE = Text(
    "No se puede juzgar: los trimestres no suman la meta anual, pero esta puede ser una tasa o un valor que se mantiene.",
    "Cannot be judged: the quarters do not add up to the year, but it may be a rate or a value that is kept up.",
)

RULE = Rule(
    id="ARI001",
    severity=Severity.ERROR,
    title=Text("Los trimestres suman la meta anual", "The quarters add up to the annual target"),
    why=Text(
        "Si las metas trimestrales no suman la anual, una de ellas está mal y todo porcentaje acumulado que se calcule con ellas también.",
        "If quarterly targets do not add up to the annual one, one of them is wrong, and so is every cumulative percentage built on them.",
    ),
    basis=Text(
        "Aritmética de la propia fila; metas que se acumulan por suma", "Arithmetic of the row itself; targets that add up over the year"
    ),
    example=Text("Meta anual 12 con trimestres 3, 3, 3 y 2: suman 11.", "Annual target 12 with quarters 3, 3, 3 and 2: they add up to 11."),
    check=check,
    needs=(TARGETS,),
)
