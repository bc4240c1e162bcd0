"""Reads text dumps of published documents: tab-separated, Markdown pipe and HTML tables mixed with prose."""

from __future__ import annotations

from ...schema.errors import DocumentError, Reason
from ...schema.language import Text
from ...schema.place import Place
from ...schema.plan import Diagnostic, Level
from ..decode import decode
from ..fields import take_fields, with_tables
from ..lexing import lex
from ..marks import redactions
from ..options import ReadOptions
from ..raw import RawDocument, RedactionMark
from ..reading_order import assemble
from ..source import Source
from ..spaced import spaced_tables
from ..torn import rejoin

name = "dump"
suffixes = (".txt", ".md", ".markdown", ".tsv", ".html", ".htm")
priority = 0


def claims(source: Source) -> bool:
    """Any file that does not start like a known binary format; ``read`` refuses what is not text."""
    return not source.foreign


def read(source: Source, options: ReadOptions) -> RawDocument:
    """Reads a dump. Raises DocumentError: not-a-document, empty, no-tables, unsupported. Linear in the size of the file."""
    if options.pages is not None:
        raise DocumentError(
            Reason.UNSUPPORTED, Text("Este documento no tiene páginas; quite --pages.", "This document has no pages; leave out --pages.")
        )
    decoded = decode(source.data)
    if not decoded.text.strip():
        raise DocumentError(Reason.EMPTY, Text("El archivo no tiene texto.", "The file has no text."))
    lines = decoded.text.split("\n")
    rest, of_fields = take_fields(lines)
    lexed = lex(rest)
    document = RawDocument(
        name=source.name, source=source.file_name, sha256=source.sha256, reader=name, lines=len(lines), partial=lexed.unclosed is not None
    )
    document.blocks = with_tables(rejoin(assemble(lexed.pieces)), of_fields)
    document.redactions = _redactions(lines)
    if decoded.removed:
        document.diagnostics.append(_note("LEC-control", Level.WARNING, *_CONTROL, count=decoded.removed))
    if decoded.encoding not in ("utf-8", "utf-8-sig"):
        level = Level.WARNING if decoded.doubtful or "+" in decoded.encoding else Level.NOTE
        document.diagnostics.append(_note("LEC-encoding", level, *_ENCODING, encoding=decoded.encoding))
    if lexed.unclosed is not None:
        document.diagnostics.append(_note("LEC-unclosed", Level.WARNING, *_UNCLOSED, line=lexed.unclosed))
    spaced = spaced_tables(lexed.pieces, rest)
    document.diagnostics += [_note("LEC-spaced", Level.WARNING, *_SPACED, line=first, last=last) for first, last in spaced]
    document.partial = document.partial or bool(spaced)
    if not any(t.rows for t in document.tables):
        raise DocumentError(Reason.NO_TABLES, _ONLY_SPACED.format(line=spaced[0][0]) if spaced else _NO_TABLE)
    return document


def _redactions(lines: list[str]) -> list[RedactionMark]:
    found = []
    for number, line in enumerate(lines, 1):
        for printed, reason, alone in redactions(line):
            if printed == line.strip() and not printed.strip("*"):
                continue  # a line of stars is drawn
            in_table = "\t" in line or "|" in line or "<td" in line.casefold()
            kind = "cell" if in_table else "paragraph" if alone or line.strip() == printed else "text"
            found.append(RedactionMark(kind, printed, Place(line=number), reason))
    return found


def _note(code: str, level: Level, es: str, en: str, **fields: object) -> Diagnostic:
    line = fields.get("line")
    place = Place(line=line) if isinstance(line, int) else Place()
    return Diagnostic(code=code, level=level, message_es=es.format(**fields), message_en=en.format(**fields), place=place)


_NO_TABLE = Text(
    "El documento se leyó, pero no contiene tablas. Si las tiene, la conversión a texto las perdió: conviértalo de nuevo.",
    "The document was read but holds no table. If it has some, the conversion to text lost them: convert it again.",
)
_ONLY_SPACED = Text(
    "El documento tiene una tabla alineada con espacios (línea {line}), que no se lee: nada asegura dónde se parten sus columnas. "
    "Use el PDF, o conviértalo a texto con tabuladores, barras o HTML.",
    "The document has a table aligned with spaces (line {line}), which is not read: nothing ensures where its columns part. "
    "Use the PDF, or convert it to text with tabs, bars or HTML.",
)
_SPACED = (
    "Las líneas {line} a {last} parecen una tabla alineada con espacios, que no se lee: nada asegura dónde se parten sus columnas. "
    "Use el PDF, o conviértala a texto con tabuladores, barras o HTML.",
    "Lines {line} to {last} look like a table aligned with spaces, which is not read: nothing ensures where its columns part. "
    "Use the PDF, or convert it to text with tabs, bars or HTML.",
)
_CONTROL = (
    "Se quitaron {count} caracteres de control o de dirección de texto, que pueden ocultar o invertir lo impreso.",
    "{count} control or text-direction characters were removed; they can hide or reverse what is printed.",
)
_ENCODING = (
    "El texto no está en UTF-8; se leyó como {encoding}. Revise las letras con tilde.",
    "The text is not UTF-8; it was read as {encoding}. Check the accented letters.",
)
_UNCLOSED = (
    "La tabla HTML que empieza en la línea {line} no se cierra; se leyó hasta el final del documento o hasta la tabla siguiente.",
    "The HTML table that starts on line {line} is never closed; it was read to the end of the document or to the next table.",
)
