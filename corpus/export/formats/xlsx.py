"""``xlsx``: one workbook with a sheet for each table: typed cells, filters, colours of classes, notes, dictionary."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, suppress
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from lxml import etree

from ....normalize.classes import class_id
from ....schema.errors import DataFileError
from ....schema.language import Text, printable
from ....schema.meanings import row_meaning
from ....schema.tables import Field, Value, written
from ..cells import all_rows, entries, number
from ..dataset import TABLES, Dataset, Entry, Row
from ..dictionary import HEADER, lines
from ..workbook import BOOLEAN, DATE, DICTIONARY, FIRST, LONG, SHEETS, Book, class_colours, finish, height, notes

NAME = "xlsx"
ENDING = ".xlsx"
ABOUT = Text(
    "Un libro de Excel con una hoja por tabla: tipos, filtros, colores de las clases y diccionario; ningún texto actúa como fórmula.",
    "One Excel workbook with a sheet for each table: types, filters, colours of classes and dictionary; no text acts as a formula.",
)
LOSES = Text(
    "No distingue un texto vacío de «sin valor». De los números guarda 15 cifras significativas.",
    "Does not tell an empty text from no value. Of numbers it keeps 15 significant digits.",
)
ROWS = 1_048_575
"""Rows of a sheet below its header: the limit of the format. More go on a second sheet."""
CHARACTERS = 32_767
"""The most that a cell holds, in UTF-16 units."""
_PART = 16_000
"""Characters of a part of a longer text: even of two units each, they fit a cell."""
_FIRST_DATE = date(1900, 3, 1)
"""Spreadsheets count a day in 1900 that never was; dates before it are written as texts."""
_MOST_OF_BOOK = 1 << 22
"""Bytes that are read of the list of sheets: some hundred bytes a sheet."""
_SHOWN = re.compile(r"General|0(\.0+)?|0*#?(#,##)?0(\.[0#]+)?|[dmy/\\.-]+|" + re.escape(BOOLEAN), re.I)
"""Formats in which a cell shows what it holds: as it is written here, and as spreadsheets do when they save it. Others show any text."""
_TRUTHS = {True: True, False: False, "=TRUE()": True, "=FALSE()": False}
"""LibreOffice saves a truth that is shown in words as a formula."""
_LONG_HEADER = ["hoja", "fila", "columna", "parte", "texto"]
_FIRST_HEADER = ["hoja", "tabla", "filas", "qué es cada fila"]


def write(dataset: Dataset, out: Path) -> None:
    writing = _Writing(Book(out, dataset.title))
    try:
        for entry in dataset:
            for table, row in all_rows(entry):
                writing.row(table, row)
        writing.end(dataset)
    finally:
        writing.book.close()


class _Writing:
    """The sheets of a workbook while they are written."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.first = book.sheet(FIRST, _FIRST_HEADER, {})
        self.parts: dict[str, int] = dict.fromkeys(TABLES, 0)
        self.rows: dict[str, int] = {}
        self.sheets: dict[str, Any] = {}
        self.longest: dict[str, list[int]] = {}
        self.long: list[list[str | int]] = []
        for table in TABLES:
            self._begin(table)

    def _begin(self, table: str) -> None:
        """The first sheet of a table, or the next one where it is full."""
        self._end(table)
        self.parts[table] += 1
        fields = TABLES[table]
        self.sheets[table] = self.book.sheet(_sheet_name(table, self.parts[table]), [f.name for f in fields], notes(table, fields))
        self.rows[table] = 0
        self.longest[table] = [0] * len(fields)

    def _end(self, table: str) -> None:
        if table in self.sheets:
            finish(self.sheets[table], [f.name for f in TABLES[table]], self.longest[table], self.rows[table])

    def row(self, table: str, row: Row) -> None:
        if self.rows[table] == ROWS:
            self._begin(table)
        self.rows[table] += 1
        sheet, at, longest = self.sheets[table], self.rows[table], self.longest[table]
        for column, (field, value) in enumerate(zip(TABLES[table], row, strict=True)):
            if value is None or value == "":
                continue
            longest[column] = max(longest[column], _width(value))
            if isinstance(value, bool):
                sheet.write_boolean(at, column, value, self.book.format(align="center", num_format=BOOLEAN))
            elif isinstance(value, str):
                self._text(sheet, at, column, field, value)
            elif isinstance(value, date):
                if value < _FIRST_DATE:
                    sheet.write_string(at, column, value.isoformat(), self.book.format())
                else:
                    sheet.write_datetime(at, column, datetime(value.year, value.month, value.day), self.book.format(num_format=DATE))
            else:
                sheet.write_number(at, column, float(value), self.book.format(num_format=_number_format(value)))
        sheet.set_row(at, height(v for v in row if isinstance(v, str)))

    def _text(self, sheet: Any, at: int, column: int, field: Field, text: str) -> None:
        cell = str(text)
        if len(cell) > _PART and len(cell.encode("utf-16-le")) > 2 * CHARACTERS:
            parts = [cell[n : n + _PART] for n in range(0, len(cell), _PART)]
            self.long += [[sheet.name, at + 1, field.name, n, part] for n, part in enumerate(parts, 1)]
            cell = _begun(cell)
        colours = class_colours().get(class_id(cell), {}) if field.name == "class_published" else {}
        sheet.write_string(at, column, cell, self.book.text_format(cell, colours))

    def end(self, dataset: Dataset) -> None:
        for table in TABLES:
            self._end(table)
        self._plain(self.book.sheet(DICTIONARY, HEADER, {}), HEADER, lines())
        if self.long:
            self._plain(self.book.sheet(LONG, _LONG_HEADER, {}), _LONG_HEADER, self.long)
        counts: list[list[str | int]] = [
            [
                " y ".join(_sheet_name(t, n) for n in range(1, self.parts[t] + 1)),
                t,
                self.rows[t] + ROWS * (self.parts[t] - 1),
                row_meaning(t).replace("`", ""),
            ]
            for t in TABLES
        ]
        told = [dataset.title, f"Hecho con veedor {dataset.version}.", *_ABOUT]
        if any(n > 1 for n in self.parts.values()):
            told.append("Una tabla no cabe en una hoja (1 048 575 filas): sigue en las que llevan (2), (3)…")
        if self.long:
            told.append(f"Hay textos de más de 32 767 caracteres, que no caben en una celda: están enteros, por partes, en «{LONG}».")
        self._plain(self.first, _FIRST_HEADER, [*counts, [], *([t] for t in told)])

    def _plain(self, sheet: Any, header: list[str], rows: Sequence[Sequence[str | int]]) -> None:
        """A sheet of texts and counts; a row of one cell is a sentence that runs over the others."""
        longest = [0] * len(header)
        for at, row in enumerate(rows, 1):
            for column, text in enumerate(row):
                if len(row) > 1:
                    longest[column] = max(longest[column], _width(text))
                if isinstance(text, int):
                    sheet.write_number(at, column, text, self.book.format(num_format="0"))
                    continue
                look = self.book.text_format(text) if len(row) > 1 else self.book.format(align="left", indent=1)
                sheet.write_string(at, column, text, look)
            sheet.set_row(at, height(v for v in row if isinstance(v, str)) if len(row) > 1 else None)
        finish(sheet, header, longest, sum(len(r) > 1 for r in rows))


def _sheet_name(table: str, part: int) -> str:
    return SHEETS[table] if part == 1 else f"{SHEETS[table]} ({part})"


def _width(value: Value) -> int:
    if isinstance(value, str):
        return max(map(len, value.splitlines()), default=0)
    return 10 if isinstance(value, date) else min(len(written(value)), 20)


def _number_format(value: Value) -> str:
    """As many decimals as are printed; other numbers as spreadsheets show them."""
    if isinstance(value, Decimal):
        decimals = max(0, -int(value.as_tuple().exponent))
        return "0" + ("." + "0" * decimals if decimals else "")
    return "General" if isinstance(value, float) else "0"


def read(path: Path) -> Iterator[Entry]:
    from openpyxl import load_workbook

    with ExitStack() as stack:
        try:
            book = load_workbook(stack.enter_context(path.open("rb")), read_only=True, data_only=False)
            stack.callback(book.close)
            long = _long_texts(book)
        except (OSError, ValueError, TypeError, KeyError, zipfile.BadZipFile, SyntaxError) as error:  # SyntaxError: XML that is none
            raise DataFileError(_UNREADABLE.format(path=printable(str(path), 160), error=printable(str(error), 80))) from None
        yield from entries({table: _rows(book, path, table, long) for table in TABLES})


def _long_texts(book: Any) -> dict[tuple[str, int, str], str]:
    """The texts that did not fit a cell, by sheet, row and column. Raises ValueError where that sheet was altered beyond reading."""
    texts: dict[tuple[str, int, str], str] = {}
    if LONG in book.sheetnames:
        for sheet, row, column, _, text in book[LONG].iter_rows(min_row=2, max_col=5, values_only=True):
            key = (str(sheet), int(str(row)), str(column))
            texts[key] = texts.get(key, "") + _unescaped(str(text))
    return texts


def _rows(book: Any, path: Path, table: str, long: dict[tuple[str, int, str], str]) -> Iterator[list[Value]]:
    fields = TABLES[table]
    part = 0
    while (name := _sheet_name(table, part := part + 1)) in book.sheetnames:
        sheet = book[name]
        header = next(sheet.iter_rows(max_row=1, values_only=True), ())
        if list(header) != [f.name for f in fields]:
            raise DataFileError(_CELL.format(path=printable(str(path), 160), where=f"{name}, fila 1", text=""))
        for at, cells in enumerate(sheet.iter_rows(min_row=2, max_col=len(fields)), 2):
            row: list[Value] = []
            for field, cell in zip(fields, cells, strict=True):
                try:
                    row.append(_whole(_value(field, cell), long.get((name, at, field.name))))
                except (ValueError, ArithmeticError):
                    where = f"{name}, fila {at}, {field.name}"
                    shown = printable(f"{cell.value} ({cell.number_format})", 60)
                    raise DataFileError(_CELL.format(path=printable(str(path), 160), where=where, text=shown)) from None
            yield row
    if part == 1:
        raise DataFileError(_UNREADABLE.format(path=printable(str(path), 160), error=SHEETS[table]))


def _begun(text: str) -> str:
    """What stands in the cell of a text that is too long for it."""
    return f"{text[:_PART]}… (sigue en la hoja «{LONG}»)"


def _whole(value: Value, long: str | None) -> Value:
    """The text of which a cell holds the beginning. A cell that holds anything else counts as it stands: that is what people see."""
    return long if long is not None and len(long) > _PART and value == _begun(long) else value


def _value(field: Field, cell: Any) -> Value:
    """The value of a cell. Raises ValueError for one that is none of the column's type, or that shows something else than it holds."""
    value = cell.value
    if value is None:
        return "" if field.type == "text" else None
    if field.type == "text" and isinstance(value, str) and cell.data_type != "f":
        return _unescaped(value)
    if not _SHOWN.fullmatch(cell.number_format):
        raise ValueError(value)
    if field.type == "date" and isinstance(value, str | datetime):
        return value.date() if isinstance(value, datetime) else date.fromisoformat(value)
    if field.type == "boolean" and isinstance(value, bool | str) and value in _TRUTHS:
        return _TRUTHS[value]
    if isinstance(value, int | float) and not isinstance(value, bool):
        if field.type == "integer" and value == int(value):
            return int(value)
        if field.type == "number":
            return _printed(number(field, value), cell.number_format)
    raise ValueError(value)


def _printed(value: Value, number_format: str) -> Value:
    """A figure with the decimals that its cell shows; one that holds more than it shows as it is held."""
    if not isinstance(value, Decimal) or not re.fullmatch(r"0(?:\.0+)?", number_format):
        return value
    shown = value.quantize(Decimal(1).scaleb(-len(number_format.partition(".")[2])))
    return shown if float(shown) == float(value) else value


def _unescaped(text: str) -> str:
    """A text as it was before the format wrote its control characters as ``_x000D_``."""
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda m: chr(int(m[1], 16)), text)


def claims(path: Path) -> bool:
    """Also where another program saved it, which writes the names of the sheets in its own way."""
    with suppress(OSError, zipfile.BadZipFile, KeyError, etree.XMLSyntaxError, NotImplementedError, RuntimeError):
        if path.is_file() and zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive, archive.open("xl/workbook.xml") as part:
                root = etree.fromstring(part.read(_MOST_OF_BOOK), etree.XMLParser(resolve_entities=False, no_network=True))
                return FIRST in (sheet.get("name") for sheet in root.iter("{*}sheet"))
    return False


_ABOUT = (
    "Las columnas llevan los nombres de las tablas de veedor; la nota de cada encabezado y la hoja Diccionario dicen qué significan.",
    "Una celda vacía es «sin valor», que no es cero; la columna state de Cifras dice por qué.",
    "Ningún texto actúa como fórmula, aunque empiece por = + - @. Las cifras muestran los decimales impresos.",
)
_CELL = Text(
    "{path}, {where}: «{text}» no es lo que debe haber ahí. La exportación se alteró; vuelva a crearla.",
    "{path}, {where}: “{text}” is not what is due there. The export was altered; make it again.",
)
_UNREADABLE = Text(
    "{path}: no se puede leer ({error}). La exportación se alteró o está incompleta; vuelva a crearla.",
    "{path}: it cannot be read ({error}). The export was altered or is incomplete; make it again.",
)
