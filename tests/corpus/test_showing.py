"""What a worker shows of a document: pages as large as the places on them say, turned and cut as they are published; lines of dumps."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import RectangleObject

from veedor.corpus.showing import extent, page_picture
from veedor.extract.pdf.pdfium import opened, read_page
from veedor.extract.scan import store
from veedor.schema.errors import DocumentError

ROWS = (("CÓDIGO", "ACCIÓN", "META"), ("A.1", "Revisar", "4"))


def size_of(jpeg: bytes) -> tuple[int, int]:
    with Image.open(io.BytesIO(jpeg)) as picture:
        return picture.size


@pytest.mark.parametrize(("turn", "box"), [(0, None), (90, None), (180, (100, 50, 500, 600)), (270, (100, 50, 500, 600))])
def test_a_page_is_as_large_as_the_reader_has_it(
    grid_pdf: Callable[..., Path], tmp_path: Path, turn: int, box: tuple[int, int, int, int] | None
) -> None:
    writer = PdfWriter(clone_from=PdfReader(grid_pdf(ROWS, (60, 200, 60))))
    writer.pages[0].rotate(turn)
    if box:
        writer.pages[0].cropbox = RectangleObject(box)
    file = tmp_path / "turned.pdf"
    writer.write(file)
    with opened(file.read_bytes()) as pdf:
        page = read_page(pdf, 0)
    assert page is not None
    [(width, height)] = extent(file)["pages"]
    assert (width, height) == pytest.approx((page.width, page.height))
    assert size_of(page_picture(file, 1, 2.0)["jpeg"]) == pytest.approx((2 * width, 2 * height), abs=1)


@pytest.mark.parametrize("name", ["scan.png", "scan.tif", "scan.jpg"])
def test_frames_of_pictures_are_pages(scanned: Callable[..., Path], name: str) -> None:
    file = scanned(2 if name.endswith("tif") else 1, name)
    pages = extent(file)["pages"]
    assert len(pages) == (2 if name.endswith("tif") else 1)
    width, height = pages[-1]
    assert size_of(page_picture(file, len(pages), 0.5)["jpeg"]) == pytest.approx((width / 2, height / 2), abs=1)


def test_a_page_that_was_turned_to_be_read_is_shown_so(grid_pdf: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    from types import SimpleNamespace

    file = grid_pdf(ROWS, (60, 200, 60))
    monkeypatch.setattr(store, "key_of", lambda sha256, page: "key")
    monkeypatch.setattr(store, "load", lambda key: SimpleNamespace(shown=SimpleNamespace(quarter=1)))
    [(width, height)] = extent(file)["pages"]
    assert extent(file, (1,))["pages"] == [(height, width)]
    assert size_of(page_picture(file, 1, 1.0, (1,))["jpeg"]) == pytest.approx((height, width), abs=1)
    monkeypatch.setattr(store, "load", lambda key: None)
    assert extent(file, (1,))["pages"] == [(width, height)]


def test_lines_of_a_dump_are_counted_as_the_reader_counts_them(written: Callable[..., Path]) -> None:
    assert extent(written("uno\r\ndos\u2028tres\rcuatro"))["lines"] == ["uno", "dos tres", "cuatro"]


def test_what_is_no_document_is_refused(written: Callable[..., Path]) -> None:
    for data, name in ((b"%PDF-1.4 nothing", "a.pdf"), (b"\x89PNG nothing", "a.png"), (b"", "a.txt")):
        with pytest.raises(DocumentError):
            extent(written(data, name))
