"""The bend of a page: taken out of its rules, and back again."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from veedor.extract.scan.ruling import Stroke
from veedor.extract.scan.straight import Bend, bend

WIDTH, HEIGHT, SCALE = 1700, 2200, 2.0
FLAT = (0.0,) * 7
SHIFTS = st.tuples(*[st.floats(-12, 12)] * 7)


@given(SHIFTS, SHIFTS, st.floats(0, WIDTH), st.floats(0, HEIGHT))
def test_back_is_the_way_back(down: tuple[float, ...], right: tuple[float, ...], x: float, y: float) -> None:
    """To a twentieth of a pixel, for pages that bend by some points."""
    page = Bend(WIDTH, HEIGHT, down, right)
    assert page.point(*page.back(x, y)) == pytest.approx((x, y), abs=0.05)


def test_a_flat_page_stays() -> None:
    assert Bend(WIDTH, HEIGHT, FLAT, FLAT).point(100, 200) == (100, 200)


def stroke(height: float, bulge: float, length: int = 1500) -> Stroke:
    """A level rule that hangs through in its middle."""
    along = np.linspace(100, 100 + length, 60)
    u = along / WIDTH - 0.5
    return Stroke(along, height + bulge * (0.25 - u**2) * 4, 2.0)


@pytest.mark.parametrize("bulge", [-14.0, 6.0, 20.0])
def test_the_rules_of_a_bulging_page_come_out_level(bulge: float) -> None:
    """Nearly: the shifts are kept smooth, and a sixth of the bulge is left."""
    rules = [stroke(h, bulge) for h in range(200, 2000, 300)]
    page = bend(rules, [], WIDTH, HEIGHT, SCALE)
    for rule in rules:
        heights = [page.point(x, y)[1] for x, y in zip(rule.along, rule.across, strict=True)]
        assert max(heights) - min(heights) < abs(bulge) / 5


def test_few_rules_say_nothing_of_a_bend() -> None:
    page = bend([stroke(300, 20), stroke(900, 20)], [], WIDTH, HEIGHT, SCALE)
    assert (page.down, page.right) == (FLAT, FLAT)


def test_a_pen_does_not_bend_the_page() -> None:
    pen = stroke(1000, 90.0, 500)
    page = bend([*(stroke(h, 0.0) for h in range(200, 2000, 200)), pen], [], WIDTH, HEIGHT, SCALE)
    assert page.point(800, 600)[1] == pytest.approx(600, abs=0.5)
