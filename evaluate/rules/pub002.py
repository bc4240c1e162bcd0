"""PUB002: the explanation of a critical result cannot be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...extract.marks import redactions, without_redactions
from ...normalize.withheld_reasons import only_reason
from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ...schema.plan import Indicator
from ..engine import Check, Rule
from ..needs import ACTUALS
from ..repeats import printed
from ..subject import Subject, where


def check(subject: Subject) -> Iterator[Check]:
    restated = [r.row for r in subject.repeats]
    joint = _joint(restated)
    for row in restated:
        if _readable(row):
            yield Check(Outcome.HOLDS, row)
        elif row.redacted or redactions(row.observation):
            yield Check(Outcome.FAILS, row, _STRUCK, row.class_id, "", f"{where(row)}: {printed(row)}")
        elif row.sequence in joint and not row.observable:
            yield Check(Outcome.CANNOT_EVALUATE, row, _JOINT, row.class_id)
        else:
            yield Check(Outcome.FAILS, row, _EMPTY, row.class_id, "", f"{where(row)}: {printed(row)}")
    told = {r.own.sequence for r in subject.repeats if r.own is not None}
    worst = min(subject.limits, key=lambda limit: limit.upper if limit.upper is not None else float("inf"), default=None)
    for row in subject.own_rows:
        value = subject.execution(row)
        critical = worst is not None and row.class_id == worst.id
        if worst is not None and not row.class_id and value is not None and row.direction != "decrease":
            critical = worst.upper is not None and value < worst.upper
        if critical and row.sequence not in told and row.redacted:
            outcome = Outcome.HOLDS if _readable(row) else Outcome.FAILS
            message = _STRUCK if outcome is Outcome.FAILS else Text("", "")
            yield Check(outcome, row, message, row.class_id, "", f"{where(row)}: {printed(row)}")


def _readable(row: Indicator) -> bool:
    """True where words are left of the justification beside its marks of redaction that do more than give the reason of these."""
    told = without_redactions(row.observation)
    return any(c.isalnum() for c in told) and not (row.redacted and only_reason(told))


def _joint(rows: Sequence[Indicator]) -> set[int]:
    """The rows behind which a later justification of the same unit has a text: it may explain them as well."""
    found: set[int] = set()
    told, unit = False, (0, "")
    for row in reversed(rows):
        if unit != (row.section, row.lead_unit_id):
            told, unit = False, (row.section, row.lead_unit_id)
        if told:
            found.add(row.sequence)
        told = told or _readable(row)
    return found


_STRUCK = Text(
    "La justificación de este resultado está tachada: no se puede leer por qué no se cumplió.",
    "The justification of this result is struck out: nobody can read why it was not met.",
)
_EMPTY = Text(
    "Figura entre los resultados por justificar, y no se da ninguna justificación.",
    "It is among the results to be justified, and no justification is given.",
)
_JOINT = Text(
    "No se puede juzgar: no tiene texto propio; puede explicarlo el que sigue a otra fila de su unidad.",
    "Cannot be judged: it has no text of its own; the one behind another row of its unit may explain it.",
)

RULE = Rule(
    id="PUB002",
    severity=Severity.WARNING,
    title=Text("Lo crítico tiene justificación legible", "What is critical has a readable justification"),
    why=Text(
        "Por qué no se cumplió una meta pública casi nunca es dato personal ni reservado; tacharlo deja el peor resultado sin cuentas.",
        "Why a public target was missed is hardly ever personal or reserved; striking it out leaves the worst result unaccounted for.",
    ),
    basis=Text(
        "Las tablas de justificación, y las filas de la clase más baja según los límites en uso, con su texto tachado",
        "The justification tables, and rows of the lowest class under the limits in force, with their text struck out",
    ),
    example=Text(
        "«Ropa hospitalaria despachada», 81 %, crítico, y la justificación bajo una barra negra.",
        "“Ropa hospitalaria despachada”, 81 %, critical, and the justification under a black bar.",
    ),
    check=check,
    needs=(ACTUALS,),
)
