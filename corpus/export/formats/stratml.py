"""``stratml``: a folder with a StratML Part 2 file (ISO 17469-2) for each document, the documents' table, and a list of what is lost."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import zip_longest
from pathlib import Path
from typing import Any

from lxml import etree

from ....schema.errors import DataFileError, system_said
from ....schema.language import Text, printable
from ....schema.tables import Value, written
from ...csv_text import csv_rows, csv_writer
from ..cells import typed_row
from ..dataset import TABLES, Dataset, Entry, Row
from ..stratml_elements import plan_element, rows_of

NAME = "stratml"
ENDING = ""
ABOUT = Text(
    "Una carpeta con un archivo StratML (ISO 17469-2) por documento, para intercambiar planes; perdidas.csv dice qué no cabe en él.",
    "A folder with a StratML file (ISO 17469-2) for each document, to exchange plans; perdidas.csv says what does not fit it.",
)
LOSES = Text(
    "No guarda encabezados, totales, pesos, líneas base, proyectos, afirmaciones, testados, hallazgos ni resumen; "
    "perdidas.csv los cuenta. No distingue un texto vacío de «sin valor».",
    "Does not keep headings, totals, weights, baselines, projects, claims, redactions, findings or scorecard; perdidas.csv "
    "counts them. Does not tell an empty text from no value.",
)
DOCUMENTS, CORRECTIONS, LOSSES = "documents.csv", "corrections.csv", "perdidas.csv"
_KEPT = ("documents", "indicators", "measures", "corrections")
_HEADER = ["documento", "tabla", "fila", "columna", "cantidad", "valor", "motivo"]
_WHY = {
    "indicators": "un encabezado o un total no es un objetivo",
    "measures": "un peso, una línea base o la cifra de un encabezado o un total no es una meta ni un resultado",
    "(XML)": "hay caracteres que XML no admite; en su lugar está U+FFFD",
}
_NO_PLACE = "StratML no tiene dónde ponerlo"


def write(dataset: Dataset, out: Path) -> None:
    out.mkdir()
    with (
        (out / DOCUMENTS).open("w", encoding="utf-8", errors="replace", newline="") as table,
        (out / CORRECTIONS).open("w", encoding="utf-8", errors="replace", newline="") as corrected,
        (out / LOSSES).open("w", encoding="utf-8", errors="replace", newline="") as losses,
    ):
        documents, corrections, lost = (csv_writer(file).writerow for file in (table, corrected, losses))
        documents([f.name for f in TABLES["documents"]])
        corrections([f.name for f in TABLES["corrections"]])
        lost(_HEADER)
        for entry in dataset:
            documents([written(v) for v in entry.rows["documents"][0]])
            for row in entry.rows["corrections"]:
                corrections([written(v) for v in row])
            _write_document(entry, out, dataset.version, lost)


def _write_document(entry: Entry, out: Path, version: str, lost: Callable[[list[str]], object]) -> None:
    kept, rows, figures = (_named(table, entry) for table in ("documents", "indicators", "measures"))
    name = written(kept[0]["document"])
    found = Counter({table: len(entry.rows[table]) for table in TABLES if table not in _KEPT and entry.rows[table]})
    singles: list[list[str]] = []

    def note(table: str, sequence: object, column: str, value: str) -> None:
        singles.append([name, table, str(sequence), column, "1", value, _WHY[table]])

    groups = ", ".join(f"{table} ({n})" for table, n in found.items())
    made = f"Hecho con veedor {version}. No caben en StratML: {groups or 'nada más'}; {LOSSES} lo detalla."
    root = plan_element(kept[0], rows, figures, made, note)
    text = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    (out / file_name(kept[0])).write_bytes(text)
    for line in [*singles, *([name, table, "", "", str(n), "", _NO_PLACE] for table, n in found.items())]:
        lost(line)


def _named(table: str, entry: Entry) -> list[dict[str, Value]]:
    names = [f.name for f in TABLES[table]]
    return [dict(zip(names, row, strict=True)) for row in entry.rows[table]]


def file_name(kept: Mapping[str, Value]) -> str:
    """The file of a document: its name as far as any system takes it, and the beginning of its hash."""
    plain = re.sub(r"[^\w.-]+", "-", written(kept.get("document")))[:80].strip(".-")
    return f"{plain or 'documento'}-{written(kept.get('sha256'))[:8]}.xml"


def read(path: Path) -> Iterator[Entry]:
    names = [f.name for f in TABLES["documents"]]
    corrections = _corrections(path)
    with (path / DOCUMENTS).open(encoding="utf-8", newline="") as table:
        rows = csv_rows(table)
        next(rows, None)
        for n, texts in enumerate(rows, 1):
            kept = typed_row("documents", texts, f"{DOCUMENTS}, fila {n}")
            document = dict(zip(names, kept, strict=True))
            file = path / file_name(document)
            try:
                root = etree.parse(
                    file, etree.XMLParser(resolve_entities=False, huge_tree=True, remove_comments=True, remove_pis=True)
                ).getroot()
                indicators, measures = rows_of(root, written(document["document"]))
                _check_all(root, document, indicators, measures)
            except (OSError, etree.XMLSyntaxError, KeyError, ValueError, ArithmeticError) as error:
                raise DataFileError(_UNREADABLE.format(file=printable(str(file), 160), error=system_said(error))) from None
            others = {t: [] for t in TABLES if t not in _KEPT}
            yield Entry(
                {"documents": [kept], "indicators": indicators, "measures": measures, **others}
                | {"corrections": corrections.get(written(document["document"]), [])}
            )


def _check_all(root: Any, document: dict[str, Value], indicators: Sequence[Row], measures: Sequence[Row]) -> None:
    """Raises ValueError where the file says anything else than its rows do: much of it stands there for people and is never read back."""
    rows = [dict(zip((f.name for f in TABLES["indicators"]), r, strict=True)) for r in indicators]
    figures = [dict(zip((f.name for f in TABLES["measures"]), r, strict=True)) for r in measures]
    made = next((e.text or "" for e in root.iterfind("{*}OtherInformation")), "").partition("\n")[0]
    due = plan_element(document, rows, figures, made, lambda *_: None)
    for found, wanted in zip_longest(root.iter(), due.iter()):
        if found is None or wanted is None or found.tag != wanted.tag or _shown(found) != _shown(wanted):
            told, right = ("" if e is None else _shown(e)[0] or str(e.tag).rpartition("}")[2] for e in (found, wanted))
            raise ValueError(f"«{printable(told, 40)}» ≠ «{printable(right, 40)}»")


def _shown(element: Any) -> tuple[str, dict[str, str]]:
    return (element.text or "").strip() if len(element) else element.text or "", dict(element.attrib)


def _corrections(path: Path) -> dict[str, list[list[Value]]]:
    """The corrections by the name of their document."""
    found: dict[str, list[list[Value]]] = {}
    with (path / CORRECTIONS).open(encoding="utf-8", newline="") as table:
        rows = csv_rows(table)
        next(rows, None)
        for n, texts in enumerate(rows, 1):
            row = typed_row("corrections", texts, f"{CORRECTIONS}, fila {n}")
            found.setdefault(written(row[0]), []).append(row)
    return found


def claims(path: Path) -> bool:
    if not path.is_dir():
        return False
    names = {f.name for f in path.iterdir()}
    own = {DOCUMENTS, CORRECTIONS, LOSSES}
    if not own <= names:
        return False
    with suppress(OSError, UnicodeDecodeError, csv.Error), (path / DOCUMENTS).open(encoding="utf-8", newline="") as table:
        rows = csv_rows(table)
        header = next(rows, [])
        return names - own == {file_name(dict(zip(header, row, strict=False))) for row in rows}
    return False


_UNREADABLE = Text(
    "{file}: no se puede leer ({error}). La exportación se alteró o está incompleta; vuelva a crearla.",
    "{file}: it cannot be read ({error}). The export was altered or is incomplete; make it again.",
)
