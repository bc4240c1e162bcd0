"""Joins the parts of tables over pages and prose, and puts every row into its columns."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from rapidfuzz import fuzz

from .alignment import column_shapes, fit_part, pad, pad_left, part_shapes, realign, usual_width
from .headers import column_paths, spanned_paths
from .parts import Part, Signature, as_text, key, texts, unlike
from .raw import Block, Row, Table, TextBlock, TextKind
from .shape import NUMERIC, Profile, shape

_SAME_HEADER = 92.0
# Rows of a table that are looked at to place the next part of it; more would make many small parts slow.
_PROFILE_ROWS = 200
_SHAPE_ROWS = 2000


@dataclass(slots=True)
class _Open:
    """A table that may still go on."""

    header: list[Row]
    paths: tuple[tuple[str, ...], ...]
    rows: list[Row] = field(default_factory=list)
    signature: Signature = ()
    inherited: bool = False
    parts: int = 1
    others: list[Row] = field(default_factory=list)
    _shapes: list[Profile] = field(default_factory=list)
    _counted: int = 0

    def shapes(self) -> list[Profile]:
        """What its columns hold, looked at anew each time that the table has doubled or was widened."""
        if len(self.rows) >= 2 * self._counted or len(self._shapes) != len(self.paths):
            self._shapes, self._counted = part_shapes(self.rows[-_PROFILE_ROWS:], self.paths), max(len(self.rows), 1)
        return self._shapes


def join(items: list[TextBlock | Part]) -> list[Block]:
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
                table.rows += fit_part(item.rows, table.paths, table.shapes())[0]
                table.parts += 1
                table.others += [*unlike(item.header, table.header), *item.others]
            else:
                width = usual_width(item.rows, max(len(r.cells) for r in item.header))
                table = _Open(item.header, _paths(item, width), list(item.rows), item.signature, others=list(item.others))
                blocks.append(table)
            adjacent = True
            continue
        rows, paths, fits = fit_part(item.rows, table.paths, table.shapes()) if table else (item.rows, (), False)
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
                blocks += [as_text(r) for r in item.rows if r.filled]
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
    return (str(len(paths)), *(key(p[-1]).split(" ")[0] if p else "" for p in paths[-4:]))


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
        return column_paths([texts(r) for r in part.header], width)
    return spanned_paths(part.header, width)


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
        return [as_text(r) for r in table.header]
    printed = [r for r in table.rows if r.filled]
    rows = realign(_mended(printed, usual_width(printed, len(table.paths))), table.paths, alike)
    headers = (*table.header, *table.others)
    width = max([len(table.paths), *(len(r.cells) for r in rows), *(r.filled[-1][0] + 1 for r in headers if r.filled)])
    paths = table.paths + ((),) * (width - len(table.paths))
    header, body, others = (tuple(_as_wide(r, width) for r in part) for part in (table.header, rows, table.others))
    return [Table(header, paths, body, table.inherited, table.parts, others)]


def _as_wide(row: Row, width: int) -> Row:
    """The row as wide as its table, which a longer one may have widened; a header may have blank cells more."""
    return row if len(row.cells) == width else pad(replace(row, cells=row.cells[:width]), 0, width)
