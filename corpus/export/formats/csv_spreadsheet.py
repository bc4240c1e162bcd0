"""``csv-hoja``: CSV files that spreadsheets open well and harmlessly: with a mark of UTF-8, and texts that could be formulas defused."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from ....schema.language import Text
from ....schema.tables import written
from ..csv_folder import folder_words, is_folder, read_folder, write_folder
from ..dataset import TABLES, Dataset, Entry, Row
from ..spreadsheet import defused, restored
from ..words import Odd, compared

NAME = "csv-hoja"
ENDING = ""
ABOUT = Text(
    "Una carpeta con un CSV por tabla para hojas de cálculo: los textos que parecen fórmulas llevan un apóstrofo delante.",
    "A folder with one CSV file for each table, for spreadsheets: texts that look like formulas have an apostrophe before them.",
)
LOSES = Text(
    "No distingue un texto vacío de «sin valor». Las hojas de cálculo cortan las celdas de más de 32 767 caracteres; el archivo las tiene "
    "enteras.",
    "Does not tell an empty text from no value. Spreadsheets cut cells of more than 32,767 characters; the file has them whole.",
)
README = "LEEME.txt"
_TEXTS = {name: [f.type == "text" for f in fields] for name, fields in TABLES.items()}
_ABOUT = """\
Tablas de veedor para hojas de cálculo
======================================

Un archivo CSV por tabla, en UTF-8 con marca (BOM), separado por comas y con punto decimal. diccionario.csv dice qué es cada columna.

Un texto que una hoja de cálculo podría tomar por una fórmula (empieza por = + - @, tabulador o salto de línea, también tras comillas o
espacios, y en sus formas anchas) lleva aquí un apóstrofo (') delante, y también el que ya empezaba por un apóstrofo. Para tener el texto
exacto quite UN apóstrofo del principio, si lo hay. Los números y las fechas están como son. El formato csv tiene los textos exactos.

Si todo aparece en una sola columna, su hoja de cálculo espera otro separador: use Datos > Desde texto/CSV y elija la coma. Las hojas de
cálculo cortan las celdas de más de 32 767 caracteres y las tablas de más de 1 048 576 filas; estos archivos las tienen enteras.
"""


def write(dataset: Dataset, out: Path) -> None:
    # Every cell is quoted, so that a spreadsheet that separates by semicolons does not make cells of what stands between two of them.
    write_folder(dataset, out, _cells, "utf-8-sig", csv.QUOTE_ALL)
    (out / README).write_text(_ABOUT, encoding="utf-8", newline="\r\n")


def read(path: Path) -> Iterator[Entry]:
    return read_folder(path, _back, "utf-8-sig")


def words(path: Path) -> Iterator[Odd]:
    yield from folder_words(path, "utf-8-sig")
    told = (path / README).read_text(encoding="utf-8", errors="replace")
    yield from compared(README, (), [[line] for line in told.splitlines()], [[line] for line in _ABOUT.splitlines()])


def claims(path: Path) -> bool:
    return is_folder(path, [README], b"\xef\xbb\xbf")


def _cells(table: str, row: Row) -> list[str]:
    return [defused(written(v)) if is_text else written(v) for v, is_text in zip(row, _TEXTS[table], strict=True)]


def _back(table: str, texts: list[str]) -> list[str]:
    if len(texts) != len(_TEXTS[table]):
        return texts
    return [restored(text) if is_text else text for text, is_text in zip(texts, _TEXTS[table], strict=True)]
