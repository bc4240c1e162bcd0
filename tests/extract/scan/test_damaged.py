"""Broken and hostile pictures: a reason or a sensible reading, no traceback, within bounds of time and memory."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from veedor.corpus.extraction import extract_document
from veedor.corpus.worker import Job, Result, run_jobs
from veedor.extract.options import DEFAULT, ReadOptions
from veedor.extract.reading import read_raw
from veedor.extract.scan.pages import with_paper
from veedor.schema.errors import DocumentError, Reason
from veedor.schema.limits import Limits

from . import damaged

LIMITS = Limits(seconds=60.0)
# Those that the engine never sees: they are told by what they are.
REFUSED = {
    "jpeg-cut.jpg": Reason.DAMAGED,
    "jpeg-head.jpg": Reason.DAMAGED,
    "jpeg-magic.jpg": Reason.DAMAGED,
    "jpeg-noise.jpg": Reason.DAMAGED,
    "png-cut.png": Reason.DAMAGED,
    "png-no-data.png": Reason.DAMAGED,
    "png-zero.png": Reason.DAMAGED,
    "png-bomb.png": Reason.TOO_LARGE,
    "png-lie.png": Reason.TOO_LARGE,
    "tiff-cut.tif": Reason.DAMAGED,
    "tiff-head.tif": Reason.DAMAGED,
    "tiff-lie.tif": Reason.TOO_LARGE,
    "tiff-lie-small.tif": Reason.DAMAGED,
    "tiff-zero.tif": Reason.DAMAGED,
    "tiff-many.tif": Reason.TOO_MANY_PAGES,
    "pdf-jpeg-nothing.pdf": Reason.DAMAGED,
    "pdf-jpeg-noise.pdf": Reason.DAMAGED,
    "pdf-jpx-noise.pdf": Reason.DAMAGED,
    "pdf-zero.pdf": Reason.DAMAGED,
    "pdf-large-page.pdf": Reason.DAMAGED,
}
# Those that are looked at and hold no table. The others of the list take longer: photographs, noise, pages all black.
WITHOUT_TABLE = ["blank.png", "png-one-pixel.png", "png-column.png", "pdf-small-page.pdf"]


@pytest.fixture
def in_worker(tmp_path: Path, workers: None, engine: None) -> Callable[[str], Result]:
    """Reads a file as the program does: in a process of its own, within limits."""

    def run(name: str) -> Result:
        file = tmp_path / name
        file.write_bytes(damaged.FILES[name]())
        (result,) = run_jobs([Job(0, file, extract_document, ("plan", "json", DEFAULT, tmp_path / "out"), (tmp_path,))], 1, LIMITS)
        return result

    return run


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused_with_its_reason(in_worker: Callable[[str], Result], name: str) -> None:
    result = in_worker(name)
    assert result.refused
    assert result.reason is REFUSED[name]
    assert result.message is not None
    assert "Traceback" not in result.message.es


@pytest.mark.parametrize("name", WITHOUT_TABLE)
def test_what_holds_no_table_is_said_to_hold_none(in_worker: Callable[[str], Result], name: str) -> None:
    result = in_worker(name)
    assert (result.refused, result.reason) == (True, Reason.NO_TABLES), result.message


def test_a_scan_that_cannot_be_decoded_is_told_beside_a_page_that_is_read(engine: None, tmp_path: Path) -> None:
    file = tmp_path / "doc.pdf"
    file.write_bytes(damaged.FILES["pdf-table-and-no-scan.pdf"]())
    found = read_raw(file)
    assert [t.pages for t in found.tables] == [[1]]
    assert [(d.code, d.place.page) for d in found.diagnostics] == [("LEC-page", 2)]
    assert found.partial


def test_frames_that_are_not_there_cannot_be_chosen(tmp_path: Path) -> None:
    file = tmp_path / "doc.tif"
    file.write_bytes(damaged.tiff_frames(2))
    with pytest.raises(DocumentError) as refused:
        read_raw(file, ReadOptions(pages=frozenset({3})))
    assert refused.value.reason is Reason.UNSUPPORTED
    assert "--pages" in refused.value.text.es


@pytest.mark.parametrize(
    ("shape", "wanted"), [((1, 1), (64, 64)), ((3600, 1), (3600, 720)), ((300, 3000), (600, 3000)), ((800, 600), (800, 600))]
)
def test_paper_is_put_around_what_is_too_small(shape: tuple[int, int], wanted: tuple[int, int]) -> None:
    pixels = np.zeros((*shape, 3), np.uint8)
    found = with_paper(pixels)
    assert found.shape == (*wanted, 3)
    assert not found[: shape[0], : shape[1]].any(), "the picture keeps its place"
    assert (found[shape[0] :] == 255).all()
    assert (found[:, shape[1] :] == 255).all()


def frame(image: Image.Image, kind: str, tmp_path: Path, **options: object) -> np.ndarray:
    """What the engine would be given of a file."""
    from veedor.extract.readers import image as reader
    from veedor.extract.source import open_source

    file = tmp_path / f"doc.{kind.lower()}"
    data = io.BytesIO()
    image.save(data, kind, **options)
    file.write_bytes(data.getvalue())
    ((picture, count),) = list(reader.pictures(open_source(file), DEFAULT))
    assert count == 1
    return picture.pixels


def gradient(mode: str) -> Image.Image:
    """Dark at the left, light at the right."""
    values = np.tile(np.linspace(0, 1, 400), (300, 1))
    if mode == "I;16":
        return Image.fromarray((values * 65535).astype(np.uint16))
    if mode == "F":
        return Image.fromarray((values * 7.5).astype(np.float32))
    grey = Image.fromarray((values * 255).astype(np.uint8))
    return grey.convert(mode)


@pytest.mark.parametrize(
    ("mode", "kind"),
    [("1", "TIFF"), ("L", "PNG"), ("P", "PNG"), ("I;16", "PNG"), ("I;16", "TIFF"), ("F", "TIFF"), ("CMYK", "JPEG"), ("RGBA", "PNG")],
)
def test_pictures_of_every_kind_of_pixel_look_the_same(mode: str, kind: str, tmp_path: Path) -> None:
    pixels = frame(gradient(mode), kind, tmp_path)
    assert pixels.shape == (300, 400, 3)
    assert pixels[:, :40].mean() < 20
    assert pixels[:, -40:].mean() > 235


def test_what_is_clear_is_paper(tmp_path: Path) -> None:
    clear = Image.new("RGBA", (300, 200), (0, 0, 0, 0))
    assert (frame(clear, "PNG", tmp_path) == 255).all()


def test_a_photograph_stands_as_its_camera_says(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned clockwise
    pixels = frame(gradient("RGB"), "JPEG", tmp_path, exif=exif)
    assert pixels.shape == (400, 300, 3)
    assert pixels[:40].mean() < 20
    assert pixels[-40:].mean() > 235


def test_a_large_picture_is_made_small(tmp_path: Path) -> None:
    pixels = frame(Image.new("1", (9000, 12_000), 1), "TIFF", tmp_path, compression="group4")
    assert pixels.shape == (3600, 2700, 3)
