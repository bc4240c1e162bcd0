"""The second reading of a plan's figures as a step of the walk: which to read again, by which program, and what became of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path

from ..extract.options import ReadOptions
from ..extract.raw import Cell, RawDocument, Row
from ..extract.source import open_source
from ..normalize.draft import diagnostic
from ..normalize.numbers import Convention
from ..schema.language import Text, printable
from ..schema.place import NOWHERE, Place
from ..schema.plan import Diagnostic, Level, Plan
from .second_reading import Cells, Readings, cells_of, compared, convention_of, differing, every_figure, in_doubt, same


def reread(plan: Plan, raw: RawDocument, path: Path, options: ReadOptions) -> Plan:
    """The plan with its doubtful figures read again, or all, or none, as the options say. Only what has pages is read again."""
    if raw.pages is None:
        return plan
    plan = _compared(plan, raw, path, options)
    return plan.model_copy(update={"diagnostics": (*plan.diagnostics, *_doubts(plan, raw))}) if raw.recognised else plan


def _compared(plan: Plan, raw: RawDocument, path: Path, options: ReadOptions) -> Plan:
    cells = cells_of(raw)
    doubtful = in_doubt(plan, cells)
    asked = {"all": every_figure(plan, cells), "none": set[Place]()}.get(options.verify, doubtful)
    if not doubtful and not asked:
        return plan
    convention = convention_of(cells.values())
    covered = {d.place.page for d in raw.diagnostics if d.code == "LEC-covered"}
    pictured = {place for place in asked if "recognised" in cells[place].marks}
    rest = asked - pictured
    second, third, said = _read(path, rest, cells, convention, covered, options) if rest else ({}, {}, [])
    if pictured and raw.again is not None:
        first, other = _read_pictures(raw.again, pictured, cells, convention)
        second, third = {**second, **first}, {**third, **other}
    plan = compared(plan, cells, second, third, convention)
    return plan.model_copy(update={"diagnostics": (*plan.diagnostics, *said)})


def _doubts(plan: Plan, raw: RawDocument) -> Iterator[Diagnostic]:
    """The rows with doubtful figures of recognised pages that are no figures of the plan: of those the plan itself tells."""
    told = {m.quantity.place for row in plan.indicators for m in row.measures}
    rows = [(row, its) for table in raw.tables for row in table.rows if (its := _doubtful(row, told))]
    for row, its in rows[:_MOST_ROWS]:
        printed = "; ".join(f"«{printable(c.text or '—', 60)}»" for c in its)
        place = its[0].place
        yield diagnostic("LEC-doubtful", Level.WARNING, *_said(_DOUBTFUL, row=printable(row.joined, 60), printed=printed), place)
    if len(rows) > _MOST_ROWS:
        place = rows[_MOST_ROWS][0].place
        yield diagnostic("LEC-doubtful", Level.WARNING, *_said(_MORE, count=len(rows) - _MOST_ROWS), place)


def _said(text: Text, **fields: object) -> tuple[str, str]:
    said = text.format(**fields)
    return said.es, said.en


def _doubtful(row: Row, told: Collection[Place]) -> list[Cell]:
    """What of a row is in doubt and is a figure, or stands where one may."""
    cells = [c for c in row.cells if c is not None and not c.marks.isdisjoint(("doubtful", "illegible")) and c.place not in told]
    return [c for c in cells if "illegible" in c.marks or any(x.isdigit() for x in c.text)]


def _read(
    path: Path, asked: Collection[Place], cells: Cells, convention: Convention, covered: Collection[int | None], options: ReadOptions
) -> tuple[Readings, Readings, list[Diagnostic]]:
    """What a second program reads at these places, and a third where that is something else.

    On pages where text lies under something (``covered``) only agreement counts: another reading may be what was struck out.
    """
    from ..extract.pdf.second_reading import read_again, read_in_grid

    data = open_source(path, options.limits).data
    try:
        second = read_again(data, options.password, asked, options.engine)
    except ImportError as error:
        return {}, {}, [_note(_MISSING, Level.WARNING, name=error.name or "pdfplumber")]
    differ = differing(cells, second, convention)
    second.update({place: None for place in differ if place.page in covered})
    differ = {place for place in differ if place.page not in covered}
    read = sum(text is not None for text in second.values())
    said = [_note(_READ, Level.NOTE, read=read, same=read - len(differ))]
    if not differ:
        return second, {}, said
    try:
        return second, read_in_grid(data, options.password, differ), said
    except ImportError as error:
        return second, {}, [*said, _note(_NO_THIRD, Level.NOTE, name=error.name or "camelot")]


def _read_pictures(
    again: Callable[[Cell], Sequence[str]], places: Collection[Place], cells: Cells, convention: Convention
) -> tuple[Readings, Readings]:
    """What these places of recognised pages are read as again: what most of those read that differ, and what most of all do."""
    second: dict[Place, str | None] = {}
    third: dict[Place, str | None] = {}
    for place in sorted(places, key=lambda p: (p.page or 0, p.top or 0.0, p.x0 or 0.0)):
        cell = cells[place]
        texts = [t for t in again(cell) if t]
        others = [t for t in texts if not same(cell.text, t, convention)]
        second[place] = max(others, key=others.count) if others else (cell.text if texts else None)
        if others:
            third[place] = max(texts, key=texts.count)
    return second, third


def _note(text: Text, level: Level, **fields: object) -> Diagnostic:
    said = text.format(**fields)
    return diagnostic("LEC-reread", level, said.es, said.en, NOWHERE)


_MOST_ROWS = 200
_DOUBTFUL = Text(
    "Fila «{row}»: en la imagen no se leen con certeza {printed}.",
    "Row «{row}»: {printed} cannot be read with certainty in the picture.",
)
_MORE = Text("Otras filas con cifras dudosas: {count}.", "Other rows with doubtful figures: {count}.")
_READ = Text(
    "Un segundo programa leyó otra vez {read:celda|celdas} de cifras; coinciden: {same}.",
    "A second program read {read:cell|cells} of figures again; agreeing: {same}.",
)
_MISSING = Text(
    "Hay cifras por releer y falta {name}, con que se releen; instálelo con «pip install pdfplumber».",
    "Figures should be read again and {name} is missing, which reads them; install it with “pip install pdfplumber”.",
)
_NO_THIRD = Text(
    "Dos lecturas difieren y falta {name} para una tercera; instálelo con «pip install camelot-py».",
    "Two readings differ and {name} is missing for a third; install it with “pip install camelot-py”.",
)
