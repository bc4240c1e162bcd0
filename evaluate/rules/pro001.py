"""PRO001: execution below the target of the reported period."""

from __future__ import annotations

from collections.abc import Iterator

from ...schema.finding import Outcome, Severity
from ...schema.language import Text, number
from ..engine import Check, Rule, Subject


def check(subject: Subject) -> Iterator[Check]:
    for row in subject.own_rows:
        value = subject.execution(row)
        published = row.percent.printed if row.percent else ""
        if value is None:
            continue
        if value >= subject.profile.under or row.direction == "decrease":
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


_SILENT = Text(", sin observación.", ", without an observation.")

RULE = Rule(
    id="PRO001",
    severity=Severity.NOTE,
    title=Text("Ejecución por debajo de lo programado", "Execution below target"),
    why=Text(
        "Es un hecho, no una falta: dice dónde mirar la explicación.",
        "A fact, not a fault: it says where to look for the explanation.",
    ),
    basis="Perfil: `under` (100 % si no dice otra cosa), sobre la fórmula del documento",
    example=Text("Meta a junio 24, real 18: 75 %.", "Target to June 24, actual 18: 75 %."),
    check=check,
)
