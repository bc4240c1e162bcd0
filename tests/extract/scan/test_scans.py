"""Small scans with the engine: each stage held against what was printed, so that a failure names the stage that moved."""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest

from veedor.corpus.walk import read as read_plan
from veedor.extract.options import ReadOptions
from veedor.extract.reading import read_raw
from veedor.extract.scan import engine as engine_module
from veedor.extract.scan import reading
from veedor.extract.scan.pages import picture_of, read_kept
from veedor.extract.scan.reading import Scanned
from veedor.schema.errors import DocumentError, Reason

from .conftest import Read, texts

Scan = Callable[[str], Read]
EXACT = ["straight", "askew", "on-its-side", "turned-by-its-file", "curled", "fax", "jpeg", "bad-layer"]
FIGURE = re.compile(r"-?[\d.,]+ ?%?|AO[\d.]+")


def folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


@pytest.mark.parametrize("name", EXACT)
def test_every_row_is_read_as_printed(scan: Scan, name: str) -> None:
    """All but the accents of capitals, which the engine may lose."""
    found = scan(name)
    plain = str.maketrans("Á", "A")
    assert [[folded(c).translate(plain) for c in row] for row in found.rows] == [
        [folded(c).translate(plain) for c in row] for row in found.wanted
    ]


@pytest.mark.parametrize("name", EXACT)
def test_the_names_of_the_columns(scan: Scan, name: str) -> None:
    found = scan(name)
    (table,) = found.truth["tables"]
    assert [folded(n) for n in found.table.names] == [folded(n) for n in table["names"]]


def page_of(found: Read) -> Scanned:
    """What the scan itself gave, before any table was laid out."""
    pdf = pypdfium2.PdfDocument(found.file)
    try:
        return read_kept(found.raw.sha256, 1, lambda: picture_of(pdf, 0))
    finally:
        pdf.close()


@pytest.mark.parametrize("name", ["straight", "askew"])
def test_the_first_stage_finds_the_rules_that_were_printed(scan: Scan, name: str) -> None:
    found = scan(name)
    page = page_of(found).page
    printed = len(found.wanted) + 3  # below each row, above and between the two levels of the header, and below it
    tops = sorted(r.at for r in page.horizontal if r.hi - r.lo > 180)
    in_table = [y for y in tops if y >= found.table.header[0].place.top - 3]  # pyright: ignore[reportOptionalOperand]
    assert len(in_table) == printed
    walls = {round(r.at / 6) for r in page.vertical}
    assert len(walls) == 12


@pytest.mark.parametrize("name", ["straight", "askew"])
def test_the_second_stage_finds_the_words_that_were_printed(scan: Scan, name: str) -> None:
    found = scan(name)
    pdf = pypdfium2.PdfDocument(found.clean)
    printed = Counter(pdf[0].get_textpage().get_text_range().split())
    pdf.close()
    words = Counter(w.text for w in page_of(found).page.words)
    figures = Counter({w: n for w, n in printed.items() if FIGURE.fullmatch(w)})
    assert Counter({w: n for w, n in words.items() if FIGURE.fullmatch(w)}) == figures
    assert sum((printed - words).values()) <= 0.02 * printed.total()


def test_no_figure_of_a_clean_scan_is_said_to_be_in_doubt(scan: Scan) -> None:
    """Else the mark says nothing."""
    for name in ("straight", "askew"):
        cells = [c for row in scan(name).table.rows for _, c in row.filled if FIGURE.fullmatch(c.text)]
        assert len(cells) > 40
        assert sum("doubtful" in c.marks for c in cells) <= 1


def test_a_cell_says_where_it_stands_on_the_page_as_shown(scan: Scan) -> None:
    """Its place is that of the same cell on the clean page, turned by the skew of the scan."""
    found, skew = scan("askew"), math.radians(1.6)
    pdf = pypdfium2.PdfDocument(found.clean)
    page = pdf[0].get_textpage()
    width, height = pdf[0].get_size()
    codes = 0
    for row in found.table.rows:
        code = row.cells[0]
        if code is None or not code.text.startswith("AO."):
            continue
        codes += 1
        left, bottom, _, top = page.get_charbox(page.get_text_range().index(code.text))
        x, y = left - width / 2, (height - (top + bottom) / 2) - height / 2
        wanted = width / 2 + x * math.cos(skew) + y * math.sin(skew), height / 2 - x * math.sin(skew) + y * math.cos(skew)
        place = code.place
        assert place.x0 is not None and place.top is not None and place.x1 is not None and place.bottom is not None
        assert place.x0 - 1 <= wanted[0] <= place.x1
        assert place.top <= wanted[1] <= place.bottom
    pdf.close()
    assert codes == 6


def test_two_tables_side_by_side_are_two(scan: Scan) -> None:
    found = scan("beside")
    wanted = [[[folded(c) for c in row["cells"]] for row in t["rows"]] for t in found.truth["tables"]]
    assert [[[folded(c) for c in texts(row)] for row in t.rows] for t in found.raw.tables] == wanted


def test_a_born_digital_page_beside_a_scan_is_read_as_ever(scan: Scan) -> None:
    found = scan("mixed")
    born, scanned = found.raw.tables
    alone = read_raw(found.file, ReadOptions(pages=frozenset({1})))
    assert born == alone.tables[0]
    assert scanned.pages == [2]
    assert [d.place.page for d in found.raw.diagnostics if d.code == "LEC-ocr"] == [2]
    assert not [d for d in alone.diagnostics if d.code == "LEC-ocr"]


def test_the_words_of_a_poor_text_layer_are_not_those_that_are_read(scan: Scan) -> None:
    found = scan("bad-layer")
    pdf = pypdfium2.PdfDocument(found.file)
    layer = pdf[0].get_textpage().get_text_range()
    pdf.close()
    wrong = [c for row in found.wanted for c in row[1:] if c and c not in layer]
    assert len(wrong) > 10, "the layer is poor"
    assert not [c for row in found.rows for c in row[1:] if c in wrong and c not in {w for r in found.wanted for w in r}]


def test_frames_of_a_picture_are_pages(scan: Scan) -> None:
    found = scan("fax")
    assert found.raw.reader == "image"
    assert found.raw.pages == 2
    assert found.table.pages == [2]


def test_a_page_that_was_read_is_not_recognised_again(scan: Scan, monkeypatch: pytest.MonkeyPatch) -> None:
    found = scan("straight")

    def never(*_: object) -> None:
        raise AssertionError("recognised again")

    for module in (engine_module, reading.engine):
        monkeypatch.setattr(module, "detect", never)
        monkeypatch.setattr(module, "recognise", never)
    assert read_raw(found.file) == found.raw


def test_a_scan_is_not_recognised_where_that_is_not_wanted(scan: Scan) -> None:
    for name in ("straight", "jpeg"):
        with pytest.raises(DocumentError) as refused:
            read_raw(scan(name).file, ReadOptions(ocr="never"))
        assert refused.value.reason is Reason.UNSUPPORTED
    born = read_raw(scan("mixed").file, ReadOptions(ocr="never"))
    assert [t.pages for t in born.tables] == [[1]]
    assert born.partial


def test_the_plan_of_a_scan_has_its_figures(scan: Scan) -> None:
    """Up to the measures, as a user gets them."""
    found = scan("straight")
    plan = read_plan(found.file)
    actions = [row for table in found.truth["tables"] for row in table["rows"] if row["kind"] == "action"]
    assert [i.code_printed for i in plan.indicators] == [row["cells"][0] for row in actions]
    annual = [i.annual_target.value if i.annual_target else None for i in plan.indicators]
    assert annual == [int(row["cells"][3]) for row in actions]


SHARED_PAGES = [("samples/000-scan-calc", 1)]


@pytest.mark.parametrize(("name", "page"), SHARED_PAGES)
def test_codes_and_figures_of_a_scanned_sample(engine: None, shared: Path, name: str, page: int) -> None:
    """Every row that begins and ends on one page of a scan from an office suite, its code and figures exact."""
    file = shared / f"{name}.pdf"
    if not file.exists():
        pytest.skip(f"{file.name} is not there")
    truth = json.loads(file.with_suffix(".json").read_text("utf-8"))
    raw = read_raw(file, ReadOptions(pages=frozenset({page})))
    have = [Counter(folded(t) for t in texts(row) if t) for table in raw.tables for row in table.rows]
    rows = [r["cells"] for t in truth["tables"] for r in t["rows"] if r["kind"] == "action" and r["page"] == page]
    wanted = [Counter(folded(c) for c in cells if FIGURE.fullmatch(c)) for cells in rows[:-1]]  # the last may go on overleaf
    assert len(wanted) >= 8
    assert [w for w in wanted if not any(w <= h for h in have)] == []
