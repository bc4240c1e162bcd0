"""Pictures of two facing pages read with the engine: each page's own table, one table over both, and sheets that have no fold."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest

from veedor.extract.raw import RawDocument
from veedor.extract.reading import read_raw
from veedor.extract.scan.orientation import straightened

from .spreads import FOLD, HEIGHT, LEFT, RIGHT, Spread, two_pages

Read = Callable[[Spread], RawDocument]


@pytest.fixture
def read(engine: None, tmp_path: Path) -> Read:
    def one(spread: Spread) -> RawDocument:
        file = tmp_path / "spread.png"
        cv2.imwrite(str(file), spread.pixels)
        return read_raw(file)

    return one


def figures(raw: RawDocument) -> list[list[str]]:
    """The three figures of each row, table by table, without what the engine makes of a drawn name."""
    return [[c.text.replace(" ", "") for _, c in r.filled][-3:] for t in raw.tables for r in (*t.header, *t.rows)]


def wanted(rows: int) -> list[list[str]]:
    return [[f"{(r + 3) * (c + 2) * 137}" for c in (1, 2, 3)] for r in range(rows)]


def test_each_page_has_its_own_table(read: Read) -> None:
    askew = 1.5
    spread = two_pages()
    spread.sink(18)
    spread.shade(0.4, lean=0.01)
    spread.pixels = straightened(spread.pixels, askew)
    raw = read(spread)
    assert len(raw.tables) == 2
    assert figures(raw) == wanted(10) + wanted(11)
    assert raw.pages == 1
    # the place of a cell is where it was printed, sunk and askew
    scale = 842.0 / spread.pixels.shape[1]
    first, second = ([*t.header, *t.rows][4].filled[-1][1] for t in raw.tables)
    for cell, (x, y) in ((first, (LEFT[3] + 22, 120 + 32 * 4 - 6)), (second, (RIGHT[3] + 22, 132 + 32 * 4 - 6))):
        sunk = y + 18 * float(np.exp(-(((x - FOLD) / 150) ** 2)))
        mark = np.full((HEIGHT, spread.pixels.shape[1]), 255, np.uint8)
        mark[int(sunk) - 2 : int(sunk) + 3, x - 2 : x + 3] = 0
        ys, xs = np.nonzero(straightened(mark, askew) < 128)
        at = cell.place
        assert at.page == 1
        assert at.x0 is not None and at.x1 is not None and at.top is not None and at.bottom is not None
        assert at.x0 <= xs.mean() * scale <= at.x1
        assert (at.top + at.bottom) / 2 == pytest.approx(ys.mean() * scale, abs=4)


def test_a_table_over_both_pages_stays_one(read: Read) -> None:
    spread = Spread()
    xs = (60, 300, 420, 540, 800, 920, 1040, 1160)
    spread.table(xs, [f"Unit {chr(65 + k)}" for k in range(12)])
    spread.sink(18)
    spread.shade(0.4)
    (table,) = read(spread).tables
    assert [[c.text for _, c in r.filled][-7:] for r in (*table.header, *table.rows)] == [
        [f"{(r + 3) * (c + 2) * 137}" for c in range(1, 8)] for r in range(12)
    ]


def test_a_sheet_without_a_fold_is_read_as_one(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two tables side by side: nothing is done to the sheet that was not done before."""
    from veedor.extract.scan import reading

    monkeypatch.setattr(reading, "flattened", pytest.fail)
    raw = read(two_pages())
    assert sorted(figures(raw)) == sorted(wanted(10) + wanted(11))
