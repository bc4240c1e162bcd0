"""Bars and pens over a scan are told alike of a PDF and of a picture file. The recognition is a stand-in that adds them to a page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from veedor.extract.pdf.content import PageContent, Rule, Struck, Word
from veedor.extract.reading import read_raw
from veedor.extract.scan import pages
from veedor.extract.scan.picture import Picture, grey, ink
from veedor.extract.scan.reading import Scanned, _without
from veedor.extract.scan.shown import Shown
from veedor.extract.scan.straight import Bend

from .pixels import level, paper

CELLS = (("Código", "Meta"), ("A-1", "145"), ("A-2", "268"), ("A-3", ""))


def page(picture: Picture) -> Scanned:
    """A grid of two columns whose last cell is struck out, and a signature below it."""
    found = PageContent(picture.number, 400.0, 300.0, scanned=True)
    found.horizontal = [Rule(50.0 + 30 * k, 50.0, 250.0, 1.0) for k in range(5)]
    found.vertical = [Rule(x, 50.0, 170.0, 1.0) for x in (50.0, 150.0, 250.0)]
    for r, row in enumerate(CELLS):
        for c, text in enumerate(row):
            if text:
                x, top, n = 60.0 + 100 * c, 58.0 + 30 * r, len(found.words)
                found.words.append(Word(text, x, top, x + 40, top + 12, 0, n, n))
    found.struck = [Struck((155.0, 145.0, 245.0, 165.0))]
    found.drawn = [(100.0, 200.0, 180.0, 260.0)]
    return Scanned(found, Shown(800, 600, 2.0, 0.0, Bend(800.0, 600.0, (0.0,) * 7, (0.0,) * 7)))


@pytest.mark.usefixtures("engine", "dictionary")
@pytest.mark.parametrize("name", ["scan.pdf", "scan.png", "scan.tiff"])
def test_bars_are_redactions_and_pens_are_said(
    name: str, scanned: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VEEDOR_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(pages, "read_picture", page)
    raw = read_raw(scanned(1, name))
    (bar,) = raw.redactions
    assert (bar.kind, bar.place.page, bar.place.x0, bar.place.bottom) == ("cell", 1, 155.0, 165.0)
    (table,) = raw.tables
    last = table.rows[-1].cells[1]
    assert last is not None and "redacted" in last.marks
    assert [d.place.page for d in raw.diagnostics if d.code == "LEC-drawn"] == [1]


def test_a_thin_rule_between_black_bars_is_seen_from_end_to_end() -> None:
    pixels = paper(800, 400)
    level(pixels, 200, 40, 760, 1)
    pixels[199:202, 40:760] = np.minimum(pixels[199:202, 40:760], 150)  # grey, as a hairline is scanned
    bars = [(300.0, float(y), 430.0, float(y + 34)) for y in (120, 160, 204, 244)]
    for x0, top, x1, bottom in bars:
        pixels[int(top) : int(bottom), int(x0) : int(x1)] = 10
    light = grey(_without(pixels, bars, 2.0))
    dark = ink(light, 2.0)
    assert dark[199:202, 40:295].any(axis=0).all() and dark[199:202, 435:760].any(axis=0).all()
    assert (light[125:150, 310:420] > 240).all()
