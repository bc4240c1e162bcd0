"""Worn rules: found along their dashes and dots, drawn on to where the others end; what is whole, dotted or written is as it was."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from veedor.extract.pdf.content import Rule
from veedor.extract.scan.ruling import Stroke, strokes
from veedor.extract.scan.snapping import snapped
from veedor.extract.scan.worn import worn

from .pixels import dark, grid, level, paper, upright, written

SCALE = 2.0
XS, YS = [60, 200, 420, 740], [80, 120, 160, 200, 240, 280]


def wear(pixels: np.ndarray, xs: Sequence[int], ys: Sequence[int], seed: int = 1) -> None:
    """Takes short pieces out of the rules of a grid at random: a third of them, none longer than three points."""
    random = np.random.default_rng(seed)
    for y in ys:
        for x in _places(random, xs):
            pixels[y - 1 : y + 1, x : x + int(random.integers(2, 7))] = 255
    for x in xs:
        for y in _places(random, ys):
            pixels[y : y + int(random.integers(2, 7)), x - 1 : x + 1] = 255


def _places(random: np.random.Generator, along: Sequence[int]) -> list[int]:
    places, at = [], along[0]
    while at < along[-1] - 40:
        at += int(random.integers(8, 16)) if len(places) % 12 else 40  # here and there a part of it is whole
        places.append(at)
    return places


def ends(found: Sequence[Stroke]) -> list[tuple[int, int, int]]:
    return sorted((round(s.at_middle), round(float(s.along[0])), round(float(s.along[-1]))) for s in found)


def reach(found: Sequence[Stroke], wanted: Sequence[int], lo: int, hi: int) -> bool:
    its = ends(found)
    return len(its) == len(wanted) and all(
        abs(at - w) <= 2 and abs(a - lo) <= 8 and abs(b - hi) <= 8 for (at, a, b), w in zip(its, wanted, strict=True)
    )


@pytest.mark.parametrize("seed", range(1, 5))
def test_the_rules_of_a_worn_grid_are_found_over_their_length(seed: int) -> None:
    pixels = paper()
    grid(pixels, XS, YS)
    wear(pixels, XS, YS, seed)
    for y in YS[:-1]:
        written(pixels, "Informe", XS[0] + 10, y + 27, 0.5)
        written(pixels, "905,1", XS[2] - 58, y + 27, 0.5)
        written(pixels, "87.50", XS[3] - 58, y + 27, 0.5)
    rows, columns, _ = strokes(dark(pixels), SCALE)
    rows = [s for s in rows if s.length > 20 * SCALE]
    assert reach(rows, YS, XS[0], XS[-1])
    columns = [s for s in columns if s.length > 20 * SCALE]
    assert reach(columns, XS, YS[0], YS[-1])


def test_a_whole_rule_is_left_where_it_ends() -> None:
    pixels = paper()
    grid(pixels, XS, YS)
    grid(pixels, XS, [y + 216 for y in YS])  # eight points below: another table
    ink = dark(pixels)
    found = strokes(ink, SCALE)
    assert not any(worn(ink, found[2], found[2], SCALE, up).any() for up in (False, True))
    assert len(found[1]) == 2 * len(XS)


def test_dots_that_lead_to_a_figure_are_no_rule() -> None:
    pixels = paper()
    for x in range(200, 700, 6):
        pixels[300:303, x : x + 3] = 0
    assert strokes(dark(pixels), SCALE)[0] == []


def test_a_worn_upright_does_not_run_on_through_the_name_above_it() -> None:
    """The name stands over two columns, one of its stems where the rule between them would go on."""
    pixels = paper()
    for y in (80, 120, *YS[2:]):
        level(pixels, y, 60, 740)
    for x in (60, 740):
        upright(pixels, x, 80, 280)
    upright(pixels, 400, 120, 280)
    for y in range(128, 270, 14):
        pixels[y : y + 4, 398:403] = 255
    written(pixels, "Monto nnnnnnnnnnnnnn HHHHH", 270, 108, 0.6)
    middle = [s for s in strokes(dark(pixels), SCALE)[1] if abs(s.at_middle - 400) < 3]
    assert [round(float(s.along[0]) / 20) for s in middle] == [6]


def rules(last: float) -> tuple[list[Rule], list[Rule]]:
    """A grid of which one level rule is worn away to the left of ``last``."""
    across = [Rule(x, 100, 220) for x in (40, 120, 300, 360)]
    return [Rule(y, 40, 360) if y != 160 else Rule(y, last, 360) for y in (100, 130, 160, 190, 220)], across


@pytest.mark.parametrize(("last", "start"), [(60.0, 40.0), (160.0, 120.0), (190.0, 120.0)])
def test_a_rule_that_ends_between_two_uprights_goes_on_to_the_next(last: float, start: float) -> None:
    found, _ = snapped(*rules(last))
    assert [round(r.lo) for r in found if r.at == 160] == [start]


def test_a_rule_of_a_merged_cell_ends_where_it_ends() -> None:
    found, _ = snapped(*rules(120.0))
    assert [round(r.lo) for r in found if r.at == 160] == [120]
    level_, across = rules(110.0)
    level_ = [Rule(r.at, 110, r.hi) if 100 < r.at < 220 else r for r in level_]  # each of them runs over its upright
    found, _ = snapped(level_, across)
    assert {round(r.lo) for r in found if 100 < r.at < 220} == {110}
