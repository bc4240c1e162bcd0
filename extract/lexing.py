"""Cuts the lines of a dump into pieces: lines of text, blank lines, and runs of table rows."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ..schema.place import Place
from .html_tables import parse_table
from .marks import is_image
from .markup import plain
from .raw import Cell, Row, TextBlock, TextKind

_DELIMITER = re.compile(r":?-{2,}:?")
_DELIMITER_SIGNS = frozenset(" \t|:-")
_BULLET = re.compile(r"\s*(?:[-*•▪◦●✓➢]|\d{1,2}[.)])\s+")
# "## 4. Title", "<h3>Title</h3>": how deep a heading stands in the document.
_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(?=.*[^\W\d_])|\s*<h(?P<tag>[1-6])(?:\s[^<>]*)?>", re.I)
_HTML_OPEN = re.compile(r"<table\b", re.I)
_HTML_CLOSE = re.compile(r"</table\s{0,9}>", re.I)
_HTML_MARK = re.compile(r"<table\b|</table\s{0,9}>", re.I)
_PIPE = re.compile(r"(?<!\\)\|")
MAX_CELLS = 400


@dataclass(slots=True)
class Run:
    """Rows that follow each other without a break. ``levels`` is the number of header rows where the markup says it."""

    rows: list[Row] = field(default_factory=list)
    levels: int | None = None
    spans: bool = False
    """True where the markup states its spans (HTML)."""
    gap: bool = False
    """True where a blank line stands before it."""


@dataclass(slots=True)
class Lexed:
    pieces: list[TextBlock | Run]
    unclosed: int | None = None
    """Line of an HTML table that is never closed."""


def lex(lines: list[str]) -> Lexed:
    """Cuts lines into pieces, in order. Every line is looked at once: linear in the size of the text."""
    pieces: list[TextBlock | Run] = []
    run: Run | None = None
    style, gap, unclosed = "", False, None
    i, at, total = 0, 0, len(lines)
    last_close = max((n for n, line in enumerate(lines) if "</" in line and _HTML_CLOSE.search(line)), default=-1)
    while i < total:
        line = lines[i]
        if at == 0 and not line.strip():
            # A line of tabs alone is an empty row: it says nothing and does not end the table.
            if "\t" not in line:
                run, gap = None, True
            i += 1
            continue
        if "<" in line and (opening := _HTML_OPEN.search(line, at)):
            if before := line[at : opening.start()].strip():
                pieces.append(_text(before, i + 1, gap))
            end, rest = _html_end(lines, i, opening.start(), last_close)
            if end is None or rest == 0:
                unclosed = unclosed or i + 1
            parsed = parse_table(_html_source(lines, i, opening.start(), end, rest), i + 1)
            if parsed.rows:
                pieces.append(Run(rows=parsed.rows, levels=parsed.levels, spans=True, gap=gap))
            run, gap = None, False
            # What stands behind the table on its last line is looked at next.
            i, at = (total, 0) if end is None else (end, rest)
            continue
        if at:
            if rest_of_line := line[at:].strip():
                pieces.append(_text(rest_of_line, i + 1, gap))
            i, at = i + 1, 0
            continue
        kind = _row_style(line, style if run else "", lines[i + 1] if i + 1 < total else "")
        if kind and _is_delimiter(line):
            if run and run.levels is None and run.rows and len(run.rows) <= 3 and kind == "pipe":
                run.levels = len(run.rows)
            i += 1
            continue
        if kind:
            if run is None or kind != style:
                run = Run(gap=gap)
                pieces.append(run)
            run.rows.append(_row(line, kind, i + 1))
            style, gap = kind, False
        else:
            run = None
            pieces.append(_text(line, i + 1, gap))
            gap = False
        i += 1
    return Lexed(pieces, unclosed)


def is_bullet(text: str) -> bool:
    """True for a line that starts like an item of a list."""
    return _BULLET.match(text) is not None


def _is_delimiter(line: str) -> bool:
    """A line of dashes between bars or tabs, such as stands under the header of a Markdown table."""
    if not _DELIMITER_SIGNS.issuperset(line):
        return False
    cells = [c.strip() for c in line.replace("\t", "|").strip().strip("|").split("|")]
    return bool(cells) and all(_DELIMITER.fullmatch(c) for c in cells)


def _row_style(line: str, current: str, below: str) -> str:
    """ "tab", "pipe" or "" for a line of text. A line with inner bars only is a row where the next line has as many."""
    if "\t" in line:
        return "tab" if line.strip("\t ") else ""
    bars = line.count("|") if "|" in line else 0
    if not bars:
        return ""
    if (line.lstrip().startswith("|") and bars >= 2) or current == "pipe":
        return "pipe"
    return "pipe" if bars >= 2 and (below.count("|") == bars or "-|-" in below.replace(" ", "")) else ""


def _row(line: str, style: str, number: int) -> Row:
    place = Place(line=number)
    if style == "tab":
        parts = line.split("\t")
    else:
        # An outer bar is dropped only with its partner: " | x | y" without a last bar starts with a blank cell.
        body = line.strip()
        if body.startswith("|") and (body.endswith("|") or line.startswith("|")):
            body = body[1:]
        body = body[:-1] if body.endswith("|") and not body.endswith("\\|") and line.lstrip().startswith("|") else body
        parts = [p.replace("\\|", "|") for p in _PIPE.split(body)]
    if len(parts) > MAX_CELLS:
        # No published table is that wide: a broken line. What is beyond the limit is kept as text of its last cell.
        parts = [*parts[: MAX_CELLS - 1], " ".join(parts[MAX_CELLS - 1 :])]
    return Row(tuple(cell(p, place) for p in parts), place)


def cell(text: str, place: Place) -> Cell:
    """A cell from its printed text."""
    if not text or text.isspace():
        return Cell("", place)
    p = plain(text)
    return Cell(p.text, place, marks=p.marks, items=p.items)


def _text(line: str, number: int, gap: bool) -> TextBlock:
    if heading := _HEADING.match(line):  # "## Objetivo 1": the signs say what the line is, and are no part of it
        p = plain(line if heading["tag"] else line[heading.end() :].rstrip(" #"))
        depth = int(heading["tag"] or len(heading[1]))
        return TextBlock(p.text, Place(line=number), TextKind.LINE, p.marks | {"heading"}, gap, depth)
    bullet = _BULLET.match(line)
    # A dash or dot before an item is form; a number before it is text.
    p = plain(line[bullet.end() :] if bullet and not bullet.group().strip()[0].isdigit() else line)
    kind = TextKind.IMAGE if is_image(line) else TextKind.BULLET if bullet else TextKind.LINE
    return TextBlock(p.text, Place(line=number), kind, p.marks, gap)


def _html_end(lines: list[str], start: int, offset: int, last_close: int) -> tuple[int | None, int]:
    """The line on which the table opened at (start, offset) closes, and the offset behind ``</table>``.

    Nested tables are counted. A table that another one, or rows of another form, follow after a blank
    line ends there without being closed: its end is then (that line, 0). (None, 0) at the end of the document.
    """
    depth, i, at, blank = 0, start, offset, False
    while i < len(lines):
        line = lines[i]
        if blank and i > start and _starts_anew(line):
            return i, 0
        blank = not line.strip()
        if "<" in line and i <= last_close + 1:
            position = at
            while mark := _HTML_MARK.search(line, position):
                depth += -1 if mark.group().startswith("</") else 1
                if depth <= 0:
                    return i, mark.end()
                position = mark.end()
        i, at = i + 1, 0
    return None, 0


def _starts_anew(line: str) -> bool:
    """True for a line that cannot go on with an HTML table: the start of another one, or a row with tabs or bars."""
    stripped = line.lstrip()
    return bool(_HTML_OPEN.match(stripped)) or ("<" not in line and ("\t" in line.strip() or stripped.startswith("|")))


def _html_source(lines: list[str], start: int, offset: int, end: int | None, rest: int) -> str:
    """The table's own text: from its opening tag to behind its closing one, or to the end of the document."""
    if end == start:
        return lines[start][offset:rest]
    if end is not None and rest == 0:
        return "\n".join([lines[start][offset:], *lines[start + 1 : end]])
    first = lines[start][offset:]
    if end is None:
        return "\n".join([first, *lines[start + 1 :]])
    return "\n".join([first, *lines[start + 1 : end], lines[end][:rest]])
