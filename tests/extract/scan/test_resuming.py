"""A scan that was interrupted goes on where it was: pages are kept one by one, and read once."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from pathlib import Path

import pytest

from veedor.extract.options import ReadOptions
from veedor.extract.reading import read_raw
from veedor.extract.scan import pages
from veedor.extract.scan.picture import Picture
from veedor.extract.scan.reading import Scanned, read_picture

Draw = Callable[..., Path]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VEEDOR_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


class Seen:
    """Stands for the recognition: the numbers of the pages that it read. It takes each for the first that any test read."""

    first: Scanned | None = None

    def __init__(self, stop_at: int = 0) -> None:
        self.stop_at, self.pages = stop_at, list[int]()

    def __call__(self, picture: Picture) -> Scanned:
        if picture.number == self.stop_at:
            raise KeyboardInterrupt
        self.pages.append(picture.number)
        Seen.first = Seen.first or read_picture(picture)
        found = deepcopy(Seen.first)
        found.page.number = picture.number
        return found


@pytest.mark.parametrize("name", ["scan.pdf", "scan.tiff"])
def test_an_interrupted_scan_goes_on_at_its_page(name: str, scanned: Draw, monkeypatch: pytest.MonkeyPatch) -> None:
    document = scanned(5, name)
    first, second, third = Seen(stop_at=3), Seen(), Seen()
    monkeypatch.setattr(pages, "read_picture", first)
    with pytest.raises(KeyboardInterrupt):
        read_raw(document)
    monkeypatch.setattr(pages, "read_picture", second)
    raw = read_raw(document)
    monkeypatch.setattr(pages, "read_picture", third)
    again = read_raw(document)
    assert (first.pages, second.pages, third.pages) == ([1, 2], [3, 4, 5], [])
    assert raw == again and any(t.rows for t in raw.tables)


def test_pages_chosen_before_are_not_read_again(scanned: Draw, monkeypatch: pytest.MonkeyPatch) -> None:
    document = scanned(3)
    seen = Seen()
    monkeypatch.setattr(pages, "read_picture", seen)
    read_raw(document, ReadOptions(pages=frozenset({2})))
    read_raw(document)
    assert seen.pages == [2, 1, 3]


def test_a_copy_of_a_document_under_another_name_is_known(scanned: Draw, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = Seen()
    monkeypatch.setattr(pages, "read_picture", seen)
    first = scanned()
    (tmp_path / "otro.pdf").write_bytes(first.read_bytes())
    read_raw(first)
    read_raw(tmp_path / "otro.pdf")
    assert seen.pages == [1]


def test_pages_behind_a_password_are_not_kept(scanned: Draw, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(PdfReader(scanned()))
    writer.encrypt("secreta", algorithm="AES-256")
    writer.write(tmp_path / "locked.pdf")
    seen = Seen()
    monkeypatch.setattr(pages, "read_picture", seen)
    for _ in range(2):
        read_raw(tmp_path / "locked.pdf", ReadOptions(password="secreta"))
    assert seen.pages == [1, 1] and not home.exists()
    read_raw(scanned(name="open.pdf"), ReadOptions(password="secreta"))  # one that needs none
    assert home.exists()
