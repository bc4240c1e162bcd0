"""Puts the pieces of a document together: finds headers, marks page furniture, joins tables over pages."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field, replace

from rapidfuzz import fuzz

from .alignment import column_shapes, fit_part, pad_left, realign, usual_width
from .headers import MAX_LEVELS, column_paths, header_levels
from .lexing import Run
from .marks import is_image, redactions
from .raw import Block, Row, Table, TextBlock, TextKind
from .shape import NUMERIC, Profile, is_code, shape

_PAGE_NUMBER = re.compile(r"[-–—\s]*(?:p[aá]g(?:ina|\.)?|page)?\s*\d{1,4}(?:\s*(?:de|of|/)\s*\d{1,4})?[-–—\s]*", re.I)
_LEADERS = re.compile(r"\.{4,}|…{2,}|(?:\. ){4,}")
_RULE = re.compile(r"[-–—_=]{2,}")
_DIGITS = re.compile(r"\d+")
_SAME_HEADER = 92.0
_LEAD_ROWS = 8
# Rows of a table that are looked at to place the next part of it; more would make many small parts slow.
_PROFILE_ROWS = 200
_SHAPE_ROWS = 2000

Signature = tuple[str, ...]


@dataclass(slots=True)
class Part:
    """Rows of one table between two breaks, with the header printed on them, if any."""

    header: list[Row]
    rows: list[Row]
    spans: bool = False

    @property
    def signature(self) -> Signature:
        return tuple(_key(c.text) for row in self.header for _, c in row.filled)


@dataclass(slots=True)
class _Open:
    """A table that may still go on."""

    header: list[Row]
    paths: tuple[tuple[str, ...], ...]
    rows: list[Row] = field(default_factory=list)
    signature: Signature = ()
    inherited: bool = False
    parts: int = 1


def assemble(pieces: list[TextBlock | Run]) -> list[Block]:
    """The blocks of the document in reading order, each logical table once.

    A header that is printed again on the next page is dropped; rows without a header go on under
    the last one that fits them; labels, page headers and stamps printed inside a table are taken
    out of it as text.
    """
    for piece in pieces:
        if isinstance(piece, Run):
            piece.rows = [r for r in piece.rows if not _is_rule(r)]
    known = _known_headers(pieces)
    repeated = _repeated(pieces)
    items: list[TextBlock | Part] = []
    for piece in pieces:
        items += [piece] if isinstance(piece, TextBlock) else _parts(piece, known, repeated)
    return _join(_mark_furniture(items, repeated))


def _key(text: str) -> str:
    """A text without case, accents and digits, to see that it is printed again."""
    plain = unicodedata.normalize("NFD", _DIGITS.sub("#", text.casefold()))
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


def _texts(row: Row) -> list[str]:
    return [c.text if c else "" for c in row.cells]


def _levels(run: Run, start: int) -> int:
    """Header levels at row ``start``: what the markup says, where its rows do not look like data, else by form."""
    window = [_texts(r) for r in run.rows[start : start + 60]]
    by_form = header_levels(window)
    if run.levels and start == 0:
        first = [t for t in window[0] if t]
        if by_form or (len(first) > 1 and not is_code(first[0]) and not any(shape(t) in NUMERIC for t in first)):
            return min(max(run.levels, by_form), MAX_LEVELS, len(run.rows))
        return 0
    return by_form


def _lead_and_levels(run: Run) -> tuple[int, int]:
    """How many label rows stand above the header of a run, and its header levels; (0, 0) where it has no header."""
    for lead in range(min(_LEAD_ROWS, len(run.rows))):
        if levels := _levels(run, lead):
            return lead, levels
        row = run.rows[lead]
        if len(row.filled) > 2 or any(shape(c.text) in NUMERIC for _, c in row.filled):
            break
    return 0, 0


@dataclass(slots=True)
class _Known:
    """First header lines of the document with their number of levels, and their cells by column."""

    levels: dict[Signature, int] = field(default_factory=dict)
    cells: dict[tuple[int, str], set[int]] = field(default_factory=dict)

    def add(self, signature: Signature, levels: int) -> None:
        if signature not in self.levels:
            for c, key in enumerate(signature):
                if key:
                    self.cells.setdefault((c, key), set()).add(len(self.levels))
            self.levels[signature] = levels

    def levels_of(self, pairs: set[tuple[int, str]]) -> int:
        """-1 where one header holds all these cells; its levels where it holds most (another class label, say); 0 else."""
        found = Counter(h for p in pairs for h in self.cells.get(p, ()))
        if not found:
            return 0
        header, count = min(found.items(), key=lambda f: (-f[1], f[0]))
        if count == len(pairs):
            return -1
        return list(self.levels.values())[header] if count >= max(3, 0.6 * len(pairs)) else 0


def _known_headers(pieces: list[TextBlock | Run]) -> _Known:
    """First header lines of the document (two texts at least) with their number of levels."""
    known = _Known()
    for piece in pieces:
        if isinstance(piece, Run):
            lead, levels = _lead_and_levels(piece)
            if levels:
                signature = tuple(_key(t) for t in _texts(piece.rows[lead]))
                known.add(_trim(signature), levels)
    return known


def _trim(signature: Signature) -> Signature:
    end = len(signature)
    while end and not signature[end - 1]:
        end -= 1
    return signature[:end]


def _repeated(pieces: list[TextBlock | Run]) -> Counter[str]:
    """How often each line of text, or label row, is printed, digits aside."""
    counts: Counter[str] = Counter()
    for piece in pieces:
        if isinstance(piece, TextBlock):
            counts[_key(piece.text)] += 1
        else:
            counts.update(_key(r.joined) for r in piece.rows if len(r.filled) <= 2)
    return counts


def _parts(run: Run, known: _Known, repeated: Counter[str]) -> list[TextBlock | Part]:
    """Cuts a run where a header starts; label rows above a header, and repeated ones at its start, become text."""
    rows = run.rows if run.spans else _trimmed(run.rows)
    if _is_contents(rows):
        return [_as_text(r, TextKind.CONTENTS) for r in rows]
    lead, levels = _lead_and_levels(run)
    items: list[TextBlock | Part] = []
    if not levels:
        while lead < len(rows) and _is_label(rows[lead], repeated):
            lead += 1
    items += [_as_text(r) for r in rows[:lead]]
    part = Part(rows[lead : lead + levels], [], run.spans)
    items.append(part)
    furniture: list[TextBlock] = []
    i = lead + levels
    while i < len(rows):
        found = _header_at(rows, i, known)
        if found == 0 and _is_page_label(rows[i]):
            furniture.append(_as_text(rows[i], TextKind.RUNNING))
            i += 1
            continue
        if found == 0:
            part.rows.append(rows[i])
            i += 1
            continue
        again = tuple(_key(c.text) for _, c in rows[i].filled)
        if found < 0 or (again and part.signature[: len(again)] == again and not _ends_with_band(part.rows)):
            i += abs(found)  # the header of this very table once more, whole or cut
            continue
        above: list[Row] = []
        while part.rows and len(part.rows[-1].filled) == 1 and part.rows[-1].filled[0][0] == 0:
            above.insert(0, part.rows.pop())
        items += [_as_text(r) for r in above]
        part = Part(rows[i : i + found], [], run.spans)
        items.append(part)
        i += found
    return [*(p for p in items if isinstance(p, TextBlock) or p.header or p.rows), *furniture]


def _is_page_label(row: Row) -> bool:
    """A row that is the number of a page, alone or beside the name of the document: "POA 2021 | Página 3 de 8"."""
    return len(row.filled) <= 2 and any(c.text[:1].isalpha() and _PAGE_NUMBER.fullmatch(c.text) for _, c in row.filled)


def _ends_with_band(rows: list[Row]) -> bool:
    return bool(rows) and len(rows[-1].filled) == 1 and rows[-1].filled[0][0] == 0


def _header_at(rows: list[Row], i: int, known: _Known) -> int:
    """Header levels at row i inside a run where a known header is printed again; -1 for a part of one; 0 else."""
    filled = rows[i].filled
    if len(filled) < 2 or len(filled[0][1].text) > 80:
        return 0
    signature = _trim(tuple(_key(t) for t in _texts(rows[i])))
    if signature in known.levels:
        return known.levels[signature]
    if is_code(filled[0][1].text) or any(shape(c.text) in NUMERIC for _, c in filled):
        return 0
    pairs = {(c, _key(cell.text)) for c, cell in filled}
    return known.levels_of(pairs)


def _is_label(row: Row, repeated: Counter[str]) -> bool:
    """A page label printed as a row: one or two texts, no figure, printed three times or more in the document."""
    filled = row.filled
    if not filled or len(filled) > 2 or any(shape(c.text) in NUMERIC or is_code(c.text) for _, c in filled):
        return False
    return repeated[_key(row.joined)] >= 3 and not redactions(row.joined)


def _is_rule(row: Row) -> bool:
    """A line drawn with dashes, cell by cell."""
    return bool(row.filled) and all(_RULE.fullmatch(c.text) for _, c in row.filled)


def _trimmed(rows: list[Row]) -> list[Row]:
    """Rows without the blank columns at their right end."""
    width = max((f[-1][0] + 1 for r in rows if (f := r.filled)), default=0)
    return [Row(r.cells[:width], r.place) if len(r.cells) > width else r for r in rows]


def _is_contents(rows: list[Row]) -> bool:
    """A table of contents: texts and page numbers that do not fall, with leaders or in some length."""
    if len(rows) < 3 or any(len(r.filled) > 2 for r in rows):
        return False
    pairs = [r.filled for r in rows if len(r.filled) == 2]
    pages = [int(p[1][1].text) for p in pairs if p[1][1].text.isdecimal() and len(p[1][1].text) < 5]
    if len(pairs) < 3 or len(pages) < 0.8 * len(pairs):
        return False
    rising = sum(1 for a, b in itertools.pairwise(pages) if a <= b)
    leaders = any(_LEADERS.search(p[0][1].text) for p in pairs)
    return rising >= 0.8 * (len(pages) - 1) and (leaders or len(pages) >= 8) and pages[-1] > pages[0]


def _as_text(row: Row, kind: TextKind = TextKind.LINE) -> TextBlock:
    marks = row.filled[0][1].marks if row.filled else frozenset()
    return TextBlock(row.joined, row.place, kind, marks)


def _mark_furniture(items: list[TextBlock | Part], repeated: Counter[str]) -> list[TextBlock | Part]:
    """Marks stamps, page numbers, and the lines that are printed again and again where a table breaks."""
    running: set[str] = set()
    between: list[TextBlock] = []
    seen_table = False
    for item in items:
        if isinstance(item, TextBlock):
            between.append(item)
            continue
        if seen_table and not item.header and item.rows:
            keys = [_key(t.text) for t in between if not (is_image(t.text) or _PAGE_NUMBER.fullmatch(t.text))]
            if keys and all(repeated[k] >= 3 for k in keys):
                running.update(keys)
        seen_table, between = True, []
    marked: list[TextBlock | Part] = []
    for item in items:
        if isinstance(item, TextBlock) and item.kind in (TextKind.LINE, TextKind.BULLET):
            if is_image(item.text):
                item = TextBlock(item.text, item.place, TextKind.IMAGE, item.marks, item.gap)
            elif _key(item.text) in running or _PAGE_NUMBER.fullmatch(item.text):
                item = TextBlock(item.text, item.place, TextKind.RUNNING, item.marks, item.gap)
        marked.append(item)
    return marked


def _join(items: list[TextBlock | Part]) -> list[Block]:
    blocks: list[Block | _Open] = []
    table: _Open | None = None
    adjacent = False
    for item in items:
        if isinstance(item, TextBlock):
            blocks.append(item)
            adjacent = adjacent and item.kind in (TextKind.RUNNING, TextKind.IMAGE)
            continue
        if item.header:
            if table and adjacent and _same(table.signature, item.signature):
                table.rows += fit_part(item.rows, table.paths, table.rows[-_PROFILE_ROWS:])[0]
                table.parts += 1
            else:
                width = usual_width(item.rows, max(len(r.cells) for r in item.header))
                table = _Open(item.header, _paths(item, width), list(item.rows), item.signature)
                blocks.append(table)
            adjacent = True
            continue
        rows, paths, fits = fit_part(item.rows, table.paths, table.rows[-_PROFILE_ROWS:]) if table else (item.rows, (), False)
        if table and fits and adjacent:
            if len(paths) > len(table.paths):
                table.rows = pad_left(table.rows, paths, table.paths)
                table.paths = paths
            table.rows += rows
            table.parts += 1
        elif table and fits:
            table = _Open(table.header, paths, rows, table.signature, inherited=True)
            blocks.append(table)
        else:
            # Rows without any header that fits: kept as printed, under unnamed columns; the last header stays in force.
            if not any(shape(c.text) in NUMERIC for r in item.rows for _, c in r.filled[1:]):
                blocks += [_as_text(r) for r in item.rows if r.filled]
                continue
            width = max(len(r.cells) for r in item.rows)
            blocks.append(_Open([], ((),) * width, list(item.rows)))
        adjacent = fits
    done: list[Block] = []
    shapes = _shapes_by_header([b for b in blocks if isinstance(b, _Open)])
    for b in blocks:
        done += _close(b, shapes.get(_leaves(b.paths))) if isinstance(b, _Open) else [b]
    return done


def _leaves(paths: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    """The names of the last columns of a header, which tables of one kind share when their labels and periods differ."""
    return (str(len(paths)), *(_key(p[-1]).split(" ")[0] if p else "" for p in paths[-4:]))


def _shapes_by_header(tables: list[_Open]) -> dict[tuple[str, ...], list[Profile]]:
    """What the columns hold, for each kind of header that some table has enough rows to tell."""
    found: dict[tuple[str, ...], list[Profile]] = {}
    for table in sorted(tables, key=lambda t: -len(t.rows)):
        if table.header and _leaves(table.paths) not in found and (shapes := column_shapes(table.rows[:_SHAPE_ROWS], table.paths)):
            found[_leaves(table.paths)] = shapes
    return found


def _paths(part: Part, width: int) -> tuple[tuple[str, ...], ...]:
    stated = part.spans and any(c is not None and (c.col_span > 1 or c.row_span > 1) for r in part.header for c in r.cells)
    if not stated:
        # A parent printed once with blank cells beside it: a dump with tabs, and HTML that lost its spans.
        return column_paths([_texts(r) for r in part.header], width)
    paths: list[list[str]] = [[] for _ in range(width)]
    for row in part.header:
        for c, cell in enumerate(row.cells):
            if cell is not None and cell.text:
                for column in range(c, min(c + cell.col_span, width)):
                    if paths[column][-1:] != [cell.text]:
                        paths[column].append(cell.text)
    return tuple(tuple(p) for p in paths)


def _same(a: Signature, b: Signature) -> bool:
    """The same header, but for slips of spelling: cell by cell, so that a class or period that differs keeps tables apart."""
    return a == b or (
        len(a) == len(b) and all(x == y or (fuzz.ratio(x, y) >= _SAME_HEADER and len(x) > 8) for x, y in zip(a, b, strict=True))
    )


def _mended(rows: list[Row], width: int) -> list[Row]:
    """Rows that a line break inside a cell tore in two, made one again."""
    out: list[Row] = []
    for row in rows:
        above = out[-1] if out else None
        first = row.cells[0] if row.cells else None
        if (
            above is not None
            and first is not None
            and first.text[:1].islower()
            and len(above.cells) < width > len(row.cells)
            and len(above.cells) + len(row.cells) - 1 == width
            and above.cells[-1] is not None
        ):
            joint = replace(above.cells[-1], text=f"{above.cells[-1].text} {first.text}")
            out[-1] = replace(above, cells=(*above.cells[:-1], joint, *row.cells[1:]))
        else:
            out.append(row)
    return out


def _close(table: _Open, alike: list[Profile] | None) -> list[Block]:
    """The finished table with its rows put in their columns; a header that heads nothing is text."""
    if not table.rows:
        return [_as_text(r) for r in table.header]
    printed = [r for r in table.rows if r.filled]
    rows = realign(_mended(printed, usual_width(printed, len(table.paths))), table.paths, alike)
    width = max([len(table.paths), *(len(r.cells) for r in rows)], default=0)
    paths = table.paths + ((),) * (width - len(table.paths))
    return [Table(tuple(table.header), paths, tuple(rows), table.inherited, table.parts)]
