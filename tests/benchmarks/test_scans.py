"""Holds the comparison of scans with their truth to rows that are wrong in one way, and the scans that are made to their truth."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest

from veedor.extract.options import ReadOptions
from veedor.extract.raw import Cell, RawDocument, Row, Table
from veedor.extract.reading import read_raw
from veedor.schema.place import Place

NAMES = ["CÓDIGO", "ACCIÓN", "META", "AVANCE", "OBSERVACIONES"]
ROWS = [
    ["AO.1.1.", "Capacitar al personal", "12", "-3", "Cumplida."],
    ["AO.1.2.", "Informar", "1.144,50", "", ""],
    ["", "Total", "1.156,50", "-3", ""],
]
TRUTH = {"tables": [{"names": NAMES, "rows": [{"kind": "action", "page": 1, "cells": cells} for cells in ROWS]}]}


def raw(rows: list[list[str]], marks: dict[str, str] | None = None) -> RawDocument:
    def cell(text: str, x: int, y: int) -> Cell:
        found = frozenset({marks[text]}) if marks and text in marks else frozenset()
        return Cell(text, Place(page=1, x0=float(x), top=float(y)), marks=found)

    made = tuple(Row(tuple(cell(t, c, r) for c, t in enumerate(cells)), Place(page=1)) for r, cells in enumerate(rows))
    return RawDocument("x", "x.pdf", "", "pdf", [Table((), tuple((n,) for n in NAMES), made)])


def changed(row: int, column: int, text: str) -> list[list[str]]:
    return [[text if (r, c) == (row, column) else t for c, t in enumerate(cells)] for r, cells in enumerate(ROWS)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", "blank"),
        ("AO.1.1.", "code"),
        ("AE.2.2.3.1.", "code"),
        ("12", "figure"),
        ("-1.144,50", "figure"),
        ("0,0 %", "figure"),
        ("(3)", "figure"),
        ("12 días", "text"),
    ],
)
def test_kinds_of_cells(scan_compare: ModuleType, text: str, kind: str) -> None:
    assert scan_compare.kind_of(text) == kind


def test_all_right(scan_compare: ModuleType) -> None:
    found = scan_compare.compared(raw(ROWS), TRUTH)
    assert found.wrong == []
    assert found.cells == found.right == {"code": 2, "figure": 5, "text": 4, "blank": 4}


@pytest.mark.parametrize(
    ("rows", "silent"),
    [
        (changed(0, 2, "72"), 1),
        (changed(0, 3, "3"), 1),  # the sign is lost
        (changed(0, 2, ""), 1),
        (changed(1, 3, "7"), 1),  # a figure where there is none
        (changed(0, 0, "A0.1.1."), 1),
        (changed(0, 4, "Cumplido."), 0),  # a text
        (changed(0, 1, "Capa-citar al  personal"), 0),
        (ROWS[1:], 3),  # the row with its code and two figures
        ([[*ROWS[0][:2], "", "12", "-3"], *ROWS[1:]], 3),  # moved by a column: one missing, one other, one too many
        ([ROWS[2], ROWS[1], ROWS[0]], 0),  # in another order
    ],
)
def test_wrong_figures_without_a_mark(scan_compare: ModuleType, rows: list[list[str]], silent: int) -> None:
    assert len(scan_compare.compared(raw(rows), TRUTH).silent) == silent


def test_a_wrong_figure_that_is_marked_is_wrong_and_not_silent(scan_compare: ModuleType) -> None:
    found = scan_compare.compared(raw(changed(0, 2, "72"), {"72": "doubtful"}), TRUTH)
    assert [(w.wanted, w.own, w.flagged) for w in found.wrong] == [("12", "72", True)]
    assert found.silent == []
    assert scan_compare.compared(raw(ROWS, {"12": "doubtful"}), TRUTH).flagged == 1


def test_twins_differ_in_what_differs(scan_compare: ModuleType) -> None:
    assert list(scan_compare.differing(raw(ROWS), raw(ROWS))) == []
    found = list(scan_compare.differing(raw(ROWS), raw(changed(1, 2, "1.144,80"), {"1.144,80": "doubtful"})))
    assert found == [("AO.1.2.", "1.144,50", "1.144,80", True)]


def test_what_cases_print_clean_is_read_without_a_fault(scan_cases: ModuleType, scan_compare: ModuleType, tmp_path: Path) -> None:
    """Else a fault of the scan might be one of its truth. One of each layout."""
    for name in ("grid-300", "lines-200", "statement-columns", "statement-bare", "struck"):
        case = scan_cases.CASES[name]
        page = scan_cases.clean(case)
        file = tmp_path / f"{name}.pdf"
        file.write_bytes(page.pdf)
        found = scan_compare.compared(read_raw(file, ReadOptions(ocr="never")), page.truth)
        assert sum(found.cells.values()) > 50
        assert found.wrong == [], name


def test_a_case_is_made_the_same_every_time(scan_cases: ModuleType) -> None:
    for name in ("noise-specks", "fax-tiff"):
        assert scan_cases.made(scan_cases.CASES[name]) == scan_cases.made(scan_cases.CASES[name])


def test_the_figures_of_statements_add_up(scan_cases: ModuleType) -> None:
    """Sums are what a reader proves figures by."""
    (table,) = scan_cases.clean(scan_cases.CASES["statement-columns"]).truth["tables"]

    def cents(text: str) -> int:
        return int(text.replace(".", "").replace(",", "") or 0)

    rows = [[cents(c) for c in r["cells"][1:5]] for r in table["rows"] if r["kind"] == "action"]
    totals = [[cents(c) for c in r["cells"][1:5]] for r in table["rows"] if r["kind"] == "total"]
    assert [sum(column) for column in zip(*rows, strict=True)] == totals[-1]
    assert [a + b for a, b in zip(totals[0], totals[1], strict=True)] == totals[2]
