"""Pages that were recognised, kept so that they are read once: by their file, number, engine and settings."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
import tempfile
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter

from .engine import version
from .reading import SETTINGS, Scanned

_MOST = 2000
"""Pages that are kept; the oldest go first."""
_PAGE = TypeAdapter(Scanned)
_READINGS = TypeAdapter(dict[str, list[str]])
Kept = TypeVar("Kept")


def folder() -> Path:
    """Where pages are kept: VEEDOR_CACHE, else the user's own cache."""
    if named := os.environ.get("VEEDOR_CACHE"):
        return Path(named) / "ocr"
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "veedor" / "ocr"


def key_of(sha256: str, page: int) -> str:
    """The name under which a page is kept. Raises ImportError where no engine is installed."""
    return hashlib.sha256(f"{sha256} {page} {version()} {SETTINGS}".encode()).hexdigest()


def load(key: str) -> Scanned | None:
    """A page that was kept; None where there is none that can be read."""
    return _load(key, _PAGE)


def load_readings(key: str) -> dict[str, list[str]]:
    """What single cells of a page were read as again, by their boxes."""
    return _load(key, _READINGS) or {}


def keep(key: str, page: Scanned) -> None:
    _keep(key, _PAGE.dump_json(page))


def keep_readings(key: str, readings: dict[str, list[str]]) -> None:
    _keep(key, _READINGS.dump_json(readings))


def _load(key: str, kind: TypeAdapter[Kept]) -> Kept | None:
    try:
        return kind.validate_json((folder() / key[:2] / key).read_bytes())
    except (OSError, ValueError):  # none, or one that another version wrote: it is read again
        return None


def _keep(key: str, data: bytes) -> None:
    """Keeps something, whole or not at all. That it cannot be kept stops nothing."""
    with contextlib.suppress(OSError):
        target = folder() / key[:2]
        target.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=target, delete=False) as file:
            file.write(data)
        Path(file.name).replace(target / key)
        _prune()


def _prune() -> None:
    pages = [p for p in folder().glob("??/*") if p.is_file()]
    for old in sorted(pages, key=lambda p: p.stat().st_mtime)[:-_MOST] if len(pages) > _MOST else []:
        old.unlink(missing_ok=True)
