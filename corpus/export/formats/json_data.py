"""``json``: one file with the documents, each with the rows of its tables nested in it; numbers with the decimals that are printed."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from contextlib import suppress
from datetime import date
from decimal import Decimal
from json.encoder import encode_basestring
from pathlib import Path
from typing import Any

from ....schema.errors import DataFileError, system_said
from ....schema.language import Text, printable
from ....schema.tables import Field, Value, written
from ..cells import number
from ..dataset import TABLES, Dataset, Entry, Row

NAME = "json"
ENDING = ".json"
ABOUT = Text(
    "Un archivo JSON con los documentos y, dentro de cada uno, las filas de sus tablas; números exactos.",
    "One JSON file with the documents and, within each, the rows of its tables; exact numbers.",
)
LOSES = Text("No pierde nada.", "Loses nothing.")
_START = '{"veedor": '
_NESTED = list(TABLES)[1:]


def write(dataset: Dataset, out: Path) -> None:
    # A line for each document, so that the file can be read without holding all of it.
    with out.open("w", encoding="utf-8", errors="replace", newline="\n") as file:
        file.write(f'{_START}{_text(dataset.version)}, "title": {_text(dataset.title)}, "documents": [')
        for n, entry in enumerate(dataset):
            file.write(",\n" if n else "\n")
            document = _object(TABLES["documents"], entry.rows["documents"][0])
            tables = (f"{_text(t)}: [{', '.join(_object(TABLES[t][1:], row[1:]) for row in entry.rows[t])}]" for t in _NESTED)
            file.write(f'{document[:-1]}, "tables": {{{", ".join(tables)}}}}}')
        file.write("\n]}\n")


def _object(fields: list[Field], row: Row) -> str:
    return "{" + ", ".join(f"{_text(f.name)}: {_json(v)}" for f, v in zip(fields, row, strict=True)) + "}"


def _json(value: Value) -> str:
    if value is None:
        return "null"
    return _text(value.isoformat() if isinstance(value, date) else value) if isinstance(value, str | date) else written(value)


_text = encode_basestring
"""A text as JSON, characters as they are: what ``json.dumps`` does, without its preparations for each."""


def read(path: Path) -> Iterator[Entry]:
    for document in _documents(path):
        try:
            tables = document.pop("tables")
            kept = _row("documents", document)
            _only(tables, _NESTED)
            rows = {t: [_row(t, {"document": kept[0], **r}) for r in tables[t]] for t in _NESTED}
        except (AttributeError, KeyError, TypeError, ValueError, ArithmeticError) as error:
            where = document.get("document") if isinstance(document, dict) else None
            raise DataFileError(
                _ALTERED.format(path=printable(str(path), 160), document=printable(str(where), 80), what=printable(str(error), 80))
            ) from None
        yield Entry({"documents": [kept], **rows})


def _documents(path: Path) -> Iterator[Any]:
    """The documents, read line by line where the file is as it was written, else all at once."""
    try:
        with path.open(encoding="utf-8", newline="\n") as file:
            if file.readline().rstrip().endswith('"documents": ['):
                for line in file:
                    if line.rstrip() == "]}":
                        return
                    yield _loaded(line.rstrip().removesuffix(","))
                raise ValueError("]}")
        yield from _loaded(path.read_text(encoding="utf-8"))["documents"]
    except (ValueError, KeyError, TypeError, RecursionError, OSError) as error:
        raise DataFileError(_UNREADABLE.format(path=printable(str(path), 160), error=system_said(error))) from None


def _loaded(text: str) -> Any:
    return json.loads(text, parse_float=Decimal, object_pairs_hook=_single)


def _single(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object. Raises ValueError where a name is there twice: of two values, programs would take either."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError(next(name for n, (name, _) in enumerate(pairs) if name in (p[0] for p in pairs[:n])))
    return found


def _only(values: dict[str, Any], names: Collection[str]) -> None:
    """Raises ValueError for a name that veedor does not write: who reads the file sees it, and nobody could check it."""
    if more := values.keys() - set(names):
        raise ValueError(min(more))


def _row(table: str, values: dict[str, Any]) -> list[Value]:
    _only(values, [f.name for f in TABLES[table]])
    return [_value(f, values[f.name]) for f in TABLES[table]]


def _value(field: Field, value: Any) -> Value:
    """The value of a column. Raises ValueError for one that is none of its type."""
    if value is None:
        return None
    if field.type == "number" and isinstance(value, int | Decimal) and not isinstance(value, bool):
        return number(field, Decimal(value))
    if field.type == "date" and isinstance(value, str):
        return date.fromisoformat(value)
    if type(value) is not {"text": str, "integer": int, "boolean": bool}.get(field.type):
        raise ValueError(f"{field.name}: {value}")
    return value


def claims(path: Path) -> bool:
    with suppress(OSError):
        if path.is_file():
            with path.open("rb") as file:
                return file.read(len(_START)) == _START.encode()
    return False


_ALTERED = Text(
    "{path}, documento {document}: falta un dato o no es del tipo debido ({what}). La exportación se alteró; vuelva a crearla.",
    "{path}, document {document}: something is missing or of the wrong type ({what}). The export was altered; make it again.",
)
_UNREADABLE = Text(
    "{path}: no se puede leer ({error}). La exportación se alteró o está incompleta; vuelva a crearla.",
    "{path}: it cannot be read ({error}). The export was altered or is incomplete; make it again.",
)
