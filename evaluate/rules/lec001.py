"""LEC001: a figure of the row admits two readings, stands in a column whose period or role is not known, or cannot be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...schema.finding import Outcome, Severity
from ...schema.language import Text, number
from ...schema.place import Place
from ...schema.plan import Indicator, Level, Measure
from ...schema.quantity import Quantity, State
from ..engine import Check, Rule
from ..subject import Subject, where

_DOUBTFUL = (State.AMBIGUOUS, State.ILLEGIBLE)


def check(subject: Subject) -> Iterator[Check]:
    warned = {d.place for d in subject.plan.diagnostics if d.level is Level.WARNING}
    for row in subject.rows:
        if not row.measures:
            continue
        of_doubt = [m for m in row.measures if m.quantity.state in _DOUBTFUL]
        doubtful = [m.quantity for m in of_doubt]
        if not doubtful:
            yield Check(Outcome.HOLDS, row)
            continue
        printed = "; ".join(dict.fromkeys(q.printed for q in doubtful if q.printed))
        if columns := _unknown_columns(subject, row, of_doubt, warned):
            what = _PERIOD if all(m.months is None for m in of_doubt) else _MEANING
            yield Check(Outcome.FAILS, row, what.format(columns="», «".join(columns)), printed, "", f"{where(row)}: {printed}")
            continue
        readings = "; ".join(dict.fromkeys(_readings(q) for q in doubtful if q.printed))
        yield Check(Outcome.FAILS, row, _FAILS, printed, "", f"{where(row)}: {readings}" if readings else where(row))


def _unknown_columns(subject: Subject, row: Indicator, doubtful: Sequence[Measure], warned: set[Place]) -> list[str]:
    """The columns whose period or role nothing tells, where they alone put the figures in doubt; none where a reading does as well."""
    table = subject.table_of(row)
    columns = [c for c in table.columns if c.doubted] if table else []
    of_column = {c.role for c in columns}
    for m in doubtful:
        read = m.quantity.value is not None and m.quantity.alternative is None and not {row.place, m.quantity.place} & warned
        if not read or m.measure not in of_column:
            return []
    return [c.printed for c in columns if any(m.measure == c.role for m in doubtful)]


def _readings(quantity: Quantity) -> str:
    """ "7,021 = 7.021 / 7021"."""
    if quantity.value is None:
        return f"{quantity.printed} = ?"
    other = f" / {number(quantity.alternative)}" if quantity.alternative is not None else " (?)"
    return f"{quantity.printed} = {number(quantity.value)}{other}"


_FAILS = Text(
    "Alguna cifra de la fila no se pudo leer con certeza: compárela con el documento antes de usarla.",
    "Some figure of the row could not be read with certainty: compare it with the document before using it.",
)
_PERIOD = Text(
    "No se sabe de qué período son las cifras de «{columns}», y por eso están en duda. Dígalo en una plantilla (veedor template DOC) y lea "
    "el documento con ella (--template).",
    "It is not known of which period the figures of “{columns}” are, and so they are in doubt. Say it in a template (veedor template DOC) "
    "and read the document by it (--template).",
)
_MEANING = Text(
    "No se sabe de seguro qué papel o período tienen las cifras de «{columns}», y por eso están en duda. Dígalo en una plantilla (veedor "
    "template DOC) y lea el documento con ella (--template).",
    "It is not certain which role or period the figures of “{columns}” have, and so they are in doubt. Say it in a template (veedor "
    "template DOC) and read the document by it (--template).",
)

RULE = Rule(
    id="LEC001",
    severity=Severity.WARNING,
    title=Text("Cifra en duda", "Figure in doubt"),
    why=Text(
        "Una cifra mal leída que pasa por buena vale menos que ninguna; por eso se dice cuál es.",
        "A misread figure that passes for a good one is worth less than none; so it is said which it is.",
    ),
    basis=Text(
        "Separadores que admiten dos lecturas, filas que perdieron celdas, texto donde toca una cifra, columnas de período o papel "
        "desconocido",
        "Separators that admit two readings, rows that lost cells, text where a figure is due, columns of unknown period or role",
    ),
    example=Text("«7,021» junto a «176.79» en la misma unidad: 7.021 o 7021.", "“7,021” beside “176.79” in one unit: 7.021 or 7021."),
    check=check,
)
