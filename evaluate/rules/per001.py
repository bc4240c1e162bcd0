"""PER001: the header of a table reports another period than the document."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from ...schema.finding import Outcome, Severity
from ...schema.language import Count, Text
from ...schema.plan import Indicator, Measure, MeasureKind
from ..engine import Check, Rule
from ..needs import PERIOD
from ..subject import Subject, where
from ..texts import at
from ..told_periods import between, span

# Results behind the period in no more than this share of the rows are slips of these, and not what the table reports.
_FEW = 0.34


def check(subject: Subject) -> Iterator[Check]:
    start, end = subject.plan.document.period_start, subject.plan.document.period_end
    if start is None or end is None:
        return
    # Where the tables agree with each other and not with the title, the title is wrong, which PER003 says once.
    last = subject.agreed_end(end.month) or end.month
    wanted = between(start, end) if last == end.month else span(1, last, end.year)
    classes = _classes(subject)
    for _, found in groupby(subject.rows, lambda row: _table(row, classes)):
        rows = list(found)
        row = rows[0]
        months = row.reported_months
        if months is None:
            if row.actual is not None or row.percent is not None:
                yield Check(Outcome.CANNOT_EVALUATE, row, _NO_PERIOD)
            continue
        if months[1] == last and (row.period_end is None or row.period_end.year == end.year):
            yield Check(Outcome.HOLDS, row)
            continue
        late = [found for r in rows if (found := _later(r, last)) is not None]
        if 0 < len(late) <= max(1, len(rows) * _FEW):
            # The header has all months of the year; that one or two rows have a figure further on says nothing of the others.
            for one, measure in late:
                when = span(*(measure.months or (1, 12)), end.year)
                message = Text(_LATE.es.format(when=when.es, document=wanted.es), _LATE.en.format(when=when.en, document=wanted.en))
                yield Check(Outcome.FAILS, one, message, measure.quantity.printed, "", where(one))
            continue
        year = row.period_end.year if row.period_end else end.year
        told = span(*months, year)
        message = Text(
            _FAILS.es.format(table=told.es, document=wanted.es, count=Count(len(rows))),
            _FAILS.en.format(table=told.en, document=wanted.en, count=Count(len(rows))),
        )
        evidence = where(row) + (f" … {where(rows[-1])}" if len(rows) > 1 else "") + _header(subject, row)
        yield Check(Outcome.FAILS, row, message, told.es, wanted.es, evidence)


def _later(row: Indicator, last: int) -> tuple[Indicator, Measure] | None:
    """A row with the first result that it prints for a part of the year behind a month; None where it prints none."""
    later = (m for m in row.measures if m.measure is MeasureKind.ACTUAL and m.months and m.months[0] > last and m.quantity.value)
    return next(((row, m) for m in later), None)


def _header(subject: Subject, row: Indicator) -> str:
    """The header that names the period of a row, and where it stands."""
    table = subject.table_of(row)
    told = [c.printed for c in table.columns if c.months == row.reported_months and c.months] if table else []
    return f" · «{told[0]}», {at(table.place)}" if table and told else ""


def _table(row: Indicator, classes: dict[int, str]) -> tuple[object, ...]:
    """What the rows under one header have in common; a class only where its rows have a table of their own."""
    year = row.period_end.year if row.period_end else 0
    return (row.reported_months, classes.get(row.sequence, ""), row.kind, row.restated, year, row.objective_id)


def _classes(subject: Subject) -> dict[int, str]:
    """The class of each row whose whole table is of that class."""
    found: dict[int, str] = {}
    tables: dict[int, list[Indicator]] = {}
    for row in subject.rows:
        table = subject.table_of(row)
        tables.setdefault(table.sequences[0] if table and table.sequences else -row.sequence, []).append(row)
    for rows in tables.values():
        if len({r.class_id for r in rows}) == 1:
            found.update((r.sequence, r.class_id) for r in rows)
    return found


_FAILS = Text(
    "El encabezado de esta tabla informa de {table} ({count:fila|filas}), y el resto del documento de {document}: o el encabezado quedó de "
    "otro informe, o las cifras son de otro período.",
    "The header of this table reports {table} ({count:row|rows}), the rest of the document {document}: either the header is left from "
    "another report, or the figures are of another period.",
)
_LATE = Text(
    "La fila imprime un resultado de {when}, y el documento informa de {document}: se anotó bajo otro mes, o antes de que ocurriera.",
    "The row prints a result of {when}, and the document reports {document}: it was put under another month, or before it happened.",
)
_NO_PERIOD = Text(
    "No se puede comparar: la tabla no dice de qué período informa.", "Cannot be compared: the table does not say which period it reports."
)

RULE = Rule(
    id="PER001",
    severity=Severity.WARNING,
    title=Text("El encabezado es del período del documento", "The header is of the document's period"),
    why=Text(
        "Una cifra de otro período entra en las cuentas de este como si se hubiera evaluado ahora.",
        "A figure of another period enters the accounts of this one as if it had been evaluated now.",
    ),
    basis=Text(
        "El último mes del encabezado de resultados contra el último mes del período que declara el documento",
        "The last month of the header of results against the last month of the period that the document states",
    ),
    example=Text(
        "«Resultado Enero-marzo 2023» en la evaluación de abril a junio de 2023.",
        "“Resultado Enero-marzo 2023” in the evaluation of April to June 2023.",
    ),
    check=check,
    needs=(PERIOD,),
)
