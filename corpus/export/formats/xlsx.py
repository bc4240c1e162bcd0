"""``xlsx``: one workbook with a sheet for each table: typed cells, filters, colours of classes, notes, dictionary."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, repeat
from pathlib import Path
from typing import Any

from lxml import etree

from ....normalize.classes import class_id
from ....schema.errors import DataFileError, system_said
from ....schema.language import Text, printable
from ....schema.meanings import row_meaning
from ....schema.tables import Field, Value, written
from ..cells import all_rows, entries, number
from ..dataset import TABLES, Dataset, Entry, Row
from ..dictionary import HEADER, lines
from ..words import Odd, compared, in_dictionary
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
        rows = {t: self.rows[t] + ROWS * (self.parts[t] - 1) for t in TABLES}
        self._plain(self.first, _FIRST_HEADER, _first_sheet(dataset.title, dataset.version, self.parts, rows, bool(self.long)))

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


def _first_sheet(title: str, version: str, parts: Mapping[str, int], rows: Mapping[str, int], long: bool) -> list[list[str | int]]:
    """What the first sheet says: of each table its sheets and rows, and then some sentences."""
    counts: list[list[str | int]] = [
        [" y ".join(_sheet_name(t, n) for n in range(1, parts[t] + 1)), t, rows[t], row_meaning(t).replace("`", "")] for t in TABLES
    ]
    told = [title, f"{_MADE_WITH}{version}.", *_ABOUT]
    if any(n > 1 for n in parts.values()):
        told.append("Una tabla no cabe en una hoja (1 048 575 filas): sigue en las que llevan (2), (3)…")
    if long:
        told.append(f"Hay textos de más de 32 767 caracteres, que no caben en una celda: están enteros, por partes, en «{LONG}».")
    return [*counts, [], *([t] for t in told)]


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
            yield from entries({table: _rows(book, path, table, long) for table in TABLES})
        except _BROKEN as error:
            raise DataFileError(_UNREADABLE.format(path=printable(str(path), 160), error=system_said(error))) from None


def _long_texts(book: Any) -> dict[tuple[str, int, str], str]:
    """The texts that did not fit a cell, by sheet, row and column. Raises ValueError where that sheet was altered beyond reading."""
    texts: dict[tuple[str, int, str], str] = {}
    if LONG in book.sheetnames:
        for sheet, row, column, _, text in _whole_sheet(book, LONG).iter_rows(min_row=2, max_col=5, values_only=True):
            key = (str(sheet), int(str(row)), str(column))
            texts[key] = texts.get(key, "") + _unescaped(str(text))
    return texts


def _rows(book: Any, path: Path, table: str, long: dict[tuple[str, int, str], str]) -> Iterator[list[Value]]:
    from openpyxl.cell.read_only import EMPTY_CELL

    fields = TABLES[table]
    part = 0
    while (name := _sheet_name(table, part := part + 1)) in book.sheetnames:
        sheet = _whole_sheet(book, name)
        header = next(sheet.iter_rows(max_row=1, values_only=True), ())
        if list(_trimmed(header)) != [f.name for f in fields]:
            raise DataFileError(_CELL.format(path=printable(str(path), 160), where=f"{name}, fila 1", text=""))
        for at, cells in enumerate(sheet.iter_rows(min_row=2), 2):
            if beside := _trimmed([c.value for c in cells[len(fields) :]]):
                where, shown = f"{name}, fila {at}, columna {len(fields) + len(beside)}", printable(str(beside[-1]), 60)
                raise DataFileError(_CELL.format(path=printable(str(path), 160), where=where, text=shown))
            row: list[Value] = []
            for field, cell in zip(fields, chain(cells, repeat(EMPTY_CELL)), strict=False):
                try:
                    row.append(_whole(_value(field, cell), long.get((name, at, field.name))))
                except (ValueError, ArithmeticError):
                    where = f"{name}, fila {at}, {field.name}"
                    shown = printable(f"{cell.value} ({cell.number_format})", 60)
                    raise DataFileError(_CELL.format(path=printable(str(path), 160), where=where, text=shown)) from None
            if not _is_empty(row):
                yield row
    if part == 1:
        raise DataFileError(_UNREADABLE.format(path=printable(str(path), 160), error=SHEETS[table]))


def _whole_sheet(book: Any, name: str) -> Any:
    """A sheet with all its rows: a file may tell fewer of itself than it has, and spreadsheets show them all."""
    sheet = book[name]
    sheet.reset_dimensions()
    return sheet


def _trimmed(values: Sequence[Any]) -> Sequence[Any]:
    """Without the empty cells at the end."""
    count = len(values)
    while count and values[count - 1] in (None, ""):
        count -= 1
    return values[:count]


def _is_empty(values: Sequence[Any]) -> bool:
    """Whether a row of a sheet holds nothing: programs leave such rows where a person deleted one."""
    return all(v in (None, "") for v in values)


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


def words(path: Path) -> Iterator[Odd]:
    """The first sheet and the dictionary, the notes of headers, sheets that are none of ours, and long texts that continue no cell."""
    from openpyxl import load_workbook

    with ExitStack() as stack:
        try:
            book = load_workbook(stack.enter_context(path.open("rb")), read_only=True, data_only=False)
            stack.callback(book.close)
            yield from _of_sheets(book)
            yield from _of_notes(path)
        except _BROKEN as error:
            raise DataFileError(_UNREADABLE.format(path=printable(str(path), 160), error=system_said(error))) from None


def _of_sheets(book: Any) -> Iterator[Odd]:
    parts = {t: sum(_sheet_name(t, n) in book.sheetnames for n in range(1, len(book.sheetnames) + 1)) for t in TABLES}
    names = {t: [_sheet_name(t, n) for n in range(1, parts[t] + 1)] for t in TABLES}
    for name in sorted(set(book.sheetnames) - {FIRST, DICTIONARY, LONG, *chain(*names.values())}):
        yield Odd(name, None, "", name, "")
    rows = {t: sum(_count(_whole_sheet(book, n), len(TABLES[t])) for n in names[t]) for t in TABLES}
    header, *found = _texts(book, FIRST)
    title, version = (next(iter(_trimmed(r)), None) for r in [*found, (), ()][len(TABLES) + 1 : len(TABLES) + 3])
    version = v[1] if (v := re.fullmatch(re.escape(_MADE_WITH) + r"([\w.+-]{1,40})\.", str(version))) else "—"
    due = _first_sheet(str(title or ""), version, parts, rows, LONG in book.sheetnames)  # title and version are free
    yield from compared(f"{FIRST}, encabezado", (), [header], [_FIRST_HEADER])
    yield from compared(FIRST, _FIRST_HEADER, found, due)
    header, *found = _texts(book, DICTIONARY)
    yield from compared(f"{DICTIONARY}, encabezado", (), [header], [HEADER])
    yield from in_dictionary(DICTIONARY, found)
    if LONG in book.sheetnames:
        header, *found = _texts(book, LONG)
        yield from compared(f"{LONG}, encabezado", (), [header], [_LONG_HEADER])
        yield from _of_long(book, found)


def _count(sheet: Any, columns: int) -> int:
    """The rows of a sheet below its header that hold anything."""
    return sum(not _is_empty(row) for row in sheet.iter_rows(min_row=2, max_col=columns, values_only=True))


def _texts(book: Any, name: str) -> list[Sequence[Any]]:
    """The rows of a sheet of texts, with its header."""
    rows = _whole_sheet(book, name).iter_rows(values_only=True)
    return [[_unescaped(v) if isinstance(v, str) else v for v in _trimmed(row)] for row in rows] or [[]]


def _of_long(book: Any, found: Sequence[Sequence[Any]]) -> Iterator[Odd]:
    """Long texts whose cell does not begin them, and parts out of order."""
    texts, count = _long_texts(book), Counter[tuple[Any, ...]]()
    for at, row in enumerate(found, 1):
        count[tuple(row[:3])] += 1
        if row[3:4] != [count[tuple(row[:3])]]:
            yield Odd(LONG, at, "parte", str(row[3:4]), str(count[tuple(row[:3])]))
    for name in sorted({sheet for sheet, _, _ in texts}):
        columns = next((TABLES[t] for t, n in SHEETS.items() if name.partition(" (")[0] == n), [])
        of_rows = {row for sheet, row, _ in texts if sheet == name}
        sheet = _whole_sheet(book, name) if columns and name in book.sheetnames else None
        cells = {at: row for at, row in enumerate(sheet.iter_rows(values_only=True), 1) if at in of_rows} if sheet is not None else {}
        for (_, at, column), text in ((k, v) for k, v in texts.items() if k[0] == name):
            held = dict(zip((f.name for f in columns), cells.get(at, ()), strict=False)).get(column)
            if len(text) <= _PART or _unescaped(str(held)) != _begun(text):
                yield Odd(LONG, None, f"{name}, {at}, {column}", text[:200], "")


def _of_notes(path: Path) -> Iterator[Odd]:
    """Notes that are not those of a header: whoever puts one beside a figure says something of it."""
    due = {" ".join(text.split()) for table, fields in TABLES.items() for text in notes(table, fields).values()}
    with zipfile.ZipFile(path) as archive:
        for name in sorted(n for n in archive.namelist() if re.search(r"comments?[^/]*\.xml$", n, re.I)):
            root = etree.fromstring(archive.read(name), etree.XMLParser(resolve_entities=False, no_network=True))
            for note in root.iter("{*}comment", "{*}threadedComment"):
                text = " ".join("".join(t.text or "" for t in note.iter("{*}t", "{*}text") if not len(t)).split())
                if text not in due:
                    yield Odd(name, None, str(note.get("ref")), text, "")


def claims(path: Path) -> bool:
    """Also where another program saved it, which writes the names of the sheets in its own way."""
    with suppress(OSError, zipfile.BadZipFile, KeyError, etree.XMLSyntaxError, NotImplementedError, RuntimeError):
        if path.is_file() and zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive, archive.open("xl/workbook.xml") as part:
                root = etree.fromstring(part.read(_MOST_OF_BOOK), etree.XMLParser(resolve_entities=False, no_network=True))
                return FIRST in (sheet.get("name") for sheet in root.iter("{*}sheet"))
    return False


_BROKEN = (OSError, ValueError, TypeError, KeyError, IndexError, AttributeError, EOFError, zipfile.BadZipFile, zlib.error, SyntaxError)
"""What the library raises on a workbook that was altered; SyntaxError is XML that is none. A sheet is read as its rows are asked for."""
_MADE_WITH = "Hecho con veedor "
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
