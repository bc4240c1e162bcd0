"""The raw tables as JSON, CSV or HTML: what `veedor extract` prints."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence
from html import escape

from .raw import RawDocument, Row, Table


def to_json(document: RawDocument, tables: Sequence[Table]) -> str:
    """The tables in the form of the contract; ``lines`` gives the line of each row of a dump."""
    data = {
        "document": document.name,
        "pages": document.pages,
        "tables": [
            {
                "pages": t.pages,
                "bbox": _boxes(t),
                "header_rows": len(t.header),
                "columns": t.names,
                "rows": [_texts(r) for r in t.rows],
                "header_lines": [r.place.line for r in t.header],
                "lines": [r.place.line for r in t.rows],
                **_doubts(t),
                **_redacted(t),
            }
            for t in tables
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _doubts(table: Table) -> dict[str, list[dict[str, object]]]:
    """The cells of a table that were recognised in a picture and may be wrong: row and column from 0, and what else was read there."""
    found = [
        {"row": r, "column": c, "text": cell.text, "readings": list(cell.readings), "illegible": "illegible" in cell.marks}
        for r, row in enumerate(table.rows)
        for c, cell in enumerate(row.cells)
        if cell is not None and not cell.marks.isdisjoint(("doubtful", "illegible"))
    ]
    return {"doubtful": found} if found else {}


def _redacted(table: Table) -> dict[str, list[dict[str, int]]]:
    """The cells of a table from which something was withheld: row and column from 0. A blank one is no blank of the document."""
    found = [
        {"row": r, "column": c} for r, row in enumerate(table.rows) for c, cell in enumerate(row.cells) if cell and "redacted" in cell.marks
    ]
    return {"redacted": found} if found else {}


def to_csv(document: RawDocument, tables: Sequence[Table]) -> str:
    """All tables in one rectangle: table, row (0 is the header), page, line, and the cells; covered cells stay empty."""
    width = max((len(t.columns) for t in tables), default=0)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["document", "table", "row", "page", "line", *(f"c{n}" for n in range(1, width + 1))])
    for n, t in enumerate(tables, 1):
        writer.writerow([document.name, n, 0, t.place.page, t.place.line, *_padded(t.names, width)])
        for m, row in enumerate(t.rows, 1):
            writer.writerow([document.name, n, m, row.place.page, row.place.line, *_padded([x or "" for x in _texts(row)], width)])
    return out.getvalue()


def to_html(document: RawDocument, tables: Sequence[Table]) -> str:
    """A plain page with the tables; every text is escaped."""
    title = escape(document.name)
    parts = [
        "<!doctype html>",
        f'<html lang="es"><head><meta charset="utf-8"><title>{title}</title>',
        "<style>body{font:14px system-ui,sans-serif;margin:1rem}table{border-collapse:collapse;margin:1rem 0}"
        "th,td{border:1px solid #999;padding:.2rem .4rem;text-align:left;vertical-align:top}th{background:#eee}"
        ".doubtful{outline:2px dashed #b45309}</style></head><body>",
        f"<h1>{title}</h1>",
    ]
    for t in tables:
        parts.append(
            f"<table><thead><tr><th scope=col></th>{''.join(f'<th scope=col>{escape(n)}</th>' for n in t.names)}</tr></thead><tbody>"
        )
        for row in t.rows:
            place = row.place.page or row.place.line or ""
            parts.append(f"<tr><th scope=row>{place}</th>{''.join(_html_cell(row, c) for c in range(len(t.columns)))}</tr>")
        parts.append("</tbody></table>")
    parts.append("</body></html>\n")
    return "\n".join(parts)


def _html_cell(row: Row, column: int) -> str:
    cell = row.cells[column] if column < len(row.cells) else None
    if cell is None:
        return ""
    spans = (f" rowspan={cell.row_span}" if cell.row_span > 1 else "") + (f" colspan={cell.col_span}" if cell.col_span > 1 else "")
    fill = " style=background:#{:02x}{:02x}{:02x}".format(*cell.fill) if cell.fill else ""
    if not cell.marks.isdisjoint(("doubtful", "illegible")):
        other = escape(" / ".join(cell.readings))
        return f"<td class=doubtful title='{other}'{spans}{fill}>{escape(cell.text) or '?'}</td>"
    return f"<td{spans}{fill}>{escape(cell.text)}</td>"


def _texts(row: Row) -> list[str | None]:
    return [None if c is None else c.text for c in row.cells]


def _padded(texts: Sequence[str], width: int) -> list[str]:
    return [*texts, *[""] * (width - len(texts))]


def _boxes(table: Table) -> dict[str, list[float]]:
    """The box around a table's cells on each of its pages; empty for a dump, which has lines and no boxes."""
    boxes: dict[str, list[float]] = {}
    for row in (*table.header, *table.rows):
        for cell in row.cells:
            p = cell.place if cell else None
            if p is None or p.page is None or p.x0 is None or p.top is None or p.x1 is None or p.bottom is None:
                continue
            x0, top, x1, bottom = boxes.get(str(p.page), [p.x0, p.top, p.x1, p.bottom])
            boxes[str(p.page)] = [min(x0, p.x0), min(top, p.top), max(x1, p.x1), max(bottom, p.bottom)]
    return boxes


FORMATS: dict[str, Callable[[RawDocument, Sequence[Table]], str]] = {"json": to_json, "csv": to_csv, "html": to_html}
