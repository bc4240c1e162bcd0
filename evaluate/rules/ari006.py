"""ARI006: a total or subtotal is what the rows that it totals add up to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from copy import deepcopy
from decimal import Decimal

from ...schema.finding import Outcome, Severity
from ...schema.language import Text, number
from ...schema.plan import Indicator, Measure, MeasureKind
from ..engine import Check, Rule
from ..needs import TOTALS
from ..subject import Subject, where
from ..totals import Added, Block, column, totals

# A total this far from the sum of its rows, with no other column to confirm them, totals something else.
_NEAR = 2.0
# So many other totals, all of the rows of one kind of block, and more of them than of those that none gives, show what is totalled.
_SHOWN = 3


def check(subject: Subject) -> Iterator[Check]:
    incomplete = any(d.code == "LEC-money" for d in subject.plan.diagnostics)
    meant: Counter[str] = Counter()
    untold: list[tuple[Indicator, list[Measure], list[Block]]] = []
    for row, blocks in totals(subject):
        figures = [m for m in row.measures if m.measure is not MeasureKind.PERCENT and m.quantity.value is not None]
        if not figures:
            continue
        if not all(m.quantity.known for m in figures):
            yield Check(Outcome.CANNOT_EVALUATE, row, _DOUBTFUL)
        elif (block := _meant(figures, blocks)) is not None:
            meant[block.name] += 1
            yield from _compare(row, figures, block, Severity.ERROR)
        elif len(blocks) == 1 and not blocks[0].rates and not incomplete and all(_near(m, blocks[0]) for m in figures):
            yield from _compare(row, figures, blocks[0], Severity.WARNING)
        else:
            untold.append((row, figures, [deepcopy(b) for b in blocks]))
    usual, often = meant.most_common(1)[0] if meant else ("", 0)
    for row, figures, blocks in untold:
        block = next((b for b in blocks if b.name == usual and not b.rates and all(_near(m, b) for m in figures)), None)
        if block is not None and often >= max(_SHOWN, len(untold) + 1) and often == meant.total() and not incomplete:
            yield from _compare(row, figures, block, Severity.ERROR)
        else:
            yield Check(Outcome.CANNOT_EVALUATE, row, _UNKNOWN, "; ".join(m.quantity.printed for m in figures), "", where(row))


def _added(figure: Measure, block: Block) -> Added | None:
    """What the rows of a block add up to in the column of a figure; None where that is not certain."""
    found = block.columns.get(column(figure))
    return found if found is not None and found.known and found.count > 1 else None


def _equal(figure: Measure, added: Added | None) -> bool:
    return added is not None and added.total == Decimal(repr(figure.quantity.value))


def _meant(figures: Sequence[Measure], blocks: Sequence[Block]) -> Block | None:
    """The block that gives most of the figures above zero; None where none gives any, or not half of them."""

    def given(block: Block) -> int:
        return sum(1 for m in figures if m.quantity.value and _equal(m, _added(m, block)))

    best = max(blocks, key=given, default=None)
    return best if best is not None and given(best) and 2 * given(best) >= len([m for m in figures if m.quantity.value]) else None


def _near(figure: Measure, block: Block) -> bool:
    added = _added(figure, block)
    value = Decimal(repr(figure.quantity.value))
    return added is not None and added.total > 0 and added.total / Decimal(_NEAR) <= value <= added.total * Decimal(_NEAR)


def _compare(row: Indicator, figures: Sequence[Measure], block: Block, severity: Severity) -> Iterator[Check]:
    wrong = [(m, added) for m in figures if (added := _added(m, block)) is not None and not _equal(m, added)]
    if not wrong:
        yield Check(Outcome.HOLDS, row)
        return
    parts = [(m.quantity.printed, number(float(added.total))) for m, added in wrong]
    evidence = "; ".join(f"{_name(m)}: {number(float(added.total))} ≠ {m.quantity.printed}" for m, added in wrong)
    message = _FAILS.format(printed=", ".join(p for p, _ in parts), total=", ".join(t for _, t in parts), rows=block.rows)
    printed, expected = "; ".join(p for p, _ in parts), "; ".join(t for _, t in parts)
    yield Check(Outcome.FAILS, row, message, printed, expected, f"{where(row)}: {evidence}", severity)


def _name(figure: Measure) -> str:
    months = f" {figure.months[0]}-{figure.months[1]}" if figure.months else ""
    return f"{figure.measure.value}{months}"


_FAILS = Text(
    "El total impreso es {printed}, pero las {rows} filas que totaliza suman {total}.",
    "The total is printed as {printed}, but the {rows} rows that it totals add up to {total}.",
)
_DOUBTFUL = Text("No se puede comprobar: alguna cifra del total es dudosa.", "Cannot be checked: some figure of the total is doubtful.")
_UNKNOWN = Text(
    "No se puede comprobar: no consta qué filas totaliza, o no todas se pueden sumar.",
    "Cannot be checked: it is not known which rows it totals, or not all of them can be added.",
)

RULE = Rule(
    id="ARI006",
    severity=Severity.ERROR,
    title=Text("Los totales son la suma de sus filas", "Totals are the sum of their rows"),
    why=Text(
        "Del total salen las cifras que se publican y comparan; si sus filas no lo dan, sobra o falta una.",
        "Totals are what is published and compared; where their rows do not give them, one is missing or one too many.",
    ),
    basis=Text(
        "Suma de las filas desde el total anterior, del objetivo, la sección o el documento, o de los subtotales: la que dé más columnas, "
        "o la que dan los demás totales",
        "Sum of the rows since the last total, of the objective, section or document, or of the subtotals: whichever gives most columns, "
        "or gives the other totals",
    ),
    example=Text("Filas 4, 6 y 5, total 16.", "Rows 4, 6 and 5, total 16."),
    check=check,
    needs=(TOTALS,),
)
