"""Which lines of a history a person wants to see: those of a unit, or those of which something is to be said or asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ...normalize.folding import fold
from ...schema.errors import StoreError
from ...schema.language import Text, printable
from .linking import OPEN
from .shapes import History, Line, Link, Year


def of_unit(history: History, unit: str) -> History:
    """The lines that a lead unit has whose name holds the text, whatever its case and accents, and the years that have such lines.

    Raises StoreError where none has.
    """
    wanted = fold(unit)
    years = [replace(y, lines=[x for x in y.lines if any(wanted in fold(r.unit or "") for r in x.rows)]) for y in history.years]
    if not any(y.lines for y in years):
        units = dict.fromkeys(r.unit for y in history.years for x in y.lines for r in x.rows if r.unit)
        there = "; ".join(printable(u, 60) for u in list(units)[:_MOST]) + ("; …" if len(units) > _MOST else "")
        raise StoreError(_NO_UNIT.format(unit=printable(unit, 60), there=there or "—"))
    return replace(history, years=tuple(y for y in years if y.lines))


_MOST = 12
"""Units that are named where none fits."""


def notable(history: History) -> History:
    """The lines of which something is to be said, and the lines and objectives whose link a person is to confirm or reject."""
    return replace(history, years=tuple(_notable(y) for y in history.years))


def _notable(year: Year) -> Year:
    objectives = tuple(o for o in year.objectives if _open(o.links))
    return replace(year, lines=[x for x in year.lines if _is_notable(x)], objectives=objectives)


def _is_notable(line: Line) -> bool:
    return bool(line.statements) or _open(line.links)


def _open(links: Iterable[Link]) -> bool:
    return any(k.state in OPEN for k in links)


_NO_UNIT = Text(
    "Ninguna acción es de una unidad con «{unit}» en su nombre. Unidades que hay: {there}.",
    "No action is of a unit with “{unit}” in its name. There are: {there}.",
)
