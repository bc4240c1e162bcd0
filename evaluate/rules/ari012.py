"""ARI012: totals, balances and stated sums of money are what the amounts of their table give."""

from __future__ import annotations

from collections.abc import Iterator

from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ...schema.place import Place
from ..engine import Check, Rule
from ..money import Total, TotalledColumn, balances, like, stated, totalled
from ..needs import MONEY
from ..subject import Subject
from ..texts import at

# So many other totals, lines or rows of the document that hold show what is added up; a balance by this share of its rows.
_SHOWN, _MOST = 2, 0.8
_BALANCES = 3


def check(subject: Subject) -> Iterator[Check]:
    yield from _totals(subject)
    yield from _stated(subject)
    for balance in balances(subject.plan, _BALANCES, _MOST):
        for row in balance.rows:
            printed = row.amounts[balance.columns[2]].printed
            if balance.holds(row):
                yield Check(Outcome.HOLDS, place=row.place)
            else:
                a, b, c = (balance.table.columns[n] for n in balance.columns)
                wanted = like(balance.wanted(row), printed)
                message = _BALANCE.format(label=row.label[:80], left=c, whole=a, spent=b, wanted=wanted, printed=printed)
                yield Check(Outcome.FAILS, None, message, printed, wanted, at(row.place), Severity.ERROR, place=row.place)


def _totals(subject: Subject) -> Iterator[Check]:
    columns = totalled(subject.plan)
    untold: Place | None = None
    for column in columns:
        for total in column.totals:
            place, printed = total.row.place, total.printed.printed
            if total.explained:
                yield Check(Outcome.HOLDS, place=place)
            elif total.added is not None and _sure(column, total, columns):
                wanted, label = like(total.added, printed), total.row.label[:80]
                message = _FAILS.format(label=label, column=column.table.columns[column.column], printed=printed, wanted=wanted)
                yield Check(Outcome.FAILS, None, message, printed, wanted, at(place), Severity.ERROR, place=place)
            else:
                untold = untold or place
    if untold is not None:
        # Said once: a report of spending has thousands of totals of many levels.
        yield Check(Outcome.CANNOT_EVALUATE, None, _UNKNOWN, evidence=at(untold), place=untold)


def _sure(column: TotalledColumn, total: Total, columns: list[TotalledColumn]) -> bool:
    """True where it is plain what a total should be: by the other totals of its column, another column or table, or its figures."""
    if total.slipped:
        return True
    if len(column.totals) > _SHOWN:
        return sum(1 for t in column.totals if not t.explained) == 1
    if not column.alone:
        return False
    others = [c for c in columns if c is not column and c.whole]
    if any(c.table is column.table for c in others):
        return True
    return sum(1 for c in others if c.table.columns == column.table.columns) >= _SHOWN


def _stated(subject: Subject) -> Iterator[Check]:
    found = stated(subject.plan)
    holding = sum(1 for s in found if s.holds)
    for s in found:
        place = s.line.place
        if s.holds:
            yield Check(Outcome.HOLDS, place=place)
        elif holding >= _SHOWN:
            wanted = like(s.given[-1], s.amount.printed)
            message = _STATED.format(printed=s.amount.printed, wanted=wanted)
            yield Check(Outcome.FAILS, None, message, s.amount.printed, wanted, f"{at(place)} / {at(s.table.place)}", place=place)
        else:
            yield Check(Outcome.CANNOT_EVALUATE, None, _LINE, s.amount.printed, "", at(place), place=place)


_FAILS = Text(
    "«{label}» imprime {printed} en «{column}», pero los montos que totaliza suman {wanted}.",
    "“{label}” prints {printed} under “{column}”, but the amounts that it totals add up to {wanted}.",
)
_STATED = Text(
    "El texto da {printed} para la tabla que sigue, y sus montos suman {wanted}.",
    "The text gives {printed} for the table below, whose amounts add up to {wanted}.",
)
_BALANCE = Text(
    "«{label}»: {left} impreso {printed}; {whole} menos {spent} da {wanted}, como en las demás filas.",
    "“{label}”: {left} is printed {printed}; {whole} less {spent} gives {wanted}, as in the other rows.",
)
_UNKNOWN = Text(
    "No se pueden juzgar todos los totales de dinero: no se sabe qué filas suma cada uno, o algún monto es dudoso.",
    "Not every total of money can be judged: it is not known which rows each one adds up, or some amount is doubtful.",
)
_LINE = Text(
    "No se puede juzgar: nada muestra que el monto del texto sea el de la tabla que sigue.",
    "Cannot be judged: nothing shows that the amount of the text is that of the table below.",
)

RULE = Rule(
    id="ARI012",
    severity=Severity.WARNING,
    title=Text("Los totales de dinero suman", "Totals of money add up"),
    why=Text(
        "Un total que sus partidas no dan es un monto mal puesto o una partida que falta; con él se aprueba y se liquida.",
        "A total that its items do not give is an amount misplaced or an item missing; it is what is approved and settled.",
    ),
    basis=Text(
        "Columnas de dinero, sin interpretarlas: totales contra las filas que totalizan, saldos contra las demás filas, y el monto que el "
        "texto da sobre la tabla; solo donde otros totales del documento, u otra columna, muestran qué se suma",
        "Columns of money, without reading a meaning into them: totals against the rows they total, balances against the other rows, and "
        "the amount that the text gives above a table; told only where other totals, or another column, show what is added",
    ),
    example=Text("Partidas de 1,250, 2,100 y 640, subtotal 3,909.", "Items of 1,250, 2,100 and 640, subtotal 3,909."),
    check=check,
    needs=(MONEY,),
)
