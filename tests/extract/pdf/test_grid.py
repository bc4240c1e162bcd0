"""The fields of a frame: which are one cell, which edges count, and tables that stand edge to edge."""

from __future__ import annotations

import pytest

from veedor.extract.pdf.grid import Grid, apart, grid_of
from veedor.extract.pdf.rules import Frame

from .page import rules

ACROSS = rules((0, 0, 300), (20, 0, 300), (40, 0, 300))
DOWN = rules((0, 0, 40), (100, 0, 40), (200, 0, 40), (300, 0, 40))


def grid(horizontal: list, vertical: list) -> Grid:
    found = grid_of(Frame(list(horizontal), list(vertical)))
    assert found is not None
    return found


def spans(found: Grid) -> dict[tuple[int, int], tuple[int, int]]:
    """Cells larger than one field, by row and column: rows and columns that they take."""
    return {(c.row, c.col): (c.row_span, c.col_span) for c in found.cells if (c.row_span, c.col_span) != (1, 1)}


def test_a_plain_grid() -> None:
    found = grid(ACROSS, DOWN)
    assert (found.columns, found.rows, len(found.cells)) == (3, 2, 6)
    assert spans(found) == {}
    cell = found.at(150, 30)
    assert cell is not None and (cell.row, cell.col, cell.box) == (1, 1, (100, 20, 200, 40))
    assert found.at(400, 30) is None


def test_a_double_rule_is_one_edge() -> None:
    doubled = [*DOWN[:1], *rules((98.6, 0, 40), (101.4, 0, 40)), *DOWN[2:]]
    assert grid(ACROSS, doubled).xs == [0, 100, 200, 300]
    apart_ = [*DOWN[:1], *rules((96, 0, 40), (104, 0, 40)), *DOWN[2:]]
    assert grid(ACROSS, apart_).columns == 4


def test_a_rule_that_ends_at_the_header_leaves_a_cell_over_two_columns() -> None:
    found = grid(ACROSS, [DOWN[0], *rules((100, 20, 40)), *DOWN[2:]])
    assert spans(found) == {(0, 0): (1, 2)}
    assert len(found.cells) == 5


def test_a_rule_that_stops_before_a_label_leaves_a_cell_over_two_rows() -> None:
    found = grid([ACROSS[0], *rules((20, 100, 300)), ACROSS[2]], DOWN)
    assert spans(found) == {(0, 0): (2, 1)}


@pytest.mark.parametrize(("reach", "parted"), [(70, True), (40, False)])
def test_a_rule_parts_two_fields_where_it_covers_most_of_their_side(reach: float, parted: bool) -> None:
    found = grid([ACROSS[0], *rules((20, 100 - reach, 300)), ACROSS[2]], DOWN)
    assert ((0, 0) not in spans(found)) is parted


def test_the_outer_edges_may_be_missing() -> None:
    found = grid(ACROSS, DOWN[1:3])
    assert (found.xs, found.ys) == ([0, 100, 200, 300], [0, 20, 40])
    found = grid(ACROSS[1:2], DOWN)
    assert found.ys == [0, 20, 40]


def test_fields_that_run_into_each_other_in_an_l_are_rectangles() -> None:
    """Each field belongs to one cell, whatever the rules are."""
    found = grid([ACROSS[0], *rules((20, 100, 300)), ACROSS[2]], [DOWN[0], *rules((100, 20, 40)), *DOWN[2:]])
    fields = [
        (r, c) for cell in found.cells for r in range(cell.row, cell.row + cell.row_span) for c in range(cell.col, cell.col + cell.col_span)
    ]
    assert sorted(fields) == [(r, c) for r in range(2) for c in range(3)]
    assert {(c.row, c.col, c.row_span, c.col_span) for c in found.cells if c.col < 2} == {(0, 0, 1, 2), (1, 0, 1, 1), (1, 1, 1, 1)}


def test_a_lone_line_is_no_grid() -> None:
    assert grid_of(Frame(rules((10, 0, 100)), [])) is None
    assert grid_of(Frame([], rules((10, 0, 100)))) is None


LEFT = rules((0, 0, 100), (20, 0, 100), (60, 0, 100))
RIGHT = rules((0, 102, 300), (30, 102, 300), (60, 102, 300))
EDGES = rules((0, 0, 60), (100, 0, 60), (102, 0, 60), (200, 0, 60), (300, 0, 60))


def test_two_tables_edge_to_edge_are_two() -> None:
    found = apart(Frame([*LEFT, *RIGHT], EDGES), [*LEFT, *RIGHT])
    assert [f.box for f in found] == [(0, 0, 100, 60), (102, 0, 300, 60)]
    assert [[r.at for r in f.horizontal] for f in found] == [[0, 20, 60], [0, 30, 60]]


def test_a_double_rule_inside_a_table_parts_nothing() -> None:
    through = rules((0, 0, 300), (20, 0, 300), (60, 0, 300))
    whole = Frame(through, EDGES)
    assert apart(whole, through) == [whole]
    same = [*rules((0, 0, 100), (20, 0, 100), (60, 0, 100)), *rules((0, 102, 300), (20, 102, 300), (60, 102, 300))]
    level = Frame(same, EDGES)
    assert apart(level, same) == [level], "rows that go on behind the double rule are rows of one table"
