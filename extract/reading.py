"""Chooses the reader for a file and gives its RawDocument."""

from __future__ import annotations

from pathlib import Path

from ..schema.errors import DocumentError, Reason
from ..schema.language import Text
from .options import DEFAULT, ReadOptions
from .raw import RawDocument
from .readers import readers
from .source import open_source


def read_raw(path: Path, options: ReadOptions = DEFAULT) -> RawDocument:
    """Reads a file with the first reader that claims it. Raises DocumentError."""
    source = open_source(path, options.limits)
    if source.is_web_page and path.suffix.lower() == ".pdf":
        raise DocumentError(Reason.NOT_A_DOCUMENT, _WEB_PAGE)
    for reader in readers():
        if reader.claims(source):
            return reader.read(source, options)
    found = source.foreign
    raise DocumentError(
        Reason.UNSUPPORTED if found else Reason.NOT_A_DOCUMENT,
        Text(
            f"No hay lector para este archivo ({found or 'contenido desconocido'}). Conviértalo a texto con sus tablas (.txt, .md, .html).",
            f"No reader takes this file ({found or 'unknown content'}). Convert it to text with its tables (.txt, .md, .html).",
        ),
    )


_WEB_PAGE = Text(
    "El archivo se llama PDF pero es una página web, casi siempre un aviso de error del sitio. Vuelva a descargar el documento.",
    "The file is named PDF but is a web page, mostly an error notice of the site. Download the document again.",
)
