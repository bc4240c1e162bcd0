"""How a document is to be read: which pages, with which password, by which engine, what is read twice, and within which limits."""

from __future__ import annotations

from dataclasses import dataclass

from ..schema.limits import DEFAULTS, Limits

ENGINES = ("pdfium", "pdfplumber", "camelot")
"""The programs that find tables in a PDF; the first is the one that veedor relies on."""
VERIFY = ("doubtful", "all", "none")
"""Which figures a second program reads again: those in doubt, every one, or none."""
OCR = ("auto", "always", "never")
"""Whether text is recognised in pictures: on the pages that are one, on every page, or on none."""


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """Choices of the user that readers follow. ``pages`` count from 1; None means all."""

    pages: frozenset[int] | None = None
    password: str | None = None
    engine: str = ENGINES[0]
    verify: str = VERIFY[0]
    ocr: str = OCR[0]
    limits: Limits = DEFAULTS


DEFAULT = ReadOptions()
