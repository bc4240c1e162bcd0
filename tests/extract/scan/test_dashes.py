"""Dashes that the engine passes over are read in fields of figures; dust, underlines, commas and remains of rules are none."""

from __future__ import annotations

import numpy as np
import pytest

from veedor.extract.scan.dashes import dashes
from veedor.extract.scan.lines import Line
from veedor.extract.scan.piece import Piece, Reading
from veedor.extract.scan.quads import box_of, of_box

Ink = tuple[int, int, int, int]
DASH: Ink = (272, 210, 279, 213)
"""Where the figure of the second row and second column would end; the type is some 20 pixels high."""


def line(text: str, x0: int, top: int) -> Line:
    return Line(of_box(x0, top, x0 + 80, top + 24), reading=Reading(text, 0.99, (Piece(text, 0.0, 1.0, 0.99),)))


def page(text: str = "1.234") -> list[Line]:
    """Five rows of three columns, whose second row lacks the second."""
    return [line(text, x, y) for y in range(160, 360, 40) for x in (60, 200, 340) if (x, y) != (200, 200)]


def ink(*at: Ink, lines: list[Line]) -> np.ndarray:
    free = np.zeros((500, 600), np.uint8)
    for x0, top, x1, bottom in (*at, *(tuple(int(v) for v in box_of(n.quad)) for n in lines)):
        free[top:bottom, x0:x1] = 255
    return free


@pytest.mark.parametrize("dash", [DASH, (266, 210, 279, 213), (236, 211, 240, 213)])
def test_a_short_level_stroke_alone_in_its_field_is_a_dash(dash: Ink) -> None:
    (found,) = dashes(ink(dash, lines=page()), page())
    assert found.reading.text == "-"
    x0, top, x1, bottom = box_of(found.quad)
    assert x0 < dash[0] < dash[2] < x1 and top == pytest.approx(200, abs=2) and bottom == pytest.approx(224, abs=2)


@pytest.mark.parametrize(
    "other",
    [
        (272, 220, 279, 223),  # on the base line: a point, or a piece of an underline
        (272, 202, 279, 205),
        (240, 210, 262, 213),  # as long as a word: a rule's
        (274, 210, 277, 213),  # round
        (272, 207, 279, 216),  # a letter's
        (500, 210, 507, 213),  # in no column
        (272, 390, 279, 393),  # in no row
    ],
)
def test_what_is_no_dash(other: Ink) -> None:
    assert dashes(ink(other, lines=page()), page()) == []


def test_parts_of_a_broken_stroke_are_no_dashes() -> None:
    assert dashes(ink(DASH, (260, 210, 267, 213), lines=page()), page()) == []


def test_among_texts_there_is_none() -> None:
    assert dashes(ink(DASH, lines=page("Total")), page("Total")) == []


def test_a_paper_full_of_specks_has_none() -> None:
    lines = page()
    lines = [n for n in lines if box_of(n.quad)[0] != 200 or box_of(n.quad)[1] > 240]
    more = [(272, y + 10, 279, y + 13) for y in range(160, 280, 40)] + [(230, y + 10, 237, y + 13) for y in range(160, 280, 40)]
    assert dashes(ink(*more, lines=lines), lines) == []
