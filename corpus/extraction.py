"""What a worker does for `veedor extract`: the raw tables of one document as text. It needs no lexicon and no rules."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ..extract.options import ReadOptions
from ..extract.readers import readers
from ..extract.reading import read_raw
from ..extract.render import FORMATS
from .unread import said_of

readers()  # loaded by the server that workers are forked from, ready for every document


def extract_document(path: Path, name: str, form: str, options: ReadOptions, out: Path) -> dict[str, Any]:
    """The document as printed, before any interpretation, in one of the formats, into the file ``out``. Raises DocumentError."""
    raw = read_raw(path, options)
    raw.name = name
    out.write_text(FORMATS[form](raw, raw.tables), encoding="utf-8", errors="replace", newline="\n")
    return {"tables": len(raw.tables), **said_of(raw.diagnostics)}
