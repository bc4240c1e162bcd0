"""Headers of three levels and more in typeset PDFs: levels that only name, titles in the grid, repeated headers, bands below them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from veedor.extract.raw import Table
from veedor.extract.reading import read_raw

from .drawn import document, line, text

Spanned = tuple[str, int, int]
"""A text with the columns and the rows that it spans."""

XS = (20, 150, 200, 245, 290, 335, 380, 425, 470, 580)
ROW = 14
SIZE = 7
MONTHS = [("Ene", 1, 1), ("Feb", 1, 1), ("Mar", 1, 1)]

NAMES_ONLY: list[list[Spanned]] = [
    [("OBJETIVO", 1, 1), ("UNIDAD", 1, 3), ("PROGRAMACION", 3, 1), ("EJECUCION", 3, 1), ("OBSERVACIONES", 1, 3)],
    [("ACTIVIDAD", 1, 2), ("FISICO", 3, 1), ("FISICO", 3, 1)],
    [*MONTHS, *MONTHS],
]
FOUR_LEVELS: list[list[Spanned]] = [
    [("ACTIVIDAD", 1, 4), ("UNIDAD", 1, 4), ("PROGRAMACION 2022", 6, 1), ("OBSERVACIONES", 1, 4)],
    [("FISICO", 6, 1)],
    [("I TRIMESTRE", 3, 1), ("II TRIMESTRE", 3, 1)],
    [*MONTHS, ("Abr", 1, 1), ("May", 1, 1), ("Jun", 1, 1)],
]
FIRST_COLUMN_TWICE: list[list[Spanned]] = [
    [("OBJETIVO", 1, 1), ("UNIDAD", 1, 3), ("PROGRAMACION", 3, 1), ("EJECUCION", 3, 1), ("OBSERVACIONES", 1, 3)],
    [("ACCION", 1, 1), ("Cantidad", 3, 1), ("Cantidad", 3, 1)],
    [("ACTIVIDAD", 1, 1), *MONTHS, *MONTHS],
]
YEARS: list[list[Spanned]] = [
    [("ACTIVIDAD", 1, 3), ("UNIDAD", 1, 3), ("METAS", 6, 1), ("OBSERVACIONES", 1, 3)],
    [("Numero de productos", 6, 1)],
    [(str(y), 1, 1) for y in range(2019, 2025)],
]
FORMULAS: list[list[Spanned]] = [
    [(n, 1, 1) for n in ("ACTIVIDAD", "UNIDAD", "META", "REAL", "AVANCE", "META 2", "REAL 2", "AVANCE 2", "OBSERVACIONES")],
    [(n, 1, 1) for n in ("", "", "(a)", "(b)", "(c)=(b/a)", "(d)", "(e)", "(f)=(e*d)", "")],
]
ROWS = [
    ["Informes de control", "Informe", "1", "2", "3", "1", "2", "2", "Falta el informe de marzo"],
    ["Visitas a las sedes", "Visita", "4", "4", "4", "4", "4", "4", ""],
    ["Talleres de capacitacion", "Taller", "0", "1", "0", "0", "1", "0", ""],
]


def width(words: str) -> float:
    """About as wide as Helvetica prints it."""
    return SIZE * sum(0.28 if c == " " else 0.67 if c.isupper() else 0.53 for c in words)


def boxed(rows: Sequence[Sequence[Spanned]], top: float, ruled: bool) -> tuple[str, float]:
    """The rows with a line around each cell, or with no line at all, and where they end."""
    out, taken = "", set[tuple[int, int]]()
    for r, row in enumerate(rows):
        c = 0
        for words, wide, high in row:
            while (r, c) in taken:
                c += 1
            taken |= {(r + i, c + j) for i in range(high) for j in range(wide)}
            x0, x1, y0, y1 = XS[c], XS[c + wide], top + ROW * r, top + ROW * (r + high)
            if ruled:
                out += line(x0, y0, x1, y0) + line(x0, y1, x1, y1) + line(x0, y0, x0, y1) + line(x1, y0, x1, y1)
            elif wide > 1:
                out += line(x0 + 2, y1, x1 - 2, y1)
            if words:
                start = x0 + 3 if c < 2 or c == len(XS) - 2 else (x0 + x1 - width(words)) / 2
                out += text(start, (y0 + y1) / 2 + 3, words, size=SIZE)
            c += wide
    return out, top + ROW * len(rows)


def page(*parts: Sequence[Sequence[Spanned]], ruled: bool = True) -> str:
    out, y = text(20, 40, "SEGUIMIENTO", size=12), 70.0
    for rows in parts:
        drawn, y = boxed(rows, y, ruled)
        out += drawn
    return out


def as_rows(rows: Sequence[Sequence[str]]) -> list[list[Spanned]]:
    return [[(t, 1, 1) for t in row] for row in rows]


def names(header: Sequence[Sequence[Spanned]]) -> list[list[str]]:
    """The texts above each column, outermost first."""
    found: list[list[str]] = [[] for _ in XS[1:]]
    taken = set[tuple[int, int]]()
    for r, row in enumerate(header):
        c = 0
        for words, wide, high in row:
            while (r, c) in taken:
                c += 1
            taken |= {(r + i, c + j) for i in range(high) for j in range(wide)}
            for column in range(c, c + wide) if words else ():
                found[column].append(words)
            c += wide
    return found


def tables(folder: Path, *pages: str) -> list[Table]:
    file = folder / "plan.pdf"
    file.write_bytes(document(*pages))
    return read_raw(file).tables


def texts(table: Table) -> list[list[str]]:
    return [[c.text if c else "" for c in r.cells] for r in table.rows]


TITLE: list[Spanned] = [("PLAN OPERATIVO INSTITUCIONAL", 9, 1)]
BAND: list[Spanned] = [("OEI.04 FORTALECER LA GESTION INSTITUCIONAL", 9, 1)]
LEVELS = {
    "names only": NAMES_ONLY,
    "four levels": FOUR_LEVELS,
    "years": YEARS,
    "first column twice": FIRST_COLUMN_TWICE,
    "formulas": FORMULAS,
}


@pytest.mark.parametrize("header", LEVELS.values(), ids=LEVELS)
def test_a_level_that_opens_no_column(tmp_path: Path, header: list[list[Spanned]]) -> None:
    (table,) = tables(tmp_path, page(header, as_rows(ROWS)))
    assert [list(path) for path in table.columns] == names(header)
    assert texts(table) == ROWS


def test_levels_with_a_line_under_each_name_and_no_grid(tmp_path: Path) -> None:
    (table,) = tables(tmp_path, page(NAMES_ONLY, as_rows(ROWS), ruled=False))
    assert [list(path) for path in table.columns][2:] == names(NAMES_ONLY)[2:]
    assert texts(table) == ROWS


@pytest.mark.parametrize("header", LEVELS.values(), ids=LEVELS)
def test_the_header_printed_again_on_the_next_page(tmp_path: Path, header: list[list[Spanned]]) -> None:
    many = [[f"{row[0]} {n}", *row[1:]] for n in range(14) for row in ROWS]
    (table,) = tables(tmp_path, page(header, as_rows(many)), page(header, as_rows(ROWS)))
    assert [list(path) for path in table.columns] == names(header)
    assert texts(table) == many + ROWS
    assert table.joined_parts == 2


@pytest.mark.parametrize("titles", [[TITLE], [TITLE, TITLE], [TITLE, TITLE, TITLE]], ids=[1, 2, 3])
def test_titles_in_the_grid_above_the_header(tmp_path: Path, titles: list[list[Spanned]]) -> None:
    (table,) = tables(tmp_path, page([*titles, *NAMES_ONLY], as_rows(ROWS)))
    assert [list(path) for path in table.columns] == names(NAMES_ONLY)
    assert texts(table) == ROWS


def test_an_objective_below_the_header_at_the_foot_of_a_page_is_no_level(tmp_path: Path) -> None:
    many = [[f"{row[0]} {n}", *row[1:]] for n in range(14) for row in ROWS]
    full, (_, foot) = as_rows(many[:36]), boxed(as_rows(many[:36]), 70, True)
    last = text(20, foot + 20, "Unidad de Compras") + boxed([*NAMES_ONLY, BAND], foot + 30, True)[0]
    table = tables(tmp_path, page(full) + last, page(NAMES_ONLY, as_rows(ROWS)))[-1]
    assert [list(path) for path in table.columns] == names(NAMES_ONLY)
    assert [r.joined for r in table.rows] == [BAND[0][0], *(" ".join(t for t in row if t) for row in ROWS)]


def test_the_row_that_numbers_the_columns(tmp_path: Path) -> None:
    numbers = [str(n) for n in range(1, 9)] + ["(9)=(8)/(5)"]
    (table,) = tables(tmp_path, page(NAMES_ONLY, as_rows([numbers]), as_rows(ROWS)))
    assert texts(table) == ROWS


def test_texts_below_figures_are_rows(tmp_path: Path) -> None:
    """A first row without figures, its first field filled as the header's is: no level, since it opens no column over figures."""
    words = ["Diagnostico", "Estudio", "No aplica", "", "", "No aplica", "", "", ""]
    (table,) = tables(tmp_path, page(NAMES_ONLY, as_rows([words, *ROWS])))
    assert texts(table) == [words, *ROWS]
