"""Black ink that runs through a line and beyond it is no letter: a stroke, a stamp, a signature."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from veedor.extract.scan.lines import Line
from veedor.extract.scan.overlaid import overlaid
from veedor.extract.scan.quads import of_box

TEXT = "1.234.567,89"
LINES = [Line(of_box(60, 78 + 40 * k, 290, 106 + 40 * k)) for k in range(4)]


def page() -> np.ndarray:
    """Four lines of figures; 255 is ink."""
    ink = np.zeros((300, 500), np.uint8)
    for k in range(4):
        cv2.putText(ink, TEXT, (66, 100 + 40 * k), cv2.FONT_HERSHEY_SIMPLEX, 0.9, 255, 2)
    return ink


def test_figures_alone_have_nothing_over_them() -> None:
    assert overlaid(LINES, page(), 255 - page()) == []


@pytest.mark.parametrize(("end", "lines"), [((250, 150), 2), ((180, 60), 1), ((300, 190), 3)])
def test_a_stroke_lies_over_the_lines_that_it_runs_through(end: tuple[int, int], lines: int) -> None:
    ink = page()
    cv2.line(ink, (160, 110) if end[1] < 100 else (160, 70), end, 255, 3)
    assert overlaid(LINES, ink, 255 - ink) == LINES[:lines]


def test_the_ring_of_a_stamp_lies_over_what_it_cuts() -> None:
    ink = page()
    cv2.circle(ink, (240, 132), 42, 255, 3)
    assert overlaid(LINES, ink, 255 - ink) == LINES[:3]


def test_white_letters_on_a_dark_ground_have_nothing_over_them() -> None:
    ink = cv2.bitwise_not(page())
    assert overlaid(LINES, ink, 255 - ink) == []


@pytest.mark.parametrize(("x", "low", "high", "lines"), [(282, 80, 106, 1), (282, 120, 128, 0), (340, 80, 106, 0)])
def test_a_black_block_upon_the_end_of_a_line_covers_a_part_of_it(x: int, low: int, high: int, lines: int) -> None:
    """One that is no half as high as the line is a dash; one that stands far from it covers nothing of it."""
    ink = page()
    ink[low:high, x : x + 36] = 255
    assert overlaid(LINES, ink, 255 - ink) == LINES[:lines]
