"""PRO001: execution below the target of the reported period."""

from __future__ import annotations

from collections.abc import Iterator

from ...schema.finding import Outcome, Severity
from ...schema.language import Text, number
from ...schema.plan import Indicator, MeasureKind
from ..engine import Check, Rule
from ..needs import ACTUALS
from ..subject import Subject, where


def check(subject: Subject) -> Iterator[Check]:
    for row in subject.own_rows:
        value = subject.execution(row)
        published = row.percent.printed if row.percent else ""
        if value is None:
            if row.actual is not None and row.actual.value is not None and _has_target(row) and not subject.nothing_due(row):
                yield Check(Outcome.CANNOT_EVALUATE, row, _UNKNOWN, published, "", where(row))
            continue
        if value >= subject.profile.under or subject.decreases(row):
            yield Check(Outcome.HOLDS, row)
            continue
        said = _SILENT if row.observable else Text(".", ".")
        if row.observation:
            said = Text(": " + row.observation[:160], ": " + row.observation[:160])
        message = Text(
            f"Se ejecutó {number(round(value, 2))} % de lo programado{said.es}",
            f"{number(round(value, 2))} % of what was programmed was executed{said.en}",
        )
        expected = f">= {number(subject.profile.under)} %"
        yield Check(Outcome.FAILS, row, message, published, expected, subject.arithmetic(row))


def _has_target(row: Indicator) -> bool:
    return any(m.measure is MeasureKind.TARGET and m.quantity.value is not None for m in row.measures)


_UNKNOWN = Text(
    "No se puede decir si se cumplió: la fila no publica un porcentaje comprobable, o no se sabe si mejora hacia arriba o hacia abajo.",
    "Nobody can say whether it was met: the row publishes no percentage that can be checked, or it is not known which way it improves.",
)
_SILENT = Text(", sin observación.", ", without an observation.")

RULE = Rule(
    id="PRO001",
    severity=Severity.NOTE,
    title=Text("Ejecución por debajo de lo programado", "Execution below target"),
    why=Text(
        "Es un hecho, no una falta: dice dónde mirar la explicación.",
        "A fact, not a fault: it says where to look for the explanation.",
    ),
    basis=Text(
        "El mínimo del perfil (`under` en su archivo; 100 % si no dice otra cosa), sobre la fórmula del documento",
        "The least of the profile (`under` in its file; 100 % unless it says otherwise), under the document's formula",
    ),
    example=Text("Meta a junio 24, real 18: 75 %.", "Target to June 24, actual 18: 75 %."),
    check=check,
    needs=(ACTUALS,),
)
