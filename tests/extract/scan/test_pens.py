"""What was drawn over a page in colour is a pen's: found, taken out, and no word. Print, rules and fills of any colour are none."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest

from veedor.extract.pdf.content import around
from veedor.extract.scan.pens import Pens, pens
from veedor.extract.scan.quads import of_box

from .pixels import grid, paper, written

SCALE = 2.0
BLUE, RED, GREEN = (190, 60, 30), (40, 40, 200), (60, 150, 40)


def page() -> np.ndarray:
    pixels = paper()
    grid(pixels, [60, 300, 540, 740], [80, 180, 280, 520])
    for k, y in enumerate((130, 230, 320, 360, 400)):
        written(pixels, f"Elaborar el informe {k}", 70, y)
    return pixels


def scrawl(pixels: np.ndarray, colour: tuple[int, int, int] = BLUE, x: int = 320, y: int = 400) -> None:
    """A signature: a wave some hundred points long."""
    t = np.linspace(0, 1, 300)
    wave = np.stack([x + 200 * t, y + 45 * np.sin(t * 17)], axis=1).astype(np.int32)
    cv2.polylines(pixels, [wave.reshape(-1, 1, 2)], False, colour, 3, cv2.LINE_AA)


def drawn(pixels: np.ndarray) -> Pens:
    found = pens(pixels, SCALE)
    assert found is not None
    return found


@pytest.mark.parametrize("colour", [BLUE, RED, GREEN])
def test_a_signature_is_found_where_it_is(colour: tuple[int, int, int]) -> None:
    pixels = page()
    scrawl(pixels, colour)
    found = drawn(pixels)
    (box,) = found.boxes
    assert box == pytest.approx((320, 355, 520, 445), abs=8)
    went = (pixels != page()).any(axis=2)
    assert (found.mask[went] > 0).mean() > 0.9
    assert (found.mask[cv2.dilate(went.astype(np.uint8), np.ones((9, 9), np.uint8)) == 0] == 0).all()


def test_the_page_without_it_is_as_it_was_before() -> None:
    pixels = page()
    scrawl(pixels, y=230, x=100)  # across a rule and a line of text
    found = drawn(pixels)
    before = page()
    print_ = before[:, :, 0] < 100
    assert (found.mask[print_] > 0).mean() < 0.05, "black print is not the pen's, but where it goes over it"
    assert (np.abs(found.clear.astype(int) - before).max(axis=2) > 90).sum() < 0.02 * (found.mask > 0).sum() + 60
    assert (found.print[print_] > 0).mean() > 0.9


def test_a_line_that_a_pen_wrote_is_told_from_one_that_it_crosses() -> None:
    pixels = page()
    scrawl(pixels, x=320, y=400)
    cv2.ellipse(pixels, (170, 235), (120, 35), 0, 20, 340, RED, 3, cv2.LINE_AA)
    found = drawn(pixels)
    signature, crossed, free = of_box(315, 350, 525, 450), of_box(68, 212, 260, 236), of_box(68, 305, 260, 326)
    assert [found.wrote(q) for q in (signature, crossed, free)] == [True, False, False]
    assert [found.crosses(q) for q in (signature, crossed, free)] == [True, True, False]


def test_a_stamp_is_a_pens() -> None:
    pixels = page()
    cv2.circle(pixels, (640, 400), 70, RED, 3, cv2.LINE_AA)
    found = drawn(pixels)
    assert around(found.boxes) == pytest.approx((570, 330, 710, 470), abs=8)
    ring = (pixels != page()).any(axis=2)
    assert (found.mask[ring] > 0).mean() > 0.9, "where it runs straight too"


def test_where_a_stroke_runs_straight_it_is_the_pens_and_the_rule_beside_it_is_not() -> None:
    pixels = page()
    scrawl(pixels)
    cv2.line(pixels, (520, 360), (700, 360), BLUE, 3)
    found = drawn(pixels)
    assert (found.mask[360, 540:690] > 0).mean() > 0.9
    assert (found.mask[280, 60:740] == 0).all()


def test_a_frame_around_a_figure_is_a_pens_and_no_cell() -> None:
    pixels = page()
    cv2.rectangle(pixels, (320, 290), (440, 330), RED, 2)
    (box,) = drawn(pixels).boxes
    assert box == pytest.approx((320, 290, 440, 330), abs=6)
    pixels = page()
    cv2.rectangle(pixels, (320, 290), (440, 510), RED, 2)  # as high as several rows: a box of the page
    assert pens(pixels, SCALE) is None


@pytest.mark.parametrize(
    ("stroke", "thick", "strikes"),
    [
        ([(60, 226), (300, 216)], 3, True),
        ([(60, 226), (160, 220)], 3, False),
        ([(60, 235), (300, 235)], 3, False),
        ([(60, 222), (300, 222)], 30, False),
    ],
)
def test_a_stroke_from_end_to_end_crosses_a_line_out(stroke: list[tuple[int, int]], thick: int, strikes: bool) -> None:
    """One that ends in the middle, underlines, or is as broad as a text marker's does not."""
    mask = np.zeros((600, 800), np.uint8)
    cv2.line(mask, stroke[0], stroke[1], 255, thick)
    assert Pens(mask, [], page(), np.zeros_like(mask)).strikes(of_box(70, 208, 290, 236)) is strikes


def coloured_rules(pixels: np.ndarray) -> None:
    cv2.rectangle(pixels, (100, 300), (700, 500), BLUE, 2)
    cv2.line(pixels, (100, 400), (700, 400), RED, 2)


def coloured_fill(pixels: np.ndarray) -> None:
    pixels[300:360, 100:700] = (230, 190, 160)
    written(pixels, "META ANUAL", 120, 340)


def coloured_print(pixels: np.ndarray) -> None:
    for y in range(320, 500, 30):
        cv2.putText(pixels, "Elaborar el informe anual", (80, y), cv2.FONT_HERSHEY_SIMPLEX, 0.6, BLUE, 1, cv2.LINE_AA)


def coloured_bar(pixels: np.ndarray) -> None:
    pixels[300:340, 100:500] = RED


def yellow_paper(pixels: np.ndarray) -> None:
    pixels[:] = np.minimum(pixels, (190, 235, 250)).astype(np.uint8)


def black_pen(pixels: np.ndarray) -> None:
    scrawl(pixels, (20, 20, 20))


@pytest.mark.parametrize("draw", [coloured_rules, coloured_fill, coloured_print, coloured_bar, yellow_paper, black_pen])
def test_what_is_no_pens(draw: Callable[[np.ndarray], None]) -> None:
    pixels = page()
    draw(pixels)
    assert (pixels != page()).any()
    assert pens(pixels, SCALE) is None


def test_a_signature_on_yellow_paper_is_found() -> None:
    pixels = page()
    scrawl(pixels)
    yellow_paper(pixels)
    assert len(drawn(pixels).boxes) == 1


def test_a_straight_stroke_of_a_signature_that_turns_into_another_is_the_pens() -> None:
    """It stood as an upright rule between two level ones, and parted a figure in two cells."""
    pixels = page()
    scrawl(pixels)
    cv2.polylines(pixels, [np.array([[330, 420], [300, 340], [300, 480], [380, 482], [430, 455]])], False, BLUE, 4, cv2.LINE_AA)
    found = drawn(pixels)
    assert (found.mask[350:470, 296:305].any(axis=1)).mean() > 0.9


def test_a_coloured_grid_that_a_pen_crosses_stays() -> None:
    pixels = paper()
    for x in (60, 300, 540, 740):
        cv2.line(pixels, (x, 80), (x, 520), GREEN, 2)
    for y in (80, 180, 280, 520):
        cv2.line(pixels, (60, y), (740, y), GREEN, 2)
    rules = (pixels < 200).any(axis=2)
    scrawl(pixels, y=270)
    scrawled = cv2.dilate((pixels[:, :, 0] > 150).astype(np.uint8) & (pixels[:, :, 2] < 100), np.ones((9, 9), np.uint8)) > 0
    assert (drawn(pixels).mask[rules & ~scrawled] == 0).all()
