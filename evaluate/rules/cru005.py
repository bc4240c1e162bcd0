"""CRU005: a row of a class that the document justifies is missing from its justification tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ...schema.plan import Indicator, MeasureKind
from ..engine import Check, Rule
from ..needs import CLASSES, RESTATED
from ..repeats import figure, printed
from ..subject import Subject, where


def check(subject: Subject) -> Iterator[Check]:
    justified = {r.own.sequence for r in subject.repeats if r.own is not None}
    justified |= {rival.sequence for r in subject.repeats for rival in r.rivals}
    strays = [r.row for r in subject.repeats if r.own is None]
    strange = [_figures(row) for row in strays]
    # A justification under another name may be that of the row with its figures; one with figures of its own, that of any row.
    doubtful = bool(set(strange) - ({_figures(own) for own in subject.own_rows} if strange else set()))
    demanded = _demanded(subject, justified)
    for row in subject.own_rows:
        if row.class_published not in demanded:
            continue
        if row.sequence in justified or row.observation:
            yield Check(Outcome.HOLDS, row)
        elif doubtful or _figures(row) in strange:
            yield Check(Outcome.CANNOT_EVALUATE, row, _DOUBTFUL, row.class_published)
        else:
            message = _FAILS.format(name=row.class_published)
            yield Check(Outcome.FAILS, row, message, row.class_published, "", f"{where(row)}: {printed(row)}")


def _figures(row: Indicator) -> tuple[float | None, ...]:
    """The figures of a row by which it is known again."""
    kinds = (MeasureKind.TARGET, MeasureKind.ACTUAL, MeasureKind.PERCENT)
    return tuple(q.value if (q := figure(row, kind)) is not None else None for kind in kinds)


def _demanded(subject: Subject, justified: set[int]) -> set[str]:
    """The classes that the justification tables are of, where they repeat most rows of the class."""
    tables = {r.row.class_published for r in subject.repeats if r.row.class_published}
    rows = Counter(r.class_published for r in subject.own_rows)
    told = Counter(r.class_published for r in subject.own_rows if r.sequence in justified)
    return {c for c in tables if told[c] > rows[c] / 2}


_FAILS = Text(
    "Es de la clase «{name}», que el documento justifica fila por fila, y no está entre las justificadas.",
    "It is of the class “{name}”, which the document justifies row by row, and is not among the justified ones.",
)
_DOUBTFUL = Text(
    "No se puede juzgar: alguna justificación no se pudo unir a su fila, y puede ser la de esta.",
    "Cannot be judged: some justification could not be joined to its row, and may be this one's.",
)

RULE = Rule(
    id="CRU005",
    severity=Severity.WARNING,
    title=Text("Resultado que debía justificarse", "Result that had to be justified"),
    why=Text(
        "Una fila que falta entre las justificadas deja un mal resultado sin explicación, sin que se note.",
        "A row that is missing among the justified ones leaves a poor result unexplained, unnoticed.",
    ),
    basis=Text(
        "Las clases de las tablas de justificación del propio documento, si repiten más de la mitad de las filas de esa clase",
        "The classes of the document's own justification tables, where they repeat more than half of the rows of that class",
    ),
    example=Text(
        "Cinco filas críticas en su tabla y cuatro en la de justificaciones.",
        "Five critical rows in their table, four in that of justifications.",
    ),
    check=check,
    needs=(RESTATED, CLASSES),
)
