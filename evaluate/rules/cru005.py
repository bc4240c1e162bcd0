"""CRU005: a row of a class that the document justifies is missing from its justification tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ...schema.finding import Outcome, Severity
from ...schema.language import Text, number
from ...schema.plan import Indicator, MeasureKind
from ..duties import Duty
from ..engine import Check, Rule
from ..limits import class_of, rounded
from ..needs import RESTATED
from ..repeats import figure, printed
from ..subject import Subject, where

_LONGEST = 200
_WHOLE = 100.0


def check(subject: Subject) -> Iterator[Check]:
    justified = {r.own.sequence for r in subject.repeats if r.own is not None}
    justified |= {rival.sequence for r in subject.repeats for rival in r.rivals}
    strays = [r.row for r in subject.repeats if r.own is None]
    strange = [_figures(row) for row in strays]
    # A justification under another name may be that of the row with its figures; one with figures of its own, that of any row.
    doubtful = bool(set(strange) - ({_figures(own) for own in subject.own_rows} if strange else set()))
    for row, message in _demanded(subject, justified):
        if row.sequence in justified or row.observation:
            yield Check(Outcome.HOLDS, row)
        elif doubtful or _figures(row) in strange:
            yield Check(Outcome.CANNOT_EVALUATE, row, _DOUBTFUL, row.class_id)
        else:
            said = f" · «{subject.duty.text[:_LONGEST]}»" if subject.duty else ""
            yield Check(Outcome.FAILS, row, message, row.class_id, "", f"{where(row)}: {printed(row)}{said}")


def _figures(row: Indicator) -> tuple[float | None, ...]:
    """The figures of a row by which it is known again."""
    kinds = (MeasureKind.TARGET, MeasureKind.ACTUAL, MeasureKind.PERCENT)
    return tuple(q.value if (q := figure(row, kind)) is not None else None for kind in kinds)


def _demanded(subject: Subject, justified: set[int]) -> Iterator[tuple[Indicator, Text]]:
    """The rows that have to be justified, each with what is to be said where it is not.

    Those of the classes that the justification tables are of, where they repeat most rows of the class; and those
    that the document says are justified.
    """
    tables = {r.row.class_id for r in subject.repeats if r.row.class_id}
    classes = {r.sequence: _class(subject, r) for r in subject.own_rows}
    rows, told = Counter(classes.values()), Counter(classes[s] for s in justified if s in classes)
    highest = _highest(subject, justified, classes) if not tables else {}
    wanted = {c for c in tables or set(told) - {""} if told[c] > rows[c] / 2}
    duty = subject.duty
    if duty is not None and duty.classes:
        wanted = {c for c in duty.classes if told[c]}
    low = [r for r in subject.own_rows if duty is not None and _too_low(subject, r, duty)]
    by_duty = {r.sequence for r in low} if sum(1 for r in low if r.sequence in justified) > len(low) / 2 else set[int]()
    for row in subject.own_rows:
        name = classes[row.sequence]
        if row.sequence in by_duty:
            yield row, _LOW.format(value=number(round(subject.execution(row) or 0.0, 2)))
        elif name in wanted and (tables or (duty and duty.classes) or _as_low(subject, row, highest.get(name))):
            yield row, _FAILS.format(name=name)


def _class(subject: Subject, row: Indicator) -> str:
    """The class that a row prints, else the one that the limits give its execution; "" where the two differ, which another rule says."""
    value = subject.execution(row) if subject.limits and subject.directed(row) else None
    limit = class_of(value, subject.limits) if value is not None else None
    if row.class_id and limit is not None and value is not None and value >= _WHOLE and limit.id != row.class_id:
        return ""
    return row.class_id or (limit.id if limit else "")


def _highest(subject: Subject, justified: set[int], classes: dict[int, str]) -> dict[str, float]:
    """The highest execution of each class that is justified: of what is better than that, nobody asked a word."""
    found: dict[str, float] = {}
    for row in subject.own_rows:
        if row.sequence in justified and (value := subject.execution(row)) is not None:
            name = classes[row.sequence]
            found[name] = max(value, found.get(name, value))
    return found


def _as_low(subject: Subject, row: Indicator, highest: float | None) -> bool:
    value = subject.execution(row)
    return value is not None and highest is not None and value <= highest


def _too_low(subject: Subject, row: Indicator, duty: Duty) -> bool:
    value = subject.execution(row)
    shown = [v for v in (value, rounded(subject, row)) if v is not None]
    return bool(shown) and not subject.decreases(row) and all(duty.too_low(v) for v in shown)


_FAILS = Text(
    "Es de la clase «{name}», que el documento justifica fila por fila, y no está entre las justificadas.",
    "It is of the class “{name}”, which the document justifies row by row, and is not among the justified ones.",
)
_LOW = Text(
    "Se ejecutó {value} %, menos de lo que el documento dice que justifica, y no está entre las justificadas.",
    "{value} % was executed, less than what the document says it justifies, and it is not among the justified ones.",
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
        "Las clases de las tablas de justificación del propio documento (si no las imprimen, las de las filas que repiten), si repiten más "
        "de la mitad de las filas de esa clase; y lo que su texto dice que se justifica",
        "The classes of the document's own justification tables (where they print none, those of the rows that they repeat), where they "
        "repeat more than half of the rows of that class; and what its text says is justified",
    ),
    example=Text(
        "Cinco filas críticas en su tabla y cuatro en la de justificaciones.",
        "Five critical rows in their table, four in that of justifications.",
    ),
    check=check,
    needs=(RESTATED,),
)
