"""Columns that are not understood, assumed, or of a role that another one has: said, and their cells kept under the printed names."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from ..extract.raw import Row, Table
from ..extract.shape import NUMERIC, shape
from ..schema.language import Language
from ..schema.plan import Diagnostic, Level
from .columns import SURE
from .draft import TAUGHT_BY_TEMPLATE, diagnostic
from .header_roles import as_looked_up
from .lexicon import load
from .odd_cells import odd_cells
from .table_view import TableView

_SEVERAL_FIGURES = 3
_OF_PERIOD_ALONE = 60.0


def said_of_columns(view: TableView) -> Iterator[Diagnostic]:
    """Says which columns are unknown, assumed, or not read: those of money, and those of a role that another one has."""
    table, columns = view.table, view.columns
    unread = [c.printed for c in columns if c.role == "budget" and c.printed and not c.money]
    if unread:
        yield _column(table, "LEC-money", Level.NOTE, _MONEY, "», «".join(unread))
    if view.money:
        read = ", ".join(f"«{c.printed}» ({view.money_units[c.index]})" for c in view.money)
        yield _column(table, "LEC-money", Level.NOTE, _MONEY_READ, read)
    nameless = sum(1 for c in columns if not c.printed and not c.role and _holds_figures(table, c.index))
    if nameless > 1:
        # A header that was not found leaves its columns without names, and their figures unread.
        yield _column(table, "LEC-column", Level.WARNING, _NAMELESS, str(nameless))
    for c in columns:
        if c.printed and (not c.role or view.is_second(c)):
            yield from odd_cells(view, c)
        if not c.role and c.printed:
            yield _column(table, "LEC-column", Level.WARNING, _UNKNOWN if is_taught(c.printed) else _PERIOD_ALONE, c.printed)
        elif c.role == "double" or view.is_second(c):
            yield _column(table, "LEC-double", Level.WARNING, _DOUBLE if c.year is None else _OTHER_YEAR, c.printed)
        elif c.doubt:
            es, en = (t + remedy for t, remedy in zip(_IN_DOUBT[c.doubt], TAUGHT_BY_TEMPLATE, strict=True))
            yield _column(table, "LEC-period", Level.WARNING, (es, en), c.printed)
        elif c.role and c.role != "budget" and 0 < c.score < SURE and c.printed and c.score != _OF_PERIOD_ALONE:
            yield _column(table, "LEC-assumed", Level.NOTE, _ASSUMED, c.printed, c.role)


def other_cells(view: TableView, row: Row, name: str) -> dict[str, str]:
    """What a row prints in columns that are not read, by the printed names of the columns; later ones of one name are numbered.

    So is the column of names where the row took its ``name`` from the text beside its code.
    """
    found: dict[str, str] = {}
    for c in view.columns:
        text = row.text(c.index)
        elsewhere = c.index == view.name_column and bool(name) and name not in text and text not in name
        if text and c.printed and (elsewhere or c.role in ("", "double") or view.is_second(c)):
            header, n = c.printed, 1
            while header in found:
                n += 1
                header = f"{c.printed} ({n})"
            found[header] = text
    return found


def _holds_figures(table: Table, column: int) -> bool:
    return sum(shape(r.text(column)) in NUMERIC for r in table.rows) >= _SEVERAL_FIGURES


def is_taught(printed: str) -> bool:
    """True for a header that a wording of the lexicon could stand for: one that says more than its period."""
    return bool(as_looked_up(printed))


def taught_by(role: str, printed: str, language: Language = "es") -> str:
    """The command that teaches a header; without a role it leaves the place of the role open."""
    plain = not set(printed) & set('"$`\\!')
    role = role or ("PAPEL" if language == "es" else "ROLE")
    return f"veedor lexicon add {role} " + (f'"{printed}"' if plain else shlex.quote(printed))


def _column(table: Table, code: str, level: Level, text: tuple[str, str], name: str, role: str = "") -> Diagnostic:
    es, en = load("headers").get("role_names", {}).get(role, (role, role))
    return diagnostic(
        code,
        level,
        text[0].format(name=name, role=es, teach=taught_by(role, name)),
        text[1].format(name=name, role=en, teach=taught_by(role, name, "en")),
        table.place,
    )


_NAMELESS = (
    "Columnas de cifras sin encabezado: {name}. No se interpretan; sus celdas están, tal cual, en las tablas de «veedor extract».",
    "Columns of figures without a header: {name}. Not interpreted; their cells are, as printed, in the tables of “veedor extract”.",
)
_UNKNOWN = (
    "Columna «{name}» desconocida: no se interpreta; sus celdas están, como se imprimieron, en plan.json (other) y en «veedor extract». "
    "Para enseñarla: {teach}",
    "Unknown column “{name}”: not interpreted; its cells are, as printed, in plan.json (other) and “veedor extract”. To teach it: {teach}",
)
_PERIOD_ALONE = (
    "Columna «{name}»: no se sabe si es de metas o de resultados, y no se interpreta; sus celdas están, como se imprimieron, en plan.json "
    "(other). Dígalo con una plantilla: veedor template DOC",
    "Column “{name}”: it is not known whether it is of targets or of results, and it is not interpreted; its cells are, as printed, in "
    "plan.json (other). Say it in a template: veedor template DOC",
)
_ASSUMED = (
    "Se supuso que la columna «{name}» es «{role}» por sus palabras; no está en el léxico. Si es así, enséñela: {teach}",
    "Column “{name}” was taken to be “{role}” by its words; it is not in the lexicon. If that is right, teach it: {teach}",
)
_DOUBLE = (
    "La columna «{name}» tiene el mismo papel y período que otra; se usa la otra y esta queda sin interpretar, "
    "como se imprimió, en plan.json (other).",
    "Column “{name}” has the role and period of another one; the other is used, this one is not interpreted: "
    "it is, as printed, in plan.json (other).",
)
_OTHER_YEAR = (
    "La columna «{name}» es de otro año que el plan, que tiene una propia; no se interpreta: está, como se imprimió, en plan.json (other).",
    "Column “{name}” is of another year than the plan, which has one of its own; not interpreted: it is, as printed, in plan.json (other).",
)
_MONEY = (
    "Columnas de dinero («{name}»): no se interpretan; sus celdas están, como se imprimieron, en las tablas de «veedor extract».",
    "Columns of money (“{name}”): not interpreted; their cells are, as printed, in the tables of “veedor extract”.",
)
_MONEY_READ = (
    "Columnas de dinero: {name}. Son medidas aparte, con su moneda como unidad; las cifras de la fila son las físicas.",
    "Columns of money: {name}. Measures apart, with their currency as unit; the figures of the row are the physical ones.",
)
_IN_DOUBT = {
    "cost": (
        "Nada dice si la columna «{name}» es de lo presupuestado o de lo gastado; sus cifras se toman por gasto y se marcan ambiguas.",
        "Nothing says whether column “{name}” is of what was budgeted or spent; its figures are taken as spent and marked ambiguous.",
    ),
    "double": (
        "La columna «{name}» tiene el mismo papel y período que otra, y nada dice cuál vale; las cifras de ambas se marcan ambiguas.",
        "Column “{name}” has the role and period of another one, and nothing tells which counts; the figures of both are marked ambiguous.",
    ),
    "role": (
        "Nada dice si la columna «{name}» es de lo programado o de lo ejecutado; sus cifras se toman por programadas y se marcan ambiguas.",
        "Nothing says whether column “{name}” is of what was programmed or executed; it is taken as programmed, its figures as ambiguous.",
    ),
    "overlap": (
        "El período de la columna «{name}» se traslapa con el de otra del mismo papel; las cifras de ambas se marcan ambiguas.",
        "The period of column “{name}” overlaps that of another one of its role; the figures of both are marked ambiguous.",
    ),
}
