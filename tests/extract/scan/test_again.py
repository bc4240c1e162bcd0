"""Cells are read again where they stand, however the page lies, as three pictures; once, and kept. The engine is a stand-in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
import pytest

from veedor.extract.raw import Cell
from veedor.extract.scan import again as module
from veedor.extract.scan import store
from veedor.extract.scan.again import Rereader, ways
from veedor.extract.scan.course import Course
from veedor.extract.scan.facing import Fold
from veedor.extract.scan.orientation import straightened, turned
from veedor.extract.scan.picture import Picture
from veedor.extract.scan.piece import Piece, Reading
from veedor.extract.scan.shown import Facing, Shown
from veedor.extract.scan.straight import Bend
from veedor.schema.place import NOWHERE, Place

from .pixels import grid, paper

WIDTH, HEIGHT, SCALE = 800, 600, 2.0
FLAT = Bend(WIDTH, HEIGHT, (0.0,) * 7, (0.0,) * 7)
CELLS = {(60, 80): 1, (220, 80): 2, (300, 80): 3, (220, 130): 4, (300, 130): 5}
"""Where cells stand, in points, and how many strokes are drawn in each."""


def page() -> np.ndarray:
    pixels = paper(WIDTH, HEIGHT)
    grid(pixels, [100, 420, 580, 760], [150, 250, 350])
    for (x, y), strokes in CELLS.items():
        for k in range(strokes):
            pixels[2 * y + 8 : 2 * y + 32, 2 * x + 8 + 14 * k : 2 * x + 14 + 14 * k] = 0
    return pixels


def cell(x: float, y: float, wide: float = 60, high: float = 20, number: int = 1) -> Cell:
    return Cell("", Place(page=number, x0=x, top=y, x1=x + wide, bottom=y + high))


class Engine:
    """Reads the strokes of a crop; tells how many crops it was given at once."""

    def __init__(self) -> None:
        self.given: list[int] = []

    def __call__(self, crops: Sequence[np.ndarray]) -> list[Reading]:
        self.given.append(len(crops))
        return [self._read(c) for c in crops]

    def _read(self, crop: np.ndarray) -> Reading:
        dark = (crop[crop.shape[0] // 2, :, 0] < 128).astype(int)
        text = "1 " * int((np.diff(np.concatenate([[0], dark])) == 1).sum()) + "你"
        return Reading(text, 0.9, tuple(Piece(t, 0.0, 1.0, 0.9) for t in text.split()))


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Engine:
    stand_in = Engine()
    monkeypatch.setattr(module.engine, "recognise", stand_in)
    monkeypatch.setattr(module.tesseract, "program", lambda: None)
    monkeypatch.setattr(store, "version", lambda: "a stand-in")
    return stand_in


def rereader(pixels: np.ndarray, shown: Shown, sha256: str = "a", keep: bool = False) -> Rereader:
    return Rereader(sha256, lambda number: Picture(number, pixels, SCALE), {1: shown}, keep)


def test_each_cell_says_what_stands_in_it(engine: Engine) -> None:
    read = rereader(page(), Shown(WIDTH, HEIGHT, SCALE, 0.0, FLAT))
    for (x, y), strokes in CELLS.items():
        assert read(cell(x, y)) == ["1" * strokes] * 3, "blanks and signs of other scripts are taken out"
    assert engine.given == [3] * len(CELLS)


@pytest.mark.parametrize("skew", [-2.5, 1.5])
@pytest.mark.parametrize("quarter", [0, 1])
def test_a_page_that_lies_askew_or_on_its_side(engine: Engine, skew: float, quarter: int) -> None:
    """The scan is the page turned clockwise by its quarters; the places are those of the upright page, askew as it is."""
    askew = straightened(page(), -skew)
    shown = Shown(WIDTH, HEIGHT, SCALE, skew, FLAT, quarter)
    read = rereader(turned(askew, -quarter), shown)
    for (x, y), strokes in CELLS.items():
        x0, top, x1, bottom = shown.box((x, y, x + 60, y + 20))
        assert read(Cell("", Place(page=1, x0=x0, top=top, x1=x1, bottom=bottom))) == ["1" * strokes] * 3


def test_a_page_that_was_read_coarser_than_it_is_drawn_now(engine: Engine) -> None:
    """Shown speaks of the pixels that the page was read in; it is drawn finer to read a cell again."""
    half = Shown(WIDTH // 2, HEIGHT // 2, SCALE / 2, 0.0, Bend(WIDTH / 2, HEIGHT / 2, (0.0,) * 7, (0.0,) * 7))
    assert rereader(page(), half)(cell(220, 130)) == ["1111"] * 3


def test_cells_of_facing_pages(engine: Engine) -> None:
    """The page drawn here is the right one: it begins 300 pixels from the left, and its lines rise from the fold."""
    rises = Course(WIDTH, HEIGHT, (12.0, 0.0, 0.0, 0.0), (12.0, 0.0, 0.0, 0.0))
    ys, xs = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    down = np.interp(xs[0], (np.arange(4) + 0.5) * WIDTH / 4, rises.head)
    curved = cv2.remap(page(), xs, (ys - down[None]).astype(np.float32), cv2.INTER_LINEAR)
    picture = np.hstack([paper(300, HEIGHT), curved])
    left = Shown(300, HEIGHT, SCALE, 0.0, FLAT)
    right = Shown(WIDTH, HEIGHT, SCALE, 0.0, FLAT, left=300, level=rises)
    shown = Facing((left, right), Fold(300.0, 0.0))
    read = Rereader("a", lambda number: Picture(number, picture, SCALE), {1: shown}, keep=False)
    for (x, y), strokes in CELLS.items():
        x0, top, x1, bottom = shown.box((x + 150, y, x + 210, y + 20))
        assert read(Cell("", Place(page=1, x0=x0, top=top, x1=x1, bottom=bottom))) == ["1" * strokes] * 3


def test_a_negative_is_read_too(engine: Engine) -> None:
    assert rereader(255 - page(), Shown(WIDTH, HEIGHT, SCALE, 0.0, FLAT))(cell(300, 80)) == ["111"] * 3


@pytest.mark.parametrize(
    "other", [Cell("", NOWHERE), Cell("", Place(page=1)), cell(60, 80, number=2), Cell("", Place(page=1, x0=1.0, top=2.0, x1=3.0))]
)
def test_what_has_no_box_on_a_page_that_was_recognised_is_not_read(engine: Engine, other: Cell) -> None:
    assert rereader(page(), Shown(WIDTH, HEIGHT, SCALE, 0.0, FLAT))(other) == ()
    assert engine.given == []


def test_a_cell_is_read_once(engine: Engine) -> None:
    read = rereader(page(), Shown(WIDTH, HEIGHT, SCALE, 0.0, FLAT))
    assert read(cell(60, 80)) == read(cell(60, 80))
    assert engine.given == [3]


def test_what_was_read_is_kept_for_the_next_run_where_it_may_be(engine: Engine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("VEEDOR_CACHE", str(tmp_path))
    shown = Shown(WIDTH, HEIGHT, SCALE, 0.0, FLAT)
    for keep, asked in ((False, 1), (False, 2), (True, 3), (True, 3)):
        assert rereader(page(), shown, keep=keep)(cell(60, 80)) == ["1"] * 3
        assert len(engine.given) == asked
    assert rereader(page(), shown, "another file", keep=True)(cell(60, 80)) == ["1"] * 3
    assert len(engine.given) == 4


def test_a_page_is_drawn_once_for_all_its_cells(engine: Engine) -> None:
    drawn: list[int] = []

    def draw(number: int) -> Picture:
        drawn.append(number)
        return Picture(number, page(), SCALE)

    shown = Shown(WIDTH, HEIGHT, SCALE, 0.0, FLAT)
    read = Rereader("a", draw, {1: shown, 2: shown}, keep=False)
    for x, y in CELLS:
        read(cell(x, y))
    read(cell(60, 80, number=2))
    assert drawn == [1, 2]


@pytest.mark.parametrize(("said", "more"), [("352", ["352"]), ("", [])])
def test_a_second_engine_reads_it_too_and_is_kept_apart(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, said: str, more: list[str]
) -> None:
    monkeypatch.setenv("VEEDOR_CACHE", str(tmp_path))
    shown = Shown(WIDTH, HEIGHT, SCALE, 0.0, FLAT)
    alone = rereader(page(), shown, keep=True)(cell(60, 80))
    monkeypatch.setattr(module.tesseract, "program", lambda: "/usr/bin/tesseract")
    monkeypatch.setattr(module.tesseract, "line", lambda pixels: said)
    assert alone == ["1"] * 3
    assert rereader(page(), shown, keep=True)(cell(60, 80)) == ["1"] * 3 + more


# The pictures of a line.


def crops(pixels: np.ndarray, box: tuple[float, float, float, float]) -> list[np.ndarray]:
    return ways(pixels, Shown(WIDTH, HEIGHT, SCALE, 0.0, FLAT), SCALE, box)


def test_a_line_is_given_in_three_pictures_of_one_height_without_its_paper() -> None:
    found = crops(page(), (300, 130, 360, 150))
    assert [c.shape for c in found] == [found[0].shape] * 3
    height, width, depth = found[0].shape
    assert (height, depth) == (64, 3)
    assert width / height == pytest.approx(62 / 24, rel=0.35), "five strokes of 24 pixels over 62"


def test_light_is_evened_out_in_one_of_them() -> None:
    shade = (page() * 0.6).astype(np.uint8)
    plain, sharp, even = crops(shade, (300, 130, 360, 150))
    assert np.abs(np.diff(sharp.astype(int), axis=1)).max() > np.abs(np.diff(plain.astype(int), axis=1)).max(), "its edges are sharper"
    assert (int(np.median(plain)), int(np.median(even))) == pytest.approx((153, 255), abs=6)


@pytest.mark.parametrize(
    "box",
    [
        (60, 200, 120, 220),  # blank
        (60, 80, 61, 81),  # too small
        (500, 400, 560, 420),  # beyond the page
        (218, 78, 280, 152),  # two lines, and the rule between
    ],
)
def test_what_is_no_single_line_has_no_picture(box: tuple[float, float, float, float]) -> None:
    assert crops(page(), box) == []
