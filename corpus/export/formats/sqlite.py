"""``sqlite``: one SQLite file with every table, its keys, the dictionary and useful views; opens in any SQL tool and Datasette."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from ....schema.errors import DataFileError
from ....schema.language import Text, printable
from ....schema.tables import Field, Value
from ..cells import entries, number
from ..dataset import TABLES, Dataset, Entry, Row
from ..dictionary import lines
from ..keys import PARENTS, PRIMARY
from ..words import Odd, compared, in_dictionary

NAME = "sqlite"
ENDING = ".db"
ABOUT = Text(
    "Un archivo SQLite con todas las tablas, sus claves, el diccionario y vistas; se abre con cualquier herramienta SQL y con Datasette.",
    "One SQLite file with every table, its keys, the dictionary and views; opens in any SQL tool and Datasette.",
)
LOSES = Text(
    "Los números son de doble precisión: 873.60 se guarda como 873.6; lo impreso está en measures.printed. Las fechas son textos ISO.",
    "Numbers are doubles: 873.60 is kept as 873.6; what is printed stands in measures.printed. Dates are ISO texts.",
)
_APPLICATION = 0x76656564
"""The application id in the head of the file ("veed"), by which it is known again."""
_TYPES = {"text": "TEXT", "integer": "INTEGER", "number": "REAL", "boolean": "INTEGER", "date": "TEXT"}
_PYTHON = {"text": (str,), "integer": (int,), "number": (float, int), "boolean": (int,), "date": (str,)}
_STRUCTURE = "SELECT name, sql FROM sqlite_master WHERE type <> 'index' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
"""Indices show nothing, and whoever works with the file may have made their own; what SQLite keeps for itself is not told."""
_VIEWS = """
CREATE VIEW execution AS
SELECT i.document, d.institution_printed, i.institution, i.year, i.sequence, i.kind, i.code, i.name, i.lead_unit, i.annual_target,
  i.period_start, i.period_end, i.period_target, i.actual, i.percent_published, i.class_published, i.confidence, i.page, i.line
FROM indicators i JOIN documents d USING (document)
WHERE i.kind NOT IN ('heading', 'total') AND NOT i.restated;

CREATE VIEW findings_with_rows AS
SELECT f.document, f.severity, f.rule, f.outcome, f.message, f.published, f.expected, f.sequence, i.code, i.name, i.objective_code,
  i.lead_unit, f.page, f.line, f.evidence, f.finding
FROM findings f LEFT JOIN indicators i USING (document, sequence);

CREATE VIEW measures_with_rows AS
SELECT m.*, i.code, i.name, i.kind, i.institution, i.year, i.objective_code, i.confidence
FROM measures m JOIN indicators i USING (document, sequence);

CREATE VIEW document_counts AS
SELECT d.document, d.institution, d.year, d.period_start, d.period_end, d.state,
  (SELECT count(*) FROM indicators i WHERE i.document = d.document) AS indicators,
  (SELECT count(*) FROM measures m WHERE m.document = d.document) AS measures,
  (SELECT count(*) FROM findings f WHERE f.document = d.document AND f.severity = 'error') AS errors,
  (SELECT count(*) FROM findings f WHERE f.document = d.document AND f.severity = 'warning') AS warnings,
  (SELECT count(*) FROM redactions r WHERE r.document = d.document) AS redactions
FROM documents d;
"""


def write(dataset: Dataset, out: Path) -> None:
    with closing(sqlite3.connect(out, isolation_level=None)) as base:
        # Nobody else opens the file before it is in its place, and a crash leaves nothing there.
        base.execute("PRAGMA journal_mode=OFF")
        base.execute("PRAGMA synchronous=OFF")
        base.execute("PRAGMA foreign_keys=ON")
        base.execute(f"PRAGMA application_id={_APPLICATION}")
        try:
            base.execute("BEGIN")
            _create(base)
            inserts = {t: f"INSERT INTO {t} VALUES ({', '.join('?' * (len(fields) + 1))})" for t, fields in TABLES.items()}
            counts = dict.fromkeys(TABLES, 0)
            for entry in dataset:
                for table, statement in inserts.items():
                    rows = entry.rows[table]
                    start = counts[table] + 1
                    base.executemany(statement, ((n, *map(_stored, row)) for n, row in enumerate(rows, start)))
                    counts[table] += len(rows)
            base.executemany("INSERT INTO dictionary VALUES (?, ?, ?, ?)", lines())
            base.execute("INSERT INTO export VALUES (?, ?)", (dataset.title, dataset.version))
            for table in list(TABLES)[1:]:
                key = ", ".join(["document", *(["sequence"] if any(f.name == "sequence" for f in TABLES[table]) else [])])
                base.execute(f"CREATE INDEX {table}_by_document ON {table} ({key})")
            base.execute("COMMIT")
        except sqlite3.OperationalError as error:
            full = error.sqlite_errorcode == sqlite3.SQLITE_FULL
            raise (OSError(errno.ENOSPC, str(error)) if full else OSError(str(error))) from error


def _create(base: sqlite3.Connection) -> None:
    """Every table and view, empty."""
    for table in TABLES:
        base.execute(_created(table))
    base.execute('CREATE TABLE dictionary ("table" TEXT, "column" TEXT, type TEXT, meaning TEXT, PRIMARY KEY ("table", "column"))')
    base.execute("CREATE TABLE export (title TEXT, veedor TEXT)")
    for view in _VIEWS.split(";"):
        base.execute(view)


def _created(table: str) -> str:
    """Rows keep their order in ``position``; a key holds where the table has one."""
    columns = ["position INTEGER PRIMARY KEY", *(f'"{f.name}" {_TYPES[f.type]}' for f in TABLES[table])]
    if key := PRIMARY.get(table):
        columns.append(f"UNIQUE ({', '.join(key)})")
    for parent, key in PARENTS.get(table, ()):
        columns.append(f"FOREIGN KEY ({', '.join(key)}) REFERENCES {parent} ({', '.join(key)})")
    return f"CREATE TABLE {table} (\n  " + ",\n  ".join(columns) + "\n)"


def _stored(value: Value) -> str | int | float | None:
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, date) else value


def read(path: Path) -> Iterator[Entry]:
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as base:
        _check_structure(base, path)
        yield from entries({table: _rows(base, path, table) for table in TABLES})


def words(path: Path) -> Iterator[Odd]:
    """The dictionary, and that the file tells of one export. Its title is free."""
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as base:
        try:
            found = base.execute("SELECT * FROM dictionary ORDER BY rowid").fetchall()
            told = base.execute("SELECT * FROM export ORDER BY rowid").fetchall()
        except (sqlite3.Error, UnicodeDecodeError) as error:  # a text of altered bytes
            raise DataFileError(_UNREADABLE.format(path=printable(str(path), 160), table="", error=printable(str(error), 80))) from None
    yield from in_dictionary("dictionary", found, ("table", "column", "type", "meaning"))
    yield from compared("export", ("title", "veedor"), told, [r[:2] for r in told[:1]])


def _check_structure(base: sqlite3.Connection, path: Path) -> None:
    """Raises DataFileError where a table or view is not as it is written: it would show what nobody holds against the source."""
    with closing(sqlite3.connect(":memory:")) as fresh:
        _create(fresh)
        due = dict(fresh.execute(_STRUCTURE))
    try:
        found = dict(base.execute(_STRUCTURE))
    except (sqlite3.Error, UnicodeDecodeError) as error:  # a text of altered bytes
        raise DataFileError(_UNREADABLE.format(path=printable(str(path), 160), table="", error=printable(str(error), 80))) from None
    if odd := sorted(name for name in due.keys() | found.keys() if due.get(name) != found.get(name)):
        raise DataFileError(_STRANGE.format(path=printable(str(path), 160), names=printable(", ".join(odd), 160)))


def _rows(base: sqlite3.Connection, path: Path, table: str) -> Iterator[Row]:
    names = ", ".join(f'"{f.name}"' for f in TABLES[table])
    try:
        for n, (position, *values) in enumerate(base.execute(f"SELECT position, {names} FROM {table} ORDER BY position"), 1):
            if position != n:  # a row that was taken out is told by its place, too
                raise ValueError(f"position {position}")
            yield [_value(f, v) for f, v in zip(TABLES[table], values, strict=True)]
    except (sqlite3.Error, ValueError, TypeError, OverflowError) as error:
        raise DataFileError(_UNREADABLE.format(path=printable(str(path), 160), table=table, error=printable(str(error), 80))) from None


def _value(field: Field, value: Any) -> Value:
    """The value of a column. Raises ValueError for one that is none of its type: SQLite takes any in each."""
    if value is None:
        return None
    if type(value) not in _PYTHON[field.type]:
        raise ValueError(f"{field.name}: {value}")
    if field.type == "number":
        return number(field, value)
    if field.type == "date":
        return date.fromisoformat(value)
    return bool(value) if field.type == "boolean" else value


def claims(path: Path) -> bool:
    with suppress(OSError):
        if path.is_file():
            with path.open("rb") as file:
                head = file.read(72)
            return head.startswith(b"SQLite format 3\0") and head[68:72] == _APPLICATION.to_bytes(4)
    return False


_STRANGE = Text(
    "{path}: estas tablas o vistas no son las que escribe veedor: {names}. La exportación se alteró; vuelva a crearla.",
    "{path}: these tables or views are not those that veedor writes: {names}. The export was altered; make it again.",
)
_UNREADABLE = Text(
    "{path}, tabla {table}: no se puede leer ({error}). La exportación se alteró o está incompleta; vuelva a crearla.",
    "{path}, table {table}: it cannot be read ({error}). The export was altered or is incomplete; make it again.",
)
