"""Tables of pdfplumber and of camelot in place of veedor's own, and grids that only show when the page is drawn."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest

from veedor.corpus.walk import read
from veedor.extract.options import ENGINES, ReadOptions
from veedor.extract.raw import RawDocument, to_json
from veedor.extract.reading import read_raw
from veedor.schema.errors import DocumentError, Reason
from veedor.schema.place import Place

HEADER = ("CÓDIGO", "ACCIÓN OPERATIVA", "META ANUAL", "EN-JUN", "JUL-DIC")
ROWS = [HEADER, ("AO.1.1.", "Revisar los expedientes", "12", "6", "6"), ("AO.1.2.", "Publicar los informes", "4", "", "4")]
WIDTHS = (90, 260, 80, 70, 70)
Grid = Callable[..., Path]


def texts(raw: RawDocument) -> list[list[str]]:
    return [[c.text if c else "" for c in row.cells] for t in raw.tables for row in (*t.header, *t.rows)]


@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_gives_the_table_and_says_who_read_it(grid_pdf: Grid, engine: str) -> None:
    raw = read_raw(grid_pdf(ROWS, WIDTHS), ReadOptions(engine=engine))
    assert raw.reader == ("pdf" if engine == "pdfium" else f"pdf-{engine}")
    assert texts(raw) == [list(r) for r in ROWS]
    assert [len(t.header) for t in raw.tables] == [1]


@pytest.mark.parametrize("engine", ENGINES[1:])
def test_every_engine_places_cells_where_veedor_does(shared: Path, engine: str) -> None:
    """On pages that are turned, moved off the origin and cropped."""
    file = shared / "samples" / "001-rl-turned.pdf"
    placed = [
        {c.text: c.place for t in raw.tables for row in t.rows for _, c in row.filled if len(c.text) > 20} for raw in both(file, engine)
    ]
    assert placed[0].keys() == placed[1].keys()
    for text, ours in placed[0].items():
        theirs = placed[1][text]
        assert theirs.page == ours.page
        assert box(theirs) == pytest.approx(box(ours), abs=2.5)


def both(file: Path, engine: str) -> tuple[RawDocument, RawDocument]:
    return read_raw(file), read_raw(file, ReadOptions(engine=engine))


def box(place: Place) -> tuple[float | None, ...]:
    return (place.x0, place.top, place.x1, place.bottom)


def test_camelot_has_no_opinion_of_a_page_whose_text_stands_sideways(grid_pdf: Grid) -> None:
    file = grid_pdf(ROWS, WIDTHS)
    document = pypdfium2.PdfDocument(file)
    document[0].set_rotation(90)
    document.save(file.with_name("turned.pdf"))
    with pytest.raises(DocumentError) as caught:
        read_raw(file.with_name("turned.pdf"), ReadOptions(engine="camelot"))
    assert caught.value.reason is Reason.NO_TABLES


@pytest.mark.parametrize("colour", ["black", "white"])
@pytest.mark.parametrize("engine", ENGINES)
def test_no_engine_and_no_second_reading_tells_what_is_covered(grid_pdf: Grid, engine: str, colour: str) -> None:
    rows = [*ROWS, ("AO.1.3.", "Pagar a proveedores", "987", "6", "2")]
    file = grid_pdf(rows, WIDTHS, covered=(3, 2, colour))
    options = ReadOptions(engine=engine, verify="all")
    raw = read_raw(file, options)
    assert raw.reader.endswith(engine) or engine == "pdfium"
    assert "Pagar a proveedores" in str(to_json(raw))
    assert "987" not in str(to_json(raw))
    assert "987" not in read(file, options=options).model_dump_json()


@pytest.mark.parametrize("engine", ENGINES[1:])
def test_text_beside_the_tables_is_kept(grid_pdf: Grid, engine: str) -> None:
    raw = read_raw(grid_pdf(ROWS, WIDTHS, title="PLAN OPERATIVO ANUAL 2024"), ReadOptions(engine=engine))
    assert [b.text for b in raw.texts] == ["PLAN OPERATIVO ANUAL 2024"]


@pytest.mark.parametrize(("engine", "module"), [("pdfplumber", "pdfplumber"), ("camelot", "camelot.io")])
def test_an_engine_that_is_not_there_is_said_and_pdfium_reads(
    grid_pdf: Grid, monkeypatch: pytest.MonkeyPatch, engine: str, module: str
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    raw = read_raw(grid_pdf(ROWS, WIDTHS), ReadOptions(engine=engine))
    assert raw.reader == "pdf"
    assert texts(raw) == [list(r) for r in ROWS]
    assert [d.code for d in raw.diagnostics] == ["LEC-engine"]
    assert module in raw.diagnostics[0].message_en


def test_an_engine_that_gives_up_is_a_typed_error(grid_pdf: Grid, monkeypatch: pytest.MonkeyPatch) -> None:
    import pdfplumber.page

    def give_up(*_: object, **__: object) -> None:
        raise KeyError("odd")

    monkeypatch.setattr(pdfplumber.page.Page, "find_tables", give_up)
    with pytest.raises(DocumentError) as caught:
        read_raw(grid_pdf(ROWS, WIDTHS), ReadOptions(engine="pdfplumber"))
    assert caught.value.reason is Reason.DAMAGED


# Narrow columns with blanks: only the grid tells which cell is empty.
CLOSE = [
    ("CÓDIGO", "ACCIÓN", "META", "REAL"),
    ("AO.1.1.", "Revisar", "12", "6"),
    ("AO.1.2.", "Publicar", "4", ""),
    ("AO.1.3.", "", "5", "5"),
    ("", "Capacitar", "", "1"),
]


def test_a_grid_that_is_a_picture_is_read(grid_pdf: Grid) -> None:
    widths = (45, 45, 30, 30)
    raw = read_raw(grid_pdf(CLOSE, widths, grid="picture"))
    assert texts(raw) == [list(r) for r in CLOSE]
    assert texts(raw) == texts(read_raw(grid_pdf(CLOSE, widths)))


def test_without_camelot_a_grid_that_is_a_picture_is_said(grid_pdf: Grid, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "camelot.io", None)
    file = grid_pdf(ROWS, WIDTHS, grid="picture")
    raw = read_raw(file)
    assert [d.code for d in raw.diagnostics] == ["LEC-engine"]
    assert "camelot" in raw.diagnostics[0].message_en


def test_camelot_is_asked_only_where_lines_show(grid_pdf: Grid, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "camelot.io", None)
    for grid in ("lines", "none"):
        assert read_raw(grid_pdf(ROWS, WIDTHS, grid=grid)).diagnostics == []
