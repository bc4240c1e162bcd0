"""Pages that were recognised are kept and found again; nothing that lies there can break a reading."""

from __future__ import annotations

from pathlib import Path

import pytest

from veedor.extract.pdf.content import PageContent, Rule, Word
from veedor.extract.scan import store
from veedor.extract.scan.reading import Scanned
from veedor.extract.scan.shown import Shown
from veedor.extract.scan.straight import Bend


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VEEDOR_CACHE", str(tmp_path))
    return tmp_path


def scanned() -> Scanned:
    page = PageContent(3, 612.0, 792.0, scanned=True)
    page.words.append(Word("Año", 1.0, 2.0, 3.0, 4.0, 0, 0, 0, doubtful=True))
    page.horizontal.append(Rule(10.0, 1.0, 99.5, 0.5))
    return Scanned(page, Shown(1224, 1584, 2.0, 0.4, Bend(1224.0, 1584.0, (0.1,) * 7, (0.0,) * 7)))


KEY = "ab" + "0" * 62


def test_what_is_kept_is_found_again() -> None:
    store.keep(KEY, scanned())
    assert store.load(KEY) == scanned()


def test_another_page_file_or_setting_is_another_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "version", lambda: "engine 1")
    keys = {store.key_of("f" * 64, 1), store.key_of("f" * 64, 2), store.key_of("e" * 64, 1)}
    monkeypatch.setattr(store, "version", lambda: "engine 2")
    keys.add(store.key_of("f" * 64, 1))
    assert len(keys) == 4


@pytest.mark.parametrize("left", [b"", b"{", b'{"page": 1}', b"\x00\xff" * 40, b"[" * 5000])
def test_what_cannot_be_read_is_as_if_it_were_not_there(left: bytes, cache: Path) -> None:
    store.keep(KEY, scanned())
    (file,) = [f for f in cache.rglob("*") if f.is_file() and f.name.startswith(KEY)]
    file.write_bytes(left)
    assert store.load(KEY) is None


def test_nothing_is_kept_where_nothing_can_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("VEEDOR_CACHE", str(tmp_path / "file"))
    store.keep(KEY, scanned())
    assert store.load(KEY) is None
