"""What was not read of a document, and whether that is for lack of a part that can be installed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..schema.language import Text
from ..schema.plan import INCOMPLETE, NO_OCR, Diagnostic


def said_of(diagnostics: Iterable[Diagnostic]) -> dict[str, Any]:
    """The same as the summary of a run holds it."""
    said = list(diagnostics)
    return {"partial": unread(said), "missing_part": any(d.code == NO_OCR for d in said)}


def unread(diagnostics: Iterable[Diagnostic]) -> Text | None:
    """What was not read of a document; None where all of it was."""
    missing = [d for d in diagnostics if d.code in INCOMPLETE]
    return Text(" ".join(d.message_es for d in missing), " ".join(d.message_en for d in missing)) if missing else None
