"""Which way up a picture stands, and how far askew, without the engine: it is played by a list of lines."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import pytest

from veedor.extract.scan.orientation import quarters, skew, straightened, turned
from veedor.extract.scan.piece import Quad, Reading
from veedor.extract.scan.quads import of_box

from .pixels import grid, paper, written


def page() -> np.ndarray:
    pixels = paper(1200, 900)
    grid(pixels, [80, 400, 700, 1100], list(range(100, 800, 60)))
    for k, y in enumerate(range(140, 760, 60)):
        written(pixels, f"AO.{k}.1. Informe de gestion", 90, y)
        written(pixels, str(17 * k), 750, y)
    return pixels


@pytest.mark.parametrize("degrees", [-3.0, -1.27, -0.3, 0.0, 0.44, 1.9, 3.0])
def test_skew_is_found_to_a_twentieth_of_a_degree(degrees: float) -> None:
    matrix = cv2.getRotationMatrix2D((600, 450), degrees, 1)
    askew = cv2.warpAffine(page(), matrix, (1200, 900), borderValue=(255, 255, 255))
    assert skew(askew) == pytest.approx(degrees, abs=0.05)


def test_straightened_takes_out_what_skew_finds() -> None:
    askew = straightened(page(), -2.0)
    assert abs(skew(straightened(askew, skew(askew)))) <= 0.04
    assert straightened(askew, 0.0) is askew


def test_a_blank_page_is_not_askew() -> None:
    assert skew(paper()) == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize("quarter", [0, 1, 2, 3])
def test_turned_goes_counter_clockwise(quarter: int) -> None:
    pixels = paper(40, 30)
    pixels[0, 0] = 0
    corners = {0: (0, 0), 1: (39, 0), 2: (29, 39), 3: (0, 29)}
    found = np.argwhere(turned(pixels, quarter)[:, :, 0] == 0)
    assert [tuple(p) for p in found.tolist()] == [corners[quarter]]


LINES = [(100.0, 100.0 + 60 * k, 500.0, 120.0 + 60 * k) for k in range(6)]


def upright_quads(pixels: np.ndarray) -> list[Quad]:
    """The lines of an upright page of 960 x 720."""
    return [of_box(*box) for box in LINES]


def lying_quads(pixels: np.ndarray) -> list[Quad]:
    return [of_box(top, x0, bottom, x1) for x0, top, x1, bottom in LINES]


def reads(way: int):
    """An engine that reads well the crops that it is given first (0), or their copies turned upside down, which come second (1)."""
    asked: list[int] = []

    def recognise(crops: Sequence[np.ndarray]) -> list[Reading]:
        asked.append(len(crops))
        return [Reading("texto", 0.95 if len(asked) - 1 == way else 0.4) for _ in crops]

    return recognise


@pytest.mark.parametrize(("lying", "way", "quarter"), [(False, 0, 0), (False, 1, 2), (True, 0, 3), (True, 1, 1)])
def test_the_quarter_in_which_the_lines_read_best(lying: bool, way: int, quarter: int) -> None:
    assert quarters(paper(960, 720), lying_quads if lying else upright_quads, reads(way)) == quarter


def test_a_page_of_few_lines_is_left_as_it_is() -> None:
    assert quarters(paper(960, 720), lambda pixels: lying_quads(pixels)[:2], reads(1)) == 0
    assert quarters(paper(960, 720), lambda pixels: [], reads(1)) == 0


def test_crops_given_to_the_engine_lie_level() -> None:
    shapes: list[tuple[int, ...]] = []

    def recognise(crops: Sequence[np.ndarray]) -> list[Reading]:
        shapes.extend(c.shape for c in crops)
        return reads(0)(crops)

    quarters(paper(960, 720), lying_quads, recognise)
    assert shapes
    assert all(width > 3 * height for height, width, _ in shapes)
