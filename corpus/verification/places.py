"""Holds the texts of an export against what is printed at their places, by a reading that knows nothing of tables, columns or rows.

Lines of a dump are read as they stand in the file. Boxes and pages of a PDF are read by the program that did not rebuild the tables.
Of pages that are pictures there is one reading only: what the engine recognised there.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ...schema.place import Place
from ...schema.tables import Value
from ..export.dataset import TABLES, Row
from .differences import Difference, Kind, Level, Standing
from .rows import plain, text_of, whole

TEXTS = {
    "indicators": (
        *("objective", "code_printed", "name", "lead_unit", "responsible_unit", "unit_of_measure", "class_published"),
        *("frequency", "observation"),
    ),
    "projects": ("name",),
    "claims": ("text",),
    "redactions": ("",),
}
"""The columns that hold what is printed, besides the figures of ``measures``; of a redaction there is the mark alone."""
_PLACE = ("page", "line", "x0", "top", "x1", "bottom")


@dataclass(frozen=True, slots=True)
class Said:
    """A text of the export with the place where it is said to stand: a figure, another text, or a mark of redaction."""

    table: str
    row: int
    sequence: int | None
    column: str
    text: str
    place: Place
    hidden: bool = False
    """The export says that it was struck out: what stands below is not read aloud."""

    @property
    def figure(self) -> bool:
        return self.table == "measures" or (self.table == "corrections" and self.column == "printed")


class Verdict(StrEnum):
    THERE = "there"
    ELSEWHERE = "elsewhere"
    DIFFERS = "differs"
    UNTOLD = "untold"


Look = Callable[[Said], tuple[Verdict, str]]
"""What becomes of a text, and what is printed at its place where that is something else."""


def said(rows: Mapping[str, Sequence[Row]]) -> Iterator[Said]:
    """Every text of an export's document that has a place in the source."""
    for number, row in enumerate(rows.get("measures", ()), 1):
        at = _named("measures", row)
        if at.get("measure") != "class":  # stands among the texts of its row
            yield Said("measures", number, whole(at["sequence"]), "printed", _text(at["printed"]), _place(at), at["state"] == "redacted")
    for table, columns in TEXTS.items():
        for number, row in enumerate(rows.get(table, ()), 1):
            at = _named(table, row)
            for column in columns:
                text = _text(at[column]) if column else ""
                if text or not column:
                    yield Said(table, number, whole(at["sequence"]), column, text, _place(at))


def corrected_texts(made: Iterable[Mapping[str, Value]]) -> Iterator[Said]:
    """What corrections say was read at the place of a figure: that is to be printed there."""
    for number, c in enumerate(made, 1):
        if c.get("field") == "figure":
            yield Said("corrections", number, whole(c.get("sequence")), "printed", _text(c.get("printed")), _place(c))


def _named(table: str, row: Row) -> dict[str, Value]:
    names = [f.name for f in TABLES[table]]
    return {**dict.fromkeys(names), **dict(zip(names, row, strict=False))}


def _text(value: Value) -> str:
    return "" if value is None else text_of(value)


def _place(at: Mapping[str, Value]) -> Place:
    page, line = whole(at.get("page")), whole(at.get("line"))
    box = [v for n in _PLACE[2:] if isinstance(v := plain("number", at.get(n)), float) and math.isfinite(v)]
    return Place(page, line, *box) if len(box) == 4 else Place(page, line)


def held(texts: Iterable[Said], look: Look) -> tuple[Standing, list[Difference]]:
    """How many of the texts stand where they are said to, and those that do not."""
    standing, found = Standing(), []
    for text in texts:
        verdict, printed = look(text)
        if verdict is Verdict.THERE:
            standing.there += 1
        elif verdict is Verdict.ELSEWHERE:
            standing.elsewhere += 1
        elif verdict is Verdict.UNTOLD:
            standing.untold += 1
        else:
            standing.differ += 1
            p = text.place
            found.append(
                Difference(Level.PLACE, Kind.CHANGED, text.table, text.row, text.sequence, text.column, p.page, p.line, text.text, printed)
            )
    return standing, found
