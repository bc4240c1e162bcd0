"""Columns from the blanks that run down all lines."""

from __future__ import annotations

import pytest

from veedor.extract.pdf.columns import edges, zones_of

from .page import Page


def page(*rows: tuple[str, ...], at: tuple[float, ...] = (50, 250, 350)) -> Page:
    made = Page()
    for k, row in enumerate(rows):
        for x, text in zip(at, row, strict=False):
            if text:
                made.text(x, 100 + 15 * k, text)
    return made


@pytest.mark.parametrize(
    ("spans", "slack", "zones"),
    [
        ([(0, 10), (20, 30)], 0, [(0, 10), (20, 30)]),
        ([(0, 10), (5, 30)], 0, [(0, 30)]),
        ([(0, 10), (11, 30)], 0, [(0, 30)]),  # closer than a gutter
        ([(0, 10), (20, 30), (0, 30)], 1, [(0, 10), (20, 30)]),  # one heading over both
        ([(0, 10), (20, 30), (0, 30)], 0, [(0, 30)]),
        ([], 0, []),
    ],
)
def test_zones(spans: list[tuple[float, float]], slack: int, zones: list[tuple[float, float]]) -> None:
    assert zones_of(spans, slack) == zones


def test_edges_lie_in_the_blanks() -> None:
    xs = edges(page(("Capacitar", "12", "90%"), ("Informar a todas", "1,144", "100%"), ("Pagar", "", "8%")).lines)
    assert len(xs) == 4
    assert xs[0] < 50 and 130 < xs[1] < 250 and 275 < xs[2] < 350 and xs[3] > 370


def test_a_heading_over_the_columns_hides_no_blank() -> None:
    rows = [("Capacitar", "12", "90%")] * 8
    made = page(*rows)
    made.text(50, 240, "Un encabezado que corre por encima de todas las columnas de figuras").text(560, 240, "x")
    assert len(edges(made.lines)) >= 4


def test_one_column_has_no_edges() -> None:
    assert edges(page(("uno",), ("dos",), ("tres",)).lines) == []
    assert edges(page(("uno", "1")).lines) == [], "one line of two is no table"
    assert edges([]) == []
