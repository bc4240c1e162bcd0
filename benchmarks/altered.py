"""Alters cells of exports at random, in every sheet and table, and counts those that `veedor verify` does not find.

python benchmarks/altered.py [--format xlsx|sqlite]... [--cells N] [--seed N] [FILE]
"""

from __future__ import annotations

import argparse
import random
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "corpus" / "samples" / "caja-poi-2022-seguimiento.txt"
FORMS = ("xlsx", "sqlite")
FREE = {
    *(("documents", column) for column in ("address", "version", "replaced_by")),
    *(("corrections", column) for column in ("author", "at", "reason", "digest")),
    ("export", "title"),
    ("export", "veedor"),
    ("Léame", "title"),
}
"""What no document can prove, as the documentation says: where a copy was found, which version it is, titles."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of an export: its table (or sheet, where it is none of the tables'), its row from 1, 0 for a header, and its column."""

    table: str
    row: int
    column: str
    number: int
    """The number of the column from 1."""


def exported(file: Path, form: str, out: Path) -> Path:
    """The export of one document as a collection makes it."""
    from veedor import __version__
    from veedor.corpus.export.catalogue import export, exporters
    from veedor.corpus.export.dataset import Dataset, Kept, entry
    from veedor.corpus.ingest.reading import facts_of
    from veedor.corpus.walk import read
    from veedor.evaluate.evaluating import evaluate_plan

    plan = read(file)
    evaluation = evaluate_plan(plan)
    settings: dict[str, Any] = {"language": "es", "read_by": __version__, "engine": "pdfium", "verify": "doubtful", "ocr": "auto"}
    d = plan.document
    kept = Kept(d.name, d.sha256, file.stat().st_size, file.name, **facts_of(plan, evaluation), **settings)
    made = entry(kept, plan, evaluation)
    path = out / f"export{exporters()[form].ENDING}"
    export(Dataset(lambda: iter([made]), "medida", __version__), form, path)
    return path


def cells(path: Path, form: str) -> dict[str, list[Cell]]:
    """The cells of an export by table."""
    return _of_book(path) if form == "xlsx" else _of_base(path)


def _of_book(path: Path) -> dict[str, list[Cell]]:
    import openpyxl

    from veedor.corpus.export.workbook import SHEETS

    tables = {sheet: table for table, sheet in SHEETS.items()}
    found: dict[str, list[Cell]] = {}
    for sheet in openpyxl.load_workbook(path):
        table = tables.get(sheet.title, sheet.title)
        heads = [str(c.value) for c in sheet[1]]
        rows = range(sheet.max_row) if table not in tables.values() or sheet.max_row > 1 else range(1)
        found[table] = [Cell(table, row, head, n) for row in rows for n, head in enumerate(heads, 1)]
    return found


def _of_base(path: Path) -> dict[str, list[Cell]]:
    found: dict[str, list[Cell]] = {}
    with closing(sqlite3.connect(path)) as base:
        for (table,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            columns = [r[1] for r in base.execute(f"PRAGMA table_info({table})")]
            (count,) = base.execute(f"SELECT count(*) FROM {table}").fetchone()
            found[table] = [Cell(table, row, c, n) for row in range(1, count + 1) for n, c in enumerate(columns, 1)]
    return {table: its for table, its in found.items() if its}


def chosen(found: dict[str, list[Cell]], count: int, by: random.Random) -> list[Cell]:
    """Cells at random, about as many of each table, and of one row of many at most one: a row that is altered all over is another row."""
    cells: list[Cell] = []
    for table in sorted(found):
        rows, several = set[int](), max(c.row for c in found[table]) > 1
        for cell in by.sample(found[table], min(len(found[table]), -(-count // len(found)))):
            if cell.row not in rows or not several:
                rows.add(cell.row)
                cells.append(cell)
    return cells


def alter(path: Path, form: str, altered: Sequence[Cell]) -> list[Cell]:
    """Changes these cells in the file of an export. Gives those that were free to be changed: a title."""
    return _alter_book(path, altered) if form == "xlsx" else _alter_base(path, altered)


def _alter_book(path: Path, altered: Sequence[Cell]) -> list[Cell]:
    import openpyxl

    from veedor.corpus.export.dataset import TABLES
    from veedor.corpus.export.workbook import SHEETS

    book, free = openpyxl.load_workbook(path), []
    for cell in altered:
        kinds = {f.name: f.type for f in TABLES.get(cell.table, ())}
        at = book[SHEETS.get(cell.table, cell.table)].cell(cell.row + 1, cell.number)
        if at.value == "medida":
            free.append(cell)
        at.value = _other(at.value, kinds.get(cell.column, "text") if cell.row else "text")
    book.save(path)
    return free


def _alter_base(path: Path, altered: Sequence[Cell]) -> list[Cell]:
    kinds = {"TEXT": "text", "INTEGER": "integer", "REAL": "number"}
    with closing(sqlite3.connect(path)) as base, base:
        for cell in altered:
            types = {r[1]: r[2] for r in base.execute(f"PRAGMA table_info({cell.table})")}
            (rowid, value), *_ = base.execute(
                f'SELECT rowid, "{cell.column}" FROM {cell.table} ORDER BY rowid LIMIT 1 OFFSET ?', (cell.row - 1,)
            )
            # The next whole number is that of another row.
            new = value + 10_000 if isinstance(value, int | float) else _other(value, kinds.get(types[cell.column], "text"))
            base.execute(f'UPDATE {cell.table} SET "{cell.column}" = ? WHERE rowid = ?', (new, rowid))
    return []


def _other(value: Any, kind: str) -> Any:
    """Another value of the same kind."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, datetime | date):
        return value + timedelta(days=1)
    if isinstance(value, int | float):
        return value + 1
    return f"{value}x" if value else {"text": "x", "integer": 7, "number": 7.5, "boolean": True, "date": datetime(2020, 1, 1)}[kind]


def missed(path: Path, form: str, altered: Sequence[Cell], source: Path) -> Iterator[Cell]:
    """Which of these alterations nobody is told of. Those that make the export unreadable are tried alone; the others all at once."""
    from veedor.corpus.verification.checking import check_document
    from veedor.corpus.verification.derived import Asked
    from veedor.corpus.verification.exported import keep_entries
    from veedor.schema.errors import DataFileError

    with tempfile.TemporaryDirectory() as folder:

        def read(some: Sequence[Cell]) -> tuple[dict[str, Any], list[Cell]]:
            copy = Path(folder) / path.name
            shutil.copy(path, copy)
            free = alter(copy, form, some)
            return keep_entries(copy, Path(folder)), free

        rest: list[Cell] = []
        for cell in altered:
            try:
                _, free = read([cell])
            except DataFileError:
                continue
            rest += [c for c in [cell] if c not in free]
        kept, _ = read(rest)
        (document,) = kept["documents"]
        checked = check_document(source, document, Asked())["checked"]
        told = {(d.table, d.row, d.column) for d in checked.differences}
        told |= {(o.table.partition(",")[0], 0 if "encabezado" in o.table else o.row, o.column) for o in kept["odd"]}
        noted = {
            "read_by": "veedor",
            "lexicon_sha256": "léxico",
            "profile_asked": "perfil",
            "profile_sha256": "perfil",
            "stated": "Lo dijo",
        }
        notes = " ".join(n.es for n in checked.notes)
        for cell in rest:
            seen = (cell.table, cell.row, cell.column) in told or (cell.table, cell.row, "") in told
            if not seen and (cell.table, cell.column) not in FREE and noted.get(cell.column, "\0") not in notes:
                yield cell


def measured(file: Path, form: str, count: int, seed: int) -> tuple[list[Cell], int]:
    """The alterations that are not found, and how many were made."""
    with tempfile.TemporaryDirectory() as folder:
        path = exported(file, form, Path(folder))
        some = chosen(cells(path, form), count, random.Random(seed))
        return list(missed(path, form, some, file)), len(some)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", nargs="?", type=Path, default=SAMPLE, help="a document (default: %(default)s)")
    parser.add_argument("--format", action="append", default=[], choices=FORMS, help="a format (default: both)")
    parser.add_argument("--cells", type=int, default=400, help="how many are altered (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="other numbers alter other cells (default: %(default)s)")
    options = parser.parse_args()
    for form in options.format or FORMS:
        wrong, count = measured(options.file, form, options.cells, options.seed)
        print(f"{form}: {count} cells altered, {len(wrong)} not found")
        for cell in wrong:
            print(f"    {cell.table}, row {cell.row}, {cell.column}")


if __name__ == "__main__":
    main()
