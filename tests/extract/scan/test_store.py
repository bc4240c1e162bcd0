"""Recognised pages are kept for their user alone, whole or not at all, within bounds; that they cannot be kept stops nothing."""

from __future__ import annotations

import errno
import gzip
import os
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

import pytest

from veedor.extract.pdf.content import PageContent, Rule, Word
from veedor.extract.scan import store
from veedor.extract.scan.course import Course
from veedor.extract.scan.facing import Fold
from veedor.extract.scan.reading import Scanned
from veedor.extract.scan.shown import Facing, Shown
from veedor.extract.scan.straight import Bend

ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


def page(text: str = "145", number: int = 1) -> Scanned:
    content = PageContent(number, 595.3, 841.9, scanned=True)
    content.words = [Word(text, 10.1, 20.2, 30.3, 40.4, angle=0, span=0, order=0, doubtful=True)]
    content.horizontal = [Rule(100.25, 10.0, 90.0, 0.5)]
    return Scanned(content, Shown(1654, 2339, 200 / 72, 0.42, Bend(1654.0, 2339.0, (0.1,) * 7, (0.0,) * 7)))


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VEEDOR_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache" / "ocr"


def key(n: int = 1) -> str:
    return store.key_of("0" * 64, n)


def age(file: Path, used: float) -> None:
    os.utime(file, (used, used))


def files(home: Path) -> list[Path]:
    return sorted(f for f in home.rglob("*") if f.is_file())


def test_a_page_comes_back_as_it_was_kept(home: Path) -> None:
    assert store.load(key()) is None
    store.keep(key(), page())
    assert store.load(key()) == page()
    assert store.load(key(2)) is None
    assert len(files(home)) == 1


def test_two_facing_pages_come_back_as_they_were_kept(home: Path) -> None:
    left, right = page("145"), page("268")
    assert isinstance(left.shown, Shown)
    level, upright = Course(800.0, 2339.0, (0.5, 2.25), (0.0, 1.0)), Course(2339.0, 800.0, (0.0,), (0.5,))
    sides = left.shown, replace(left.shown, left=827, level=level, plumb=upright)
    both = Scanned(left.page, Facing(sides, Fold(830.5, -0.01)), replace(right.page, left=297.7))
    store.keep(key(), both)
    assert store.load(key()) == both


@pytest.mark.skipif(sys.platform == "win32", reason="no permissions of that kind")
def test_only_the_user_may_read_what_is_kept(home: Path) -> None:
    store.keep(key(), page())
    (file,) = files(home)
    assert [p.stat().st_mode & 0o777 for p in (file, file.parent, home)] == [0o600, 0o700, 0o700]


@pytest.mark.parametrize("changed", ["sha256", "page", "engine", "settings"])
def test_pages_of_another_file_engine_or_way_of_reading_are_others(changed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = key()
    if changed == "engine":
        monkeypatch.setattr(store, "version", lambda: "rapidocr 99")
    if changed == "settings":
        monkeypatch.setattr(store, "SETTINGS", -1)
    assert before != store.key_of(("1" if changed == "sha256" else "0") * 64, 2 if changed == "page" else 1)


def damage_middle(data: bytes) -> bytes:
    middle = len(data) // 2
    return data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[: len(data) // 2],
        damage_middle,
        lambda data: b"no es gzip",
        lambda data: gzip.compress(b"{}"),
        lambda data: gzip.compress(b'{"page": 3'),
        lambda data: gzip.decompress(data),
    ],
    ids=["empty", "cut", "a bit", "garbage", "another form", "no JSON", "not packed"],
)
def test_a_damaged_page_is_read_again_and_replaced(home: Path, damage: Callable[[bytes], bytes]) -> None:
    store.keep(key(), page())
    (file,) = files(home)
    file.write_bytes(damage(file.read_bytes()))
    assert store.load(key()) is None
    store.keep(key(), page("268"))
    assert store.load(key()) == page("268")


@pytest.mark.parametrize("said", ["", "off", "OFF", " "])
def test_nothing_is_kept_where_that_is_not_wanted(said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VEEDOR_CACHE", said)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    store.keep(key(), page())
    assert store.folder() is None and store.load(key()) is None
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="other folders there")
def test_pages_lie_in_the_users_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VEEDOR_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "own"))
    assert store.folder() == tmp_path / "own" / "veedor" / "ocr"
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert store.folder() == tmp_path / ".cache" / "veedor" / "ocr"


def test_a_user_without_a_home_keeps_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> NoReturn:
        raise RuntimeError("Could not determine home directory.")

    for name in ("VEEDOR_CACHE", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(store.Path, "home", homeless)
    store.keep(key(), page())
    assert store.load(key()) is None


def test_a_file_in_place_of_the_folder_stops_nothing(home: Path) -> None:
    home.parent.mkdir()
    home.write_text("un archivo", "utf-8")
    store.keep(key(), page())
    assert store.load(key()) is None and home.read_text("utf-8") == "un archivo"


@pytest.mark.skipif(ROOT or sys.platform == "win32", reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_stops_nothing(home: Path) -> None:
    home.mkdir(parents=True)
    home.chmod(0o500)
    store.keep(key(), page())
    assert store.load(key()) is None
    home.chmod(0o700)


def test_a_full_disk_leaves_no_half_page(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full:
        def __init__(self, handle: int, mode: str) -> None:
            os.close(handle)

        def __enter__(self) -> Full:
            return self

        def __exit__(self, *error: Any) -> None: ...

        def write(self, data: bytes) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(store.os, "fdopen", Full)
    store.keep(key(), page())
    assert files(home) == [] and store.load(key()) is None


def test_many_may_keep_and_load_at_once(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "_MOST", 5)  # so that they also sweep at once

    def work(n: int) -> bool:
        store.keep(key(n % 8), page(number=n % 8))
        return all(found is None or found == page(number=k) for k in range(8) if (found := store.load(key(k))) or True)

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(work, range(100)))
    assert 1 <= len(files(home)) <= 8 and not list(home.rglob("*.part"))


@pytest.mark.parametrize("bound", ["_MOST", "_MOST_BYTES"])
def test_what_was_not_used_for_longest_goes_first(bound: str, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(4):
        store.keep(key(n), page())
        age(next(home.rglob(f"{key(n)}*")), time.time() - 100 + n)
    size = files(home)[0].stat().st_size
    assert store.load(key(0))  # used now
    monkeypatch.setattr(store, bound, 3 if bound == "_MOST" else 3 * size + size // 2)
    store.keep(key(4), page())
    assert [n for n in range(5) if store.load(key(n))] == [0, 3, 4]


def test_pages_that_nobody_used_for_two_months_go(home: Path) -> None:
    store.keep(key(1), page())
    age(files(home)[0], time.time() - 61 * 24 * 3600)
    store.keep(key(2), page())
    assert (store.load(key(1)), store.load(key(2))) == (None, page())


def test_what_a_killed_process_left_half_written_goes_but_not_what_is_being_written(home: Path) -> None:
    store.keep(key(1), page())
    old, new = files(home)[0].with_name("old.part"), files(home)[0].with_name("new.part")
    for file in (old, new):
        file.write_bytes(b"...")
    age(old, time.time() - 7200)
    store.keep(key(2), page())
    assert (old.exists(), new.exists()) == (False, True)
