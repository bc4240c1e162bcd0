"""``datapackage``: a Data Package, version 2: the tables as CSV with ``datapackage.json``, which says what each column is and may hold."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import Any

from ....schema.errors import DataFileError, system_said
from ....schema.language import Text, printable
from ....schema.meanings import meaning, row_meaning
from ....schema.quantity import State
from ....schema.tables import Field, written
from ..csv_folder import DICTIONARY, folder_words, is_folder, read_folder, write_folder
from ..dataset import TABLES, Dataset, Entry, Row
from ..keys import PARENTS, PRIMARY
from ..words import Odd, compared

NAME = "datapackage"
ENDING = ""
ABOUT = Text(
    "Un Data Package (versión 2): CSV descritos columna por columna, con claves, categorías y el motivo de cada valor que falta.",
    "A Data Package (version 2): CSV files described column by column, with keys, categories and the reason of each missing value.",
)
LOSES = Text("No distingue un texto vacío de «sin valor».", "Does not tell an empty text from no value.")
DESCRIPTOR = "datapackage.json"
_PROFILES = "https://datapackage.org/profiles/2.0/"
_TYPES = {"text": "string", "integer": "integer", "number": "number", "boolean": "boolean", "date": "date"}
_MISSING = (State.BLANK, State.NOT_PROGRAMMED, State.NOT_REPORTED, State.ILLEGIBLE, State.REDACTED, State.AMBIGUOUS)
"""The states that stand in ``measures.value`` where it has no number, and say why."""
_CODES = frozenset(s.value for s in _MISSING)
_VALUE, _STATE = ([f.name for f in TABLES["measures"]].index(name) for name in ("value", "state"))
_CLASSES = [(t, n) for t, fields in TABLES.items() for n, f in enumerate(fields) if f.name == "class_published"]
_MOST_CLASSES = 50
"""More words than this are no classes: a column read as one holds sentences."""


def write(dataset: Dataset, out: Path) -> None:
    classes: set[str] = set()

    def cells(table: str, row: Row) -> list[str]:
        texts = [written(v) for v in row]
        if table == "measures" and not texts[_VALUE] and texts[_STATE] in _CODES:
            texts[_VALUE] = texts[_STATE]
        for found, column in _CLASSES:
            if found == table and texts[column] and len(classes) <= _MOST_CLASSES:
                classes.add(texts[column])
        return texts

    write_folder(dataset, out, cells)
    resources = [_resource(out, table, classes) for table in TABLES]
    descriptor = {
        "$schema": f"{_PROFILES}datapackage.json",
        "name": "veedor",
        "title": dataset.title,
        "description": f"{_ABOUT} Hecho con veedor {dataset.version}.",
        "resources": [*resources, _dictionary(out)],
    }
    (out / DESCRIPTOR).write_text(json.dumps(descriptor, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")


def _resource(folder: Path, table: str, classes: set[str]) -> dict[str, Any]:
    schema: dict[str, Any] = {"$schema": f"{_PROFILES}tableschema.json", "fields": [_field(table, f, classes) for f in TABLES[table]]}
    if key := PRIMARY.get(table):
        schema["primaryKey"] = list(key)
    if parents := PARENTS.get(table):
        schema["foreignKeys"] = [{"fields": list(k), "reference": {"resource": parent, "fields": list(k)}} for parent, k in parents]
    return _described(folder, f"{table}.csv", row_meaning(table), schema)


def _dictionary(folder: Path) -> dict[str, Any]:
    names = ("tabla", "columna", "tipo", "significado")
    schema = {"$schema": f"{_PROFILES}tableschema.json", "fields": [{"name": n, "type": "string"} for n in names]}
    return _described(folder, DICTIONARY, "Una fila por columna de cada tabla.", schema)


def _described(folder: Path, file: str, description: str, schema: dict[str, Any]) -> dict[str, Any]:
    with (folder / file).open("rb") as data:
        digest = hashlib.file_digest(data, "sha256").hexdigest()
    return {
        "$schema": f"{_PROFILES}dataresource.json",
        "name": file.removesuffix(".csv"),
        "type": "table",
        "path": file,
        "description": description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": (folder / file).stat().st_size,
        "hash": f"sha256:{digest}",
        "dialect": {
            "$schema": f"{_PROFILES}tabledialect.json",
            "delimiter": ",",
            "lineTerminator": "\n",
            "quoteChar": '"',
            "doubleQuote": True,
        },
        "schema": schema,
    }


def _field(table: str, field: Field, classes: set[str]) -> dict[str, Any]:
    about = meaning(table, field.name)
    told: dict[str, Any] = {"name": field.name, "type": _TYPES[field.type], "description": about.text}
    if field.type == "boolean":
        told |= {"trueValues": ["true"], "falseValues": ["false"]}
    if about.values:
        told["categories"] = [{"value": value, "label": label} for value, label in about.values.items()]
    elif field.name == "class_published" and 0 < len(classes) <= _MOST_CLASSES:
        told["categories"] = sorted(classes)
    if table == "measures" and field.name == "value":
        labels = meaning("measures", "state").values
        told["missingValues"] = [{"value": "", "label": "sin número"}, *({"value": s.value, "label": labels[s.value]} for s in _MISSING)]
    elif field.type != "text":
        told["missingValues"] = [{"value": "", "label": "sin valor"}]
    return told


def read(path: Path) -> Iterator[Entry]:
    """Raises DataFileError also where the descriptor has programs read the same files as something else."""
    try:
        told = _told(path)
        due = [_taken(r) for r in [*(_resource(path, table, set()) for table in TABLES), _dictionary(path)]]
        if [_taken(r) for r in told["resources"]] != due:
            raise ValueError("resources")
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise DataFileError(_ALTERED.format(path=printable(str(path / DESCRIPTOR), 160), error=system_said(error))) from None
    yield from read_folder(path, _back)


def words(path: Path) -> Iterator[Odd]:
    """The dictionary, what the descriptor says of tables and columns, and whether the files are those that it tells by size and hash."""
    yield from folder_words(path)
    written_so = [*(_resource(path, table, set()) for table in TABLES), _dictionary(path)]
    about = ("name", "description", "bytes", "hash", "type", "format", "mediatype")
    for found, due in zip(_told(path)["resources"], written_so, strict=True):
        name = f"{DESCRIPTOR}, {due['name']}"
        yield from compared(name, about, [[found.get(k) for k in about]], [[due[k] for k in about]])
        fields, right = ([_words_of(f) for f in r["schema"]["fields"]] for r in (found, due))
        yield from compared(name, ("name", "description", "categories", "missingValues"), fields, right)


def _words_of(field: dict[str, Any]) -> list[Any]:
    """What a field says to people. The classes of a document are told by its rows."""
    classes = field["name"] == "class_published"
    return [field["name"], field.get("description"), None if classes else field.get("categories"), field.get("missingValues")]


def _told(path: Path) -> dict[str, Any]:
    return json.loads((path / DESCRIPTOR).read_text(encoding="utf-8"))


def _taken(resource: dict[str, Any]) -> list[Any]:
    """How programs take the file of a resource: all but what is said of it to people, and its hash, which follows from its rows."""
    fields = [
        {k: f.get(k) for k in ("name", "type", "format", "trueValues", "falseValues", "decimalChar")} for f in resource["schema"]["fields"]
    ]
    missing = [[m["value"] for m in f.get("missingValues", ())] for f in resource["schema"]["fields"]]
    others = [resource["schema"].get(k) for k in ("fieldsMatch", "missingValues", "primaryKey", "foreignKeys")]
    return [resource.get("path"), resource.get("data"), resource.get("encoding"), resource.get("dialect"), fields, missing, others]


def _back(table: str, texts: list[str]) -> list[str]:
    """Where the reason of a missing number stands in its place, there is no number."""
    if table != "measures" or len(texts) <= _VALUE or texts[_VALUE] not in _CODES:
        return texts
    return list(chain(texts[:_VALUE], [""], texts[_VALUE + 1 :]))


def claims(path: Path) -> bool:
    with suppress(OSError):
        return is_folder(path, [DESCRIPTOR])
    return False


_ALTERED = Text(
    "{path}: no describe las tablas como veedor las escribe ({error}). La exportación se alteró; vuelva a crearla.",
    "{path}: it does not describe the tables as veedor writes them ({error}). The export was altered; make it again.",
)
_ABOUT = (
    "Tablas que veedor reconstruyó de planes operativos publicados, sus seguimientos y evaluaciones. Cada valor lleva el lugar del "
    "documento donde está impreso (page y x0, top, x1, bottom, o line); documents.sha256 dice de qué archivo. Un valor que falta no es "
    "cero: en measures.value está el motivo."
)
