"""The course of the lines of a curved page: found in its ink, taken out, and back again."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from veedor.extract.scan.course import Course, course, levelled, plumb

from .pixels import dark
from .spreads import FOLD, HEIGHT, WIDTH, Spread, two_pages

SHIFTS = st.lists(st.floats(-12, 12), min_size=8, max_size=8).map(tuple)


@given(SHIFTS, SHIFTS, st.floats(0, WIDTH), st.floats(0, HEIGHT))
def test_sunk_is_the_way_back(head: tuple[float, ...], foot: tuple[float, ...], x: float, y: float) -> None:
    page = Course(WIDTH, HEIGHT, head, foot)
    assert page.risen(x, float(page.sunk(x, y))) == pytest.approx(y, abs=1e-6)


def left_page(spread: Spread) -> np.ndarray:
    return np.ascontiguousarray(dark(spread.pixels)[:, :FOLD])


@pytest.mark.parametrize("ruled", [True, False])
@pytest.mark.parametrize("by", [24.0, -16.0])
def test_lines_that_sink_to_the_fold_come_out_level(by: float, ruled: bool) -> None:
    """With rules or without: to a fifth of what they sank, where they sank most."""
    spread = two_pages(ruled)
    flat = left_page(spread)
    spread.sink(by)
    page = course(left_page(spread))
    assert page is not None
    sunk = [float(page.sunk(x, 300.0)) - float(page.sunk(80.0, 300.0)) for x in (300.0, 560.0, 600.0)]
    true = [by * float(np.exp(-(((x - FOLD) / 150) ** 2))) for x in (300.0, 560.0, 600.0)]
    assert sunk == pytest.approx(true, abs=abs(by) / 5)
    # dark where the flat page is: rows of type and rules are in their places again
    rows, again = ((a > 0).sum(axis=1).astype(float) for a in (flat, levelled(left_page(spread), page)))
    assert max(np.corrcoef(rows, np.roll(again, k))[0, 1] for k in range(-12, 13)) > 0.8


def test_level_lines_stay_as_they_are() -> None:
    page = course(left_page(two_pages()))
    assert page is None or max(map(abs, (*page.head, *page.foot))) < 0.5


def test_the_fall_of_a_course_and_the_course_of_a_larger_picture() -> None:
    page = Course(WIDTH, HEIGHT, (0.0, 4.0, -2.0), (1.0, 1.0, 9.0))
    assert page.fall == 8.0
    twice = page.enlarged(2)
    assert twice.fall == 16.0
    assert twice.risen(200.0, 300.0) == pytest.approx(2 * page.risen(100.0, 150.0))


def test_specks_have_no_course() -> None:
    noise = np.where(np.random.default_rng(3).random((HEIGHT, FOLD)) < 0.01, 255, 0).astype(np.uint8)
    assert course(noise) is None
    assert course(np.zeros((HEIGHT, FOLD), np.uint8)) is None


def test_columns_that_lean_come_out_upright() -> None:
    """A page seen from the side: its margin moves by 40 pixels over its height."""
    ink = left_page(two_pages())
    ys, xs = np.mgrid[0:HEIGHT, 0:FOLD].astype(np.float32)
    moved = 40.0 * (ys / HEIGHT) * (1 - xs / FOLD)

    leaning = cv2.remap(ink, xs + moved, ys, cv2.INTER_LINEAR)
    page = plumb(leaning, 20.0)
    assert page is not None
    left = [float(page.sunk(y, 60.0)) for y in (120.0, 700.0)]
    assert left[1] - left[0] == pytest.approx(-40 * 0.58, abs=6)
