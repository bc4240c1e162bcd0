"""CLA001: the published class is the one that the stated limits give the row's unrounded percentage."""

from __future__ import annotations

from collections.abc import Iterator

from ...schema.finding import Outcome, Severity
from ...schema.language import Text, number
from ...schema.plan import ClassLimit
from ..engine import Check, Rule
from ..needs import CLASSES, LIMITS
from ..subject import Subject


def check(subject: Subject) -> Iterator[Check]:
    if not subject.limits:
        return
    for row in subject.rows:
        if not row.class_published:
            continue
        value = subject.execution(row)
        if value is None or row.direction == "decrease":
            if row.actual is None or row.actual.value is not None or (row.percent is not None and row.percent.value is not None):
                yield Check(Outcome.CANNOT_EVALUATE, row, _NO_VALUE, published=row.class_published)
            continue
        if row.class_published not in {limit.id for limit in subject.limits}:
            yield Check(Outcome.CANNOT_EVALUATE, row, _UNKNOWN, published=row.class_published)
            continue
        given = class_of(value, subject.limits)
        if given is None:
            yield Check(Outcome.CANNOT_EVALUATE, row, _GAP, published=row.class_published)
        elif given.id == row.class_published:
            yield Check(Outcome.HOLDS, row)
        else:
            yield Check(
                Outcome.FAILS,
                row,
                _FAILS.format(printed=row.class_published, given=given.id, value=number(round(value, 2))),
                row.class_published,
                given.id,
                f"{subject.arithmetic(row)}; {_stated(given)}",
            )


def class_of(value: float, limits: tuple[ClassLimit, ...]) -> ClassLimit | None:
    """The class whose limits hold a percentage; None where they leave a gap there."""
    return next((limit for limit in limits if _above(value, limit) and _below(value, limit)), None)


def _above(value: float, limit: ClassLimit) -> bool:
    return limit.lower is None or value > limit.lower or (limit.lower_inclusive and value == limit.lower)


def _below(value: float, limit: ClassLimit) -> bool:
    return limit.upper is None or value < limit.upper or (limit.upper_inclusive and value == limit.upper)


def _stated(given: ClassLimit) -> str:
    low = "" if given.lower is None else f"{'≥' if given.lower_inclusive else '>'} {number(given.lower)} %"
    high = "" if given.upper is None else f"{'≤' if given.upper_inclusive else '<'} {number(given.upper)} %"
    return f"{given.id}: {'; '.join(x for x in (low, high) if x)}"


_FAILS = Text(
    "Está clasificado «{printed}», pero {value} % corresponde a «{given}» según los límites en uso.",
    "It is classed “{printed}”, but {value} % is “{given}” under the limits in force.",
)
_NO_VALUE = Text(
    "No se puede clasificar: la fila no da un porcentaje cierto, o su mejora es hacia abajo.",
    "Cannot be classed: the row gives no certain percentage, or improves downwards.",
)
_UNKNOWN = Text(
    "No se puede juzgar: los límites en uso no definen esta clase.", "Cannot be judged: the limits in force do not define this class."
)
_GAP = Text(
    "No se puede clasificar: los límites en uso no cubren este valor.", "Cannot be classed: the limits in force do not cover this value."
)

RULE = Rule(
    id="CLA001",
    severity=Severity.ERROR,
    title=Text("La clase sigue los límites", "The class follows the limits"),
    why=Text(
        "Un resultado crítico presentado como regular, o al revés, cambia lo que hay que justificar.",
        "A critical result shown as regular, or the reverse, changes what must be justified.",
    ),
    basis=Text(
        "Los límites que el documento declara, o los de su perfil, sobre el valor sin redondear",
        "The limits that the document states, or those of its profile, held against the unrounded value",
    ),
    example=Text(
        "84.6 % se imprime 85 % y sigue siendo crítico si el límite es 85.",
        "84.6 % prints as 85 % and is still critical where the limit is 85.",
    ),
    check=check,
    needs=(
        CLASSES,
        LIMITS,
    ),
)
