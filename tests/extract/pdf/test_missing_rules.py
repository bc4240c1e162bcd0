"""Rules that a grid does not draw: columns that figures part under their names, and the edges of shaded bands."""

from __future__ import annotations

import pytest

from veedor.extract.pdf.content import Rule
from veedor.extract.pdf.grid import grid_of
from veedor.extract.pdf.missing_rules import add_shaded_edges, parted_columns
from veedor.extract.pdf.rules import Frame

from .page import Page, rules

MONTHS = (210, 250, 290)


def months(header: tuple[str, ...] = ("ENE", "FEB", "MAR"), rows: int = 4) -> tuple[Page, Frame]:
    """A grid of names and one wide field, in which three columns of figures stand."""
    page = Page()
    for x, name in zip(MONTHS, header, strict=False):
        page.text(x, 5, name)
    for row in range(1, rows + 1):
        page.text(5, 20 * row + 5, "Visitas")
        for x in MONTHS:
            page.text(x, 20 * row + 5, "12")
    bottom = 20 * (rows + 1)
    return page, Frame(rules(*((y, 0, 320) for y in range(0, bottom + 1, 20))), rules((0, 0, bottom), (200, 0, bottom), (320, 0, bottom)))


def test_figures_under_names_part_a_field() -> None:
    page, frame = months()
    grid = grid_of(frame)
    assert grid is not None
    finer = parted_columns(grid, page.content.words)
    assert finer is not None and (finer.columns, finer.rows, len(finer.cells)) == (4, 5, 20)
    assert 225 < finer.xs[2] < 250 and 265 < finer.xs[3] < 290


@pytest.mark.parametrize("header", [("ENE",), ("Programado en el año",)])
def test_columns_without_a_name_each_are_not_parted(header: tuple[str, ...]) -> None:
    page, frame = months(header)
    grid = grid_of(frame)
    assert grid is not None and parted_columns(grid, page.content.words) is None


def shaded(ends: int) -> Frame:
    """A frame with a band over its whole width at its top, below which ``ends`` of the upright rules begin."""
    uprights = [Rule(x, 20, 100) for x in (0, 100, 200, 300)[:ends]]
    frame = Frame(rules((0, 0, 300), (100, 0, 300)), rules((0, 0, 100), (100, 0, 100), (200, 0, 100), (300, 0, 100)))
    add_shaded_edges([frame], [(0, 0, 300, 20)], uprights)
    return frame


@pytest.mark.parametrize(("ends", "edges"), [(4, [0, 20, 100]), (1, [0, 100])])
def test_the_edge_of_a_band_is_a_rule_where_upright_rules_end_at_it(ends: int, edges: list[float]) -> None:
    assert sorted(r.at for r in shaded(ends).horizontal) == edges


def test_a_band_over_a_part_of_the_width_is_none() -> None:
    frame = Frame(rules((0, 0, 300), (100, 0, 300)), rules((0, 0, 100), (300, 0, 100)))
    add_shaded_edges([frame], [(0, 0, 150, 20)], [Rule(x, 20, 100) for x in (0, 100, 200, 300)])
    assert len(frame.horizontal) == 2
