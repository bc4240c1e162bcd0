"""Two facing pages are told from any other picture: by a fold that nothing crosses, and that something shows to be one."""

from __future__ import annotations

import numpy as np
import pytest

from veedor.extract.scan.facing import Fold, fold
from veedor.extract.scan.orientation import straightened
from veedor.extract.scan.quads import of_box

from .pixels import level
from .spreads import FOLD, HEIGHT, LEFT, RIGHT, WIDTH, Spread, two_pages


def fold_of(spread: Spread) -> Fold | None:
    return fold(spread.pixels, spread.found, spread.read)


@pytest.mark.parametrize("ruled", [True, False])
@pytest.mark.parametrize("lean", [0.0, 0.02, -0.03])
def test_a_shadow_shows_the_fold_however_it_leans(lean: float, ruled: bool) -> None:
    spread = two_pages(ruled)
    spread.shade(lean=lean)
    found = fold_of(spread)
    assert found is not None
    assert found.parts
    assert [found.at(y) for y in (100, 900)] == pytest.approx([FOLD + lean * (y - HEIGHT / 2) for y in (100, 900)], abs=12)


def test_two_tables_on_a_sheet_without_a_fold_are_no_pages() -> None:
    assert fold_of(two_pages()) is None


def test_the_numbers_of_two_pages_show_a_fold() -> None:
    spread = two_pages()
    for text, x in (("- 48 -", 300), ("- 49 -", 1000)):
        spread.print(text, x, 960)
    found = fold_of(spread)
    assert found is not None
    assert found.parts
    spread.texts[-1] = (spread.texts[-1][0], "- 52 -")
    assert fold_of(spread) is None, "these do not follow each other"


def test_lines_that_run_two_ways_show_a_fold() -> None:
    spread = two_pages()
    for k, (quad, text) in enumerate(spread.texts):
        sinks = 0.015 if quad[0][0] < FOLD else -0.015
        down = sinks * (quad[:, 0] - quad[0][0])
        spread.texts[k] = (quad + np.stack([np.zeros(4), down], axis=1).astype(np.float32), text)
    found = fold_of(spread)
    assert found is not None
    assert found.parts


def test_a_rule_between_two_columns_is_no_fold() -> None:
    """It ends where they do."""
    spread = two_pages()
    spread.pixels[100:760, FOLD - 6 : FOLD + 6] = 120
    assert fold_of(spread) is None


@pytest.mark.parametrize("box", [(300, 40, 1100, 60), (600, 700, 780, 720)])
def test_what_a_text_crosses_is_no_fold(box: tuple[int, int, int, int]) -> None:
    spread = two_pages()
    spread.shade()
    spread.texts.append((of_box(*box), "Titulo"))
    assert fold_of(spread) is None


def test_an_upright_page_holds_no_two() -> None:
    spread = two_pages()
    spread.shade()
    spread.pixels = np.vstack([spread.pixels, np.full((500, WIDTH, 3), 255, np.uint8)])
    assert fold_of(spread) is None


def test_an_emblem_is_no_page() -> None:
    spread = Spread()
    spread.table(LEFT, [f"Unit {k}" for k in range(10)])
    for k in range(6):
        spread.print("Seal", 900, 200 + 30 * k)
    spread.shade()
    assert fold_of(spread) is None


def test_rules_that_meet_over_the_fold_are_those_of_one_table() -> None:
    spread = two_pages(ruled=False)
    for y in range(131, 420, 32):
        level(spread.pixels, y, LEFT[0], FOLD - 14)
        level(spread.pixels, y, FOLD + 12, RIGHT[-1] + 90)
    spread.shade()
    found = fold_of(spread)
    assert found is not None
    assert not found.parts


@pytest.mark.parametrize("off", [0, 14])
def test_rows_of_figures_that_go_on_over_the_fold_are_those_of_one_table(off: int) -> None:
    """Only where they are level with rows that have names; else they are a table of their own."""
    spread = Spread()
    spread.table(LEFT, [f"Unit {chr(65 + k)}" for k in range(12)], ruled=False)
    spread.table(RIGHT, [f"{k + 11}.50" for k in range(12)], top=120 + off, ruled=False)
    spread.shade()
    found = fold_of(spread)
    assert found is not None
    assert found.parts == (off > 0)


def test_the_fold_on_the_picture_as_it_lay() -> None:
    """The mark that was at the fold before the picture was straightened is where the fold is said to have been."""
    before = np.full((HEIGHT, WIDTH), 255, np.uint8)
    before[100:110, 640:650] = 0
    ys, xs = np.nonzero(straightened(before, 2.0) < 128)
    x, y = Fold(float(xs.mean()) - 0.01 * float(ys.mean()), 0.01), 105.0
    assert x.turned(2.0, WIDTH, HEIGHT).at(y) == pytest.approx(645, abs=1.5)
