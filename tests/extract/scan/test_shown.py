"""Places of the flat page as they lie on the page shown."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from veedor.extract.raw import Cell, Row, Table, TextBlock
from veedor.extract.scan.course import Course
from veedor.extract.scan.facing import Fold
from veedor.extract.scan.flattened import flattened
from veedor.extract.scan.orientation import straightened
from veedor.extract.scan.shown import Facing, Shown, place, placed
from veedor.extract.scan.straight import Bend
from veedor.schema.place import Place

WIDTH, HEIGHT, SCALE = 1000, 800, 2.0
NO_BEND = Bend(WIDTH, HEIGHT, (0.0,) * 7, (0.0,) * 7)
HANGING = Bend(WIDTH, HEIGHT, (0.0, -24.0, 0.0, 0.0, 0.0, 0.0, 0.0), (0.0,) * 7)
AT = Place(page=1, x0=100.0, top=50.0, x1=150.0, bottom=60.0)


def shown(skew: float = 0.0, bend: Bend = NO_BEND) -> Shown:
    return Shown(WIDTH, HEIGHT, SCALE, skew, bend)


def test_a_page_that_lies_straight_stays() -> None:
    assert shown().box((10, 20, 30, 40)) == pytest.approx((10, 20, 30, 40))


@pytest.mark.parametrize("skew", [-3.0, -0.5, 1.2, 3.0])
@pytest.mark.parametrize(("x", "y"), [(60, 40), (900, 60), (500, 700)])
def test_a_mark_on_a_page_askew_is_where_its_place_says(skew: float, x: int, y: int) -> None:
    """The picture is made straight by the reader's own hand; the place of the mark must lead back to where it was."""
    pixels = np.full((HEIGHT, WIDTH, 3), 255, np.uint8)
    pixels[y - 4 : y + 5, x - 4 : x + 5] = 0
    ys, xs = np.nonzero(straightened(pixels, skew)[:, :, 0] < 128)
    box = xs.min() / SCALE, ys.min() / SCALE, (xs.max() + 1) / SCALE, (ys.max() + 1) / SCALE
    x0, top, x1, bottom = shown(skew).box(box)
    assert ((x0 + x1) / 2, (top + bottom) / 2) == pytest.approx(((x + 0.5) / SCALE, (y + 0.5) / SCALE), abs=0.8)
    assert (x1 - x0, bottom - top) == pytest.approx((4.5, 4.5), abs=1.5)


@given(st.floats(20, 440), st.floats(20, 340), st.floats(-3, 3))
def test_a_box_holds_its_own_middle(x: float, y: float, skew: float) -> None:
    whole, middle = shown(skew, HANGING).box((x, y, x + 40, y + 12)), shown(skew, HANGING).box((x + 20, y + 6, x + 20, y + 6))
    assert whole[0] <= middle[0] <= whole[2]
    assert whole[1] <= middle[1] <= whole[3]


def test_a_bend_moves_a_place_down_where_the_paper_hangs() -> None:
    edge, middle = (shown(bend=HANGING).box((x, 100, x + 2, 110)) for x in (2, 249))
    assert edge[1] == pytest.approx(100 - 24 * 0.25 / SCALE, abs=0.2)
    assert middle[1] == pytest.approx(100, abs=0.1)


FOLD = Fold(480.0, 0.05)
SINKS = Course(520.0, HEIGHT, (0.0, 0.0, 0.0, 18.0), (0.0, 0.0, 2.0, 24.0))
RISES = Course(HEIGHT, 500.0, (-4.0, 0.0, 5.0), (0.0, 0.0, 0.0))
FACING = Facing(
    (Shown(520, HEIGHT, SCALE, 0.8, NO_BEND, level=SINKS), Shown(520, HEIGHT, SCALE, -1.1, NO_BEND, left=480, plumb=RISES)), FOLD
)


@given(st.sampled_from([0, 1]), st.floats(20, 180), st.floats(20, 340))
def test_boxes_of_facing_pages_lie_on_their_own_side_of_the_fold(side: int, x: float, y: float) -> None:
    """And lead back to the flat page, where cells are read again."""
    of = FACING.pages[side]
    flat = (x + of.left / SCALE + 15 * side, y, x + of.left / SCALE + 15 * side + 30, y + 10)
    box = FACING.box(flat)
    assert box == of.box(flat)
    assert FACING.part(box) is of
    assert ((box[0] + box[2]) / 2 * SCALE > FOLD.at((box[1] + box[3]) / 2 * SCALE)) == bool(side)
    assert of.flat(box) == pytest.approx(flat, abs=2.5)


@pytest.mark.parametrize("side", [0, 1])
def test_the_pixels_of_a_facing_page_are_those_of_its_places(side: int) -> None:
    """A mark on the picture comes out on the flat page where its place leads from; what lies beyond the fold is not seen."""
    pixels = np.full((HEIGHT, WIDTH, 3), 255, np.uint8)
    pixels[:, : 480 if side else 540] = (200, 255, 255)
    x, y, of = 430 + 200 * side, 500, FACING.pages[side]
    pixels[y - 4 : y + 5, x - 4 : x + 5] = 0
    pixels[300:309, 640 - 300 * side : 649 - 300 * side] = 0  # on the facing page
    seen = flattened(pixels, of, SCALE, FOLD)
    assert seen.shape == (HEIGHT, 520, 3)
    ys, xs = np.nonzero(seen[:, :, 1] < 128)
    assert len(ys) < 200
    left = of.left / SCALE
    box = (xs.min() / SCALE + left, ys.min() / SCALE, (xs.max() + 1) / SCALE + left, (ys.max() + 1) / SCALE)
    x0, top, x1, bottom = FACING.box(box)
    assert ((x0 + x1) / 2, (top + bottom) / 2) == pytest.approx(((x + 0.5) / SCALE, (y + 0.5) / SCALE), abs=0.8)


def test_only_places_of_scanned_pages_move() -> None:
    other = Place(page=2, x0=1.0, top=2.0, x1=3.0, bottom=4.0)
    pages = {1: shown(2.0)}
    assert place(other, pages) == other
    assert place(Place(page=1), pages) == Place(page=1), "a place without a box"
    assert place(AT, pages) != AT


def test_every_cell_and_line_is_placed() -> None:
    row = Row((Cell("a", AT), None), AT, rivals=((Cell("b", AT), None),))
    blocks = [TextBlock("x", AT), Table((row,), (("a",), ("b",)), (row, row), other_headers=(row,))]
    pages = {1: shown(2.0)}
    line, table = placed(list(blocks), pages)
    there = place(AT, pages)
    assert isinstance(table, Table)
    assert line.place == there
    for each in (*table.header, *table.rows, *table.other_headers):
        assert each.place == there
        assert [c.place for c in (*each.cells, *each.rivals[0]) if c] == [there, there]
    assert placed(list(blocks), {}) == blocks


@given(st.floats(20, 400), st.floats(20, 340), st.floats(8, 80), st.floats(6, 20), st.floats(-4, 4), st.booleans())
def test_flat_takes_a_place_back_to_where_it_was(x: float, y: float, wide: float, high: float, skew: float, bent: bool) -> None:
    box = (x, y, x + wide, y + high)
    page = shown(skew, HANGING if bent else NO_BEND)
    assert page.flat(page.box(box)) == pytest.approx(box, abs=1.5 if bent else 0.01)
