"""CLA002: the published class follows from the rounded percentage only, not from the exact one."""

from __future__ import annotations

from collections.abc import Iterator

from ...schema.finding import Outcome, Severity
from ...schema.language import Text, number
from ..engine import Check, Rule
from ..limits import class_of, on_rounded, rounded, stated
from ..needs import CLASSES, LIMITS, PERCENTAGES
from ..subject import Subject


def check(subject: Subject) -> Iterator[Check]:
    if on_rounded(subject) is False:
        return  # the document shows that it goes by the exact value: CLA001 judges
    for row in subject.rows:
        if not row.class_id or not subject.directed(row):
            continue
        exact, printed = subject.execution(row), rounded(subject, row)
        if exact is None:
            continue
        if printed is None:
            yield Check(Outcome.CANNOT_EVALUATE, row, _UNKNOWN, row.class_id)
            continue
        by_exact, by_printed = class_of(exact, subject.limits), class_of(printed, subject.limits)
        if by_exact is None or by_printed is None or by_exact == by_printed or by_printed.id != row.class_id:
            yield Check(Outcome.HOLDS, row)
            continue
        message = _FAILS.format(given=row.class_id, printed=number(printed), exact=number(round(exact, 4)), other=by_exact.id)
        yield Check(Outcome.FAILS, row, message, row.class_id, by_exact.id, f"{subject.arithmetic(row)}; {stated(by_exact)}")


_FAILS = Text(
    "Es «{given}» solo si el límite se aplica al porcentaje redondeado ({printed} %); sin redondear es {exact} %, «{other}».",
    "It is “{given}” only where the limit is held against the rounded percentage ({printed} %); unrounded it is {exact} %, “{other}”.",
)
_UNKNOWN = Text(
    "No se puede comparar: el porcentaje impreso no es el redondeo del que da su fila.",
    "Cannot be compared: the printed percentage is not the rounding of the one its row gives.",
)

RULE = Rule(
    id="CLA002",
    severity=Severity.NOTE,
    title=Text("Clase que solo sigue del redondeo", "Class that follows from rounding only"),
    why=Text(
        "Cerca de un límite, redondear antes de clasificar sube o baja de clase; el documento debería decir cuál de los dos usa.",
        "Near a limit, rounding before classing moves a row up or down; the document should say which of the two it uses.",
    ),
    basis=Text(
        "Los límites en uso, sobre el valor exacto y el impreso; calla si el perfil o las filas muestran que valen para el exacto",
        "The limits in force, against the exact value and the printed one; silent where profile or rows show that the exact one counts",
    ),
    example=Text("84.6 % impreso 85 % y «regular», con regular desde 85.", "84.6 % printed as 85 % and “regular”, with regular from 85."),
    check=check,
    needs=(CLASSES, LIMITS, PERCENTAGES),
)
