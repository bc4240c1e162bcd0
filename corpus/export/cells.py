"""Values of exports from their text, and rows of all tables put together again, document by document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from itertools import chain

from ...schema.errors import DataFileError
from ...schema.language import Text, printable
from ...schema.tables import PRINTED, Field, Value
from .dataset import TABLES, Entry, Row


def typed(field: Field, text: str) -> Value:
    """The value of a cell's text as ``schema.tables.written`` wrote it: no text is no value, and empty in a column of texts.

    Raises ValueError for what is none of the column's type.
    """
    if field.type == "text":
        return text
    if not text:
        return None
    if field.type == "boolean":
        return {"true": True, "false": False}[text] if text in ("true", "false") else _none(text)
    if field.type == "date":
        return date.fromisoformat(text) if len(text) == 10 else _none(text)
    if not text.isascii() or "_" in text or text != text.strip():
        _none(text)  # Python takes these, other readers do not
    return int(text) if field.type == "integer" else number(field, Decimal(text) if _plain(text) else _none(text))


def number(field: Field, value: Decimal | float) -> Value:
    """A number as the column has it: figures with the decimals that are printed, others as doubles."""
    if field.name not in PRINTED:
        return float(value)
    return value if isinstance(value, Decimal) else Decimal(f"{value:.0f}" if value == int(value) else repr(value))


def _plain(text: str) -> bool:
    return text.lstrip("+-")[:1].isdigit() or text.lstrip("+-")[:1] == "."


def _none(text: str) -> Decimal:
    raise ValueError(text)


def typed_row(table: str, texts: list[str], where: str) -> list[Value]:
    """A row of a table from the texts of its cells. Raises DataFileError, which names the place, for a cell that is none of its type."""
    fields = TABLES[table]
    if len(texts) != len(fields):
        raise DataFileError(_LENGTH.format(where=printable(where, 200), found=len(texts), due=len(fields)))
    row: list[Value] = []
    for field, text in zip(fields, texts, strict=True):
        try:
            row.append(typed(field, text))
        except (ValueError, ArithmeticError):
            raise DataFileError(_CELL.format(where=printable(where, 200), column=field.name, text=printable(text, 60))) from None
    return row


def entries(tables: Mapping[str, Iterator[Row]]) -> Iterator[Entry]:
    """The documents of an export from the rows of its tables, in one pass; the rows of each table follow the order of ``documents``.

    Raises DataFileError where rows are left over: out of order, or of a document that is not there.
    """
    places = {name: [f.name for f in TABLES[name]].index("document") for name in TABLES}
    ahead = {name: next(rows, None) for name, rows in tables.items()}
    names: set[Value] = set()
    while (first := ahead["documents"]) is not None:
        document = first[places["documents"]]
        if document in names:
            raise DataFileError(_TWICE.format(document=printable(str(document), 100)))
        names.add(document)
        found: dict[str, list[Row]] = {"documents": [first]}
        ahead["documents"] = next(tables["documents"], None)
        for name in list(TABLES)[1:]:
            found[name] = []
            while (row := ahead.get(name)) is not None and row[places[name]] == document:
                found[name].append(row)
                ahead[name] = next(tables[name], None)
        yield Entry(found)
    for name, row in ahead.items():
        if row is not None:
            left = 1 + sum(1 for _ in tables[name])
            raise DataFileError(_LEFT.format(table=name, document=printable(str(row[places[name]]), 100), rows=left))


def all_rows(entry: Entry) -> Iterator[tuple[str, Row]]:
    """Every row of a document with the name of its table."""
    return chain.from_iterable(((name, row) for row in entry.rows[name]) for name in TABLES)


_LENGTH = Text(
    "{where}: la fila tiene {found:celda|celdas} y debe tener {due}. La exportación se alteró o está cortada; vuelva a crearla.",
    "{where}: the row has {found:cell|cells} where {due} are due. The export was altered or is cut short; make it again.",
)
_CELL = Text(
    "{where}: «{text}» no es un valor de la columna {column}. La exportación se alteró; vuelva a crearla.",
    "{where}: “{text}” is no value of the column {column}. The export was altered; make it again.",
)
_TWICE = Text(
    "El documento {document} está dos veces en la exportación. Vuelva a crearla.",
    "The document {document} is twice in the export. Make it again.",
)
_LEFT = Text(
    "Tabla {table}: filas que no siguen el orden de los documentos, o son de uno que no está: {rows}; la primera es de «{document}». "
    "La exportación se alteró; vuelva a crearla.",
    "Table {table}: {rows:row|rows} from the first of “{document}” out of the documents' order, or of one that is not there. "
    "The export was altered; make it again.",
)
