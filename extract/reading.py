"""Chooses the reader for a file and gives its RawDocument."""

from __future__ import annotations

from pathlib import Path

from ..schema.errors import DocumentError, Reason
from ..schema.language import Text
from .raw import RawDocument
from .readers import readers
from .source import Source, open_source

# First bytes of files that are documents or containers which no installed reader takes.
_FOREIGN = (
    (b"%PDF-", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"PK\x03\x04", "ZIP / XLSX / DOCX"),
    (b"\xd0\xcf\x11\xe0", "DOC / XLS"),
    (b"{\\rtf", "RTF"),
    (b"GIF8", "GIF"),
)


def read_raw(path: Path) -> RawDocument:
    """Reads a file with the first reader that claims it. Raises DocumentError."""
    source = open_source(path)
    for reader in readers():
        if reader.claims(source):
            return reader.read(source)
    kind = foreign_kind(source)
    raise DocumentError(
        Reason.UNSUPPORTED if kind else Reason.NOT_A_DOCUMENT,
        Text(
            f"No hay lector para este archivo ({kind or 'contenido desconocido'}). Conviértalo a texto con sus tablas (.txt, .md, .html).",
            f"No reader takes this file ({kind or 'unknown content'}). Convert it to text with its tables (.txt, .md, .html).",
        ),
    )


def foreign_kind(source: Source) -> str:
    """The name of a known format that is not text, or an empty string."""
    head = source.data[:1024].lstrip()
    return next((name for magic, name in _FOREIGN if head.startswith(magic)), "")
