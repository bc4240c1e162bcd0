"""Holds the tables that any tool gives against the truth of a document: rows, cells in their column, and figures that are wrong.

All tools are held to the same: a table may come in pieces, one a page; a tool may have columns of its own, blank ones for example, and
then each column of the truth is looked for in the one that fits it best, in their order; blanks, hyphens and the form of letters count
only in ``f1``. A figure is wrong where the row is found and holds another one there, or none, or one where nothing is printed; it is
silent unless the tool says itself that it may not be right. Of a row that is not found the figures are missing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

from adjacency import Table
from rapidfuzz import fuzz
from scan_compare import CODE, FIGURE, figure, folded, kind_of

COUNTED = ("action", "total")
_ALIKE = 0.35
"""From 0 to 1: how alike a row must be to be taken for that of the truth."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A table as a grid of texts, and which of its cells (row, column) the tool says may not be right."""

    rows: tuple[tuple[str, ...], ...]
    doubtful: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True, slots=True)
class Counts:
    """What is counted of one or many documents. ``right``, ``given`` and ``wanted`` are cells as printed, of the body."""

    rows: int = 0
    whole: int = 0
    placed: int = 0
    right: int = 0
    given: int = 0
    wanted: int = 0
    figures: int = 0
    wrong: int = 0
    missing: int = 0
    marked: int = 0
    long: int = 0
    joined: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.given + self.wanted) if self.given + self.wanted else 0.0

    def as_json(self) -> dict[str, int]:
        return asdict(self)


def total(counts: Iterable[Counts]) -> Counts:
    return sum(counts, Counts())


def piece(table: Table, doubtful: Iterable[tuple[int, int]] = ()) -> Piece:
    """The grid of a table; the text of a cell that spans stands in its first position."""
    height, width = max((c.row_end for c in table.cells), default=-1) + 1, max((c.col_end for c in table.cells), default=-1) + 1
    grid = [[""] * width for _ in range(height)]
    for cell in table.cells:
        grid[cell.row][cell.col] = " ".join(cell.text.split())
    return Piece(tuple(map(tuple, grid)), frozenset(doubtful))


def counts(pieces: Sequence[Piece], truth: dict[str, Any]) -> Counts:
    """Of one document. ``truth`` holds ``tables`` with ``rows`` (``kind``, ``cells``), ``pages``, ``names`` and ``header_rows``."""
    tables = truth["tables"]
    own = _owned(pieces, tables)
    neutral = _neutral(truth)
    found = total(_table(mine, table, neutral) for mine, table in zip(own, tables, strict=True))
    nobodys = [p for p in pieces if all(p not in mine for mine in own)]
    return found + Counts(given=sum(bool(c) and squeezed(c) not in neutral for p in nobodys for row in p.rows for c in row))


def squeezed(text: str) -> str:
    return " ".join(text.split())


def _neutral(truth: dict[str, Any]) -> set[str]:
    """What is printed and is neither right nor wrong in a body: headers, their repetitions, headings and texts around the tables."""
    texts = [t["text"] for t in truth.get("texts", [])]
    for table in truth["tables"]:
        texts += [h["text"] for row in table.get("header_rows", []) for h in row]
        texts += [n for name in table["names"] for n in (name, name.split(" / ")[-1])]
    return set(map(squeezed, texts))


def _owned(pieces: Sequence[Piece], tables: Sequence[dict[str, Any]]) -> list[list[Piece]]:
    """For each table of the truth the pieces that share most of their words with it; what shares none is nobody's."""
    bodies = [Counter(folded(c) for row in t["rows"] for c in row["cells"] if c) for t in tables]
    own: list[list[Piece]] = [[] for _ in tables]
    for p in pieces:
        cells = Counter(folded(c) for row in p.rows for c in row if c)
        shares = [sum((1 + len(c)) * min(n, body[c]) for c, n in cells.items()) for body in bodies]
        if max(shares, default=0):
            own[shares.index(max(shares))].append(p)
    return own


def _table(own: Sequence[Piece], table: dict[str, Any], neutral: set[str]) -> Counts:
    wanted = [row["cells"] for row in table["rows"] if row["kind"] in COUNTED]
    labels = frozenset(s["col"] for s in table.get("row_spans", ()))
    rows = [(p, r) for p in own for r in range(len(p.rows))]
    pairs = _paired(wanted, [p.rows[r] for p, r in rows])
    columns = {id(p): _columns(wanted, p, [(i, rows[j][1]) for i, j in pairs.items() if rows[j][0] is p]) for p in own}
    laid = [_laid(p.rows[r], columns[id(p)]) for p, r in rows]
    body = Counter(squeezed(c) for row in table["rows"] if row["kind"] not in ("header", "redacted") for c in row["cells"] if c)
    given = Counter(c for p in own for row in p.rows for c in map(squeezed, row) if c and (c in body or c not in neutral))
    whole = _matched(wanted, [p.rows[r] for p, r in rows], lambda cells, row: not _needed(cells, labels) - Counter(map(_form, row)))
    placed = _matched(wanted, laid, lambda cells, row: tuple(map(_form, cells)) == tuple(map(_form, row)))
    tally = Counts(rows=len(wanted), whole=whole, placed=placed, right=(given & body).total(), given=given.total(), wanted=body.total())
    for i, cells in enumerate(wanted):
        tally += _figures(cells, laid[pairs[i]], rows[pairs[i]], columns) if i in pairs else Counts(**_lost(cells))
    if table["pages"][0] != table["pages"][-1]:
        tally += Counts(
            long=1, joined=int(bool(pairs) and len({id(rows[j][0]) for j in pairs.values()}) == 1 and len(pairs) == len(wanted))
        )
    return tally


def _lost(cells: Sequence[str]) -> dict[str, int]:
    count = sum(_is_figure(c) for c in cells)
    return {"figures": count, "missing": count}


def _figures(cells: Sequence[str], laid: Sequence[str], at: tuple[Piece, int], columns: dict[int, list[int | None]]) -> Counts:
    """The figures of one row against those of the row that was found for it."""
    where, row = at
    figures = wrong = marked = 0
    for wanted, own, col in zip(cells, laid, columns[id(where)], strict=False):
        figures += _is_figure(wanted)
        if not _is_figure(wanted) and not FIGURE.fullmatch(own):
            continue
        said = col is not None and (row, col) in where.doubtful
        if figure(own) == figure(wanted):
            marked += said
        else:
            wrong += not said
    return Counts(figures=figures, wrong=wrong, marked=marked)


def _form(text: str) -> str:
    """A text as it is compared: of a figure the sign says something, the hyphen of a word does not."""
    return figure(text) if FIGURE.fullmatch(text) else folded(text)


def _is_figure(text: str) -> bool:
    return bool(FIGURE.fullmatch(text) or CODE.fullmatch(text))


def _needed(cells: Sequence[str], labels: frozenset[int]) -> Counter[str]:
    """The code of a row, or its first text that is no label of several rows, and its figures: what must stand together to be of use."""
    texts = (c for k, c in enumerate(cells) if k not in labels and kind_of(c) == "text")
    name = next((c for c in cells if kind_of(c) == "code"), "") or next(texts, "")
    return Counter(_form(c) for c in (name, *(c for c in cells if kind_of(c) == "figure")) if c)


def _matched(wanted: Sequence[Sequence[str]], rows: Sequence[Sequence[str]], same: Any) -> int:
    """How many rows of the truth have one of their own that is the same."""
    used: set[int] = set()
    for cells in wanted:
        hit = next((j for j, row in enumerate(rows) if j not in used and same(cells, row)), None)
        if hit is not None:
            used.add(hit)
    return len(used)


def _paired(wanted: Sequence[Sequence[str]], rows: Sequence[Sequence[str]]) -> dict[int, int]:
    """For each row of the truth the one that was found for it: those that are most alike first, in the order of the table."""
    texts, own = [_bag(c) for c in wanted], [_bag(r) for r in rows]
    likes = [(_alike(a, b), -abs(i - j), i, j) for i, a in enumerate(texts) for j, b in enumerate(own)]
    found: dict[int, int] = {}
    taken: set[int] = set()
    for like, _, i, j in sorted(likes, reverse=True):
        if like < _ALIKE:
            break
        if i not in found and j not in taken:
            found[i] = j
            taken.add(j)
    return found


_Bag = tuple[Counter[str], int, str]


def _bag(cells: Sequence[str]) -> _Bag:
    """The cells that hold something, what they weigh together, and their words in one."""
    filled = Counter(f for c in cells if c and (f := folded(c)))
    return filled, sum(n * _weight(c) for c, n in filled.items()), "".join(folded(c) for c in cells)


def _weight(cell: str) -> int:
    return 1 + min(len(cell), 12)


def _alike(wanted: _Bag, own: _Bag) -> float:
    """From 0 to 1: cells that both have, weighed by their length, and likeness of all their words."""
    same = sum(n * _weight(c) for c, n in (wanted[0] & own[0]).items())
    return 0.6 * same / max(wanted[1], own[1], 1) + 0.4 * fuzz.ratio(wanted[2], own[2]) / 100


def _columns(wanted: Sequence[Sequence[str]], p: Piece, pairs: Sequence[tuple[int, int]]) -> list[int | None]:
    """The column of a piece for each of the truth: the same one where there are as many, else those in whose order most cells fit."""
    width, own = max(map(len, wanted), default=0), len(p.rows[0]) if p.rows else 0
    if width == own:
        return list(range(width))
    fits = [[0] * own for _ in range(width)]
    for i, r in pairs:
        for c, text in enumerate(wanted[i]):
            for k, other in enumerate(p.rows[r]):
                fits[c][k] += bool(text) and folded(text) == folded(other)
    best = [[0] * (own + 1) for _ in range(width + 1)]
    for c in range(width - 1, -1, -1):
        for k in range(own - 1, -1, -1):
            best[c][k] = max(best[c + 1][k], best[c][k + 1], best[c + 1][k + 1] + fits[c][k])
    found: list[int | None] = [None] * width
    c = k = 0
    while c < width and k < own:
        if fits[c][k] and best[c][k] == best[c + 1][k + 1] + fits[c][k]:
            found[c] = k
            c, k = c + 1, k + 1
        elif best[c][k] == best[c][k + 1]:
            k += 1
        else:
            c += 1
    return found


def _laid(row: Sequence[str], columns: Sequence[int | None]) -> tuple[str, ...]:
    """A row in the columns of the truth, and behind them what stands in none of these."""
    rest = tuple(text for k, text in enumerate(row) if text and k not in columns)
    return (*("" if k is None else row[k] for k in columns), *rest)
