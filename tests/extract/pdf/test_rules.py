"""Lines as drawn: pieces of one line joined, double lines one, and lines that touch gathered to frames."""

from __future__ import annotations

import pytest

from veedor.extract.pdf.content import Rule
from veedor.extract.pdf.rules import MAX_RULES, frames, joined

from .page import rules


@pytest.mark.parametrize(
    ("drawn", "lines"),
    [
        ([(10, 0, 50), (10, 52, 100)], [(10, 0, 100)]),  # a small gap, as of dashes
        ([(10, 0, 50), (10, 56, 100)], [(10, 0, 50), (10, 56, 100)]),
        ([(10, 0, 100), (10.8, 0, 100)], [(10.4, 0, 100)]),  # a line drawn by both cells that share it
        ([(10, 0, 100), (12, 0, 100)], [(10, 0, 100), (12, 0, 100)]),
        ([(10, 0, 4)], []),  # a speck
        ([(10, k, k + 1) for k in range(0, 60, 3)], [(10, 0, 58)]),  # dots
        ([(10, 40, 90), (10, 0, 100)], [(10, 0, 100)]),  # one within the other
        ([(10 + 0.9 * k, 0, 100) for k in range(5)], [(10.9, 0, 100), (13.15, 0, 100)]),  # a ladder of close lines is not one line
        ([], []),
    ],
)
def test_pieces_of_a_line(drawn: list[tuple[float, float, float]], lines: list[tuple[float, float, float]]) -> None:
    assert [(pytest.approx(r.at), r.lo, r.hi) for r in joined(rules(*drawn))] == lines


def test_a_line_is_faint_where_all_its_pieces_are() -> None:
    both = joined([Rule(10, 0, 50, faint=True), Rule(10, 50, 100)])
    white = joined([Rule(10, 0, 50, faint=True), Rule(10, 50, 100, faint=True)])
    assert [r.faint for r in (*both, *white)] == [False, True]


def test_lines_that_touch_are_one_frame() -> None:
    upper = ([Rule(100, 50, 200), Rule(150, 50, 200)], [Rule(50, 100, 150), Rule(200, 100, 150)])
    lower = ([Rule(300, 50, 200), Rule(350, 50, 200)], [Rule(50, 300, 350), Rule(200, 300, 350)])
    found = frames([*lower[0], *upper[0]], [*lower[1], *upper[1]])
    assert [(f.box, len(f.horizontal), len(f.vertical)) for f in found] == [((50, 100, 200, 150), 2, 2), ((50, 300, 200, 350), 2, 2)]


@pytest.mark.parametrize(("miss", "count"), [(2, 1), (5, 3)])
def test_corners_may_miss_each_other_a_little(miss: float, count: int) -> None:
    assert len(frames([Rule(100, 50, 200), Rule(150, 50, 200)], [Rule(50 - miss, 100, 150)])) == count


def test_no_more_lines_than_a_page_has() -> None:
    (found,) = frames([Rule(k / 10, 0, 100) for k in range(MAX_RULES + 500)], [Rule(50, 0, 2000)])
    assert len(found.horizontal) == MAX_RULES
