"""Pages as pictures: drawn in a worker when they are first asked for, and kept."""

from __future__ import annotations

import contextlib
import json
import os
import re
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...corpus.showing import extent, page_picture
from ...corpus.worker import Job, Result, run_jobs
from ...schema.errors import DocumentError, Reason
from ...schema.language import Text
from ...schema.limits import Limits
from ...schema.own_folder import cache

SCALES = (1, 2, 3)
"""Pixels for a point that a page may be asked for: a phone, a screen, a closer look."""
_AT_ONCE = 2
_LIMITS = Limits(seconds=30.0, memory=2048)
_MOST_BYTES, _LONGEST = 256 * 2**20, 60 * 24 * 3600.0
"""Bytes of pictures that are kept, seconds since one was last used."""
_COPIES = 4
"""Documents whose bytes lie ready for workers."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A document to be shown: its hash, the ending of its file, the pages that were read as pictures, and how its bytes are had."""

    sha256: str
    suffix: str
    recognised: tuple[int, ...]
    data: Callable[[], bytes | None]


@dataclass(frozen=True, slots=True)
class Extent:
    """The sizes of a document's pages in points, or the lines of a dump."""

    pages: tuple[tuple[float, float], ...] = ()
    lines: tuple[str, ...] = ()


class Pictures:
    """Draws and keeps. May be called from several threads."""

    def __init__(self) -> None:
        self._copies = tempfile.TemporaryDirectory(prefix="veedor-page-", ignore_cleanup_errors=True)
        self._kept = _folder() or Path(self._copies.name) / "kept"
        self._slots = threading.Semaphore(_AT_ONCE)
        self._lock = threading.Lock()
        self._written = 0

    def close(self) -> None:
        self._copies.cleanup()

    def extent(self, of: Shown) -> Extent:
        """Raises DocumentError where the document cannot be shown."""
        file = self._kept / of.sha256[:2] / f"{of.sha256}-{_turns(of)}.json"
        try:
            found: dict[str, Any] = json.loads(file.read_text("utf-8"))
        except (OSError, ValueError):
            found = self._work(of, extent, of.recognised)
            self._keep(file, json.dumps(found).encode("utf-8", "replace"))
        return Extent(tuple((w, h) for w, h in found.get("pages", ())), tuple(found.get("lines", ())))

    def page(self, of: Shown, page: int, scale: int) -> bytes:
        """The JPEG of a page (from 1). Raises DocumentError where it cannot be drawn."""
        file = self._file(of, page, scale)
        with contextlib.suppress(OSError):
            data = file.read_bytes()
            os.utime(file)  # used now: it goes last
            return data
        data = self._work(of, page_picture, page, float(scale), of.recognised)["jpeg"]
        self._keep(file, data)
        return data

    def _file(self, of: Shown, page: int, scale: int) -> Path:
        return self._kept / of.sha256[:2] / f"{of.sha256}-{page}-{scale}-{_turns(of)}.jpg"

    def _work(self, of: Shown, task: Callable[..., dict[str, Any]], *arguments: Any) -> dict[str, Any]:
        path = self._copy(of)
        with self._slots:
            result: Result = next(run_jobs([Job(0, path, task, arguments)], 1, _LIMITS))
        if result.reason is not None:
            raise DocumentError(result.reason, result.message or _NOT_SHOWN)
        return result.values

    def _copy(self, of: Shown) -> Path:
        """The file that workers open: those of the last few documents lie ready."""
        ending = of.suffix if re.fullmatch(r"\.[a-z0-9]{1,8}", of.suffix) else ""
        path = Path(self._copies.name) / f"{of.sha256}{ending}"
        with self._lock:
            if path.exists():
                os.utime(path)
                return path
            data = of.data()
            if data is None:
                raise DocumentError(Reason.NOT_A_DOCUMENT, _GONE)
            half = path.with_suffix(".part")
            half.write_bytes(data)
            half.rename(path)
            others = sorted((p for p in Path(self._copies.name).iterdir() if p.is_file()), key=lambda p: p.stat().st_mtime, reverse=True)
            for old in others[_COPIES:]:
                old.unlink(missing_ok=True)
        return path

    def _keep(self, file: Path, data: bytes) -> None:
        """Keeps something, whole or not at all, for its user alone. That it cannot be kept stops nothing."""
        with contextlib.suppress(OSError):
            self._kept.mkdir(mode=0o700, parents=True, exist_ok=True)
            file.parent.mkdir(mode=0o700, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=file.parent, suffix=".part")
            try:
                with os.fdopen(handle, "wb") as out:
                    out.write(data)
                Path(name).replace(file)
            finally:
                Path(name).unlink(missing_ok=True)
        self._written += len(data)
        if self._written > _MOST_BYTES / 16:
            self._written = 0
            _prune(self._kept)


def _folder() -> Path | None:
    """Where pictures are kept, as recognised pages are: VEEDOR_CACHE, else the user's own cache; None where nothing is to be kept."""
    named = os.environ.get("VEEDOR_CACHE")
    if named is not None:
        return Path(named) / "pages" if named.strip().lower() not in ("", "off") else None
    own = cache()
    return own / "pages" if own is not None else None


def _turns(of: Shown) -> str:
    """Apart from one that was read without recognition, whose pages nobody turned."""
    return "r" if of.recognised else "p"


def _prune(folder: Path) -> None:
    now, size = time.time(), 0
    found: list[tuple[float, int, Path]] = []
    for file in folder.glob("??/*"):
        with contextlib.suppress(OSError):
            info = file.stat()
            found.append((info.st_mtime, info.st_size, file))
    for used, its, file in sorted(found, reverse=True):
        size += its
        if size > _MOST_BYTES or now - used > _LONGEST:
            with contextlib.suppress(OSError):
                file.unlink()


_NOT_SHOWN = Text("La página no se puede mostrar.", "The page cannot be shown.")
_GONE = Text(
    "La colección no guarda los bytes de este documento, o ya no están en su dirección: la página no se puede mostrar.",
    "The corpus does not keep the bytes of this document, or they are no longer at their address: the page cannot be shown.",
)
