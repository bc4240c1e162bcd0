"""``parquet``: a folder with one Parquet file for each table, typed and with the meaning of each column."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ....schema.errors import DataFileError, MissingPartError, system_said
from ....schema.language import Text, printable
from ....schema.meanings import meaning, row_meaning
from ....schema.tables import Field, Value
from ..cells import all_rows, entries, number
from ..dataset import TABLES, Dataset, Entry, Row
from ..words import Odd

if TYPE_CHECKING:
    import pyarrow

NAME = "parquet"
ENDING = ""
ABOUT = Text(
    "Una carpeta con un archivo Parquet por tabla, con tipos y significados, para pandas, DuckDB o R.",
    "A folder with one Parquet file for each table, with types and meanings, for pandas, DuckDB or R.",
)
LOSES = Text(
    "Los números son de doble precisión: 873.60 se guarda como 873.6; lo impreso está en measures.printed.",
    "Numbers are doubles: 873.60 is kept as 873.6; what is printed stands in measures.printed.",
)
_ROWS = 20_000
"""Rows of a table that are held before they are written: enough for a row group that is read fast, some tens of megabytes at most."""
_PYTHON = {"text": (str,), "integer": (int, float), "number": (float, int), "boolean": (bool,), "date": (date,)}
"""Programs that save a table again make doubles of whole numbers where some are missing."""
_FILES = {name: f"{name}.parquet" for name in TABLES}


def _arrow() -> Any:
    try:
        import pyarrow.parquet
    except ImportError:
        raise MissingPartError(_MISSING) from None
    return pyarrow


def write(dataset: Dataset, out: Path) -> None:
    arrow = _arrow()
    out.mkdir()
    held: dict[str, list[Row]] = {name: [] for name in TABLES}
    with ExitStack() as stack:
        schemas = {name: _schema(arrow, name, dataset) for name in TABLES}
        writers = {name: stack.enter_context(arrow.parquet.ParquetWriter(out / file, schemas[name])) for name, file in _FILES.items()}

        def flush(name: str) -> None:
            columns = zip(*held[name], strict=True)
            arrays = [arrow.array(map(_stored, c), t) for c, t in zip(columns, schemas[name].types, strict=True)]
            writers[name].write_table(arrow.Table.from_arrays(arrays, schema=schemas[name]))
            held[name].clear()

        for entry in dataset:
            for name, row in all_rows(entry):
                held[name].append(row)
                if len(held[name]) == _ROWS:
                    flush(name)
        for name in TABLES:
            if held[name]:
                flush(name)


def _stored(value: Value) -> Value:
    return float(value) if isinstance(value, Decimal) else value


def _schema(arrow: Any, table: str, dataset: Dataset) -> pyarrow.Schema:
    types = {
        "text": arrow.string(),
        "integer": arrow.int64(),
        "number": arrow.float64(),
        "boolean": arrow.bool_(),
        "date": arrow.date32(),
    }
    fields = [arrow.field(f.name, types[f.type], metadata={"description": meaning(table, f.name).text}) for f in TABLES[table]]
    about = {"description": row_meaning(table), "title": dataset.title, "veedor": dataset.version}
    return arrow.schema(fields, metadata=about)


def read(path: Path) -> Iterator[Entry]:
    arrow = _arrow()
    yield from entries({name: _rows(arrow, path / file, name) for name, file in _FILES.items()})


def _rows(arrow: Any, file: Path, table: str) -> Iterator[list[Value]]:
    fields = TABLES[table]
    try:
        with arrow.parquet.ParquetFile(file) as found:
            wanted = [f.name for f in fields]
            if found.schema_arrow.names != wanted:
                raise DataFileError(_UNREADABLE.format(file=printable(str(file), 160), error="columns"))
            for batch in found.iter_batches(_ROWS):
                for values in zip(*(c.to_pylist() for c in batch.columns), strict=True):
                    yield [_value(f, v) for f, v in zip(fields, values, strict=True)]
    except (arrow.ArrowException, OSError, TypeError, ValueError, ArithmeticError) as error:
        raise DataFileError(_UNREADABLE.format(file=printable(str(file), 160), error=system_said(error))) from None


def _value(field: Field, value: Any) -> Value:
    """The value of a column. Raises ValueError or OverflowError for one that is none: others may have written it."""
    if value is None:
        return None
    if type(value) not in _PYTHON[field.type]:
        raise ValueError(f"{field.name}: {value}")
    if field.type == "number":
        return number(field, value if value == int(value) else float(value))
    if field.type == "integer" and value != int(value):
        raise ValueError(f"{field.name}: {value}")
    return int(value) if field.type == "integer" else value


def words(path: Path) -> Iterator[Odd]:
    """What the files say of their columns. Programs that save a table again leave it out, which misleads nobody."""
    arrow = _arrow()
    for table, file in _FILES.items():
        schema = arrow.parquet.read_schema(path / file)
        for field, found in zip(TABLES[table], schema, strict=True):
            about = (found.metadata or {}).get(b"description", b"").decode("utf-8", "replace")
            if about and about != (due := meaning(table, field.name).text):
                yield Odd(file, None, field.name, about, due)
        about = (schema.metadata or {}).get(b"description", b"").decode("utf-8", "replace")
        if about and about != (due := row_meaning(table)):
            yield Odd(file, None, "", about, due)


def claims(path: Path) -> bool:
    return path.is_dir() and {f.name for f in path.iterdir()} == set(_FILES.values())


_MISSING = Text(
    "El formato parquet necesita una parte que falta: pip install 'veedor[parquet]'.",
    "The format parquet needs a part that is missing: pip install 'veedor[parquet]'.",
)
_UNREADABLE = Text(
    "{file}: no se puede leer ({error}). La exportación se alteró o está incompleta; vuelva a crearla.",
    "{file}: it cannot be read ({error}). The export was altered or is incomplete; make it again.",
)
