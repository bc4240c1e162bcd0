"""What an export says of its own tables is held too: dictionary, first sheet, notes, descriptors; and no cell is passed over."""

from __future__ import annotations

import random
import re
import shutil
import sqlite3
import sys
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet
import pytest
from openpyxl.comments import Comment

from veedor.corpus.export.catalogue import export, exporters, odd_words
from veedor.corpus.export.dataset import Dataset, Entry
from veedor.corpus.verification.exported import keep_entries
from veedor.schema.errors import DataFileError, ExitCode

sys.path.append(str(Path(__file__).resolve().parents[3] / "benchmarks"))

import altered

NAME = "caja-poi-2022-seguimiento.txt"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> Callable[[str], Path]:
    """An export of one document in a format, made once."""
    room, known = tmp_path_factory.mktemp("made"), dict[str, Path]()

    def make(form: str) -> Path:
        if form not in known:
            (room / form).mkdir()
            known[form] = altered.exported(samples / NAME, form, room / form)
        return known[form]

    return make


@pytest.fixture
def copied(made: Callable[[str], Path], tmp_path: Path) -> Callable[[str], Path]:
    def copy(form: str) -> Path:
        path, to = made(form), tmp_path / made(form).name
        return Path(shutil.copytree(path, to) if path.is_dir() else shutil.copy(path, to))

    return copy


@pytest.mark.parametrize("form", altered.FORMS)
def test_no_cell_of_any_sheet_is_altered_unseen(form: str, made: Callable[[str], Path], samples: Path) -> None:
    """One of each table and sheet; benchmarks/altered.py takes as many as one likes."""
    found = altered.cells(made(form), form)
    assert len(found) > 6 and {"indicators", "measures", "documents"} <= found.keys()
    some = altered.chosen(found, len(found), random.Random(7))
    assert list(altered.missed(made(form), form, some, samples / NAME)) == []


def test_an_alteration_that_nobody_sees_would_be_counted(
    made: Callable[[str], Path], samples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(altered, "FREE", set())
    [address] = [c for c in altered.cells(made("sqlite"), "sqlite")["documents"] if c.column == "address"]
    assert list(altered.missed(made("sqlite"), "sqlite", [address], samples / NAME)) == [address]


@pytest.mark.parametrize("form", list(exporters()))
def test_what_nobody_altered_says_what_it_should(form: str, made: Callable[[str], Path]) -> None:
    assert odd_words(made(form)) == []


def in_text(file: str, old: str, new: str) -> Callable[[Path], None]:
    def change(out: Path) -> None:
        path = out / file
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8", newline="")

    return change


def in_parquet(out: Path) -> None:
    file = out / "indicators.parquet"
    table = pyarrow.parquet.read_table(file)
    field = table.schema.field("actual").with_metadata({"description": "Otra cosa"})
    pyarrow.parquet.write_table(table.cast(table.schema.set(table.schema.get_field_index("actual"), field)), file)


@pytest.mark.parametrize(
    ("form", "change"),
    [
        ("csv", in_text("diccionario.csv", "tabla", "mesa")),
        ("csv", in_text("diccionario.csv", "\nindicators,actual,", "\nindicators,actual,no ")),
        ("csv-hoja", in_text("diccionario.csv", "entero", "texto")),
        ("csv-hoja", in_text("LEEME.txt", "quite UN", "quite DOS")),
        ("datapackage", in_text("diccionario.csv", "entero", "texto")),
        ("datapackage", in_text("datapackage.json", '"description": "Una fila por columna', '"description": "Dos filas por columna')),
        ("datapackage", in_text("datapackage.json", "sha256:", "sha256:0")),
        ("parquet", in_parquet),
    ],
)
def test_what_is_said_of_the_tables_is_held(copied: Callable[[str], Path], form: str, change: Callable[[Path], None]) -> None:
    change(out := copied(form))
    assert odd_words(out)


def saved(copied: Callable[[str], Path], change: Callable[[Any], object]) -> Path:
    book = openpyxl.load_workbook(out := copied("xlsx"))
    change(book)
    book.save(out)
    return out


def test_a_workbook_saved_by_another_program_says_the_same(copied: Callable[[str], Path]) -> None:
    assert odd_words(saved(copied, lambda book: None)) == []


def note(sheet: str, place: str) -> Callable[[Any], None]:
    return lambda book: setattr(book[sheet][place], "comment", Comment("En verdad, 100", "x"))


@pytest.mark.parametrize(
    "change",
    [note("Indicadores", "A1"), note("Indicadores", "C5"), note("Diccionario", "A1"), lambda book: book.create_sheet("Resumen real")],
)
def test_notes_and_sheets_of_others_are_named(copied: Callable[[str], Path], change: Callable[[Any], object]) -> None:
    assert len(odd_words(saved(copied, change))) == 1


def test_what_stands_beside_a_table_is_no_part_of_an_export(copied: Callable[[str], Path], tmp_path: Path) -> None:
    out = saved(copied, lambda book: book["Indicadores"].cell(5, 60, "En verdad, 100"))
    with pytest.raises(DataFileError, match="En verdad"):
        keep_entries(out, tmp_path)


def test_rows_beyond_those_that_a_sheet_tells_of_itself_are_read(copied: Callable[[str], Path], tmp_path: Path) -> None:
    """Spreadsheets show all rows, whatever the file says of its size."""

    def more(book: Any) -> None:
        sheet = book["Proyectos"]
        sheet.append(["caja-poi-2022-seguimiento", 99, "Un proyecto que nadie planeó"])

    out = saved(copied, more)
    short = tmp_path / "corto.xlsx"
    with zipfile.ZipFile(out) as before, zipfile.ZipFile(short, "w") as after:
        for item in before.infolist():
            data = before.read(item)
            after.writestr(item, re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:A1"', data) if "sheet" in item.filename else data)
    (room := tmp_path / "room").mkdir()
    [document] = keep_entries(short, room)["documents"]
    assert b"nadie plane" in document.kept.read_bytes()


def test_a_long_text_that_continues_no_cell_is_named(copied: Callable[[str], Path]) -> None:
    def long(book: Any) -> None:
        sheet = book.create_sheet("Textos largos")
        sheet.append(["hoja", "fila", "columna", "parte", "texto"])
        sheet.append(["Indicadores", 3, "name", 1, "Otra acción"])

    assert "Textos largos" in {o.table for o in odd_words(saved(copied, long))}


def test_long_texts_of_an_export_are_in_order(made: Callable[[str], Path], tmp_path: Path) -> None:
    [entry] = exporters()["json"].read(made("json"))
    rows: dict[str, Any] = {t: [list(r) for r in its] for t, its in entry.rows.items()}
    for n, letter in ((0, "á"), (1, "b")):
        rows["claims"] = rows["claims"] or []
        rows["indicators"][n][9] = letter * 40_000
    export(Dataset(lambda: iter([Entry(rows)]), "largo", "1"), "xlsx", tmp_path / "e.xlsx")
    assert odd_words(tmp_path / "e.xlsx") == []


def test_the_command_names_it_and_counts_the_documents_apart(
    here: Callable[..., Any], copied: Callable[[str], Path], samples: Path
) -> None:
    def other(book: Any) -> None:
        book["Diccionario"]["D3"] = "Otra cosa"

    out = saved(copied, other)
    done = here("verify", out, "--sources", samples)
    assert done.returncode == ExitCode.LEVEL_REACHED and "Coincide 1 de 1 documento." in done.stdout
    assert "Diccionario, fila 2, significado: el export dice «Otra cosa» y veedor escribe" in done.stdout
    assert "words" in here("verify", out, "--sources", samples, "--format", "csv").stdout


def test_a_row_of_a_database_that_bears_another_number_is_noticed(copied: Callable[[str], Path], tmp_path: Path) -> None:
    with closing(sqlite3.connect(out := copied("sqlite"))) as base, base:
        base.execute("UPDATE indicators SET position = position + 1 WHERE position = (SELECT max(position) FROM indicators)")
    with pytest.raises(DataFileError, match="position"):
        keep_entries(out, tmp_path)
