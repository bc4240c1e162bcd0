"""Black bars of a page are found where they are; letters, rules, fills and the edge of the glass are none."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from veedor.extract.scan.bars import bars, shades

from .pixels import grid, paper, written

SCALE = 2.0


def page() -> np.ndarray:
    pixels = paper()
    grid(pixels, [60, 300, 740], [80, 180, 280, 520])
    for y in range(110, 500, 30):
        written(pixels, "MILLONES DE DOLARES", 70, y, 0.7)
    return pixels


def found(pixels: np.ndarray) -> list[tuple[float, ...]]:
    return sorted(bars(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), SCALE))


@pytest.mark.parametrize("box", [(320, 100, 520, 124), (305, 300, 735, 340), (320, 100, 350, 120)])
def test_a_bar_is_found_where_it_is(box: tuple[int, int, int, int]) -> None:
    pixels = page()
    x0, top, x1, bottom = box
    pixels[top:bottom, x0:x1] = 0
    (bar,) = found(pixels)
    assert bar == pytest.approx(box, abs=3)


def test_a_bar_with_its_reason_in_white_letters_is_one() -> None:
    pixels = page()
    pixels[300:330, 320:600] = 0
    cv2.putText(pixels, "Art. 30 LAIP", (330, 322), cv2.FONT_HERSHEY_SIMPLEX, 0.6, (255, 255, 255), 1, cv2.LINE_AA)
    (bar,) = found(pixels)
    assert bar == pytest.approx((320, 300, 600, 330), abs=3)


def test_two_bars_are_two_and_in_shade_too() -> None:
    pixels = page()
    pixels[100:124, 320:520] = 20
    pixels[200:224, 320:520] = 20
    assert len(found(pixels)) == 2
    assert len(found((pixels * 0.6).astype(np.uint8))) == 2, "the paper of a photograph is grey"


def test_a_page_without_bars_has_none() -> None:
    assert found(page()) == []


@pytest.mark.parametrize(
    ("box", "grey"),
    [
        ((320, 100, 520, 107), 0),  # a thick rule
        ((320, 100, 344, 124), 0),  # a square: a box that is ticked
        ((320, 100, 520, 124), 120),  # the fill of a header
        ((4, 100, 204, 124), 0),  # at the edge: what lies behind the paper
        ((320, 560, 520, 596), 0),
        ((100, 300, 700, 400), 0),  # a photograph
    ],
)
def test_what_is_no_bar(box: tuple[int, int, int, int], grey: int) -> None:
    x0, top, x1, bottom = box
    pixels = page()
    pixels[top:bottom, x0:x1] = grey
    assert found(pixels) == []


def test_a_table_of_thick_rules_is_no_bar() -> None:
    pixels = page()
    cv2.rectangle(pixels, (320, 300), (520, 330), (0, 0, 0), 6)
    assert found(pixels) == []


def shaded(ground: int, *parts: tuple[int, int]) -> np.ndarray:
    """A header of two lines of bold light print, as wide as the table, on a page of dim light; ``parts``: where it is dark, in pixels."""
    light = np.full((1000, 800), 235, np.uint8)
    for x0, x1 in parts:
        light[100:150, x0:x1] = ground
    for y in (122, 144):
        cv2.putText(light, "WMW", (300, y), cv2.FONT_HERSHEY_SIMPLEX, 0.8, 240, 3, cv2.LINE_AA)
    return light


def test_a_shade_is_one_through_bold_print() -> None:
    (box,) = shades(shaded(80, (60, 740)), SCALE)
    assert box == pytest.approx((60, 100, 740, 150), abs=16)


def test_two_shades_with_paper_between_are_two() -> None:
    assert len(shades(shaded(80, (60, 280), (620, 740)), SCALE)) == 2
