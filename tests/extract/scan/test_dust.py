"""Dust goes off a page before it is read; points, accents, dotted lines and the lone marks of a clean page stay."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from veedor.extract.scan.dust import without_dust
from veedor.extract.scan.picture import grey, ink

from .pixels import paper

SCALE = 2.8
LINES = [70 + 60 * k for k in range(9)]
DUST = [(500 + 61 * k, 100 + 60 * (k % 8) + 2 * k) for k in range(12)]
TEXT = ("Informe 1.234,50", cv2.FONT_HERSHEY_SIMPLEX, 0.9)
POINT = (60 + cv2.getTextSize(*TEXT, 2)[0][0] + 1, LINES[0] - 2)
"""As close behind the last digit as a point is printed."""


def page(shade: int = 60, dust: int = 0, specks: int = len(DUST)) -> np.ndarray:
    """Lines of a text with figures at the left of the page, and at its right dust."""
    pixels = cv2.resize(paper(300, 300), (1300, 640))
    for y in LINES:
        cv2.putText(pixels, TEXT[0], (60, y), *TEXT[1:], (shade,) * 3, 2, cv2.LINE_AA)
    for x, y in DUST[:specks]:
        cv2.circle(pixels, (x, y), 2, (dust,) * 3, -1)
    return pixels


def cleaned(pixels: np.ndarray) -> np.ndarray | None:
    light = grey(pixels)
    return without_dust(pixels, light, ink(light, SCALE), SCALE)


def inked(pixels: np.ndarray, x: int, y: int) -> bool:
    return bool((pixels[y - 3 : y + 4, x - 3 : x + 4] < 128).any())


def test_dust_goes_and_the_text_stays_to_its_last_point() -> None:
    pixels = page()
    out = cleaned(pixels)
    assert out is not None and not any(inked(out, *at) for at in DUST)
    assert np.array_equal(out[:, :480], pixels[:, :480])


@pytest.mark.parametrize("specks", [0, 5])
def test_a_page_with_a_few_lone_marks_stays_as_it_is(specks: int) -> None:
    assert cleaned(page(specks=specks)) is None


def test_a_dotted_line_stays_on_a_dusty_page() -> None:
    pixels = page()
    dots = [(480 + 12 * k, 620) for k in range(60)]
    for at in dots:
        cv2.circle(pixels, at, 2, (0, 0, 0), -1)
    out = cleaned(pixels)
    assert out is not None and all(inked(out, *at) for at in dots) and not inked(out, *DUST[0])


def test_the_grain_of_the_paper_is_no_dust() -> None:
    assert cleaned(page(shade=20, dust=190)) is None


@pytest.mark.parametrize(("shade", "stays"), [(150, False), (20, True)])
def test_close_to_a_figure_only_what_is_darker_than_all_print_goes(shade: int, stays: bool) -> None:
    pixels = page(shade)
    cv2.circle(pixels, POINT, 2, (0, 0, 0), -1)
    assert not inked(page(shade), *POINT)
    out = cleaned(pixels)
    assert out is not None and inked(out, *POINT) is stays


@pytest.mark.parametrize("gap", [6, 10, 14])
def test_the_points_of_a_typewriter_stay_however_far_they_stand(gap: int) -> None:
    pixels = page(shade=0)
    end = POINT[0] - 1
    at = (end + gap, POINT[1])
    cv2.circle(pixels, at, 2, (0, 0, 0), -1)
    cv2.putText(pixels, "59", (end + 2 * gap, LINES[0]), *TEXT[1:], (0, 0, 0), 2, cv2.LINE_AA)
    out = cleaned(pixels)
    assert out is not None and inked(out, *at)
