"""The sheet on a photograph: what lies around it is no print; a page that fills its picture has nothing around it."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from veedor.extract.scan.quads import of_box
from veedor.extract.scan.sheet import around_sheet, clear_of

from .pixels import paper, written

SCALE = 2.0
ON, OFF = of_box(300, 200, 500, 230), of_box(20, 300, 60, 330)


def photograph(desk: int = 90, sheet: int = 220) -> np.ndarray:
    """A sheet with some print, leaning, on a desk."""
    page = paper(800, 1000)
    for y in range(160, 800, 40):
        written(page, "Programa de agua y saneamiento 1.250", 150, y, 0.7)
    page = (page.astype(np.float32) * sheet / 255).astype(np.uint8)
    corners = np.array([[0, 0], [800, 0], [800, 1000], [0, 1000]], np.float32)
    laid = np.array([[110, 60], [720, 40], [760, 950], [90, 930]], np.float32)
    return cv2.warpPerspective(page, cv2.getPerspectiveTransform(corners, laid), (800, 1000), borderValue=(desk,) * 3)


def test_what_lies_around_a_sheet() -> None:
    around = around_sheet(photograph(), [ON], SCALE)
    assert around is not None
    assert around[500, 40] == around[20, 400] == around[980, 400] == around[500, 790] == 255
    assert around[500, 400] == around[100, 200] == around[900, 700] == 0
    assert around[500, 102] == 255, "its edge is no rule"
    assert clear_of([ON, OFF], around) == [ON]


@pytest.mark.parametrize("shade", [1.0, 0.5])
def test_a_page_that_fills_its_picture_has_nothing_around_it(shade: float) -> None:
    page = paper(800, 1000)
    for y in range(100, 900, 40):
        written(page, "Programa de agua y saneamiento 1.250", 60, y, 0.8)
    light = np.linspace(1.0, shade, 800)[None, :, None]
    assert around_sheet((page * light).astype(np.uint8), [ON], SCALE) is None


def test_print_in_a_shadow_is_not_beyond_the_sheet() -> None:
    """As much of the print as lies there is no stray."""
    dark = photograph()
    assert around_sheet(dark, [ON, OFF], SCALE) is None
    assert around_sheet(dark, [*[ON] * 30, OFF], SCALE) is not None
