"""Quadrilaterals around lines: sizes, parts, and the pixels in them, askew too."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from veedor.extract.scan.quads import between, box_of, crop, crop_from_below, grown, height_of, of_box, part, width_of

from .pixels import paper, written

SHARES = st.tuples(st.floats(0, 1), st.floats(0, 1)).map(sorted).filter(lambda s: s[1] - s[0] > 0.01)


def askew(width: float = 200, height: float = 20, degrees: float = 2.0) -> np.ndarray:
    turn = np.radians(degrees)
    matrix = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    return (of_box(0, 0, width, height) @ matrix.T + (300, 200)).astype(np.float32)


def test_sizes_do_not_depend_on_the_skew() -> None:
    for degrees in (-3, 0, 2):
        quad = askew(degrees=degrees)
        assert (width_of(quad), height_of(quad)) == pytest.approx((200, 20), abs=0.01)
    assert box_of(of_box(1, 2, 30, 40)) == (1, 2, 30, 40)


@given(SHARES)
def test_parts_have_their_share_of_the_length_and_of_the_height(share: list[float]) -> None:
    lo, hi = share
    assert width_of(part(askew(), lo, hi)) == pytest.approx(200 * (hi - lo), abs=0.01)
    assert height_of(part(askew(), lo, hi)) == pytest.approx(20, abs=0.01)
    assert height_of(between(askew(), lo, hi)) == pytest.approx(20 * (hi - lo), abs=0.01)
    assert width_of(between(askew(), lo, hi)) == pytest.approx(200, abs=0.01)


def test_the_whole_is_its_own_part() -> None:
    assert part(askew(), 0, 1) == pytest.approx(askew())
    assert between(askew(), 0, 1) == pytest.approx(askew())


def test_grown_is_larger_by_shares_of_the_height() -> None:
    quad = grown(askew(), 0.5, 0.1)
    assert (width_of(quad), height_of(quad)) == pytest.approx((220, 24), abs=0.01)
    assert quad.mean(axis=0) == pytest.approx(askew().mean(axis=0), abs=0.01)


def test_a_crop_is_level_and_of_the_size_of_its_line() -> None:
    pixels = paper(600, 400)
    quad = askew(degrees=5)
    a, b, c, d = quad
    start, end = ((int(p[0]), int(p[1])) for p in ((a + d) / 2, (b + c) / 2))
    cv2.line(pixels, start, end, (0, 0, 0), 2)
    found = crop(pixels, quad)
    assert found.shape == (20, 200, 3)
    rows = (found[:, :, 0] < 128).mean(axis=1)
    assert rows[8:12].max() > 0.9, "the slanted line lies level in the middle"
    assert rows[:6].max() == rows[14:].max() == 0


def test_a_line_that_runs_up_the_page_is_cropped_as_if_it_lay() -> None:
    lying = paper(200, 40)
    written(lying, "Total 12", 10, 28)
    standing = np.ascontiguousarray(np.rot90(lying))  # reads upwards
    assert (crop_from_below(standing, of_box(0, 0, 40, 200)) == lying).mean() > 0.99


def test_a_crop_over_the_edge_of_the_page_goes_on_with_its_last_pixels() -> None:
    assert (crop(paper(100, 100), of_box(80, -10, 130, 10)) == 255).all()
