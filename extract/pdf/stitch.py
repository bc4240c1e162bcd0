"""Joins the tables of pages to logical tables, and the lines between them to text blocks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from ..headers import spanned_paths
from ..lexing import is_bullet
from ..marks import is_page_number
from ..markup import items_of
from ..parts import LEADERS, as_text, is_contents, key, unlike
from ..raw import Block, Cell, Row, Table, TextBlock, TextKind
from .characters import BREAK, SOFT_HYPHEN
from .content import inside, place_of
from .layout import PageLayout
from .lines import appended, is_figure, lines_of, phrases
from .paragraphs import PageText
from .table import PageCell, PageRow, PageTable

_SAME_EDGE = 6.0
"""Points by which the edges of a column may differ from page to page."""
_ROOM = 0.25
"""Share of a page that a table leaves free only where it ends: the next, with a header of its own, is another one."""


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A page as laid out: which of the document's, which of those laid out, and where it begins on its sheet."""

    page: int
    order: int
    left: float

    def follows(self, other: _Leaf) -> bool:
        """The next page, or the one that faces it."""
        return self.order - other.order == 1 and self.page - other.page <= 1


@dataclass(slots=True)
class _Open:
    """A logical table that may go on over the page."""

    header: list[Row]
    paths: tuple[tuple[str, ...], ...]
    xs: list[float]
    last: _Leaf
    room: float = 0.0
    """Share of the last page's height that is left free below it."""
    rows: list[Row] = field(default_factory=list)
    inherited: bool = False
    parts: int = 1
    others: list[Row] = field(default_factory=list)
    """Rows of its header printed again that do not say the same."""
    before: _Open | None = None
    """The table that it may go on, if what stands ``between`` is furniture."""
    between: frozenset[str] = frozenset()
    joined_to: _Open | None = None

    def table(self) -> Table:
        rows = tuple(_without_leaders(r) for r in self.rows)
        return Table(tuple(self.header), self.paths, rows, self.inherited, self.parts, tuple(self.others))


def stitch(pages: Iterable[PageLayout]) -> list[Block]:
    """The blocks of the document in reading order. Pages are taken one by one and not kept."""
    blocks: list[Block | _Open] = []
    table: _Open | None = None
    free = False
    """Nothing but furniture stands between the open table and the next."""
    last_box = (0.0, 0.0, 0.0, 0.0)
    titles: list[str] = []
    between: set[str] = set()
    seen: list[set[str]] = []
    for order, page in enumerate(pages):
        leaf = _Leaf(page.number, order, page.left)
        seen.append(set())
        for piece in page.pieces:
            if isinstance(piece, PageTable) and piece.lone and not (table and free and _continues(table, piece, leaf)):
                piece = _as_text(piece)
            if isinstance(piece, PageTable) and (contents := _contents(piece, page.number)):
                blocks += contents
                free = False
                continue
            if isinstance(piece, PageTable):
                names = [_title_block(title, page.number) for title in _titles(piece)]
                if [key(t.text) for t in names] != titles or not free:
                    blocks += names
                    free = free and not names
                titles = [key(t.text) for t in names]
                if table is not None and free and _continues(table, piece, leaf):
                    if piece.levels and table.room >= _ROOM:
                        table = _Open(table.header, table.paths, piece.xs, leaf, before=table, between=frozenset(between))
                        blocks.append(table)
                    _append(table, piece, leaf)
                else:
                    table = _opened(piece, leaf, table)
                    blocks.append(table)
                between = set()
                table.room = (_foot(page) - piece.box[3]) / page.height
                free, last_box = True, piece.box
            else:
                kind = _kind(piece)
                blocks += _text_blocks(piece, page.number, kind)
                inside = table is not None and table.last == leaf and piece.box[1] >= last_box[1] and piece.box[3] <= last_box[3]
                free = free and (kind is TextKind.RUNNING or inside)
                if kind is TextKind.RUNNING:
                    between.add(key(" ".join(line.text for line in piece.lines)))
                    seen[-1] |= between
    return [b.table() if isinstance(b, _Open) else b for b in _settled(blocks, seen)]


def _contents(piece: PageTable, page: int) -> list[TextBlock]:
    """The lines of a table of contents; none for any other table."""
    if piece.ruled or piece.columns > 3:
        return []
    rows = [_row(r, page) for r in piece.rows]
    return [as_text(row, TextKind.CONTENTS) for row in rows] if is_contents(rows, headed=False) else []


def _as_text(piece: PageTable) -> PageText:
    return PageText(lines_of(phrases([w for row in piece.rows for c in row.cells if c is not None for w in c.words])), piece.box)


def _settled(blocks: list[Block | _Open], seen: list[set[str]]) -> list[Block | _Open]:
    """Joins the parts that were left apart because a page had room below the first.

    What stands between them decides: furniture is printed to the document's end, a title that
    several sections share is not.
    """
    out: list[Block | _Open] = []
    for block in blocks:
        if isinstance(block, _Open) and block.before is not None:
            if all(_to_the_end(text, seen) for text in block.between):
                whole = block.before
                while whole.joined_to is not None:
                    whole = whole.joined_to
                whole.rows += block.rows
                whole.parts += block.parts
                whole.others += block.others
                block.joined_to = whole
                continue
            block.rows, block.parts = list(block.rows), 1
        out.append(block)
    return out


def _to_the_end(text: str, seen: list[set[str]]) -> bool:
    first = next((i for i, page in enumerate(seen) if text in page), len(seen))
    return all(text in page for page in seen[first:] if page)


def _foot(page: PageLayout) -> float:
    """Where the page's footer begins, or where its lower margin does."""
    feet = [p.box[1] for p in page.pieces if isinstance(p, PageText) and p.running and p.box[1] > 0.7 * page.height]
    return min([*feet, 0.95 * page.height])


def _kind(piece: PageText) -> TextKind:
    if piece.chart:
        return TextKind.IMAGE
    text = " ".join(line.text for line in piece.lines)
    return TextKind.RUNNING if piece.running or is_page_number(text) else TextKind.LINE


def _titles(piece: PageTable) -> list[PageRow]:
    """Rows above the header that a title over the whole width fills; they are taken out of the table."""
    titles = []
    while piece.levels > 1 and len(piece.rows[0].filled) == 1 and piece.rows[0].filled[0][1].col_span >= piece.columns:
        titles.append(piece.rows.pop(0))
        piece.levels -= 1
    return titles


def _title_block(row: PageRow, page: int) -> TextBlock:
    return TextBlock(" ".join(row.texts).strip(), place_of(row.box, page))


def _continues(table: _Open, piece: PageTable, leaf: _Leaf) -> bool:
    """The same columns at the same places on the next page, with the same header or none."""
    if not leaf.follows(table.last):
        return False
    if piece.levels:
        return len(piece.xs) == len(table.xs) and _same_header(table, piece)
    return _same_edges(piece.xs, table.xs, leaf.left != table.last.left) and not _begins_again(table, piece)


def _begins_again(table: _Open, piece: PageTable) -> bool:
    """True for the next of many forms: its first row is the first of the one before but for its number, which no other row is."""
    if table.header or not table.rows:
        return False
    first, *others = [key(row.filled[0][1].text) if row.filled else "" for row in table.rows]
    again = piece.rows[0].filled
    return bool(again) and key(again[0][1].text) == first and first not in others and any(c.isalpha() for c in first)


def _same_header(table: _Open, piece: PageTable) -> bool:
    """Without blanks: one page may print "ResultadoEsperado" and the next "Resultado Esperado"."""
    mine = [key(c.text).replace(" ", "") for row in table.header for c in row.cells if c is not None]
    other = [key(c.text).replace(" ", "") for row in piece.header for c in row.cells if c is not None]
    return mine == other


def _append(table: _Open, piece: PageTable, leaf: _Leaf) -> None:
    rows = [_row(r, leaf.page) for r in piece.body]
    if rows and table.rows and _is_rest(table.rows[-1], rows[0]):
        table.rows[-1] = _merged(table.rows[-1], rows.pop(0))
    table.rows += rows
    table.others += unlike([_row(r, leaf.page) for r in piece.header], table.header)
    table.parts += 1
    table.last = leaf


def _is_rest(above: Row, row: Row) -> bool:
    """True where a row at the top of a page is the rest of the one that the page before broke.

    Its first column is blank, and it brings text only where that row has text already, or figures
    where that row has none at all.
    """
    filled = row.filled
    if not filled or filled[0][0] == 0 or any(c.col_span > 1 for _, c in filled):
        return False
    if above.cells[0] is None or not above.cells[0].text or above.cells[0].row_span > 1 or above.cells[0].col_span > 1:
        return False
    had_figures = any(is_figure(c.text) for i, c in above.filled if i)
    for column, cell in filled:
        if is_figure(cell.text):
            if had_figures or above.text(column):
                return False
        elif not above.text(column) and had_figures and column < 2:
            return False
    return True


def _merged(above: Row, rest: Row) -> Row:
    cells = list(above.cells)
    for column, cell in rest.filled:
        upper = cells[column]
        text = appended(upper.text, cell.text) if upper is not None and upper.text else cell.text
        base = upper if upper is not None and upper.text else cell
        cells[column] = Cell(text, base.place, base.row_span, base.col_span, base.marks | cell.marks, fill=base.fill)
    return Row(tuple(cells), above.place)


def _without_leaders(row: Row) -> Row:
    """A row whose labels lose the dots that lead to their figures."""
    if not any("..." in c.text or ". ." in c.text for _, c in row.filled):
        return row
    cells = tuple(replace(c, text=LEADERS.sub("", c.text).strip()) if c is not None and LEADERS.search(c.text) else c for c in row.cells)
    return replace(row, cells=cells)


def _opened(piece: PageTable, leaf: _Leaf, before: _Open | None) -> _Open:
    header = [_row(r, leaf.page) for r in piece.header]
    paths = spanned_paths(header, piece.columns)
    opened = _Open(header, paths, piece.xs, leaf, rows=[_row(r, leaf.page) for r in piece.body])
    if not header and before is not None and _same_edges(before.xs, piece.xs, leaf.left != before.last.left):
        # Rows without a header under the columns of the table before: its names hold on.
        opened.paths, opened.inherited = before.paths, True
    return opened


def _same_edges(a: list[float], b: list[float], facing: bool) -> bool:
    """Columns at the same places; of pages that face each other, which have no left edge in common, columns of the same widths."""
    off = a[0] - b[0] if facing and a and b else 0.0
    return len(a) == len(b) and all(abs(x - y - off) <= _SAME_EDGE for x, y in zip(a, b, strict=True))


def _row(row: PageRow, page: int) -> Row:
    return Row(tuple(_cell(c, page) if c is not None else None for c in row.cells), place_of(row.box, page))


def _cell(cell: PageCell, page: int) -> Cell:
    marks = set()
    if cell.redacted:
        marks.add("redacted")
    if cell.illegible:
        marks.add("doubtful" if cell.text else "illegible")
    if cell.recognised:
        marks.add("recognised")
    bold = bool(cell.words)
    for word in cell.words:
        if word.symbol:
            marks.add("symbol")
        if word.suspect:
            marks.add("suspect")
        if word.doubtful:
            marks.add("doubtful")
        if word.crossed_out:
            marks.add("crossed-out")
        if not inside(word, cell.box, 1.0):
            marks.add("outside")
        bold = bold and word.bold
    if bold:
        marks.add("bold")
    items = tuple(item.strip() for item in (items_of(cell.text) or _one_item(cell.text)) if item.strip())
    if items:
        marks.add("list")
    return Cell(cell.text, place_of(cell.box, page), cell.row_span, cell.col_span, frozenset(marks), items, cell.fill, cell.readings)


def _one_item(text: str) -> list[str]:
    return [text[1:]] if text[:1] == "•" else []


def _text_blocks(piece: PageText, page: int, kind: TextKind) -> list[TextBlock]:
    if kind is TextKind.IMAGE:
        return [TextBlock(line.text, place_of(line.box, page), kind) for line in piece.lines]
    text = ""
    for line in piece.lines:
        text = appended(text, line.text)
    text = text.replace(SOFT_HYPHEN, "").replace(BREAK, "-")
    bold = frozenset({"bold"}) if all(w.bold for line in piece.lines for w in line.words) else frozenset()
    return [TextBlock(text, place_of(piece.box, page), TextKind.BULLET if kind is TextKind.LINE and is_bullet(text) else kind, bold)]
