"""Headers to roles: what each column of a table holds, from the lexicon, tolerant and with a stated score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz import fuzz, process

from ..extract.raw import Table
from ..extract.shape import NUMERIC, Shape, profiles
from .folding import fold
from .lexicon import load
from .periods import YEAR, Period, find_period

_SURE = 88.0
_TEXT_ROLES = frozenset({"name", "lead_unit", "responsible_unit", "observation", "objective", "evidence"})
FIGURE_ROLES = frozenset({"target", "actual", "percent", "weight", "baseline"})
_PROJECT_ROLES = frozenset({"project_start", "project_end", "project_results", "project_objectives"})


@dataclass(frozen=True, slots=True)
class Column:
    """A column with its role ("" where unknown), period, and how sure the match is (0..100, below 88 assumed)."""

    index: int
    printed: str
    role: str = ""
    kind: str = ""
    period: Period | None = None
    basis: str = ""
    score: float = 0.0
    label: str = ""
    """For a column whose header is itself a label of the rows (a class or unit that drifted up)."""


@dataclass(frozen=True, slots=True)
class Wording:
    role: str
    kind: str
    basis: str


@cache
def _wordings() -> dict[str, Wording]:
    found: dict[str, Wording] = {}
    for entry in load("headers").get("columns", ()):
        for wording in entry["wordings"]:
            found.setdefault(fold(wording), Wording(entry["role"], entry.get("kind", ""), entry.get("basis", "")))
    return found


@cache
def _summaries() -> frozenset[str]:
    return frozenset(fold(w) for w in load("headers").get("summaries", {}).get("wordings", ()))


@lru_cache(maxsize=4096)
def _look_up(text: str) -> tuple[Wording | None, float]:
    """The wording nearest to a folded header text and its score; keywords count as assumed (70)."""
    if not text:
        return None, 0.0
    known = _wordings()
    if text in known:
        return known[text], 100.0
    if len(text) >= 4:
        best = process.extractOne(text, list(known), scorer=fuzz.token_sort_ratio, score_cutoff=_SURE)
        if best and len(best[0]) >= 4:
            return known[best[0]], best[1]
    words = text.replace("%", " % ").split()
    for entry in load("headers").get("keywords", ()):
        if all(any(w == k or (len(k) > 4 and w.startswith(k[:-1])) for w in words) for k in entry["words"]):
            return Wording(entry["role"], entry.get("kind", ""), ""), 70.0
    return None, 0.0


def is_summary(table: Table) -> bool:
    """True for a table that counts the rows of others; told by its header."""
    return any(fold(find_period(part)[1]) in _summaries() for path in table.columns for part in path)


def match_header(path: tuple[str, ...], index: int) -> Column:
    """The role of one column from its header path: the whole path, else its leaf, else its parent."""
    printed = " / ".join(path)
    period: Period | None = None
    parts: list[str] = []
    for text in path:
        found, rest = find_period(text)
        period = found or period  # the innermost period is the column's own
        rest = fold(rest)
        if rest:
            parts.append(rest)
    without_years = [" ".join(w for w in p.split() if not (len(w) == 4 and w.startswith("20") and w.isdigit())) for p in parts]
    candidates = [p for p in (" ".join(without_years), without_years[-1] if parts else "", without_years[0] if parts else "") if p]
    best, score = None, 0.0
    for i, text in enumerate(candidates):
        wording, s = _look_up(text)
        # The leaf says more than its parent; a parent decides only where the leaf says nothing that is known.
        if wording and s - 2 * i > score:
            best, score = wording, s - 2 * i
    if best is None and period is not None and not parts:
        best, score = Wording("target", "", ""), 60.0
    if best is None:
        return Column(index, printed, period=period)
    return Column(index, printed, best.role, best.kind, period, best.basis, score)


def map_columns(table: Table) -> list[Column]:
    """The columns of a table with their roles; unlabelled label columns left of the names become units.

    Where a header spans a label column and the column of names, the names are the one filled in most rows.
    """
    columns = [match_header(path, i) for i, path in enumerate(table.columns)]
    texts = [[c.text if c else "" for c in r.cells] for r in table.rows]
    shapes = profiles(texts, len(columns))
    columns = _shift_name(columns, shapes)
    columns = [_by_content(c, shapes[c.index]) for c in columns]
    name = next((c.index for c in columns if c.role == "name"), None)
    if name is None:
        return columns
    out = []
    for c in columns:
        unnamed = not c.role and c.index < name and shapes[c.index].shape in (Shape.TEXT, None)
        if unnamed or (c.role == "class" and c.index < name):
            c = Column(c.index, c.printed, "label", label=c.printed)
        elif c.role in ("lead_unit", "responsible_unit") and c.index < name and shapes[c.index].fill < 0.7:
            c = Column(c.index, c.printed, "label")
        out.append(c)
    return out


def _shift_name(columns: list[Column], shapes: Sequence) -> list[Column]:
    """ "Indicador de resultado" over two columns: the first holds unit labels, the second the names."""
    out = list(columns)
    for c in columns[:-1]:
        following = columns[c.index + 1]
        own, next_to = shapes[c.index], shapes[following.index]
        if c.role == "name" and not following.printed and next_to.shape is Shape.TEXT and next_to.fill > own.fill:
            out[c.index] = Column(c.index, "")
            out[following.index] = Column(following.index, c.printed, "name", c.kind, c.period, c.basis, c.score)
    return out


def _by_content(column: Column, profile) -> Column:
    """Takes a role back where the cells cannot hold it: a text column is no target, a column of figures no name."""
    if column.role in _TEXT_ROLES and profile.shape in NUMERIC and column.score < 100:
        return Column(column.index, column.printed, period=column.period)
    if column.role in FIGURE_ROLES and profile.shape is Shape.TEXT and profile.fill > 0.3:
        role = "project_results" if fold(column.printed) == "resultados esperados" else ""
        return Column(column.index, column.printed, role, period=column.period)
    return column


def is_project_table(columns: Sequence[Column]) -> bool:
    """True where the header names projects with their dates or expected results."""
    roles = {c.role for c in columns}
    return len(roles & _PROJECT_ROLES) >= 2 and bool(roles & {"project_name", "name"})


def period_of(column: Column, actual: Period | None, quarterly: bool) -> Period | None:
    """The period of a figure column: its own; the year for an annual one; else that of the reported result."""
    if column.period is not None:
        return column.period
    if column.basis == "annual" or column.role in ("weight",):
        return YEAR
    if column.role in ("actual", "percent") or (column.role == "target" and actual is not None and not quarterly):
        return actual
    return YEAR if column.role == "target" else None
