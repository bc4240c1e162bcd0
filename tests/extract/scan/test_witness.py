"""A born-digital page that is recognised all the same: its own text is a witness of what was read in its picture. No engine runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from veedor.extract.options import ReadOptions
from veedor.extract.pdf.content import PageContent
from veedor.extract.pdf.pdfium import read_page
from veedor.extract.raw import RawDocument, Table
from veedor.extract.reading import read_raw
from veedor.extract.scan import pages
from veedor.extract.scan.reading import Scanned
from veedor.extract.scan.shown import Shown
from veedor.extract.scan.straight import Bend

from .raws import at, marked

HEADER = ("CÓDIGO", "ACCIÓN OPERATIVA", "META ANUAL", "EN-MAR", "ABR-JUN", "JUL-SEP", "OCT-DIC")
WIDTHS = (70, 230, 70, 60, 60, 60, 60)
ROWS = [HEADER, *((f"AO.1.{k}.", "Revisar los expedientes", str(47 + k), f"{3 + k}", f"1{k}", f"2{k}", "14") for k in range(1, 7))]
ALWAYS = ReadOptions(ocr="always")
Grid = Callable[..., Path]


@pytest.fixture
def play(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[int]]:
    """The pages of a PDF are recognised as they are printed, but for some words; which pages were asked for."""

    def play(file: Path, instead: dict[str, str]) -> list[int]:
        asked: list[int] = []

        def read_kept(sha256: str, number: int, picture: object, kept: bool = True) -> Scanned:
            asked.append(number)
            pdf = pypdfium2.PdfDocument(file)
            page = read_page(pdf, number - 1)
            pdf.close()
            assert page is not None
            words = [replace(w, text=instead.get(w.text, w.text)) for w in page.words]
            read = PageContent(number, page.width, page.height, words, page.horizontal, page.vertical, scanned=True)
            width, height = round(page.width), round(page.height)
            return Scanned(read, Shown(width, height, 1.0, 0.0, Bend(width, height, (0.0,) * 7, (0.0,) * 7)))

        monkeypatch.setattr(pages, "read_kept", read_kept)
        return asked

    return play


def table(raw: RawDocument) -> Table:
    (found,) = raw.tables
    return found


def codes(raw: RawDocument) -> set[str]:
    return {d.code for d in raw.diagnostics}


def place_of(of: Table, text: str) -> tuple[int, int]:
    return next((r, c) for r, row in enumerate(of.rows) for c, cell in enumerate(row.cells) if cell is not None and cell.text == text)


def test_its_layer_confirms_what_was_recognised(grid_pdf: Grid, play: Callable[..., list[int]]) -> None:
    file = grid_pdf(ROWS, WIDTHS)
    asked = play(file, {})
    raw = read_raw(file, ALWAYS)
    found = table(raw)
    assert asked == [1]
    assert marked(found, "recognised") == {(r, c) for r in range(6) for c in range(7)}
    assert marked(found, "proved") == {(r, c) for r in range(6) for c in range(2, 7)}
    assert "LEC-ocr" in codes(raw) and "LEC-layer" not in codes(raw)


def test_what_it_says_otherwise_is_in_doubt_with_both_readings(grid_pdf: Grid, play: Callable[..., list[int]]) -> None:
    file = grid_pdf(ROWS, WIDTHS)
    play(file, {"53": "58"})
    found = table(read_raw(file, ALWAYS))
    where = place_of(found, "58")
    assert marked(found, "doubtful") == {where}
    assert at(found, *where).readings == ("53",)


def test_a_layer_that_says_other_things_is_not_used_and_that_is_said(grid_pdf: Grid, play: Callable[..., list[int]]) -> None:
    file = grid_pdf(ROWS, WIDTHS)
    play(file, {t: str(int(t) + 300) for row in ROWS[1:] for t in row if t.isdigit()})
    raw = read_raw(file, ALWAYS)
    assert marked(table(raw), "proved") == set()
    assert marked(table(raw), "doubtful") == set()
    assert "LEC-layer" in codes(raw)


def test_by_itself_it_is_not_recognised(grid_pdf: Grid, play: Callable[..., list[int]]) -> None:
    file = grid_pdf(ROWS, WIDTHS)
    asked = play(file, {})
    raw = read_raw(file)
    assert asked == []
    assert marked(table(raw), "recognised") == set()
    assert "LEC-ocr" not in codes(raw)
