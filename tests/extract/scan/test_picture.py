"""Pictures made ready: negatives turned over, light evened out, ink found."""

from __future__ import annotations

import numpy as np

from veedor.extract.scan.picture import faint, grey, ink, positive

from .pixels import grid, paper, written


def page() -> np.ndarray:
    pixels = paper()
    grid(pixels, [60, 400, 740], [80, 300, 520])
    written(pixels, "Elaborar el informe", 80, 200)
    return pixels


def test_a_negative_is_turned_over_and_a_positive_stays() -> None:
    assert (positive(255 - page()) == page()).all()
    assert (positive(page()) == page()).all()


def shaded(pixels: np.ndarray) -> np.ndarray:
    """Half the light at the right edge."""
    return (pixels * np.linspace(1, 0.5, pixels.shape[1])[None, :, None]).astype(np.uint8)


def test_uneven_light_leaves_no_trace() -> None:
    light = grey(shaded(page()))
    assert light[10:60].min() > 240, "paper is white on both sides"
    assert light[300, 100:700].max() < 60, "a rule is dark along its whole length"


def test_ink_is_the_same_in_light_and_in_shade() -> None:
    even, uneven = (ink(grey(p), 2.0) > 0 for p in (page(), shaded(page())))
    assert even.any()
    assert (even ^ uneven).mean() < 0.002


def test_a_blank_page_has_no_ink() -> None:
    grain = np.random.default_rng(3).normal(240, 4, (600, 800, 1)).clip(0, 255).astype(np.uint8).repeat(3, axis=2)
    assert (ink(grey(grain), 2.0) > 0).mean() < 0.001


def faint_of(pixels: np.ndarray) -> np.ndarray | None:
    light = grey(pixels)
    return faint(light, ink(light, 2.0), 2.0)


def test_what_is_fainter_than_ink_is_seen_on_clean_paper() -> None:
    pixels = page()
    pixels[400:404, 500:504] = 238
    found = faint_of(pixels)
    assert found is not None
    assert found[401:403, 501:503].all()
    assert not ink(grey(pixels), 2.0)[400:404, 500:504].any(), "it is no ink"
    assert found[300, 100:700].all(), "ink is something, too"
    assert not found[420:500, 420:700].any()


def test_on_paper_that_is_not_clean_nothing_faint_is_looked_for() -> None:
    grain = np.random.default_rng(3).normal(0, 9, (600, 800, 1))
    assert faint_of((page() + grain).clip(0, 255).astype(np.uint8)) is None
