"""Contract of all that reads back what veedor or an office wrote: whatever was altered, it is read, or an error of veedor says why not.

An export that is read can be verified: each document agrees with its source, or differs, or an error says why it cannot be told.
Where its rows are not those that were written, it does not agree. A manifest that is accepted, written and read again, gives
the same addresses. A stored plan that is accepted is written and read again equal, and is evaluated, reported and tabled.

An input is a manifest (its first line begins with "m"), or four parts between NUL bytes: what was written, which file of it, a piece of
that file, and what stands there instead. A piece is named by its bytes, so that a saved input means the same when formats change around it.
"""

from __future__ import annotations

import csv
import io
import pickle
import random
import shutil
import sqlite3
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

from veedor.corpus.export.catalogue import export, exporters
from veedor.corpus.export.dataset import TABLES, Corrected, Dataset, Kept, entry
from veedor.corpus.ingest.manifest import read_manifest
from veedor.corpus.outputs import table_texts
from veedor.corpus.verification.checking import check_document
from veedor.corpus.verification.derived import Asked
from veedor.corpus.verification.differences import State
from veedor.corpus.verification.exported import keep_entries
from veedor.corpus.walk import load_plan, read
from veedor.evaluate.evaluating import evaluate_plan
from veedor.review.report import render
from veedor.schema.errors import DataFileError, DocumentError
from veedor.schema.tables import TABLES as OF_A_PLAN
from veedor.schema.tables import Value

from .fuzz_templates import DOCUMENT
from .invariants import in_time, told
from .seeds import WORDS

LONGEST = 600
RUN = "run"
"""The folder of a document that ``veedor run`` leaves, beside the formats of exports."""
FORMATS = (RUN, "csv", "csv-hoja", "datapackage", "json", "sqlite", "stratml", "xlsx")
DICTIONARY = (
    *(f"{name}\0" for name in FORMATS),
    *(f"{table}.csv\0" for table in TABLES),
    *(
        "plan.json\0",
        "datapackage.json\0",
        "e\0",
        "m",
        "\0",
        "\0\0",
        "direccion",
        "institucion",
        "periodo",
        "2022-T2",
        "2022-01..2022-06",
        "1e999",
    ),
    *(
        "null",
        "true",
        "[]",
        "{}",
        '""',
        "1e400",
        "-1",
        "0",
        "NaN",
        "2022-13-40",
        "9999999999999999999",
        "'=1",
        "\ufeff",
        '"',
        "\r",
        "</v>",
        "&#0;",
    ),
    *("value", "blank", "ambiguous", "redacted", "annual", "period", "target", "actual", "percent", "class", "weight", "heading", "total"),
    *WORDS,
)


class Written:
    """A document and all that veedor writes of it, in a folder that goes with the process."""

    def __init__(self) -> None:
        self.folder = tempfile.TemporaryDirectory(prefix="veedor-fuzz-")
        root = Path(self.folder.name)
        self.source = root / "riego.txt"
        self.source.write_text(DOCUMENT, encoding="utf-8")
        plan = read(self.source)
        d = plan.document
        kept = Kept(
            d.name,
            d.sha256,
            self.source.stat().st_size,
            "riego.txt",
            institution=d.institution,
            year=d.year,
            lines=d.lines,
            read_by="veedor",
        )
        row = plan.indicators[0]
        made = Corrected(
            d.name, 1, row.sequence, "name", "", "", None, None, None, row.place.line, None, None, None, None,
            row.name, row.name, "Capacitó", "Ana", "2024-05-31T10:00:00+00:00", "se lee así", "applied", "0" * 64,
        )  # fmt: skip
        evaluation = evaluate_plan(plan)
        self.rows = entry(kept, plan, evaluation, [made])
        dataset = Dataset(lambda: iter([self.rows]), "Planes", "0.0")
        self.exports = {RUN: root / RUN}
        self.exports[RUN].mkdir()
        for name, text in table_texts(plan, evaluation).items():
            (self.exports[RUN] / name).write_text(text, encoding="utf-8", newline="")
        (self.exports[RUN] / "plan.json").write_text(plan.model_dump_json(exclude_none=True), encoding="utf-8")
        for name in FORMATS[1:]:
            self.exports[name] = root / f"{name}{exporters()[name].ENDING}"
            export(dataset, name, self.exports[name])


@cache
def written() -> Written:
    return Written()


def _members(path: Path) -> dict[str, bytes]:
    """The files of what was written, or the parts of a workbook; one without a name where it is a single file."""
    if path.is_dir():
        return {f.name: f.read_bytes() for f in sorted(path.iterdir())}
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as book:
            return {name: book.read(name) for name in book.namelist()}  # the order is that of writing
    return {"": path.read_bytes()}


@cache
def members(form: str) -> dict[str, bytes]:
    return _members(written().exports[form])


def seeds() -> Iterator[bytes]:
    yield "mdireccion;institucion;año;periodo\na.pdf;Instituto;2022;2022-T2\nb.pdf;;;primer semestre\n".encode("cp1252")
    yield b"maddress,year\nhttps://x.org/a.pdf,2022\n"
    yield b"mfile\tperiod\na.pdf\t2022-01..2022-06\n"
    chosen = random.Random(7)
    for form in FORMATS:
        files = {n: d for n, d in members(form).items() if form != "xlsx" or n.startswith(("xl/worksheets/sheet", "xl/sharedS"))}
        for name, data in files.items():
            for _ in range(8 if len(files) > 1 else 40):
                start = chosen.randrange(max(len(data) - 12, 1))
                piece = data[start : start + chosen.randrange(1, 12)].replace(b"\0", b"")
                yield b"\0".join((form.encode(), name.encode(), piece, chosen.choice((b"", b"x", b"0", b"-1", piece * 2, b"null"))))


def one(data: bytes) -> None:
    with in_time(len(data), 10.0, 1.0), tempfile.TemporaryDirectory(prefix="veedor-fuzz-") as folder:
        if data[:1] == b"m":
            _manifest(data[1:], Path(folder))
        else:
            form, name, piece, instead = (*data.split(b"\0", 3), b"", b"", b"")[:4]
            path = _altered(form.decode("latin-1"), name.decode("latin-1"), piece, instead, Path(folder))
            if path is not None:
                _verified(path, Path(folder), data)
                if path.is_dir() and (path / "plan.json").exists():
                    _evaluated(path / "plan.json", Path(folder))


def _manifest(data: bytes, folder: Path) -> None:
    file = folder / "manifiesto.csv"
    file.write_bytes(data)
    try:
        found = read_manifest(file)
    except DataFileError as error:
        told(error)
        return
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(("address", "institution", "year", "period"))
    for address in found:
        months = address.stated.months
        year = address.stated.year or 2000  # of months alone the year is not known
        period = f"{year}-{months[0]:02}..{year}-{months[1]:02}" if months else ""
        table.writerow((address.address, address.stated.institution, address.stated.year or "", period))
    file.write_text(out.getvalue(), encoding="utf-8", errors="surrogateescape", newline="")
    again = [replace(a, stated=replace(a.stated, year=b.stated.year)) for a, b in zip(read_manifest(file), found, strict=True)]
    assert again == found


def _altered(form: str, name: str, piece: bytes, instead: bytes, folder: Path) -> Path | None:
    """A copy of what was written with one piece changed; None where there is no such file or piece. A database keeps its length."""
    if form not in FORMATS or not piece or piece not in members(form).get(name, b""):
        return None
    at = written().exports[form]
    data = members(form)[name]
    if form == "sqlite":
        instead = instead[: len(piece)].ljust(len(piece), b" ")
    data = data.replace(piece, instead, 1)
    out = folder / at.name
    if at.is_dir():
        shutil.copytree(at, out)
        (out / name).write_bytes(data)
    elif name:
        with zipfile.ZipFile(out, "w") as book:
            for other, content in members(form).items():
                book.writestr(other, data if other == name else content)
    else:
        out.write_bytes(data)
    return out


def _verified(path: Path, folder: Path, seed: bytes) -> None:
    """Reads an export as `veedor verify` does, and holds it against its source; of many, only some, since that takes long."""
    kept = folder / "kept"
    kept.mkdir()
    whole = written()
    try:
        found = keep_entries(path, kept)
        assert all(odd.exported != odd.due for odd in found["odd"])
        for exported in found["documents"] if zlib.crc32(seed) % (16 if path.suffix == ".xlsx" else 4) == 0 else ():
            checked = check_document(whole.source, exported, Asked())["checked"]
            assert checked.state in (State.AGREES, State.DIFFERS)
            assert (checked.state is State.DIFFERS) == bool(checked.differences)
            assert checked.state is State.DIFFERS or _of_source(exported.kept) == _of_source(_untouched(exported.form))
    except (DataFileError, DocumentError) as error:
        told(error)
    except sqlite3.DatabaseError as error:
        raise AssertionError(f"an error of SQLite's own: {error}") from error


@cache
def _untouched(form: str) -> Path:
    """Where the entry is kept that a format gives of what was written."""
    folder = Path(written().folder.name) / f"kept-{form}"
    folder.mkdir()
    return keep_entries(written().exports[form or RUN], folder)["documents"][0].kept


def _of_source(kept: Path) -> dict[str, list[list[Value]]]:
    """The rows of the tables that follow from the source, so that nothing else may stand there."""
    rows = pickle.loads(kept.read_bytes()).rows
    return {name: [list(row) for row in rows[name]] for name in OF_A_PLAN}


def _evaluated(path: Path, folder: Path) -> None:
    try:
        plan = load_plan(path)
    except (DataFileError, DocumentError) as error:
        told(error)
        return
    again = folder / "again.json"
    again.write_text(plan.model_dump_json(exclude_none=True), encoding="utf-8")
    assert load_plan(again) == plan
    evaluation = evaluate_plan(plan)
    assert table_texts(plan, evaluation)
    assert "<script" not in render(plan, evaluation, "es")
