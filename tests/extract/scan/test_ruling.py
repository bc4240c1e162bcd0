"""Rules found in drawn pictures: grids, gaps, bends; not letters, pens or bars."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from veedor.extract.scan.ruling import Stroke, beneath, outside_text, parted, strokes

from .pixels import dark, grid, level, paper, upright, written

SCALE = 2.0
XS, YS = [60, 200, 420, 740], [80, 130, 180, 260, 520]


def heights(found: list[Stroke]) -> list[int]:
    return sorted(round(s.at_middle) for s in found)


def near(found: list[Stroke], wanted: list[int]) -> bool:
    return len(found) == len(wanted) and all(abs(a - b) <= 1.5 for a, b in zip(heights(found), wanted, strict=True))


def test_the_rules_of_a_grid() -> None:
    pixels = paper()
    grid(pixels, XS, YS)
    rows, columns, mask = strokes(dark(pixels), SCALE)
    assert near(rows, YS)
    assert near(columns, XS)
    assert all(s.along[0] == pytest.approx(XS[0], abs=3) and s.along[-1] == pytest.approx(XS[-1], abs=3) for s in rows)
    assert all(s.along[0] == pytest.approx(YS[0], abs=3) and s.along[-1] == pytest.approx(YS[-1], abs=3) for s in columns)
    assert mask[80, 300] and mask[300, 200] and not mask[300, 300]


def test_letters_are_no_rules() -> None:
    pixels = paper()
    for y in range(60, 560, 30):
        written(pixels, "MILLONES DE DOLARES - TILDE lllll IIII ____", 40, y, 0.7)
    rows, columns, _ = strokes(dark(pixels), SCALE)
    assert columns == []
    assert all(s.length < 40 * SCALE for s in rows), "only the underscores"


def test_a_stroke_of_a_pen_is_no_rule() -> None:
    pixels = paper()
    cv2.line(pixels, (100, 500), (700, 380), (0, 0, 0), 2)
    t = np.linspace(0, 6, 300)
    wave = np.stack([100 + 100 * t, 200 + 40 * np.sin(t * 3)], axis=1).astype(np.int32)
    cv2.polylines(pixels, [wave.reshape(-1, 1, 2)], False, (0, 0, 0), 2)
    rows, columns, _ = strokes(dark(pixels), SCALE)
    assert (rows, columns) == ([], [])


def test_a_bar_is_no_rule() -> None:
    pixels = paper()
    pixels[200:230, 100:500] = 0
    rows, columns, mask = strokes(dark(pixels), SCALE)
    assert (rows, columns) == ([], [])
    assert not mask.any()


def test_a_gap_of_a_bad_print_is_bridged() -> None:
    pixels = paper()
    level(pixels, 100, 60, 740)
    for x in range(100, 700, 50):
        pixels[95:105, x : x + 4] = 255
    rows, _, _ = strokes(dark(pixels), SCALE)
    assert len(rows) == 1
    assert rows[0].length == pytest.approx(680, abs=6)


def test_the_course_of_a_rule_that_bends_is_followed() -> None:
    pixels = paper()
    xs = np.arange(60, 740)
    ys = 200 + 5 * np.sin((xs - 60) / 680 * np.pi)
    points = np.stack([xs, ys], axis=1).round().astype(np.int32).reshape(-1, 1, 2)
    cv2.polylines(pixels, [points], False, (0, 0, 0), 2)
    (rule,), _, _ = strokes(dark(pixels), SCALE)
    for x, y in zip(xs[20:-20:60], ys[20:-20:60], strict=True):
        assert rule.at(float(x)) == pytest.approx(y, abs=1.5)


def test_a_short_upright_counts_between_two_level_rules_only() -> None:
    pixels = paper()
    level(pixels, 100, 60, 740)
    level(pixels, 122, 60, 740)
    upright(pixels, 300, 100, 122)
    upright(pixels, 500, 300, 322)  # the same stroke in the open
    _, columns, _ = strokes(dark(pixels), SCALE)
    assert heights(columns) == pytest.approx([300], abs=1)


def straight(at: float, lo: float, hi: float) -> Stroke:
    return Stroke(np.linspace(lo, hi, 20), np.full(20, at), 2.0)


def test_strokes_within_a_line_of_text_are_left_out() -> None:
    rule, within = straight(100, 60, 740), straight(212, 120, 300)
    stem, line = straight(150, 203, 221), (110.0, 200.0, 310.0, 224.0)
    rows, columns = outside_text([rule, within], [stem], [line], SCALE)
    assert (rows, columns) == ([rule], [])


def test_an_upright_from_rule_to_rule_stays_even_in_a_line() -> None:
    rows, cell = [straight(200, 60, 740), straight(224, 60, 740)], straight(150, 200, 224)
    assert outside_text(rows, [cell], [(110.0, 200.0, 310.0, 224.0)], SCALE)[1] == [cell]


def test_level_rules_are_parted_between_two_tables_wall_to_wall() -> None:
    pixels = paper()
    grid(pixels, [60, 200, 390], YS)
    grid(pixels, [396, 560, 740], YS)
    ink = dark(pixels)
    columns = [straight(x, YS[0], YS[-1]) for x in (60, 200, 390, 396, 560, 740)]
    found = parted([straight(y, 60, 740) for y in YS], columns, ink, SCALE)
    assert len(found) == 2 * len(YS)
    assert {(round(s.along[0]), round(s.along[-1])) for s in found} == {(60, 390), (396, 740)}


def test_rules_of_one_table_stay_whole() -> None:
    pixels = paper()
    grid(pixels, XS, YS)
    rows, columns, _ = strokes(dark(pixels), SCALE)
    assert len(parted(rows, columns, dark(pixels), SCALE)) == len(rows)


@pytest.mark.parametrize("lying", [False, True])
def test_beneath_a_pen_a_rule_goes_on(lying: bool) -> None:
    """Ten points of it are hidden: more than a bad print breaks, and only where the pen went."""
    pixels, over = paper(600, 600), np.zeros((600, 600), np.uint8)
    level(pixels, 100, 60, 540)
    pixels[90:110, 300:320] = 255
    ink = dark(pixels)
    if lying:
        ink = np.ascontiguousarray(ink.T)
    assert len(strokes(ink, SCALE)[lying]) == 2, "without a pen they are two"
    assert len(strokes(ink, SCALE, over)[lying]) == 2, "nor where it went elsewhere"
    over[80:120, 295:325] = 255
    (rule,) = strokes(ink, SCALE, np.ascontiguousarray(over.T) if lying else over)[lying]
    assert (rule.along[0], rule.along[-1]) == pytest.approx((60, 540), abs=3)
    assert rule.at_middle == pytest.approx(100, abs=1)


def test_a_pen_makes_no_rule_of_its_own() -> None:
    pixels = paper()
    over = np.full(pixels.shape[:2], 255, np.uint8)
    level(pixels, 100, 60, 300)
    level(pixels, 100, 360, 600)
    rows, columns, _ = strokes(dark(pixels), SCALE, over)
    assert [x for r in rows for x in (r.along[0], r.along[-1])] == pytest.approx([60, 300, 360, 600], abs=4)
    assert columns == []


def test_what_a_stamp_leaves_beside_its_ring_is_no_rule() -> None:
    """Its ring runs straight for a row, and what of it is dark is taken off but for its edge; a rule runs on beyond it."""
    pixels = paper()
    grid(pixels, [60, 400, 740], [80, 120, 160, 200, 240])
    over = np.zeros(pixels.shape[:2], np.uint8)
    over[125:155, 196:204] = over[130:150, 396:404] = 255
    pixels[120:160, 199:201] = 0
    assert len(strokes(dark(pixels), SCALE)[1]) == 4
    _, columns, _ = strokes(dark(pixels), SCALE, over)
    assert [round(s.at_middle) for s in sorted(columns, key=lambda s: s.at_middle)] == pytest.approx([60, 400, 740], abs=1)


def test_pieces_of_an_upright_beneath_a_stamp_are_one() -> None:
    """Longer hidden than a stroke of a pen does; a rule that ends at a merged cell, or another's course, is not drawn on."""
    upper, lower = straight(300, 80, 200), straight(301, 240, 400)
    over = np.zeros((600, 800), np.uint8)
    assert len(beneath([upper, lower], None, SCALE)) == len(beneath([upper, lower], over, SCALE)) == 2
    over[205:235, 280:320] = 255
    (rule,) = beneath([lower, upper], over, SCALE)
    assert (rule.along[0], rule.along[-1], round(rule.at(220))) == (80, 400, 300)
    assert len(beneath([upper, straight(310, 240, 400)], over, SCALE)) == 2
