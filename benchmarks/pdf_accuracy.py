"""How right veedor reads PDFs whose truth is known: rows, cells in their column, and wrong figures that nothing marks as doubtful."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from measured import Measured

import veedor
from veedor.extract.raw import Row, Table
from veedor.extract.reading import read_raw
from veedor.schema.place import Place
from veedor.schema.plan import Confidence
from veedor.schema.quantity import State

FIGURE = re.compile(r"[<>≥≤$]?\s*-?[\d.,]+\s*%?")
Form = Callable[[str], str]
Spot = tuple[int | None, float | None, float | None]


def documents(*folders: Path) -> list[Path]:
    """The born-digital PDFs beside which the truth of every row lies."""
    found = [f for folder in folders for f in sorted(folder.glob("*.pdf")) if f.with_suffix(".json").exists() and "scan" not in f.stem]
    truths = {f: json.loads(f.with_suffix(".json").read_text("utf-8")) for f in found}
    return [f for f, truth in truths.items() if "tables" in truth and "scan" not in truth]


def compared(document: Path) -> Iterator[Measured]:
    """The figures of one document against its truth."""
    truth = json.loads(document.with_suffix(".json").read_text("utf-8"))["tables"]
    tables = read_raw(document).tables
    own = _owned(tables, truth)
    wanted = [row["cells"] for t in truth for row in t["rows"] if row["kind"] in ("action", "total")]
    rows = sum(min(n, have) for n, have in _both(own, truth, lambda cells: tuple(sorted(c for c in cells if c))))
    placed = sum(min(n, have) for n, have in _both(own, truth, tuple))
    name = f"{document.stem[:28]}: "
    yield Measured(f"{name}rows whole", rows, len(wanted), goal=len(wanted), equal=True)
    yield Measured(f"{name}rows with every cell in its column", placed, len(wanted), goal=len(wanted), equal=True)
    yield Measured(f"{name}F1 of cells, as printed", _f1(own, truth, squeezed), unit="")
    yield Measured(f"{name}F1 of cells, without hyphens and blanks", _f1(own, truth, folded), unit="")
    yield Measured(f"{name}wrong figures without a mark", wrong_figures(own, truth, _doubtful(document)), 0, goal=0, equal=True)


def squeezed(text: str) -> str:
    return " ".join(text.split())


def folded(text: str) -> str:
    return re.sub(r"[\s\u00ad\u2010\u2011-]+", "", unicodedata.normalize("NFKC", text))


def _owned(tables: Sequence[Table], truth: Sequence[dict[str, Any]]) -> list[list[Row]]:
    """For each table of the truth the rows of those that share most of its words; what shares none with any goes to the first."""
    bodies = [Counter(folded(c) for row in t["rows"] for c in row["cells"] if c) for t in truth]
    own: list[list[Row]] = [[] for _ in truth]
    for table in tables:
        cells = Counter(folded(c.text) for row in table.rows for _, c in row.filled)
        shares = [sum(len(c) * min(n, body[c]) for c, n in cells.items()) for body in bodies]
        own[shares.index(max(shares))].extend(table.rows)
    return own


def _both(
    own: Sequence[Sequence[Row]], truth: Sequence[dict[str, Any]], key: Callable[[Sequence[str]], tuple[str, ...]]
) -> Iterator[tuple[int, int]]:
    """How often each row of the truth is there, and how often it is read."""
    for mine, table in zip(own, truth, strict=True):
        have = Counter(key([folded(c.text) if c else "" for c in row.cells]) for row in mine)
        want = Counter(key([folded(c) for c in row["cells"]]) for row in table["rows"] if row["kind"] in ("action", "total"))
        yield from ((n, have[cells]) for cells, n in want.items())


def _f1(own: Sequence[Sequence[Row]], truth: Sequence[dict[str, Any]], form: Form) -> float:
    same = have = want = 0
    for mine, table in zip(own, truth, strict=True):
        found = Counter(form(c.text) for row in mine for _, c in row.filled)
        wanted = Counter(form(c) for row in table["rows"] if row["kind"] not in ("header", "redacted") for c in row["cells"] if c)
        same, have, want = same + (found & wanted).total(), have + found.total(), want + wanted.total()
    return 2 * same / (have + want)


def wrong_figures(own: Sequence[Sequence[Row]], truth: Sequence[dict[str, Any]], doubtful: set[Spot]) -> int:
    """Figures that are missing, stand in another column, differ, or are none of the row's own, and that nothing marks as doubtful.

    Rows are paired by their texts, in the order of the table.
    """
    wrong = 0
    for mine, table in zip(own, truth, strict=True):
        named: dict[str, list[Row]] = defaultdict(list)
        for row in mine:
            named[_label([c.text if c else "" for c in row.cells])].append(row)
        for row in table["rows"]:
            if row["kind"] not in ("action", "total"):
                continue
            cells: list[str] = row["cells"]
            same = named[_label(cells)]
            best = min(same, key=lambda r: _differing(r, cells, doubtful), default=None)
            if best is None:
                wrong += sum(FIGURE.fullmatch(c) is not None for c in cells)
                continue
            same.remove(best)
            wrong += _differing(best, cells, doubtful)
        # What is left over is no row of the truth, or one too many.
        left = [c for rows in named.values() for row in rows for _, c in row.filled]
        wrong += sum(FIGURE.fullmatch(c.text) is not None and _spot(c.place) not in doubtful for c in left)
    return wrong


def _figure(text: str) -> str:
    """A figure without blanks; unlike those of texts, its hyphen says something."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def _label(cells: Sequence[str]) -> str:
    return "".join(folded(c) for c in cells if c and not FIGURE.fullmatch(c))


def _differing(row: Row, cells: Sequence[str], doubtful: set[Spot]) -> int:
    count = 0
    for c in range(max(len(cells), len(row.cells))):
        wanted, own = cells[c] if c < len(cells) else "", row.cells[c] if c < len(row.cells) else None
        text = own.text if own else ""
        if not FIGURE.fullmatch(wanted) and not FIGURE.fullmatch(text):
            continue
        marked = c in row.unsure or (own is not None and _spot(own.place) in doubtful)
        count += _figure(text) != _figure(wanted) and not marked
    return count


def _doubtful(document: Path) -> set[Spot]:
    """Where the plan says itself that a figure may not be right."""
    found: set[Spot] = set()
    for row in veedor.read(document).indicators:
        for measure in row.measures:
            state = measure.quantity.state
            if state in (State.AMBIGUOUS, State.ILLEGIBLE) or row.confidence in (Confidence.AMBIGUOUS, Confidence.ILLEGIBLE):
                found.add(_spot(measure.quantity.place))
    return found


def _spot(place: Place) -> Spot:
    return place.page, place.x0, place.top
