"""A folder with one CSV file for each table: how the formats made of CSV write and read it."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from ...schema.errors import DataFileError, system_said
from ...schema.language import Text, printable
from ...schema.tables import Value, written
from ..csv_text import csv_rows, csv_writer
from .cells import all_rows, entries, typed_row
from .dataset import TABLES, Dataset, Entry, Row
from .dictionary import HEADER, lines
from .words import Odd, compared, in_dictionary

DICTIONARY = "diccionario.csv"
_NAMES = {name: f"{name}.csv" for name in TABLES}

Cells = Callable[[str, Row], Sequence[str]]
Back = Callable[[str, list[str]], list[str]]


def plain(_: str, row: Row) -> list[str]:
    """The texts of a row as ``veedor run`` writes them."""
    return [written(v) for v in row]


def write_folder(dataset: Dataset, folder: Path, cells: Cells = plain, encoding: str = "utf-8", quoting: int = csv.QUOTE_MINIMAL) -> None:
    """Every table and the dictionary; ``cells`` gives the texts of a row of a table."""
    folder.mkdir()
    with ExitStack() as stack:

        def begun(name: str, header: list[str]) -> Callable[[Sequence[str]], object]:
            out = stack.enter_context((folder / name).open("w", encoding=encoding, errors="replace", newline=""))
            write = csv_writer(out, quoting).writerow
            write(header)
            return write

        writers = {name: begun(file, [f.name for f in TABLES[name]]) for name, file in _NAMES.items()}
        for entry in dataset:
            for name, row in all_rows(entry):
                writers[name](cells(name, row))
        words = begun(DICTIONARY, HEADER)
        for line in lines():
            words(line)


def read_folder(folder: Path, back: Back = lambda _, texts: texts, encoding: str = "utf-8") -> Iterator[Entry]:
    """The documents of such a folder; ``back`` gives the exact texts of a row. Raises DataFileError."""
    with ExitStack() as stack:
        tables: dict[str, Iterator[Row]] = {}
        for name in TABLES:
            tables[name] = _rows(folder / _NAMES[name], name, back, encoding, stack)
        yield from entries(tables)


def _rows(file: Path, table: str, back: Back, encoding: str, stack: ExitStack) -> Iterator[list[Value]]:
    try:
        rows = csv_rows(stack.enter_context(file.open(encoding=encoding, newline="")))
        if next(rows, None) != [f.name for f in TABLES[table]]:
            raise DataFileError(_HEADER.format(file=printable(str(file), 160)))
        for n, row in enumerate(rows, 1):
            yield typed_row(table, back(table, row), f"{file.name}, fila {n}")
    except (UnicodeDecodeError, csv.Error, OSError) as error:
        raise DataFileError(_UNREADABLE.format(file=printable(str(file), 160), error=system_said(error))) from None


def folder_words(folder: Path, encoding: str = "utf-8") -> Iterator[Odd]:
    """What the dictionary of such a folder says other than veedor. Raises DataFileError."""
    file = folder / DICTIONARY
    try:
        with file.open(encoding=encoding, newline="") as opened:
            header, *found = [*csv_rows(opened)] or [[]]
    except (UnicodeDecodeError, csv.Error, OSError) as error:
        raise DataFileError(_UNREADABLE.format(file=printable(str(file), 160), error=system_said(error))) from None
    yield from compared(f"{DICTIONARY}, encabezado", HEADER, [header], [HEADER])
    yield from in_dictionary(DICTIONARY, found)


def is_folder(path: Path, others: Sequence[str] = (), start: bytes = b"") -> bool:
    """Whether a path is a folder with all these files and nothing else, whose CSV files begin with ``start`` and the header."""
    if not path.is_dir() or {f.name for f in path.iterdir()} != {*_NAMES.values(), DICTIONARY, *others}:
        return False
    with (path / _NAMES["documents"]).open("rb") as file:
        return file.read(len(start) + 12).replace(b'"', b"").startswith(start + b"document")


_HEADER = Text(
    "{file}: su encabezado no es el de una exportación de esta versión de veedor. Vuelva a crearla.",
    "{file}: its header is not that of an export of this version of veedor. Make it again.",
)
_UNREADABLE = Text(
    "{file}: no se puede leer ({error}). La exportación se alteró o está incompleta; vuelva a crearla.",
    "{file}: it cannot be read ({error}). The export was altered or is incomplete; make it again.",
)
