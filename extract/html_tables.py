"""HTML tables to rows of cells with their spans, also where tags are missing or never closed."""

from __future__ import annotations

from dataclasses import dataclass

from ..schema.place import Place
from .markup import plain
from .raw import Cell, Row

MAX_SPAN = 200
MAX_COLUMNS = 400


@dataclass(slots=True)
class HtmlTable:
    """The rows of one table, and how many of them the markup declares to be its header (None: none said)."""

    rows: list[Row]
    levels: int | None


def parse_table(source: str, line: int) -> HtmlTable:
    """Parses the text of one table that starts on ``line``; libxml2 mends what is unclosed.

    A cell covered by a span becomes None. Cells of a nested table count as text of the outer cell.
    Spans above 200 are cut: no printed table has them, and a hostile one would fill the memory.
    """
    from lxml import etree

    parser = etree.HTMLParser(huge_tree=True, no_network=True, remove_comments=True, remove_pis=True)
    root = etree.fromstring(f"<html><body>{source}</body></html>", parser)
    table = root.find(".//table") if root is not None else None
    if table is None:
        return HtmlTable([], None)
    etree.strip_elements(table, "script", "style", "template", with_tail=False)  # what they hold is not shown
    rows: list[Row] = []
    open_spans: dict[int, int] = {}
    header = 0
    for tr in table.iter("tr"):
        if next(tr.iterancestors("table")) is not table:
            continue
        printed = [c for c in tr if c.tag in ("td", "th")]
        place = Place(line=line + (tr.sourceline or 1) - 1)
        cells, open_spans = _place_cells(printed, open_spans, place)
        parent = tr.getparent()
        in_head = (parent is not None and parent.tag == "thead") or (bool(printed) and all(c.tag == "th" for c in printed))
        if in_head and header == len(rows):
            header += 1
        if any(c is not None and c.text for c in cells):
            rows.append(Row(tuple(cells), place))
        elif in_head and header > len(rows):
            header -= 1
    return HtmlTable(rows, header or None)


def _place_cells(printed: list, open_spans: dict[int, int], place: Place) -> tuple[list[Cell | None], dict[int, int]]:
    """One row's cells in their columns, and the row spans still open below it, by column."""
    cells: list[Cell | None] = []
    below = {c: n - 1 for c, n in open_spans.items() if n > 1}
    for element in printed:
        while len(cells) in open_spans:
            cells.append(None)
        if len(cells) >= MAX_COLUMNS:
            break
        across, down = _span(element.get("colspan")), _span(element.get("rowspan"))
        p = plain(_inner(element))
        column = len(cells)
        cells.append(Cell(p.text, place, row_span=down, col_span=across, marks=p.marks, items=p.items))
        cells.extend([None] * (across - 1))
        if down > 1:
            below.update(dict.fromkeys(range(column, column + across), down - 1))
    while len(cells) in open_spans:
        cells.append(None)
    return cells[:MAX_COLUMNS], below


def _span(value: str | None) -> int:
    try:
        return min(max(int(value or 1), 1), MAX_SPAN)
    except ValueError:
        return 1


def _inner(element) -> str:
    """The cell's source text; ``markup.plain`` then takes its tags out and keeps the items of lists."""
    from lxml import etree

    text = etree.tostring(element, encoding="unicode", method="html", with_tail=False)
    return text[text.find(">") + 1 : text.rfind("<")]
