"""What a document looks like, for who renders its report: its pages cut out, or its lines. Only a process with limits may look."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ..extract.cutouts import Box, Cut, Missing, cut_out
from ..extract.decode import decode
from ..extract.options import DEFAULT, ReadOptions
from ..extract.raw import RawDocument, Row, Table, TextBlock
from ..extract.source import open_source
from ..schema.place import Place
from ..schema.plan import Redaction

_EDGE = 2.0
"""Points of a line that show nothing of its letters."""


@dataclass
class Sight:
    """A document as it was read, its file, and how it was asked to be read."""

    raw: RawDocument
    path: Path
    reading: ReadOptions = DEFAULT

    @cached_property
    def lines(self) -> Sequence[str]:
        """The lines of a dump, clean, the first of them line 1; none of what has pages."""
        if self.raw.lines is None:
            return ()
        return decode(open_source(self.path, self.reading.limits).data).text.split("\n")

    def pictures(self, cuts: Sequence[Cut], redactions: Sequence[Redaction]) -> Iterator[tuple[Cut, bytes | Missing]]:
        """Each cut with its PNG or why there is none; the redactions of the plan are painted over."""
        withheld: dict[int, list[Box] | None] = {}
        for place in (r.place for r in redactions if r.place.page is not None):
            page = place.page or 0
            boxes = withheld.setdefault(page, [])
            if place.box is None or boxes is None:
                withheld[page] = None  # somewhere on that page, and nobody knows where
            else:
                boxes.append(place.box)
        return cut_out(self.raw, cuts, withheld)

    def row(self, place: Place) -> tuple[Table, Row] | None:
        """The table, and the row in it, that a place of the plan is on."""
        return self._rows.get((place.page, place.line, place.top, place.x0))

    @cached_property
    def _rows(self) -> dict[tuple[int | None, int | None, float | None, float | None], tuple[Table, Row]]:
        return {(r.place.page, r.place.line, r.place.top, r.place.x0): (t, r) for t in self.raw.tables for r in (*t.header, *t.rows)}

    def header(self, table: Table, page: int) -> Box | None:
        """The box around the header of a table on a page; None where it is not printed on it."""
        boxes = [r.place.box for r in table.header if r.place.page == page and r.place.box is not None]
        if not boxes:
            return None
        return min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)

    def extent(self, page: int) -> tuple[float, float]:
        """From where to where a page is printed, in points from its left edge."""
        boxes = [box for piece in self._printed.get(page, ()) if (box := piece.place.box) is not None]
        return min((b[0] for b in boxes), default=0.0), max((b[2] for b in boxes), default=0.0)

    def texts(self, page: int, boxes: Sequence[Box]) -> Iterator[str]:
        """Every text of a page that is read within some boxes, a whole one even where only part of it is."""
        for piece in self._printed.get(page, ()):
            if _meets(piece.place, boxes):
                yield piece.joined if isinstance(piece, Row) else piece.text

    @cached_property
    def _printed(self) -> dict[int, list[Row | TextBlock]]:
        """The rows and texts of each page."""
        out: dict[int, list[Row | TextBlock]] = {}
        for block in self.raw.blocks:
            for piece in (*block.header, *block.rows) if isinstance(block, Table) else (block,):
                out.setdefault(piece.place.page or 0, []).append(piece)
        return out


def _meets(place: Place, boxes: Sequence[Box]) -> bool:
    box = place.box
    return box is None or any(min(box[2], b[2]) > max(box[0], b[0]) and min(box[3], b[3]) > max(box[1], b[1]) + _EDGE for b in boxes)
