"""Redactions with their scope: the row whose text was struck out, in a table or in the prose below it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from ..extract.raw import Block, RedactionMark, Row, Table, TextBlock, TextKind
from ..schema.place import Place
from ..schema.plan import Redaction
from .draft import Draft
from .prose import Order, by_name, named
from .withheld_reasons import reasons

_LOOK_BACK = 4
_MAX_SCOPE = 200


def redactions_of(
    marks: Sequence[RedactionMark], blocks: Sequence[Block], drafts: Sequence[Draft], justified: dict[Order, Draft], legal_basis: str
) -> tuple[Redaction, ...]:
    """The redactions of a document. ``justified`` are the rows that lines of prose belong to, by the place of the line."""
    places = [d.place.order for d in drafts]
    own = [d for d in drafts if not d.restated]
    names = by_name(own)
    texts = [b for b in blocks if isinstance(b, TextBlock)]
    text_places = [t.place.order for t in texts]
    tables = [b for b in blocks if isinstance(b, Table)]
    last_of = {d.table: d for d in drafts if d.restated}
    out = []
    for n, (mark, reason) in enumerate(zip(marks, reasons(marks, blocks), strict=True), 1):
        place, heading = mark.place.order, ""
        if mark.kind == "cell" and mark.place.page is not None:
            draft = _struck_row(mark.place, tables, drafts)
        elif mark.kind == "cell":
            at = bisect_right(places, place)
            draft = drafts[at - 1] if at and _holds(tables, drafts[at - 1].table, place) else None
        else:
            above = _last(texts, bisect_right(text_places, place))
            draft = justified.get(place) or _told_above(place, above, tables, justified, last_of) or _named_above(above, names, own)
            heading = next((t.text for t in reversed(above) if t.kind is TextKind.BULLET), "")
        if draft is not None:
            draft.redacted = True
        out.append(
            Redaction(
                sequence=n,
                kind=mark.kind,
                reason_stated=reason,
                legal_basis=legal_basis,
                scope=(draft.name if draft else heading)[:_MAX_SCOPE],
                place=mark.place,
            )
        )
    return tuple(out)


def _struck_row(place: Place, tables: Sequence[Table], drafts: Sequence[Draft]) -> Draft | None:
    """The row of which an area strikes out a cell; for a whole line of a justification table, the row that the line explains."""
    for number, table in enumerate(tables):
        for k, row in enumerate(table.rows):
            if row.place.page != place.page or not any(c is not None and c.row_span == 1 and _meets(place, c.place) for c in row.cells):
                continue
            whole = not row.filled
            shown = [r.place for r in (table.rows[: k + 1] if whole else [row])]
            found = [d for d in drafts if d.table == number and d.place in shown and (d.restated or not whole)]
            return found[-1] if found else None
    return None


def _meets(area: Place, cell: Place) -> bool:
    """True where an area covers a good part of a cell's height, and some of its width."""
    if area.page != cell.page or None in (area.top, area.bottom, cell.top, cell.bottom, area.x0, area.x1, cell.x0, cell.x1):
        return False
    top, bottom, x0, x1 = area.top or 0.0, area.bottom or 0.0, area.x0 or 0.0, area.x1 or 0.0
    high = min(bottom, cell.bottom or 0.0) - max(top, cell.top or 0.0)
    wide = min(x1, cell.x1 or 0.0) - max(x0, cell.x0 or 0.0)
    return wide > 0 and high > 0.5 * min(bottom - top, (cell.bottom or 0.0) - (cell.top or 0.0))


def _told_above(
    place: Order, above: Sequence[TextBlock], tables: Sequence[Table], justified: dict[Order, Draft], last_of: dict[int, Draft]
) -> Draft | None:
    """The row that a struck-out area explains: that of the line right above it, or of the justification table right above it."""
    if not place[0]:
        return None
    text = next((t.place.order for t in reversed(above) if t.kind is not TextKind.RUNNING), (0, 0.0))
    ends = [(rows[-1].place.order, n) for n, t in enumerate(tables) if (rows := _before(t.rows, place))]
    table, number = max(ends, default=((0, 0.0), -1))
    return last_of.get(number) if table > text else justified.get(text)


def _before(rows: Sequence[Row], place: Order) -> Sequence[Row]:
    return [r for r in rows if r.place.order < place]


def _holds(tables: Sequence[Table], number: int, place: Order) -> bool:
    """True where a place stands among the rows of a table."""
    rows = tables[number].rows if number < len(tables) else ()
    return bool(rows) and rows[0].place.order <= place <= rows[-1].place.order


def _last(texts: Sequence[TextBlock], end: int) -> Sequence[TextBlock]:
    return texts[max(0, end - _LOOK_BACK) : end]


def _named_above(above: Sequence[TextBlock], names: dict[str, list[Draft]], rows: Sequence[Draft]) -> Draft | None:
    """The row whose name is the nearest of the last few lines of prose."""
    for text in reversed(above):
        near = named(names, rows, text.text)
        if near:
            return near[0]
        if text.kind is TextKind.BULLET:
            return None
    return None
