"""``csv``: a folder with one CSV file for each table, for programs; texts stand as they are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ....schema.language import Text
from ..csv_folder import folder_words, is_folder, read_folder, write_folder
from ..dataset import Dataset, Entry
from ..words import Odd

NAME = "csv"
ENDING = ""
ABOUT = Text(
    "Una carpeta con un CSV por tabla, exacto, para programas; para abrirlo en una hoja de cálculo use csv-hoja o xlsx.",
    "A folder with one CSV file for each table, exact, for programs; to open it in a spreadsheet use csv-hoja or xlsx.",
)
LOSES = Text("No distingue un texto vacío de «sin valor».", "Does not tell an empty text from no value.")


def write(dataset: Dataset, out: Path) -> None:
    write_folder(dataset, out)


def read(path: Path) -> Iterator[Entry]:
    return read_folder(path)


def words(path: Path) -> Iterator[Odd]:
    return folder_words(path)


def claims(path: Path) -> bool:
    return is_folder(path)
