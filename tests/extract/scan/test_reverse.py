"""Lines of the other side of the paper are told by their faintness and by what a mirror makes of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest

from veedor.extract.scan import engine
from veedor.extract.scan.lines import Line
from veedor.extract.scan.piece import Piece, Reading
from veedor.extract.scan.quads import of_box
from veedor.extract.scan.reverse import shown_through

from .pixels import paper

Page = Callable[..., tuple[np.ndarray, np.ndarray, list[Line]]]


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> Page:
    """Lines of a darkness and a score each, with what their mirror image scores."""

    def make(*lines: tuple[int, float, float]) -> tuple[np.ndarray, np.ndarray, list[Line]]:
        pixels, made, mirrored = paper(), list[Line](), list[float]()
        for k, (dark, score, mirror) in enumerate(lines):
            pixels[20 * k + 4 : 20 * k + 14, 50:150] = dark
            pixels[20 * k + 8, 52] = 0  # a mark at its left end
            made.append(Line(of_box(40, 20 * k, 160, 20 * k + 18), reading=Reading("x", score, (Piece("x", 0.0, 1.0, score),))))
            mirrored.append(mirror)
        of = {dark: mirror for (dark, _, mirror) in lines}

        def recognise(crops: Sequence[np.ndarray]) -> list[Reading]:
            assert all(c[:, : c.shape[1] // 2].min() > 0 for c in crops), "the mark stands at the other end of the mirror image"
            return [Reading("y", s, (Piece("y", 0.0, 1.0, s),)) for s in (of[int(c[:, 20:60].min())] for c in crops)]

        monkeypatch.setattr(engine, "recognise", recognise)
        return pixels, pixels[:, :, 0], made

    return make


def test_a_faint_line_that_says_more_in_the_mirror_is_of_the_other_side(page: Page) -> None:
    pixels, light, lines = page((20, 0.98, 0.3), (22, 0.97, 0.3), (200, 0.5, 0.8), (201, 0.7, 0.4))
    assert shown_through(pixels, light, lines) == [lines[2]]


@pytest.mark.parametrize("line", [(30, 0.5, 0.9), (200, 0.95, 0.99)])
def test_what_is_as_dark_as_print_or_read_for_sure_is_print(line: tuple[int, float, float], page: Page) -> None:
    pixels, light, lines = page((20, 0.98, 0.3), (22, 0.97, 0.3), line)
    assert shown_through(pixels, light, lines) == []


def test_where_the_other_side_shows_all_over_its_shreds_are_of_it(page: Page) -> None:
    faint = [(200 + k, 0.5, 0.8) for k in range(10)]
    pixels, light, lines = page((20, 0.98, 0.3), *faint, (211, 0.6, 0.4), (120, 0.6, 0.4))
    assert shown_through(pixels, light, lines) == lines[1:12]


def test_a_page_without_print_tells_nothing(page: Page) -> None:
    pixels, light, lines = page((200, 0.5, 0.8))
    assert shown_through(pixels, light, lines) == []
