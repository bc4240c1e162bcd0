"""The user's own folders of veedor, where each system keeps such: its configuration, and what can be made again."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def configuration() -> Path | None:
    """The folder of veedor's own configuration, which need not be there; None for a user without a home."""
    return _own("APPDATA", "AppData/Roaming", "Library/Application Support", "XDG_CONFIG_HOME", ".config")


def cache() -> Path | None:
    """The folder of what veedor may make again, which need not be there; None for a user without a home."""
    return _own("LOCALAPPDATA", "AppData/Local", "Library/Caches", "XDG_CACHE_HOME", ".cache")


def _own(windows: str, of_windows: str, of_mac: str, xdg: str, of_xdg: str) -> Path | None:
    """Variables that name the folder, and where it is in the user's home without them."""
    try:
        if sys.platform == "win32":
            base = Path(os.environ.get(windows) or Path.home() / of_windows)
        elif sys.platform == "darwin":
            base = Path.home() / of_mac
        else:
            base = Path(os.environ.get(xdg) or Path.home() / of_xdg)
    except RuntimeError:  # a user without a home
        return None
    return base / "veedor"
