"""Points that the engine read as blanks are put back where the paper shows one, and nowhere else."""

from __future__ import annotations

import numpy as np
import pytest

from veedor.extract.scan.lines import Line
from veedor.extract.scan.piece import Piece, Reading
from veedor.extract.scan.points import restore
from veedor.extract.scan.quads import of_box

TALL, WIDE, STEP, FOOT, LEFT = 20, 12, 16, 60, 40
"""Of a letter, from one to the next, and where the first stands."""


def drawn(*words: str) -> tuple[np.ndarray, Line]:
    """Words as bars on one foot, three bars apart; the line reads what is drawn."""
    free = np.zeros((100, 800), np.uint8)
    x, pieces, spans = LEFT, list[str](), list[tuple[int, int]]()
    for word in words:
        start = x
        for _ in word:
            free[FOOT - TALL : FOOT, x : x + WIDE] = 255
            x += STEP
        pieces.append(word)
        spans.append((start, x - (STEP - WIDE)))
        x += 2 * STEP
    right = spans[-1][1] + 20  # room for a point behind the last word
    length = right - LEFT
    read = tuple(Piece(w, (a - LEFT) / length, (b - LEFT) / length, 0.9) for w, (a, b) in zip(pieces, spans, strict=True))
    return free, Line(of_box(LEFT, FOOT - 24, right, FOOT + 6), reading=Reading(" ".join(words), 0.9, read))


def end_of(line: Line, word: int) -> int:
    """Where the ink of a word ends."""
    length = float(line.quad[1][0] - line.quad[0][0])
    return round(LEFT + line.reading.pieces[word].hi * length)


def speck(free: np.ndarray, x: int, bottom: int = FOOT, size: int = 4) -> None:
    free[bottom - size : bottom, x : x + size] = 255


def texts(line: Line) -> list[str]:
    return [p.text for p in line.reading.pieces]


@pytest.mark.parametrize(("words", "at", "wanted"), [(("Art", "31"), 0, ["Art.", "31"]), (("El", "informe"), 1, ["El", "informe."])])
def test_a_point_behind_a_word_is_put_back(words: tuple[str, ...], at: int, wanted: list[str]) -> None:
    free, line = drawn(*words)
    speck(free, end_of(line, at) + 3)
    restore([line], free)
    assert texts(line) == wanted
    assert line.reading.text == " ".join(wanted)
    assert line.reading.pieces[at].others == (words[at],), "what was read stays beside it"


def test_where_no_point_is_none_is_made() -> None:
    free, line = drawn("Art", "31")
    restore([line], free)
    assert texts(line) == ["Art", "31"]


@pytest.mark.parametrize(
    ("off", "bottom", "size"),
    [
        (3, FOOT - 8, 4),  # half up: a hyphen or a speck
        (3, FOOT + 5, 4),  # hanging: a comma
        (3, FOOT, 9),  # a letter
        (3, FOOT, 1),  # grain
        (14, FOOT, 4),  # as far off as the next word
    ],
)
def test_what_is_no_point(off: int, bottom: int, size: int) -> None:
    free, line = drawn("Art", "31")
    speck(free, end_of(line, 0) + off, bottom, size)
    restore([line], free)
    assert texts(line) == ["Art", "31"]


def test_a_part_of_a_broken_letter_is_no_point() -> None:
    free, line = drawn("Art", "31")
    speck(free, end_of(line, 0) + 3)
    speck(free, end_of(line, 0) + 3, FOOT - 6, 6)
    restore([line], free)
    assert texts(line) == ["Art", "31"]


def test_a_word_that_has_its_point_gets_no_other() -> None:
    free, line = drawn("Art.", "31")
    speck(free, end_of(line, 0) + 3)
    restore([line], free)
    assert texts(line) == ["Art.", "31"]


def test_a_point_behind_a_figure_only_where_it_goes_on() -> None:
    """A blank was read within a figure: the point parts its thousands. Behind the last a speck would be one."""
    free, line = drawn("45", "200", "abc")
    speck(free, end_of(line, 0) + 3)
    speck(free, end_of(line, 1) + 3)
    restore([line], free)
    assert texts(line) == ["45.", "200", "abc"]


def test_a_page_full_of_specks_is_left_as_it_was() -> None:
    made = [drawn("Art", "bien") for _ in range(5)]
    free = np.concatenate([f for f, _ in made])
    for k, (_, line) in enumerate(made):
        line.quad = line.quad + np.array([0, 100 * k], np.float32)
        speck(free, end_of(line, 0) + 3, FOOT + 100 * k)
    few = [line for _, line in made[:3]]
    restore(few, free)
    assert [texts(line)[0] for line in few] == ["Art."] * 3
    rest = [Line(line.quad, reading=Reading("Art bien", 0.9, drawn("Art", "bien")[1].reading.pieces)) for _, line in made]
    restore(rest, free)
    assert [texts(line)[0] for line in rest] == ["Art"] * 5


@pytest.mark.parametrize("kind", ["standing", "alone"])
def test_lines_that_run_up_the_page_and_lone_ink_have_none(kind: str) -> None:
    free, line = drawn("Art", "31")
    speck(free, end_of(line, 0) + 3)
    setattr(line, kind, True)
    restore([line], free)
    assert texts(line) == ["Art", "31"]
