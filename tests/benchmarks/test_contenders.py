"""Holds what the benchmark hands to the measure to what each tool says of spans and blank cells."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

Written = Callable[..., Path]


def boxes(cells: list[tuple[int, int, int, int]], rows: list[list[tuple[int, int, int, int] | None]], texts: list[list[str | None]]) -> Any:
    """A table as pdfplumber has it."""
    return SimpleNamespace(cells=cells, rows=[SimpleNamespace(cells=r) for r in rows], extract=lambda: texts)


def lines(*rows: str) -> list[list[SimpleNamespace]]:
    """A grid as camelot has it: no line between positions with the same letter; the letter stands in the first of them."""
    seen: set[str] = set()
    grid: list[list[SimpleNamespace]] = []
    for r, row in enumerate(rows):
        grid.append([])
        for c, letter in enumerate(row):
            around = {"left": (r, c - 1), "right": (r, c + 1), "top": (r - 1, c), "bottom": (r + 1, c)}
            inside = {k: 0 <= i < len(rows) and 0 <= j < len(row) for k, (i, j) in around.items()}
            closed = {k: not inside[k] or rows[i][j] != letter for k, (i, j) in around.items()}
            grid[-1].append(SimpleNamespace(text="" if letter in seen else letter, **closed))
            seen.add(letter)
    return grid


def test_a_box_over_two_columns_spans_them(contenders: ModuleType) -> None:
    wide, low, left, right = (0, 0, 20, 10), (20, 0, 30, 20), (0, 10, 10, 20), (10, 10, 20, 20)
    table = boxes([wide, low, left, right], [[wide, None, low], [left, right, None]], [["w", None, "l"], ["a", "", None]])
    assert list(contenders.boxed(table)) == [(0, 0, 0, 1, "w"), (0, 2, 1, 2, "l"), (1, 0, 1, 0, "a"), (1, 1, 1, 1, "")]


def test_positions_without_a_line_between_are_one_cell(contenders: ModuleType) -> None:
    found = list(contenders.ruled(lines("aab", "cdb")))
    assert found == [(0, 0, 0, 1, "a "), (0, 2, 1, 2, "b "), (1, 0, 1, 0, "c"), (1, 1, 1, 1, "d")]


def test_what_is_no_rectangle_stays_apart(contenders: ModuleType) -> None:
    found = list(contenders.ruled(lines("aa", "ab")))
    assert found == [(0, 0, 0, 0, "a"), (0, 1, 0, 1, ""), (1, 0, 1, 0, ""), (1, 1, 1, 1, "b")]


def test_veedor_gives_its_logical_tables_with_header_and_spans(contenders: ModuleType, written: Written) -> None:
    html = (
        "<table><tr><td rowspan=2>ACCIÓN</td><td colspan=2>METAS</td></tr><tr><td>ANUAL</td><td>ENE-MAR</td></tr>"
        "<tr><td>Revisar los expedientes</td><td>12</td><td>3</td></tr>"
        "<tr><td>Atender las solicitudes</td><td>8</td><td>2</td></tr></table>"
    )
    (table,) = contenders.by_veedor(written(html))
    assert {(0, 0, 1, 0, "ACCIÓN"), (0, 1, 0, 2, "METAS"), (1, 1, 1, 1, "ANUAL"), (2, 2, 2, 2, "3")} <= set(table.cells)


def test_a_document_that_is_refused_has_no_tables(contenders: ModuleType, written: Written) -> None:
    assert contenders.by_veedor(written(b"%PDF-1.4 broken", name="broken.pdf")) == []


def test_a_tool_that_is_not_installed_says_so(contenders: ModuleType) -> None:
    assert "no_such_tool" in contenders.Contender("none", "no_such_tool", list).load()
    assert contenders.CONTENDERS[0].load() == ""
