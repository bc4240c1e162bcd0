"""CLA003: a row is given a class although it prints no result to give it from."""

from __future__ import annotations

from collections.abc import Iterator

from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ...schema.plan import Indicator, Measure, MeasureKind
from ...schema.quantity import State
from ..engine import Check, Rule
from ..needs import CLASSES
from ..subject import Subject, where
from ..wordings import load

_HIDDEN = (State.REDACTED, State.ILLEGIBLE, State.AMBIGUOUS)


def check(subject: Subject) -> Iterator[Check]:
    neutral = set(load("classes").get("neutral", ()))
    judged = {r.class_id for r in subject.own_rows if any(m.quantity.value is not None for m in _results(r))}
    for row in subject.own_rows:
        results = _results(row)
        if not row.class_id or not results or row.class_id.replace("-", " ") in neutral:
            continue
        if row.class_id not in judged and _says_not_due(subject, row):
            continue  # a class that no row with a result bears, of a row that is not due: the document's word for it
        if any(m.quantity.value is not None for m in results):
            yield Check(Outcome.HOLDS, row)
        elif any(m.quantity.state in _HIDDEN for m in results):
            yield Check(Outcome.CANNOT_EVALUATE, row, _WITHHELD, row.class_id)
        else:
            # A line without any figure may be the title of those below it, whose class it only shares.
            # Of a row that is not due, a class which others earn by a result is a slip all the same.
            told = any(_has_target(m) for m in row.measures) and not _answered(row)
            told = told and (row.class_id in judged or not subject.nothing_due(row))
            severity = Severity.WARNING if told else Severity.NOTE
            message = _FAILS.format(given=row.class_id)
            yield Check(Outcome.FAILS, row, message, row.class_id, "", where(row), severity)


def _results(row: Indicator) -> list[Measure]:
    return [m for m in row.measures if m.measure in (MeasureKind.ACTUAL, MeasureKind.PERCENT)]


def _says_not_due(subject: Subject, row: Indicator) -> bool:
    """True where the row programs nothing for the period, or prints "N/A" where its result would be."""
    return subject.nothing_due(row) or _answered(row)


def _answered(row: Indicator) -> bool:
    """True where a cell says in words why it has no result."""
    return any(any(c.isalpha() for c in m.quantity.printed) for m in _results(row))


def _has_target(measure: Measure) -> bool:
    return measure.measure is MeasureKind.TARGET and measure.quantity.value is not None


_FAILS = Text(
    "Figura como «{given}», pero la fila no imprime resultado ni porcentaje de donde salga.",
    "It is listed as “{given}”, but the row prints no actual and no percentage that would give it.",
)
_WITHHELD = Text("No se puede juzgar: el resultado está omitido o no se lee.", "Cannot be judged: the actual is withheld or illegible.")

RULE = Rule(
    id="CLA003",
    severity=Severity.WARNING,
    title=Text("Clase sin cifras", "Class without figures"),
    why=Text(
        "Cuenta entre los resultados de su clase sin que nadie pueda comprobarlo.",
        "It counts among the results of its class, and nobody can check it.",
    ),
    basis=Text(
        "Filas clasificadas cuyas celdas de resultado y porcentaje están en blanco",
        "Classed rows whose cells of actual and percentage are blank",
    ),
    example=Text("Meta 12, resultado y porcentaje en blanco, «bueno».", "Target 12, blank actual and percentage, “bueno”."),
    check=check,
    needs=(CLASSES,),
)
