"""The look of an exported workbook: its sheets, widths of columns, and the formats of cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from math import ceil
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ...schema.data_files import read_yaml
from ...schema.meanings import meaning
from ...schema.tables import Field
from .spreadsheet import dangerous

SHEETS = {
    "documents": "Documentos",
    "indicators": "Indicadores",
    "measures": "Cifras",
    "projects": "Proyectos",
    "claims": "Afirmaciones",
    "redactions": "Testados",
    "findings": "Hallazgos",
    "scorecard": "Resumen",
    "corrections": "Correcciones",
}
"""The names of the tables' sheets."""
FIRST, DICTIONARY, LONG = "Léame", "Diccionario", "Textos largos"
DATE = "dd/mm/yyyy"
BOOLEAN = '"VERDADERO";"VERDADERO";"FALSO"'
_WIDEST = 46
"""Characters: a line that an eye follows; what is longer wraps."""
_NARROW = 9
_LINE = 13.5
"""Points of a line of 10 points."""
_TALLEST = 20
"""Lines of a row: one of more would fill the screen; its cells hold all of the text."""
_HEADER = {"bold": True, "bg_color": "#1F3864", "font_color": "#FFFFFF", "valign": "vcenter", "border": 1, "border_color": "#8EA9DB"}
_MADE = datetime(2000, 1, 1)
"""When a workbook was made is no content, but its format wants a date: the clock's would make other bytes each time."""
_TEXT = {"text_wrap": True, "align": "left", "indent": 1}
_QUOTED = {"quote_prefix": True}
_NOTE = {"x_scale": 2.2, "y_scale": 1.2, "author": "veedor"}
"""A note of a header shows a sentence without being drawn larger."""


class _Sheet(Worksheet):
    """A sheet whose texts come back as they were, whatever they hold."""

    @staticmethod
    def _escape_control_characters(data: Any) -> Any:
        """Escapes as the format has it (``_x000D_``). XlsxWriter leaves the second of two such texts in a row as it is, and writes a text
        between ``<r>`` and ``</r>`` as it stands: a document that prints one would break the file."""
        if not isinstance(data, str):
            return data
        data = re.sub("_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", data)
        data = re.sub("[\x00-\x08\x0b-\x1f\ufffe\uffff]", lambda m: f"_x{ord(m[0]):04X}_", data)
        return f"_x003C_{data[1:]}" if data.startswith("<r>") else data


class Book:
    """A workbook that is written row by row, with the formats it needs, each made once."""

    def __init__(self, out: Path, title: str) -> None:
        self.book = xlsxwriter.Workbook(str(out), {"constant_memory": True, "tmpdir": str(out.parent)})
        self.book.use_zip64()  # only files beyond 4 GiB are written otherwise than without it
        self.book.set_properties({"title": title, "author": "veedor", "created": _MADE})
        self._formats: dict[tuple[object, ...], Format] = {}

    def format(self, **settings: Any) -> Format:
        key = tuple(settings.items())
        if key not in self._formats:
            self._formats[key] = self.book.add_format({"valign": "top", "font_size": 10, **settings})
        return self._formats[key]

    def sheet(self, name: str, header: list[str], notes: Mapping[int, str]) -> Worksheet:
        """A sheet with its header, which stays in sight, and the notes of its columns by their number."""
        sheet = self.book.add_worksheet(name, _Sheet)
        for column, text in enumerate(header):
            sheet.write_string(0, column, text, self.format(**_HEADER))
        for column, text in notes.items():
            sheet.write_comment(0, column, text, _NOTE)
        sheet.freeze_panes(1, 1)
        sheet.set_landscape()
        sheet.repeat_rows(0)
        return sheet

    def text_format(self, text: str, colours: Mapping[str, str] = {}) -> Format:
        """Texts wrap. One that a spreadsheet could take for a formula is marked as text, so that it stays one when somebody edits it."""
        return self.format(**_TEXT, **(_QUOTED if dangerous(text) else {}), **colours)

    def close(self) -> None:
        """Puts the file together. Raises OSError where it cannot be written."""
        try:
            self.book.close()
        except FileCreateError as error:
            cause = error.args[0] if error.args else None
            raise cause if isinstance(cause, OSError) else OSError(str(error)) from error


def notes(table: str, fields: list[Field]) -> dict[int, str]:
    """The meaning of each column, for the notes of a header."""
    return {n: meaning(table, f.name).text.replace("`", "") for n, f in enumerate(fields)}


def height(texts: Iterable[str]) -> float:
    """The height of a row, in points, in which its texts can be read. Not every program finds it by itself."""
    lines = max((sum(map(_lines, text.splitlines())) for text in texts), default=1)
    return _LINE * min(max(lines, 1), _TALLEST)


def _lines(line: str) -> int:
    """How many lines a line of text becomes in a column as wide as they get. Capitals are broader, and words leave blanks at the end."""
    return 1 if len(line) < _WIDEST * 2 // 3 else ceil((len(line) + 0.3 * sum(c.isupper() for c in line)) / _WIDEST)


def finish(sheet: Worksheet, header: list[str], longest: list[int], rows: int) -> None:
    """Sets the filter and the widths of a sheet, from the longest text of each column, in characters."""
    sheet.autofilter(0, 0, max(rows, 1), len(header) - 1)
    for column, (name, length) in enumerate(zip(header, longest, strict=True)):
        sheet.set_column(column, column, min(max(len(name) + 4, length + 1, _NARROW), _WIDEST))  # 4: the button of the filter


@cache
def class_colours() -> dict[str, dict[str, str]]:
    """The colours of a cell by the id of the class that it publishes."""
    data = read_yaml(Path(__file__).with_name("class_colours.yaml"))
    shades = {c: {"bg_color": f"#{s['fill']}", "font_color": f"#{s['letters']}"} for c, s in data["colours"].items()}
    return {word: shades[colour] for colour, words in data["classes"].items() for word in words}
