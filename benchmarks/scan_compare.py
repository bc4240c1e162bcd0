"""Holds what was read of a scan against its truth, cell by cell: codes, figures, texts, and wrong figures that nothing marks."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz import fuzz

from veedor.extract.raw import Cell, RawDocument, Row
from veedor.schema.place import Place
from veedor.schema.plan import Confidence, Plan
from veedor.schema.quantity import State

FIGURE = re.compile(r"[<>≥≤$]?\s*[-(]?[\d.,]*\d[\d.,]*\)?\s*%?")
CODE = re.compile(r"(?:AO|AE|O\.?E)[ .]\S*|\d+(?:\.\d+)+\.?|\d{4}/\d")
DOUBT = frozenset({"doubtful", "illegible", "suspect"})
Spot = tuple[int | None, float | None, float | None]


@dataclass(frozen=True)
class Wrong:
    """A cell that was read wrong. ``own`` is None where its row was not found at all."""

    page: int
    row: str
    column: str
    kind: str
    wanted: str
    own: str | None
    flagged: bool


@dataclass
class Compared:
    """Cells by kind (code, figure, blank, text): how many there are and how many are right; those that are not."""

    cells: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    wrong: list[Wrong] = field(default_factory=list)
    flagged: int = 0
    """Right figures that are said to be in doubt."""

    def share(self, *kinds: str) -> float:
        count = sum(self.cells[k] for k in kinds)
        return sum(self.right[k] for k in kinds) / count if count else 1.0

    @property
    def silent(self) -> list[Wrong]:
        """Wrong figures that nothing marks, figures that stand where there is none among them."""
        return [w for w in self.wrong if not w.flagged and (w.kind in ("figure", "code") or FIGURE.fullmatch(w.own or ""))]

    def add(self, other: Compared) -> None:
        self.cells += other.cells
        self.right += other.right
        self.wrong += other.wrong
        self.flagged += other.flagged


def folded(text: str) -> str:
    return re.sub(r"[\s\u00ad\u2010\u2011-]+", "", unicodedata.normalize("NFKC", text))


def figure(text: str) -> str:
    """A figure without blanks; its minus says something."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).replace("−", "-").replace("–", "-")


def kind_of(text: str) -> str:
    if not text:
        return "blank"
    return "code" if CODE.fullmatch(text) else "figure" if FIGURE.fullmatch(text) else "text"


def compared(raw: RawDocument, truth: dict[str, Any], plan: Plan | None = None, kinds: Sequence[str] = ("action", "total")) -> Compared:
    """Every cell of the rows of the truth, each beside the row that was read for it."""
    marked = doubtful(plan) if plan else set()
    found = Compared()
    for table, rows in zip(truth["tables"], owned(raw, truth["tables"]), strict=True):
        wanted = [r for r in table["rows"] if r["kind"] in kinds]
        for row, own in zip(wanted, paired([r["cells"] for r in wanted], rows), strict=True):
            _row(found, table["names"], row, own, marked)
    return found


def owned(raw: RawDocument, tables: Sequence[dict[str, Any]]) -> list[list[Row]]:
    """For each table of the truth the rows of those that share most of its words."""
    bodies = [Counter(folded(c) for row in t["rows"] for c in row["cells"] if c) for t in tables]
    own: list[list[Row]] = [[] for _ in tables]
    for table in raw.tables:
        rows = [*table.header, *table.rows]  # a row that was taken for the header's is there, if misplaced
        cells = Counter(folded(c.text) for row in rows for _, c in row.filled)
        shares = [sum(len(c) * min(n, body[c]) for c, n in cells.items()) for body in bodies]
        if max(shares, default=0):
            own[shares.index(max(shares))].extend(rows)
    return own


def paired(wanted: Sequence[Sequence[str]], rows: Sequence[Row]) -> list[Row | None]:
    """For each row of the truth the one that was read for it: those that are most alike first."""
    likes = [(alike(cells, row), -abs(i - j), i, j) for i, cells in enumerate(wanted) for j, row in enumerate(rows)]
    out: list[Row | None] = [None] * len(wanted)
    taken: set[int] = set()
    for like, _, i, j in sorted(likes, reverse=True):
        if like >= 0.35 and out[i] is None and j not in taken:
            out[i] = rows[j]
            taken.add(j)
    return out


def alike(cells: Sequence[str], row: Row) -> float:
    """From 0 to 1: cells that are the same in their column, weighed by their length, and likeness of the words."""
    own = [row.text(c) for c in range(len(cells))]
    weights = [1 + min(len(folded(c)), 12) if c else 0 for c in cells]
    same = sum(w for w, a, b in zip(weights, cells, own, strict=True) if w and folded(a) == folded(b))
    words = fuzz.ratio(folded("".join(cells)), folded("".join(t for c in row.cells if c and (t := c.text)))) / 100
    return 0.6 * same / max(sum(weights), 1) + 0.4 * words


def _row(found: Compared, names: Sequence[str], row: dict[str, Any], own: Row | None, marked: set[Spot]) -> None:
    cells: list[str] = row["cells"]
    for c, wanted in enumerate(cells):
        kind = kind_of(wanted)
        cell = own.cells[c] if own and c < len(own.cells) else None
        text = cell.text if cell else "" if own else None
        if kind in ("code", "figure"):
            right = text is not None and figure(text) == figure(wanted)
        else:
            right = text is not None and folded(text) == folded(wanted)
        flagged = is_flagged(cell, marked) or (own is not None and c in own.unsure)
        found.cells[kind] += 1
        found.right[kind] += right
        if not right:
            found.wrong.append(Wrong(row["page"], cells[0], names[c], kind, wanted, text, flagged))
        elif kind == "figure" and flagged:
            found.flagged += 1


def is_flagged(cell: Cell | None, marked: set[Spot]) -> bool:
    return cell is not None and (not cell.marks.isdisjoint(DOUBT) or _spot(cell.place) in marked)


def doubtful(plan: Plan) -> set[Spot]:
    """Where the plan says itself that a figure may not be right."""
    return {
        _spot(m.quantity.place)
        for row in plan.indicators
        for m in row.measures
        if m.quantity.state in (State.AMBIGUOUS, State.ILLEGIBLE) or row.confidence in (Confidence.AMBIGUOUS, Confidence.ILLEGIBLE)
    }


def _spot(place: Place) -> Spot:
    return place.page, place.x0, place.top


def tables_of(raw: RawDocument) -> list[list[list[str]]]:
    """The tables as lists of texts, the names of their columns first: what the scorer of the published samples takes."""
    return [[t.names, *[[c.text if c else "" for c in r.cells] for r in t.rows]] for t in raw.tables]


def differing(a: RawDocument, b: RawDocument) -> Iterator[tuple[str, str, str, bool]]:
    """The cells in which two readings of one document differ: the row's first cell, both texts, and whether the second says it doubts."""
    bodies = [{"names": t.names, "rows": [{"cells": [r.text(c) for c in range(len(t.columns))]} for r in t.rows]} for t in a.tables]
    for truth, rows in zip(bodies, owned(b, bodies), strict=True):
        pairs = paired([r["cells"] for r in truth["rows"]], rows)
        for row, other in zip(truth["rows"], pairs, strict=True):
            for c, text in enumerate(row["cells"]):
                cell = other.cells[c] if other and c < len(other.cells) else None
                own = (cell.text if cell else "") if other else "(no row)"
                form = figure if kind_of(text) in ("code", "figure") else folded
                if form(text) != form(own):
                    yield row["cells"][0], text, own, is_flagged(cell, set())
