"""Rules of a scan, in points: ends drawn together, breaks mended, strokes of pens and stamps taken out."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from veedor.extract.pdf.content import Rule
from veedor.extract.scan.snapping import snapped

XS, YS = (40.0, 120.0, 300.0, 360.0), (100.0, 130.0, 160.0, 190.0, 220.0)


def grid(off: float = 0.0) -> tuple[list[Rule], list[Rule]]:
    """A grid whose rules end ``off`` points short of, or beyond, each other in turns."""
    level = [Rule(y, XS[0] + off * (-1) ** k, XS[-1] - off * (-1) ** k, 0.5) for k, y in enumerate(YS)]
    upright = [Rule(x, YS[0] + off * (-1) ** k, YS[-1] - off * (-1) ** k, 0.5) for k, x in enumerate(XS)]
    return level, upright


def spans(rules: Sequence[Rule]) -> list[tuple[float, float, float]]:
    return sorted((round(r.at, 1), round(r.lo, 1), round(r.hi, 1)) for r in rules)


WHOLE = [(y, XS[0], XS[-1]) for y in YS], [(x, YS[0], YS[-1]) for x in XS]


@pytest.mark.parametrize("off", [0.0, 1.5, 4.0])
def test_ends_are_drawn_to_the_rule_that_they_nearly_meet(off: float) -> None:
    level, upright = snapped(*grid(off))
    assert (spans(level), spans(upright)) == WHOLE


def test_a_broken_rule_is_mended() -> None:
    level, upright = grid()
    level[2] = Rule(YS[2], XS[0], 180, 0.5)
    level.append(Rule(YS[2] + 0.8, 200, XS[-1], 0.5))
    found, _ = snapped(level, upright)
    assert len(found) == len(YS)
    assert [r.hi - r.lo for r in found] == pytest.approx([XS[-1] - XS[0]] * len(YS), abs=0.1)


def test_two_rules_that_end_at_an_upright_are_not_mended_over_a_merged_cell() -> None:
    """The gap from upright to upright is a cell over two rows."""
    level, upright = grid()
    level[2] = Rule(YS[2], XS[0], XS[1], 0.5)
    level.append(Rule(YS[2], XS[2], XS[3], 0.5))
    found, _ = snapped(level, upright)
    assert spans([r for r in found if abs(r.at - YS[2]) < 1]) == [(YS[2], XS[0], XS[1]), (YS[2], XS[2], XS[3])]


def test_a_stroke_that_ends_at_nothing_in_a_cell_is_taken_out() -> None:
    level, upright = grid()
    found = snapped([*level, Rule(145, 130, 150, 0.8)], [*upright, Rule(200, 108, 122, 0.8), Rule(210, 92, 115, 0.8)])
    assert (spans(found[0]), spans(found[1])) == WHOLE


def test_an_underline_far_from_any_table_is_left_out_and_a_long_rule_is_not() -> None:
    level, upright = grid()
    found, _ = snapped([*level, Rule(400, 50, 90, 0.5), Rule(500, 50, 400, 0.5)], upright)
    assert spans(found) == [*WHOLE[0], (500, 50, 400)]


def test_what_runs_on_beyond_the_table_is_cut_off() -> None:
    level, upright = grid()
    upright[1] = Rule(XS[1], YS[0], YS[-1] + 25, 0.5)
    _, found = snapped(level, upright)
    assert spans(found) == WHOLE[1]


def test_a_header_of_two_levels_keeps_its_low_upright() -> None:
    level, upright = grid()
    level.append(Rule(115, XS[1], XS[2], 0.5))
    upright.append(Rule(200, 115, YS[-1], 0.5))
    found = snapped(level, upright)
    assert (115, XS[1], XS[2]) in spans(found[0])
    assert (200, 115, YS[-1]) in spans(found[1])


STAMP = (250.0, 150.0, 315.0, 175.0)
"""Over the third level rule, in its second cell."""


def gapped(lo: float, hi: float) -> tuple[list[Rule], list[Rule]]:
    """A grid whose third level rule is not seen from ``lo`` to ``hi``."""
    level, upright = grid()
    level[2] = Rule(YS[2], XS[0], lo, 0.5)
    level.append(Rule(YS[2], hi, XS[-1], 0.5))
    return level, upright


def third(found: Sequence[Rule]) -> list[tuple[float, float, float]]:
    return spans([r for r in found if abs(r.at - YS[2]) < 1])


def test_beneath_a_stamp_a_rule_goes_on_further_than_a_bad_print_breaks_it() -> None:
    """Forty points are no gap of a print, where they are more than what is left of the rule on a side."""
    assert third(snapped(*gapped(255, 310), [STAMP])[0]) == [(YS[2], XS[0], XS[-1])]
    assert third(snapped(*gapped(255, 310))[0]) != [(YS[2], XS[0], XS[-1])]
    away = (250.0, 162.0, 315.0, 180.0)
    assert third(snapped(*gapped(255, 310), [away])[0]) != [(YS[2], XS[0], XS[-1])], "a stamp that is not over it"


def test_a_rule_of_which_light_took_a_part_is_one_where_more_of_it_is_left_on_each_side() -> None:
    assert third(snapped(*gapped(155, 205))[0]) == [(YS[2], XS[0], XS[-1])]
    assert third(snapped(*gapped(XS[1], 205))[0]) != [(YS[2], XS[0], XS[-1])], "a merged cell"
    level, upright = gapped(155, 205)
    level[-1] = Rule(YS[2], 205, 330, 0.5)
    assert third(snapped(level, upright)[0]) != [(YS[2], XS[0], XS[-1])], "the rest begins at no rule"


def test_beneath_a_stamp_one_end_may_lie_at_an_upright() -> None:
    stamp = (XS[1] - 2, 150.0, 150.0, 175.0)
    assert third(snapped(*gapped(XS[1], 140), [stamp])[0]) == [(YS[2], XS[0], XS[-1])]
    assert third(snapped(*gapped(XS[1], 140))[0]) == [(YS[2], XS[0], XS[1]), (YS[2], XS[1], XS[-1])]


def test_from_upright_to_upright_it_is_a_merged_cell_beneath_a_stamp_too() -> None:
    level, upright = gapped(XS[2], XS[3] - 0.1)
    level = [r for r in level if r.lo < XS[3] - 1]
    level.append(Rule(YS[2], XS[3], XS[3] + 60, 0.5))
    level = [Rule(r.at, r.lo, XS[3] + 60 if r.hi == XS[3] else r.hi, 0.5) for r in level]
    upright.append(Rule(XS[3] + 60, YS[0], YS[-1], 0.5))
    found, _ = snapped(level, upright, [(XS[2] - 5, 150.0, XS[3] + 5, 175.0)])
    assert third(found) == [(YS[2], XS[0], XS[2]), (YS[2], XS[3], XS[3] + 60)]


def test_an_upright_goes_on_beneath_a_stamp_too() -> None:
    level, upright = grid()
    tall = [r if r.at != YS[2] else Rule(YS[2], XS[2], XS[3], 0.5) for r in level]
    upright[1] = Rule(XS[1], YS[0], 137, 0.5)
    upright.append(Rule(XS[1], 183, YS[-1], 0.5))
    wanted = [(XS[1], YS[0], YS[-1])]
    assert [s for s in spans(snapped(tall, upright, [(100.0, 130.0, 140.0, 190.0)])[1]) if s[0] == XS[1]] == wanted
    assert [s for s in spans(snapped(tall, upright)[1]) if s[0] == XS[1]] != wanted


def cut_out(at: float) -> tuple[list[Rule], list[Rule]]:
    """A grid with a closed part within it that no rule ties to the rest; ``at``: its inner rules."""
    level, upright = grid()
    level = [Rule(y, XS[0], XS[-1], 0.5) for y in (YS[0], YS[-1])]
    level += [Rule(y, 130 + at, 290 - at, 0.5) for y in (YS[1] + at, YS[2] + at, YS[3] + at)]
    upright = [Rule(x, YS[0], YS[-1], 0.5) for x in (XS[0], XS[-1])]
    upright += [Rule(x, YS[1] + at, YS[3] + at, 0.5) for x in (130 + at, 200 + at, 290 - at)]
    return level, upright


def test_a_part_of_a_worn_grid_that_came_apart_is_joined_to_it() -> None:
    level, upright = cut_out(0)
    level += [Rule(y, XS[0], 90, 0.5) for y in YS[1:4]]  # the rest of its rules
    upright.append(Rule(90, YS[0], YS[-1], 0.5))
    assert {(round(r.lo), round(r.hi)) for r in snapped(level, upright)[0]} == {(40, 360), (40, 90), (90, 360)}
    assert {(round(r.lo), round(r.hi)) for r in snapped(level, upright)[1]} == {(100, 220)}


def test_a_small_table_within_a_form_stays_by_itself() -> None:
    level, upright = cut_out(5)
    assert spans(snapped(level, upright)[0]) == spans(level)
