"""The dark header of a ruled table: a shade that its uprights hang from has rows and columns as they have."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from veedor.extract.scan.bars import shades
from veedor.extract.scan.ruling import Stroke, outside_shades, strokes
from veedor.extract.scan.shaded import headed

from .pixels import dark, grid, paper, written

SCALE = 2.0
XS, YS = [60, 200, 420, 580, 740], [160, 220, 280, 340, 400]
SHADE = (60, 104, 740, 160)
Found = tuple[list[Stroke], list[Stroke]]


def page(lines: tuple[tuple[int, int, int, int], ...] = (), shade: tuple[int, int, int, int] = SHADE) -> np.ndarray:
    """A grid with a shade upon it, in which ``lines`` are drawn light."""
    pixels = paper()
    grid(pixels, XS, YS)
    x0, top, x1, bottom = shade
    pixels[top:bottom, x0:x1] = 50
    for a, b, c, d in lines:
        pixels[b:d, a:c] = 235
    for y in YS[:-1]:
        written(pixels, "1.250", 90, y + 40)
    return pixels


def found(pixels: np.ndarray, texts: tuple[tuple[float, float, float, float], ...] = ()) -> Found:
    light = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
    shaded = shades(light, SCALE)
    rows, columns, _ = strokes(dark(pixels), SCALE)
    return headed(*outside_shades(rows, columns, shaded, SCALE), shaded, list(texts), light, SCALE)


def in_shade(strokes: list[Stroke]) -> list[tuple[float, float, float]]:
    """Place, beginning and end of those that run in the shade's height."""
    return sorted(
        (round(s.at_middle, -1), round(float(s.along[0]), -1), round(float(s.along[-1]), -1)) for s in strokes if s.along[0] < 150
    )


def levels(rows: list[Stroke]) -> list[float]:
    return sorted(round(s.at_middle, -1) for s in rows if s.at_middle < 190)


def test_a_dark_header_has_its_edges_and_the_columns_below_it() -> None:
    rows, columns = found(page())
    assert levels(rows) == [100, 160]
    assert all((s.along[0], s.along[-1]) == (pytest.approx(60, abs=4), pytest.approx(740, abs=4)) for s in rows if s.at_middle < 190)
    inner = {x for x, top, bottom in in_shade(columns) if top <= 110 and bottom >= 160}
    assert inner >= {200, 420, 580}


def test_its_light_strokes_are_rules() -> None:
    light = ((199, 104, 201, 160), (419, 104, 421, 160), (420, 130, 740, 132), (579, 131, 581, 160))
    rows, columns = found(page(light))
    (name,) = [s for s in rows if levels([s]) == [130]]
    assert (name.along[0], name.along[-1]) == (pytest.approx(420, abs=6), pytest.approx(740, abs=6))
    assert [top for x, top, _ in in_shade(columns) if x == 580] == [pytest.approx(130, abs=6)]


def test_a_name_over_several_columns_is_not_cut() -> None:
    rows, columns = found(page(), texts=((500.0, 110.0, 660.0, 130.0),))
    assert [top for x, top, _ in in_shade(columns) if x == 580] == [130]
    (below,) = [s for s in rows if levels([s]) == [130]]
    assert (round(below.along[0]), round(below.along[-1])) == (pytest.approx(420, abs=4), pytest.approx(740, abs=4))


@pytest.mark.parametrize("shade", [(60, 60, 740, 110), (60, 104, 400, 160)], ids=["stands apart", "over a part of it"])
def test_another_shade_gives_no_rules(shade: tuple[int, int, int, int]) -> None:
    pixels = page(shade=shade)
    light = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
    rows, columns, _ = strokes(dark(pixels), SCALE)
    before = outside_shades(rows, columns, shades(light, SCALE), SCALE)
    after = found(pixels)
    assert [len(s) for s in after] == [len(s) for s in before]
