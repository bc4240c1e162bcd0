"""Project tables: names, objectives and expected results as items, dates, and ends that are open."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..extract.raw import Cell, Table
from ..schema.plan import Project
from .columns import Column
from .dates import parse_date
from .folding import fold
from .lexicon import load

_NUMBERED = re.compile(r"(?:^|\s)\d{1,2}[.)]\s+")
_SENTENCE = re.compile(r"(?<=[a-záéíóúñ)\d])\.\s+(?=[A-ZÁÉÍÓÚÑ¿])")
_LISTED = re.compile(r"(?<=[a-záéíóúñ)\d])[.,;]\s+(?=[A-ZÁÉÍÓÚÑ¿])")


def read_projects(table: Table, columns: Sequence[Column], first: int) -> list[Project]:
    """The projects of one table, numbered from ``first``. Rows without a name are skipped."""
    by_role = {c.role if c.role != "name" else "project_name": c.index for c in reversed(columns) if c.role}
    found = []
    for row in table.rows:
        name = row.text(by_role.get("project_name", 0))
        if not name or len(row.filled) < 2:
            continue
        start, end = (row.text(by_role.get(r, -1)) for r in ("project_start", "project_end"))
        found.append(
            Project(
                sequence=first + len(found),
                name=name,
                objectives=_items(row.cells, by_role.get("project_objectives", by_role.get("objective", -1))),
                expected_results=_items(row.cells, by_role.get("project_results", -1)),
                start=parse_date(start),
                end=parse_date(end, last=True),
                start_printed=start,
                end_printed=end,
                open_ended=fold(end) in {fold(w) for w in load("statements").get("open_ended", ())},
                place=row.place,
            )
        )
    return found


def _items(cells: Sequence[Cell | None], column: int) -> tuple[str, ...]:
    """The items of a cell: as its markup lists them, else its sentences.

    Some engines keep the list tag and lose the item tags; the items then end in a comma or full stop before a capital.
    """
    cell = cells[column] if 0 <= column < len(cells) else None
    if cell is None or not cell.text:
        return ()
    if cell.items:
        return cell.items
    if len(numbered := [p.strip() for p in _NUMBERED.split(cell.text) if p.strip()]) > 1 and _rising(cell.text):
        return tuple(numbered)
    if "list" in cell.marks:
        return _split(cell.text, _LISTED)
    return _split(cell.text, _SENTENCE)


def _rising(text: str) -> bool:
    """True where the numbers in front of items count 1, 2, 3."""
    found = [int(n) for n in re.findall(r"(?:^|\s)(\d{1,2})[.)]\s", text)]
    return found == list(range(1, len(found) + 1)) and len(found) > 1


def _split(text: str, pattern: re.Pattern[str]) -> tuple[str, ...]:
    """The pieces of a text; a full stop stays with the piece that it ends, a comma does not."""
    pieces, start = [], 0
    for match in pattern.finditer(text):
        end = match.start() + (1 if text[match.start()] == "." else 0)
        pieces.append(text[start:end].strip())
        start = match.end()
    pieces.append(text[start:].strip())
    return tuple(p for p in pieces if p)
