"""PRO005: a target has no unit of measure, or one that names nothing, where the other rows have one."""

from __future__ import annotations

from collections.abc import Iterator

from ...normalize.folding import fold
from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ...schema.plan import Indicator, Kind, MeasureKind
from ..engine import Check, Rule
from ..needs import UNITS_OF_MEASURE
from ..subject import Subject, where
from ..wordings import load

# From this share of the rows with targets on, and this many, all are expected to have a unit.
_SHARE, _ROWS = 0.8, 4


def check(subject: Subject) -> Iterator[Check]:
    kinds: dict[Kind, list[Indicator]] = {}
    for row in subject.own_rows:
        if _target(row):
            kinds.setdefault(row.kind, []).append(row)
    unclear = set(load("units").get("unclear", ()))
    for rows in kinds.values():
        with_unit = sum(1 for r in rows if r.unit_of_measure)
        expected = with_unit >= max(_ROWS, _SHARE * len(rows))
        for row in rows:
            printed = row.unit_of_measure
            if printed and (fold(printed) in unclear or not any(c.isalpha() or c in "%$" for c in printed)):
                yield Check(Outcome.FAILS, row, _UNCLEAR.format(printed=printed), printed, "", where(row), Severity.NOTE)
            elif printed:
                yield Check(Outcome.HOLDS, row)
            elif expected and row.redacted:
                yield Check(Outcome.CANNOT_EVALUATE, row, _WITHHELD, "", "", where(row))
            elif expected:
                message = _MISSING.format(target=_target(row), count=with_unit, rows=len(rows))
                yield Check(Outcome.FAILS, row, message, "", "", where(row))


def _target(row: Indicator) -> str:
    """The row's target as printed, the first one."""
    return next((m.quantity.printed for m in row.measures if m.measure is MeasureKind.TARGET and m.quantity.value is not None), "")


_MISSING = Text(
    "La meta es {target} y no dice de qué: {count} de las {rows} filas con meta imprimen su unidad de medida.",
    "The target is {target}, and it does not say of what: {count} of the {rows} rows with a target print their unit of measure.",
)
_UNCLEAR = Text(
    "La unidad de medida «{printed}» no dice qué se cuenta.",
    "The unit of measure “{printed}” does not say what is counted.",
)
_WITHHELD = Text("No se puede juzgar: parte de la fila está omitida.", "Cannot be judged: part of the row is withheld.")

RULE = Rule(
    id="PRO005",
    severity=Severity.WARNING,
    title=Text("Meta sin unidad de medida", "Target without a unit of measure"),
    why=Text(
        "Un 12 sin unidad puede ser doce informes o el 12 %: lo ejecutado no se puede comparar con ello.",
        "A 12 without a unit may be twelve reports or 12 %: what is executed cannot be compared with it.",
    ),
    basis=Text(
        "Las demás filas del documento: al menos cuatro de cada cinco imprimen unidad. Palabras que no nombran nada: wordings/units.yaml",
        "The document's other rows: at least four of five print a unit. Words that name nothing: wordings/units.yaml",
    ),
    example=Text("Meta 12 con la celda de la unidad en blanco.", "Target 12 with a blank cell of the unit."),
    check=check,
    needs=(UNITS_OF_MEASURE,),
)
