"""Creases of the paper are no rules; the rules of a page that was cut at its table's frame are."""

from __future__ import annotations

import numpy as np
import pytest

from veedor.extract.scan.creases import creased, without_creases
from veedor.extract.scan.lines import Line
from veedor.extract.scan.quads import of_box
from veedor.extract.scan.ruling import Stroke, outside_text

SCALE, WIDTH, HEIGHT = 2.0, 800, 600
XS, YS = [60, 200, 420, 580, 740], [160, 220, 280, 340, 400]


def stroke(at: float, lo: float, hi: float) -> Stroke:
    return Stroke(np.array([lo, (lo + hi) / 2, hi], dtype=float), np.full(3, float(at)), 2.0)


def grid() -> tuple[list[Stroke], list[Stroke]]:
    return [stroke(y, XS[0], XS[-1]) for y in YS], [stroke(x, YS[0], YS[-1]) for x in XS]


def kept(rows: list[Stroke], columns: list[Stroke]) -> tuple[list[float], list[float]]:
    level, upright = without_creases(rows, columns, WIDTH, HEIGHT, SCALE)
    return [s.at_middle for s in level], [s.at_middle for s in upright]


def test_a_crease_runs_on_to_the_edges_of_the_paper() -> None:
    rows, columns = grid()
    assert kept([*rows, stroke(250, 0, WIDTH - 1)], [*columns, stroke(440, 4, HEIGHT - 6)]) == (YS, XS)


def test_a_crease_that_print_breaks() -> None:
    rows, columns = grid()
    pieces = [stroke(440, 0, 170), stroke(441, 200, 390), stroke(439, 420, HEIGHT - 1)]
    assert kept(rows, [*columns, *pieces]) == (YS, XS)


def test_rules_of_a_picture_cut_at_its_frame_stay() -> None:
    rows, columns = [stroke(y, 0, WIDTH - 1) for y in (2, *YS, HEIGHT - 2)], [stroke(x, 0, HEIGHT - 1) for x in XS]
    assert kept(rows, columns) == ([2, *YS, HEIGHT - 2], XS)


def test_a_rule_that_ends_within_the_paper_stays() -> None:
    rows, columns = grid()
    assert kept([*rows, stroke(450, 30, WIDTH - 1)], columns)[0] == [*YS, 450]


def test_a_level_stroke_through_a_row_of_texts_is_no_rule() -> None:
    rows, columns = grid()
    texts = [(x + 20.0, 238.0, x + 90.0, 260.0) for x in XS[:-1]]
    level, _ = outside_text([*rows, stroke(250, 60, 740)], columns, texts, SCALE)
    assert [s.at_middle for s in level] == YS


def test_a_rule_that_texts_touch_stays() -> None:
    """Texts of the row above reach down to it, and one of two rows was found as one."""
    rows, columns = grid()
    texts = [(x + 20.0, 204.0, x + 90.0, 222.0) for x in XS[:-1]] + [
        (80.0, 300.0, 180.0, 380.0),
        *((80.0, y, 180.0, y + 20) for y in (170, 240)),
    ]
    level, _ = outside_text(rows, columns, texts, SCALE)
    assert [s.at_middle for s in level] == YS


def test_a_rule_between_texts_found_two_rows_as_one_stays() -> None:
    rows, columns = grid()
    merged = [(x + 20.0, 200.0, x + 90.0, 240.0) for x in XS[:-1]]
    single = [(x + 20.0, y, x + 90.0, y + 20.0) for x in XS[:-1] for y in (300, 360)]
    level, _ = outside_text(rows, columns, [*merged, *single], SCALE)
    assert [s.at_middle for s in level] == YS


def test_a_streak_that_runs_out_of_the_paper_where_no_rule_meets_it_goes() -> None:
    rows, columns = grid()
    assert kept(rows, [*columns, stroke(500, 342, 342 + 257)]) == (YS, [*XS, 500]), "a short one may be a rule"
    tall = 1400
    level, upright = without_creases(rows, [*columns, stroke(500, 342, tall - 2)], WIDTH, tall, SCALE)
    assert ([s.at_middle for s in level], [s.at_middle for s in upright]) == (YS, XS)


@pytest.mark.parametrize(("at", "lines"), [(250, ["b"]), (231, []), (None, ["a", "b"])])
def test_lines_through_which_a_crease_runs_may_have_lost_a_digit(at: float | None, lines: list[str]) -> None:
    texts = {"a": Line(of_box(100, 200, 300, 224)), "b": Line(of_box(100, 240, 300, 264)), "c": Line(of_box(400, 240, 500, 264))}
    level = [] if at is None else [stroke(at, 90, 320)]
    upright = [stroke(150, 0, 205), stroke(151, 270, 599)] if at is None else []
    found = creased(list(texts.values()), level, upright, SCALE)
    assert [name for name, line in texts.items() if any(line is f for f in found)] == lines
