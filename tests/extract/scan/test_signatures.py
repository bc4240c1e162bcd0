"""Names that stand side by side on a scanned page are text again; tables of figures and ruled ones stay."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from veedor.extract.pdf.content import Word
from veedor.extract.pdf.layout import PageLayout
from veedor.extract.pdf.paragraphs import PageText
from veedor.extract.pdf.table import PageTable
from veedor.extract.scan.signatures import without_signatures

from .pixels import table

NAMES = [["Ana Pérez", "Luis Gómez"], ["Directora", "Gerente"], ["Elaboró", "Aprobó"]]
FIGURES = [["Gastos", "1.234"], ["Obras", "310"], ["Total", "1.544"]]


def made(rows: Sequence[Sequence[str]], ruled: bool = False) -> PageTable:
    found = table(rows)
    found.ruled = ruled
    order = 0
    for r, row in enumerate(found.rows):
        for c, cell in enumerate(row.cells):
            assert cell is not None
            x = 250.0 * c
            for text in cell.text.split():
                cell.words.append(Word(text, x, 40.0 * r, x + 6 * len(text), 40.0 * r + 10, 0, order, order))
                x, order = x + 6 * len(text) + 3, order + 1
    return found


def after(*pieces: PageTable | PageText) -> list[PageTable | PageText]:
    layout = PageLayout(1, 600, 800, list(pieces))
    without_signatures(layout)
    return layout.pieces


def test_names_side_by_side_become_text() -> None:
    found = after(made(NAMES))
    assert not [p for p in found if isinstance(p, PageTable)]
    lines = [line for p in found if isinstance(p, PageText) for line in p.lines]
    assert sorted(p.text for line in lines for p in line.phrases) == sorted(t for row in NAMES for t in row)


def test_a_table_of_figures_stays_and_so_does_all_else() -> None:
    figures, names, text = made(FIGURES), made(NAMES), PageText([], (0, 0, 1, 1))
    found = after(text, figures, names)
    assert found[:2] == [text, figures]
    assert all(isinstance(p, PageText) for p in found[2:])
    assert len(found) > 2


def test_a_ruled_table_of_names_stays() -> None:
    ruled = made(NAMES, ruled=True)
    assert after(ruled) == [ruled]


@pytest.mark.parametrize(
    "rows",
    [
        [["Ana Pérez", "1"], ["Luis Gómez", "7"], ["Aprobó", "1"]],  # strokes of pens
        [["Ana Pérez", "2024"], ["Luis Gómez", "Gerente"], ["Elaboró", "Aprobó"]],  # a date among names
    ],
)
def test_a_stroke_or_a_date_makes_no_table(rows: list[list[str]]) -> None:
    assert not [p for p in after(made(rows)) if isinstance(p, PageTable)]
