"""CRU003: a row of a justification table stands under another unit than the row that it repeats."""

from __future__ import annotations

from collections.abc import Iterator

from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ..engine import Check, Rule
from ..needs import RESTATED
from ..repeats import same_unit
from ..subject import Subject, where


def check(subject: Subject) -> Iterator[Check]:
    units = {r.lead_unit_id for r in subject.own_rows}
    carried = _carried(subject)
    for repeat in subject.repeats:
        row, own = repeat.row, repeat.own
        if own is None or not row.lead_unit_id or not own.lead_unit_id:
            continue
        if same_unit(row, own):
            yield Check(Outcome.HOLDS, row)
        elif row.sequence in carried:
            yield Check(Outcome.CANNOT_EVALUATE, row, _CARRIED, published=row.lead_unit)
        elif not repeat.certain or row.lead_unit_id not in units:
            # Only a unit that reports rows of its own is surely another one: the rest may be another name of the same.
            yield Check(Outcome.CANNOT_EVALUATE, row, _WHICH, published=row.lead_unit)
        else:
            message = _FAILS.format(restated=row.lead_unit, own=own.lead_unit)
            evidence = f"{where(row)}: {row.lead_unit} ≠ {where(own)}: {own.lead_unit}"
            yield Check(Outcome.FAILS, row, message, row.lead_unit, own.lead_unit, evidence)


def _carried(subject: Subject) -> set[int]:
    """The rows of tables under one unit that hardly any of the rows they repeat is of: the unit of the chapter before, and not theirs."""
    found: set[int] = set()
    certain = [r for r in subject.repeats if r.own is not None and r.row.lead_unit_id and r.own.lead_unit_id]
    for table in subject.plan.tables:
        first, last = table.sequences or (1, 0)
        pairs = [r for r in certain if first <= r.row.sequence <= last]
        others = sum(1 for r in pairs if r.own is not None and not same_unit(r.row, r.own))
        if len({r.row.lead_unit_id for r in pairs}) == 1 and len(pairs) > 1 and others > len(pairs) / 2:
            found.update(r.row.sequence for r in pairs)
    return found


_FAILS = Text(
    "La justificación la firma «{restated}», y la tabla del indicador lo asigna a «{own}».",
    "The justification is by “{restated}”, and the indicator's table gives it to “{own}”.",
)
_WHICH = Text(
    "No se puede comparar: no es seguro que los dos nombres de unidad sean de unidades distintas.",
    "Cannot be compared: it is not sure that the two names are of different units.",
)

_CARRIED = Text(
    "No se puede comparar: la tabla justifica filas de varias unidades, y no consta que sea de la unidad nombrada antes.",
    "Cannot be compared: the table justifies rows of several units, and nothing says that it is of the unit named before it.",
)

RULE = Rule(
    id="CRU003",
    severity=Severity.WARNING,
    title=Text("La justificación es de la unidad de su fila", "The justification is by its row's unit"),
    why=Text(
        "Quien explica un resultado debe ser quien lo obtuvo; si no, la explicación o la asignación está cambiada.",
        "Who explains a result must be who obtained it; else the explanation or the assignment is mixed up.",
    ),
    basis=Text(
        "La unidad bajo la que está la justificación contra la de la tabla del indicador, cuando las dos informan filas propias",
        "The unit above the justification against that of the indicator's table, where both report rows of their own",
    ),
    example=Text(
        "«Ropa hospitalaria despachada» de Servicios de Apoyo, justificada bajo Auditoría Interna.",
        "“Ropa hospitalaria despachada” of Servicios de Apoyo, justified under Auditoría Interna.",
    ),
    check=check,
    needs=(RESTATED,),
)
