"""Where the user's own files lie: the folder of configuration that each system gives a program."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def configuration() -> Path | None:
    """The folder of veedor's own configuration, which need not be there; None for a user without a home."""
    try:
        if sys.platform == "win32":
            base = Path(os.environ.get("APPDATA") or Path.home() / "AppData" / "Roaming")
        elif sys.platform == "darwin":
            base = Path.home() / "Library" / "Application Support"
        else:
            base = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    except RuntimeError:  # a user without a home
        return None
    return base / "veedor"
