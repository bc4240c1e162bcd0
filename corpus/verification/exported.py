"""Reads what is to be verified: an export in any of the formats, or what ``veedor run`` wrote; one document at a time.

Some formats do not keep all: what a source gives is written in the format of the export and read back before both are compared.
"""

from __future__ import annotations

import csv
import pickle
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from ...schema.errors import DataFileError, system_said
from ...schema.language import Text, printable
from ...schema.tables import TABLES as OF_A_PLAN
from ...schema.tables import Field, Value
from ..export.catalogue import exporter_of, exporters, odd_words
from ..export.dataset import TABLES, Dataset, Entry, Row
from ..walk import load_plan
from .rows import whole
from .sources import Wanted

_LONGEST_CELL = 2**24
"""Characters of a cell; the longest of a document is its prose."""


@dataclass(frozen=True, slots=True)
class Exported:
    """A document of an export: what its file is to be, where its entry is kept until it is checked, and the format that it came in.

    ``form`` is empty for what ``veedor run`` wrote.
    """

    wanted: Wanted
    kept: Path
    form: str = ""


def keep_entries(export: Path, folder: Path) -> dict[str, Any]:
    """The task of a worker: reads an export and keeps the entry of each document in ``folder``; ``odd`` is what it says of its own tables
    and veedor would not. Raises DataFileError."""
    found: list[Exported] = []
    form = "" if _run_folders(export) else exporter_of(export).NAME
    for number, entry in enumerate(exporters()[form].read(export) if form else map(_of_run, _run_folders(export))):
        kept = folder / str(number)
        with kept.open("wb") as file:  # read back by workers of this very command only
            pickle.dump(entry, file)
        found.append(Exported(_wanted(entry, export), kept, form))
    return {"documents": found, "odd": odd_words(export) if form else []}


def as_kept(form: str, entry: Entry, version: str) -> Entry:
    """What a format keeps of a document."""
    if not form:
        return entry
    with tempfile.TemporaryDirectory(prefix="veedor-") as folder:
        exporter = exporters()[form]
        out = Path(folder) / f"export{exporter.ENDING}"
        exporter.write(Dataset(lambda: iter([entry]), "", version), out)
        return next(exporter.read(out))


def _wanted(entry: Entry, export: Path) -> Wanted:
    rows = entry.rows.get("documents", ())
    if len(rows) != 1:
        raise DataFileError(_NOT_ONE.format(path=printable(str(export), 160), count=len(rows)))
    at = dict(zip((f.name for f in TABLES["documents"]), rows[0], strict=False))
    name, digest = str(at.get("document") or ""), str(at.get("sha256") or "").lower()
    if len(digest) != 64 or set(digest) - set("0123456789abcdef"):
        raise DataFileError(_NO_HASH.format(path=printable(str(export), 160), document=printable(name, 80)))
    return Wanted(name, digest, whole(at.get("bytes")), str(at.get("address") or ""))


def _run_folders(path: Path) -> list[Path]:
    """The folders of documents that ``veedor run`` left here: this one, or those in it; none where it left nothing."""
    if not path.is_dir():
        return []
    if (path / "plan.json").is_file():
        return [path]
    return sorted(p.parent for p in path.glob("*/plan.json") if p.is_file())


def _of_run(folder: Path) -> Entry:
    """What ``veedor run`` wrote of one document. It does not say how it was called."""
    plan = load_plan(folder / "plan.json")
    d = plan.document
    facts: dict[str, Value] = {"document": d.name, "sha256": d.sha256, "address": d.source}
    rows: dict[str, Sequence[Row]] = {"documents": [[facts.get(f.name) for f in TABLES["documents"]]]}
    return Entry({**rows, **{name: list(_csv_rows(folder / f"{name}.csv", fields)) for name, fields in OF_A_PLAN.items()}}, plan)


def _csv_rows(file: Path, fields: Sequence[Field]) -> Iterator[list[Value]]:
    """The rows of a CSV table as typed values; what is not of its column's type stays text. Raises DataFileError."""
    shown, names = printable(str(file), 160), [f.name for f in fields]
    csv.field_size_limit(_LONGEST_CELL)
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.reader(lines, strict=True)
            if (header := next(reader, [])) != names:
                odd = sorted(set(header) ^ set(names)) or header
                raise DataFileError(_HEADER.format(file=shown, columns=printable(", ".join(odd), 200)))
            for row in reader:
                if len(row) != len(names):
                    raise DataFileError(_WIDTH.format(file=shown, line=reader.line_num, count=len(row), wanted=len(names)))
                yield [typed(f.type, text) for f, text in zip(fields, row, strict=True)]
    except FileNotFoundError:
        raise DataFileError(_NO_TABLE.format(file=shown)) from None
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DataFileError(_NO_CSV.format(file=shown, error=system_said(error))) from None


def typed(kind: str, text: str) -> Value:
    """The value that CSV text stands for: the way back from schema.tables.written."""
    if text == "":
        return None
    try:
        if kind == "integer":
            return int(text) if len(text) < 20 else text
        if kind == "number":
            return number if (number := Decimal(text)).is_finite() and abs(number.adjusted()) < 300 else text
        if kind == "date":
            return date.fromisoformat(text)
    except (ValueError, InvalidOperation):
        return text
    return {"true": True, "false": False}.get(text, text) if kind == "boolean" else text


_NOT_ONE = Text(
    "{path}: un documento del export tiene {count} filas en la tabla documents y debe tener una. El export está alterado o incompleto.",
    "{path}: a document of the export has {count} rows in the table documents and must have one. The export is altered or incomplete.",
)
_NO_HASH = Text(
    "{path}: el documento «{document}» no dice la huella SHA-256 de su archivo; sin ella nada se puede comprobar.",
    "{path}: the document “{document}” does not tell the SHA-256 hash of its file; without it nothing can be verified.",
)
_HEADER = Text(
    "{file}: la cabecera no es la de esta tabla (columnas distintas: {columns}). El export está alterado o es de otra versión.",
    "{file}: the header is not that of this table (columns that differ: {columns}). The export is altered or of another version.",
)
_WIDTH = Text(
    "{file}, línea {line}: tiene {count:celda|celdas} y la tabla {wanted:columna|columnas}. El archivo está alterado o cortado.",
    "{file}, line {line}: it has {count:cell|cells} and the table {wanted:column|columns}. The file is altered or cut off.",
)
_NO_TABLE = Text(
    "Falta {file}: el export está incompleto.",
    "{file} is missing: the export is incomplete.",
)
_NO_CSV = Text(
    "{file} no se puede leer como CSV: {error}. El archivo está alterado o dañado.",
    "{file} cannot be read as CSV: {error}. The file is altered or damaged.",
)
