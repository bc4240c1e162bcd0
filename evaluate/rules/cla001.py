"""CLA001: the published class is the one that the stated limits give the row's unrounded percentage."""

from __future__ import annotations

from collections.abc import Iterator

from ...schema.finding import Outcome, Severity
from ...schema.language import Text, number
from ...schema.plan import ClassLimit, Indicator
from ..engine import Check, Rule
from ..formula import DIRECT, QUOTIENTS
from ..limits import class_of, on_rounded, rounded, stated
from ..needs import CLASSES, LIMITS
from ..subject import Subject, where

# So many rows that improve downwards, and this share of them, show that their class is that of the percentage that they print.
_SHOWN, _MOST = 3, 0.75


def check(subject: Subject) -> Iterator[Check]:
    lenient, on_printed = on_rounded(subject) is not False, _decreasing_on_printed(subject)
    for row in subject.rows:
        if not row.class_id:
            continue
        value, evidence = subject.execution(row), subject.arithmetic(row)
        if subject.decreases(row):
            value = _published(subject, row) if on_printed else None
            evidence = f"{where(row)}: {row.percent.printed if row.percent else ''}"
        if value is None:
            if row.actual is None or row.actual.value is not None or (row.percent is not None and row.percent.value is not None):
                yield Check(Outcome.CANNOT_EVALUATE, row, _NO_VALUE, published=row.class_id)
            continue
        if row.class_id not in {limit.id for limit in subject.limits}:
            yield Check(Outcome.CANNOT_EVALUATE, row, _UNKNOWN, published=row.class_id)
            continue
        given = class_of(value, subject.limits)
        if given is None:
            yield Check(Outcome.CANNOT_EVALUATE, row, _GAP, published=row.class_id)
        elif given.id == row.class_id:
            yield Check(Outcome.HOLDS, row)
        elif lenient and (printed := rounded(subject, row)) is not None and _is(class_of(printed, subject.limits), row.class_id):
            continue  # it follows from the rounded value only: CLA002 says so
        elif _by_other_quotient(subject, row):
            yield Check(Outcome.CANNOT_EVALUATE, row, _NO_VALUE, published=row.class_id)
        else:
            yield Check(
                Outcome.FAILS,
                row,
                _FAILS.format(printed=row.class_id, given=given.id, value=number(round(value, 2))),
                row.class_id,
                given.id,
                f"{evidence}; {stated(given)}",
            )


def _decreasing_on_printed(subject: Subject) -> bool:
    """True where rows that improve downwards are classed by the percentage that they print, as most of them show."""
    agree = [
        _is(class_of(value, subject.limits), row.class_id)
        for row in subject.own_rows
        if row.class_id and subject.decreases(row) and (value := _published(subject, row)) is not None
    ]
    return sum(agree) >= _SHOWN and sum(agree) >= _MOST * len(agree)


def _by_other_quotient(subject: Subject, row: Indicator) -> bool:
    """True where a row's class is that of a percentage which it prints and which is target / actual: less is better there, as it seems."""
    percentage, printed = subject.by_row.get(row.sequence), _published(subject, row)
    basis = subject.basis_of(percentage) if percentage else None
    if percentage is None or basis is None or printed is None or not _is(class_of(printed, subject.limits), row.class_id):
        return False
    reach = 0.5 * 10**-percentage.percent.quantity.decimals + 1e-9
    others = [percentage.exact(basis, quotient) for quotient in QUOTIENTS if quotient != DIRECT]
    return any(value is not None and abs(value - printed) <= reach for value in others)


def _published(subject: Subject, row: Indicator) -> float | None:
    """The percentage that a row prints, where no limit lies within its rounding."""
    percent = row.percent
    if percent is None or not percent.known or percent.value is None or row.actual is None or not row.actual.known:
        return None
    reach = 0.5 * 10**-percent.decimals
    limits = [end for limit in subject.limits for end in (limit.lower, limit.upper) if end is not None]
    return None if any(abs(percent.value - end) <= reach for end in limits) else percent.value


def _is(given: ClassLimit | None, published: str) -> bool:
    return given is not None and given.id == published


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
        "80 % clasificado como bueno, si bueno empieza en 99 %.",
        "80 % classed as bueno, where bueno begins at 99 %.",
    ),
    check=check,
    needs=(
        CLASSES,
        LIMITS,
    ),
)
