"""Blanks in the ink of a line: where it is two texts side by side, and where its words begin and end."""

from __future__ import annotations

import numpy as np
import pytest

from veedor.extract.scan.blanks import parted_at_blanks, placed_by_ink
from veedor.extract.scan.piece import Piece
from veedor.extract.scan.quads import box_of, of_box

HEIGHT, LETTER, STEP = 20, 7, 10
"""Of a line; of a letter, and from one letter to the next."""


def inked(*words: str, gaps: tuple[int, ...]) -> tuple[np.ndarray, list[tuple[int, int]]]:
    """Words as bars with the given blanks between them, and where each begins and ends."""
    dark = np.zeros((60, 700), np.uint8)
    x, spans = 10, []
    for word, gap in zip(words, (*gaps, 0), strict=True):
        start = x
        for _ in word:
            dark[24:36, x : x + LETTER] = 255
            x += STEP
        spans.append((start, x - STEP + LETTER))
        x += gap - (STEP - LETTER)
    return dark, spans


def quad_of(spans: list[tuple[int, int]]) -> np.ndarray:
    return of_box(spans[0][0] - 2, 20, spans[-1][1] + 2, 20 + HEIGHT)


def read(spans: list[tuple[int, int]], off: int) -> list[Piece]:
    """Words as the engine places them: ``off`` pixels too far right, ends and beginnings alike."""
    left, length = spans[0][0] - 2, spans[-1][1] - spans[0][0] + 4
    return [Piece("x", (a + off - left) / length, (b + off - left) / length, 0.9) for a, b in spans]


def test_what_stands_beside_a_wide_blank_is_another_line() -> None:
    dark, spans = inked("términos", "de", "Jefaturas", gaps=(7, 17))
    parts = [box_of(q) for q in parted_at_blanks(quad_of(spans), dark)]
    assert len(parts) == 2
    assert parts[0][2] == pytest.approx(parts[1][0]) and spans[1][1] < parts[0][2] < spans[2][0]


@pytest.mark.parametrize("gap", [6, 14])  # an ordinary blank, and one of a line made as long as its neighbours
def test_the_blanks_of_a_text_part_nothing(gap: int) -> None:
    dark, spans = inked("solicitudes", "de", "préstamo", gaps=(gap, gap))
    quad = quad_of(spans)
    assert parted_at_blanks(quad, dark) == [quad]


def test_a_speck_beside_a_blank_is_no_text() -> None:
    dark, spans = inked("120000000", "i", "ACTIVO", gaps=(30, 30))
    assert len(parted_at_blanks(quad_of(spans), dark)) == 1


@pytest.mark.parametrize("off", [-4, 0, 4])
def test_words_begin_and_end_where_their_ink_does(off: int) -> None:
    dark, spans = inked("Proponer", "a", "la", "Gerencia", gaps=(8, 8, 8))
    quad = quad_of(spans)
    left, length = quad[0][0], quad[1][0] - quad[0][0]
    placed = placed_by_ink(read(spans, off), quad, dark)
    assert [round(left + p.lo * length) for p in placed[1:]] == [a for a, _ in spans[1:]]
    assert [round(left + p.hi * length) for p in placed[:-1]] == [b for _, b in spans[:-1]]


def test_words_stay_where_they_were_read_if_the_ink_shows_no_such_blanks() -> None:
    dark, spans = inked("uno", "dos", gaps=(1,))  # letters stand as far apart as these words
    pieces = read(spans, 3)
    assert placed_by_ink(pieces, quad_of(spans), dark) == pieces
