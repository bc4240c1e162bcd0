"""What other programs make of the file of an export: saved again it is still verified, and what it shows of its own is found."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow
import pyarrow.parquet
import pytest

from veedor import __version__
from veedor.corpus.export.catalogue import export, exporters
from veedor.corpus.export.dataset import Dataset, Entry, Kept, entry
from veedor.corpus.ingest.reading import facts_of
from veedor.corpus.verification.checking import check_document
from veedor.corpus.verification.derived import Asked
from veedor.corpus.verification.differences import Checked, Kind, State
from veedor.corpus.verification.exported import keep_entries
from veedor.corpus.walk import read
from veedor.evaluate.evaluating import evaluate_plan
from veedor.schema.errors import DataFileError

NAME = "caja-poi-2022-seguimiento.txt"


@pytest.fixture(scope="module")
def original(samples: Path) -> Entry:
    plan = read(samples / NAME)
    evaluation = evaluate_plan(plan)
    settings: dict[str, Any] = {"language": "es", "read_by": __version__, "engine": "pdfium", "verify": "doubtful", "ocr": "auto"}
    size = (samples / NAME).stat().st_size
    return entry(Kept(plan.document.name, plan.document.sha256, size, NAME, **facts_of(plan, evaluation), **settings), plan, evaluation)


@pytest.fixture
def altered(tmp_path: Path, samples: Path, original: Entry) -> Callable[[str, Callable[[Path], object]], Checked]:
    """Writes an export, has its file changed, and verifies it."""

    def check(form: str, change: Callable[[Path], object]) -> Checked:
        out = tmp_path / f"export{exporters()[form].ENDING}"
        export(Dataset(lambda: iter([original]), "prueba", __version__), form, out)
        change(out)
        (room := tmp_path / "room").mkdir()
        (document,) = keep_entries(out, room)["documents"]
        return check_document(samples / NAME, document, Asked())["checked"]

    return check


def in_workbook(change: Callable[[Any], object]) -> Callable[[Path], None]:
    def saved(out: Path) -> None:
        book = openpyxl.load_workbook(out)
        change(book)
        book.save(out)

    return saved


def cell(book: Any, column: str, kind: type) -> Any:
    """The first cell of a column of Indicadores that holds something of a type."""
    sheet = book["Indicadores"]
    number = [c.value for c in sheet[1]].index(column) + 1
    return next(c for (c,) in sheet.iter_rows(min_row=2, min_col=number, max_col=number) if isinstance(c.value, kind))


def test_a_workbook_saved_by_another_program_is_verified(altered: Callable[..., Checked]) -> None:
    assert altered("xlsx", in_workbook(lambda book: None)).state is State.AGREES


@pytest.mark.parametrize("take", ["delete", "clear"])
def test_a_row_that_a_person_took_out_of_a_sheet_is_missing(altered: Callable[..., Checked], take: str) -> None:
    def taken(book: Any) -> None:
        sheet = book["Hallazgos"]
        if take == "delete":
            sheet.delete_rows(3)  # leaves an empty row at the end
            sheet.cell(sheet.max_row + 1, 1).value = ""
        else:
            for c in sheet[3]:
                c.value = None

    checked = altered("xlsx", in_workbook(taken))
    assert checked.state is State.DIFFERS
    assert [(d.table, d.kind) for d in checked.differences] == [("findings", Kind.MISSING)]


def test_truths_that_libreoffice_saves_as_formulas_are_read(altered: Callable[..., Checked]) -> None:
    def formulas(book: Any) -> None:
        for row in book["Indicadores"].iter_rows(min_row=2):
            for c in row:
                c.value = f"={str(c.value).upper()}()" if isinstance(c.value, bool) else c.value

    assert altered("xlsx", in_workbook(formulas)).state is State.AGREES


def test_decimals_that_a_cell_does_not_show_are_found(altered: Callable[..., Checked]) -> None:
    def more(book: Any) -> None:
        found = cell(book, "actual", int)
        assert found.number_format == "0"
        found.value += 0.4

    assert [d.column for d in altered("xlsx", in_workbook(more)).differences if d.table == "indicators"] == ["actual"]


def test_a_format_that_shows_another_figure_is_no_format_of_an_export(altered: Callable[..., Checked]) -> None:
    with pytest.raises(DataFileError, match="100"):
        altered("xlsx", in_workbook(lambda book: setattr(cell(book, "actual", int), "number_format", '"100"')))


def test_a_sheet_of_long_texts_hides_no_other_text(altered: Callable[..., Checked]) -> None:
    def hide(book: Any) -> None:
        found = cell(book, "name", str)
        sheet = book.create_sheet("Textos largos")
        sheet.append(["hoja", "fila", "columna", "parte", "texto"])
        sheet.append(["Indicadores", found.row, "name", 1, found.value])
        found.value = "Otra acción"

    assert "name" in {d.column for d in altered("xlsx", in_workbook(hide)).differences}


def in_text(pattern: str, text: str) -> Callable[[Path], None]:
    """Replaces the first piece of text that follows a pattern, in the file or the only XML file of a folder."""

    def changed(out: Path) -> None:
        file = out if out.is_file() else next(out.glob("*.xml"))
        before = file.read_text(encoding="utf-8")
        after = re.sub(pattern, text, before, count=1)
        assert after != before
        file.write_text(after, encoding="utf-8")

    return changed


@pytest.mark.parametrize("more", ['"actual_corrected": 100, ', '"actual": 100, '])
def test_json_says_nothing_twice_and_nothing_more(altered: Callable[..., Checked], more: str) -> None:
    with pytest.raises(DataFileError, match="actual"):
        altered("json", in_text('"actual": ', more + '"actual": '))


@pytest.mark.parametrize(
    "script",
    [
        "DROP VIEW execution; CREATE VIEW execution AS SELECT *, 100 AS percent FROM indicators",
        "ALTER TABLE indicators ADD COLUMN percent REAL",
        "CREATE TABLE indicadores AS SELECT * FROM indicators",
    ],
)
def test_a_database_shows_no_other_tables(altered: Callable[..., Checked], script: str) -> None:
    def changed(out: Path) -> None:
        with closing(sqlite3.connect(out)) as base:
            base.executescript(script)

    with pytest.raises(DataFileError, match=r"execution|indicators|indicadores"):
        altered("sqlite", changed)


def test_an_index_of_ones_own_is_no_falsification(altered: Callable[..., Checked]) -> None:
    def changed(out: Path) -> None:
        with closing(sqlite3.connect(out)) as base:
            base.executescript("CREATE INDEX mine ON indicators (code); ANALYZE")

    assert altered("sqlite", changed).state is State.AGREES


@pytest.mark.parametrize("values", [float("nan"), float("inf"), "78.5"])
def test_parquet_with_what_is_no_number_is_refused(altered: Callable[..., Checked], values: object) -> None:
    def changed(out: Path) -> None:
        table = pyarrow.parquet.read_table(out / "indicators.parquet")
        column = table.column_names.index("actual")
        pyarrow.parquet.write_table(table.set_column(column, "actual", pyarrow.array([values] * len(table))), out / "indicators.parquet")

    with pytest.raises(DataFileError):
        altered("parquet", changed)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"(<Goal>\s*<Name>)[^<]*", r"\1Otro objetivo"),
        (r"(<Organization>\s*<Name>)[^<]*", r"\1Otra institución"),
        ("<DescriptorValue>[^<]*", "<DescriptorValue>cumplido"),
        ("<UnitOfMeasurement>[^<]*", "<UnitOfMeasurement>millones"),
        ("<(/?)TargetResult>(.*?)<(/?)TargetResult>", r"<\1ActualResult>\2<\3ActualResult>"),
    ],
)
def test_what_stratml_shows_to_people_is_held_too(altered: Callable[..., Checked], pattern: str, text: str) -> None:
    with pytest.raises(DataFileError, match="≠"):
        altered("stratml", in_text(f"(?s){pattern}", text))


def test_a_descriptor_that_swaps_two_columns_is_found(altered: Callable[..., Checked]) -> None:
    def swapped(out: Path) -> None:
        told = json.loads((out / "datapackage.json").read_text(encoding="utf-8"))
        fields = {f["name"]: f for r in told["resources"] if r["name"] == "indicators" for f in r["schema"]["fields"]}
        fields["actual"]["name"], fields["annual_target"]["name"] = "annual_target", "actual"
        (out / "datapackage.json").write_text(json.dumps(told), encoding="utf-8")

    with pytest.raises(DataFileError, match=r"datapackage\.json"):
        altered("datapackage", swapped)
