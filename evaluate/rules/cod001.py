"""COD001: one code names two different rows of the same section."""

from __future__ import annotations

from collections.abc import Iterator

from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ...schema.plan import Indicator, Kind
from ..engine import Check, Rule
from ..needs import CODES
from ..subject import Subject, where


def check(subject: Subject) -> Iterator[Check]:
    first: dict[tuple[int, str, str], Indicator] = {}
    for row in subject.plan.indicators:
        if not row.code or row.restated or row.kind is Kind.TOTAL:
            continue
        # Codes restart in every section, and in some plans under every objective.
        key = (row.section, row.objective_code, row.code.upper().replace(" ", ""))
        earlier = first.setdefault(key, row)
        if earlier is row:
            yield Check(Outcome.HOLDS, row)
            continue
        message = _FAILS.format(code=row.code_printed, other=where(earlier), name=earlier.name[:80])
        yield Check(Outcome.FAILS, row, message, row.code_printed, "", f"{where(earlier)} / {where(row)}")


_FAILS = Text(
    "El código {code} ya nombra otra fila de la misma sección ({other}: «{name}»).",
    "Code {code} already names another row of the same section ({other}: “{name}”).",
)

RULE = Rule(
    id="COD001",
    severity=Severity.WARNING,
    title=Text("Código repetido", "Duplicate code"),
    why=Text(
        "Con un código repetido no se puede seguir una acción de un informe a otro.",
        "A repeated code makes it impossible to follow an action from one report to the next.",
    ),
    basis=Text(
        "Un código, una fila, dentro de cada sección y objetivo del documento",
        "One code, one row, within each section and objective of the document",
    ),
    example=Text("Dos filas AO.1.1. en la misma tabla.", "Two rows AO.1.1. in one table."),
    check=check,
    needs=(CODES,),
)
