"""Pages that were recognised, kept so that they are read once: by their file, number, engine and settings."""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import os
import tempfile
import time
import zlib
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter

from ...schema.own_folder import cache
from .engine import version
from .reading import SETTINGS, Scanned

_MOST, _MOST_BYTES, _LONGEST = 5000, 256 * 2**20, 60 * 24 * 3600.0
"""Pages that are kept, bytes of them, seconds since one was last used: what was not used for longest goes first."""
_HALF_WRITTEN, _ABANDONED = ".part", 3600.0
"""The ending of a page that is being written, and the seconds after which nobody writes it any more."""
_PAGE = TypeAdapter(Scanned)
_READINGS = TypeAdapter(dict[str, list[str]])
Kept = TypeVar("Kept")


def folder() -> Path | None:
    """Where pages are kept: VEEDOR_CACHE, else the user's own cache. None where they are not to be kept: it is empty, or off."""
    named = os.environ.get("VEEDOR_CACHE")
    if named is not None:
        return Path(named) / "ocr" if named.strip().lower() not in ("", "off") else None
    own = cache()
    return own / "ocr" if own is not None else None


def key_of(sha256: str, page: int) -> str:
    """The name under which a page is kept. Raises ImportError where no engine is installed."""
    return hashlib.sha256(f"{sha256} {page} {version()} {SETTINGS}".encode()).hexdigest()


def load(key: str) -> Scanned | None:
    """A page that was kept; None where there is none that is whole."""
    return _load(key, _PAGE)


def load_readings(key: str) -> dict[str, list[str]]:
    """What single cells of a page were read as again, by their boxes."""
    return _load(key, _READINGS) or {}


def keep(key: str, page: Scanned) -> None:
    _keep(key, _PAGE.dump_json(page))


def keep_readings(key: str, readings: dict[str, list[str]]) -> None:
    _keep(key, _READINGS.dump_json(readings))


def _load(key: str, kind: TypeAdapter[Kept]) -> Kept | None:
    if (home := folder()) is None:
        return None
    file = _file(home, key)
    try:
        kept = kind.validate_json(gzip.decompress(file.read_bytes()))
    except (OSError, ValueError, EOFError, zlib.error):  # none, one that is damaged, or of another form: it is read again
        return None
    with contextlib.suppress(OSError):
        os.utime(file)  # used now: it goes last
    return kept


def _keep(key: str, data: bytes) -> None:
    """Keeps something, whole or not at all, for its user alone. That it cannot be kept stops nothing."""
    if (home := folder()) is None:
        return
    with contextlib.suppress(OSError):
        target = _file(home, key)
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        target.parent.mkdir(mode=0o700, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent, suffix=_HALF_WRITTEN)  # only its owner may read it
        written = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(gzip.compress(data, compresslevel=6, mtime=0))
            written.replace(target)
        finally:
            written.unlink(missing_ok=True)
        _prune(home)


def _file(home: Path, key: str) -> Path:
    return home / key[:2] / f"{key}.json.gz"


def _prune(home: Path) -> None:
    """Keeps the folder within its bounds. Other processes may do the same at once: what is gone is gone."""
    now, pages = time.time(), list[tuple[float, int, Path]]()
    for file in home.glob("??/*"):
        with contextlib.suppress(OSError):
            info = file.stat()
            if file.suffix == _HALF_WRITTEN:
                if now - info.st_mtime > _ABANDONED:
                    file.unlink()
            else:
                pages.append((info.st_mtime, info.st_size, file))
    size = 0
    for n, (used, its, file) in enumerate(sorted(pages, reverse=True)):
        size += its
        if n >= _MOST or size > _MOST_BYTES or now - used > _LONGEST:
            with contextlib.suppress(OSError):
                file.unlink()
