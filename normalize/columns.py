"""Headers to roles: what each column of a table holds, from the lexicon, tolerant and with a stated score."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from rapidfuzz import fuzz, process

from ..extract.raw import Table
from ..extract.shape import NUMERIC, Profile, Shape, profiles
from .beside_others import beside_others
from .classes import is_class_word
from .codes import split_code
from .folding import confusable, fold
from .lexicon import load
from .measure_units import unit_of
from .ordinal_headers import named
from .organisations import is_unit
from .periods import Period, find_period, months_of_each, of_a_part, to_date

SURE = 88.0
# Words that a unit of measure has at most, and shares of the cells of a column "Unidad" that must be known ones.
_UNIT_WORDS, _SOME_UNITS, _MOST_UNITS = 4, 0.3, 0.8
# Different units that a column prints which no column of areas stands beside.
_UNITS_ALONE = 3
_MOST_PERCENTAGES, _FEW_PERCENTAGES = 0.9, 0.5
_YEAR = re.compile(r"(?:19|20)\d\d")
# "(a)", "(b/a)": the letters with which a header explains a formula.
_FORMULA_LETTERS = re.compile(r"\(?[a-z]\)?\s*=?\s*\([a-z0-9/*x+\- ]+\)(?:\s*[x*]\s*100)?|\([a-z]\)", re.I)
_TEXT_ROLES = frozenset({"name", "lead_unit", "responsible_unit", "observation", "objective", "evidence"})
FIGURE_ROLES = frozenset({"target", "actual", "percent", "weight", "weighted", "baseline"})
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
    year: int | None = None
    """The year printed in its header."""
    label: str = ""
    """For a column whose header is itself a label of the rows (a class or unit that drifted up)."""


@dataclass(frozen=True, slots=True)
class Wording:
    role: str
    kind: str
    basis: str


def _header_words(text: str) -> str:
    """A header folded, with the short forms of "número" made one: "N.º", "N°", "Nro.", "Núm."."""
    return re.sub(rf"\b(?:{load('headers')['number_sign']})\b", "no", fold(text))


@cache
def _wordings() -> dict[str, Wording]:
    found: dict[str, Wording] = {}
    for entry in load("headers").get("columns", ()):
        for wording in entry["wordings"]:
            found.setdefault(_header_words(wording), Wording(entry["role"], entry.get("kind", ""), entry.get("basis", "")))
    return found


@cache
def _confusable_wordings() -> dict[str, Wording]:
    """The wordings with the letters made one that an OCR takes for each other ("C0D1GO")."""
    found: dict[str, Wording] = {}
    for text, wording in _wordings().items():
        if len(text) >= 4:
            found.setdefault(confusable(text), wording)
    return found


@cache
def _summaries() -> frozenset[str]:
    return frozenset(fold(w) for w in load("headers").get("summaries", {}).get("wordings", ()))


@cache
def _word_set(name: str) -> frozenset[str]:
    return frozenset(load("headers").get(name, ()))


def _is_money(text: str) -> bool:
    """True for a folded header that speaks of money and not of physical figures too ("Físico - financiero")."""
    words = set(text.split())
    return bool(words & _word_set("budget_words")) and not words & _word_set("physical_words")


@lru_cache(maxsize=4096)
def _look_up(text: str) -> tuple[Wording | None, float]:
    """The wording nearest to a folded header text and its score; one that is near only without filler words, or by keyword, is assumed."""
    if not text:
        return None, 0.0
    known = _wordings()
    if text in known:
        return known[text], 100.0
    if _is_money(text):
        return Wording("budget", "", ""), 80.0
    if len(text) >= 4:
        best = process.extractOne(text, list(known), scorer=fuzz.token_sort_ratio, score_cutoff=SURE)
        # "N.º de indicadores" counts, and is no slip of "N.º de indicador": beside its number a wording is met as it is.
        if best and len(best[0]) >= 4 and not text.startswith("no "):
            return known[best[0]], best[1]
    if confusable(text) in _confusable_wordings():
        return _confusable_wordings()[confusable(text)], 86.0
    core = " ".join(w for w in text.split() if w not in _word_set("filler"))
    if core in known:
        return known[core], 86.0
    words = text.replace("%", " % ").split()
    for entry in load("headers").get("keywords", ()):
        if all(any(w == k or (len(k) > 4 and w.startswith(k[:-1])) for w in words) for k in entry["words"]):
            return Wording(entry["role"], entry.get("kind", ""), ""), 70.0
    return None, 0.0


def is_summary(table: Table, columns: Sequence[Column]) -> bool:
    """True for a table that counts the rows of others; told by its header, where that does not surely head rows of its own."""
    sure = {c.role for c in columns if c.score >= SURE}
    if "name" in sure and sure & {"target", "actual", "percent"}:
        return False
    return any(fold(find_period(part)[1]) in _summaries() for path in table.columns for part in path)


def match_header(path: tuple[str, ...], index: int) -> Column:
    """The role of one column from its header path: the whole path, else its leaf, else its parent."""
    printed = " / ".join(path)
    period: Period | None = None
    year: int | None = None
    parts: list[str] = []
    for text in path:
        found, rest = find_period(text)
        period = found or period  # the innermost period is the column's own
        year = next((int(w) for w in fold(text).split() if _YEAR.fullmatch(w)), year)
        rest = " ".join(w for w in _header_words(rest).split() if not _YEAR.fullmatch(w))
        if rest and not _FORMULA_LETTERS.fullmatch(text.strip()):
            parts.append(rest)
    part = period is None and any(of_a_part(p) for p in parts)
    if any(_is_money(p) for p in parts) and not any(p in _wordings() for p in parts):
        return Column(index, printed, "budget", period=period, score=80.0)
    best, score = None, 0.0
    for i, text in enumerate(dict.fromkeys([" ".join(parts), *reversed(parts)])):
        wording, s = _look_up(text)
        # The leaf says more than its parents; they decide only where the leaf says nothing that is known.
        if wording and s - 2 * i > score:
            best, score = wording, s - 2 * i
    if best is None and period is not None and not parts:
        best, score = Wording("target", "", ""), 60.0
    if best is None:
        return Column(index, printed, period=period)
    basis = best.basis
    if best.role in FIGURE_ROLES and period is None and not basis:
        basis = "to_date" if any(to_date(p) for p in parts) else "part" if part else ""
    return Column(index, printed, best.role, best.kind, period, basis, score, year)


def map_columns(table: Table) -> list[Column]:
    """The columns of a table with their roles; unlabelled label columns left of the names become units.

    Where a header spans a label column and the column of names, the names are the one filled in most
    rows. A second column of the same role and period is left without a role: it is not the figure meant.
    """
    paths = named(table.columns, [_heads_figures(path[:-1]) for path in table.columns])
    told = [replace(match_header(path, i), printed=" / ".join(table.columns[i])) for i, path in enumerate(paths)]
    columns = beside_others(_periods_alone(told, paths))
    texts = [[c.text if c else "" for c in r.cells] for r in table.rows]
    shapes = profiles(texts, len(columns))
    columns = _unnamed_parts(_shift_name(_told_by_rows(_coded_objectives(columns, texts), texts), shapes), shapes)
    columns = _unit_measured(columns, texts)
    columns = _one_of_each(_shares([_by_content(c, shapes[c.index], texts) for c in columns], texts))
    name = next((c.index for c in columns if c.role == "name"), None)
    if name is None:
        return columns
    out = []
    for c in columns:
        own = shapes[c.index]
        if not c.role and not c.printed and c.index < name and own.shape is Shape.CODE:
            c = Column(c.index, c.printed, "code")
        elif (not c.role and c.index < name and own.shape in (Shape.TEXT, None)) or (c.role == "class" and c.index < name):
            c = Column(c.index, c.printed, "label", label=c.printed)
        elif c.role in ("lead_unit", "responsible_unit") and c.index < name and own.fill < 0.7:
            c = Column(c.index, c.printed, "label")
        out.append(c)
    return out


def _heads_figures(parents: tuple[str, ...]) -> bool:
    """True where the parents of a header name figures of the plan by themselves: "Programado", "Metas físicas"."""
    found = [w for text in parents if (w := _look_up(_header_words(find_period(text)[1]))[0])]
    return bool(found) and found[-1].role in ("target", "actual")


def _coded_objectives(columns: list[Column], texts: Sequence[Sequence[str]]) -> list[Column]:
    """ "Código PEI" before the column of the action's own code, where its cells print the objective's text with the code."""
    codes = [c.index for c in columns if c.role == "code"]
    if len(codes) < 2 or any(c.role == "objective" for c in columns):
        return columns
    found = next((c for c in columns if c.index in codes[:-1] and _word_set("objective_words") & set(fold(c.printed).split())), None)
    cells = [t for row in texts if found is not None and found.index < len(row) and (t := row[found.index])]
    if found is None or not cells or 2 * sum(split_code(t) is not None for t in cells) <= len(cells):
        return columns
    return [replace(c, role="objective") if c is found else c for c in columns]


def _periods_alone(columns: list[Column], paths: Sequence[tuple[str, ...]]) -> list[Column]:
    """Columns headed by a period alone, under a parent that is not known: two or more of them are programmed targets."""
    leaves = {c.index: paths[c.index][-1] for c in columns if len(paths[c.index]) > 1}
    alone = [c for c in columns if not c.role and c.period is not None and c.index in leaves and not fold(find_period(leaves[c.index])[1])]
    if len({c.period for c in alone}) < 2:
        return columns
    found = {c.index for c in alone}
    return [replace(c, role="target", score=60.0) if c.index in found else c for c in columns]


def _unnamed_parts(columns: list[Column], shapes: Sequence[Profile]) -> list[Column]:
    """ "METAS TRIMESTRALES" over four columns of figures that print no period of their own: they are the quarters, assumed."""
    out = list(columns)
    for c in columns:
        length = months_of_each(fold(c.printed)) if c.role == "target" and c.period is None else 0
        count = 12 // length if length else 0
        run = columns[c.index : c.index + count]
        after = columns[c.index + count] if c.index + count < len(columns) else None
        bare = all(not r.printed for r in run[1:]) and (after is None or bool(after.printed))
        if count and len(run) == count and bare and all(shapes[r.index].shape in NUMERIC for r in run):
            for n, r in enumerate(run):
                out[r.index] = replace(c, index=r.index, period=Period(n * length + 1, (n + 1) * length), basis="", score=65.0)
    return out


def _one_of_each(columns: list[Column]) -> list[Column]:
    """One column for each figure role and period: the first, unless a later one says that it supersedes it; the others are out of play."""
    kept: dict[tuple[str, Period | None, str, int | None], Column] = {}
    for c in columns:
        key = (c.role, c.period, c.basis, c.year)
        if c.role in ("target", "actual", "percent") and (key not in kept or (_supersedes(c) and not _supersedes(kept[key]))):
            kept[key] = c
    return [replace(c, role="double") if c.role in ("target", "actual", "percent") and c not in kept.values() else c for c in columns]


def _supersedes(column: Column) -> bool:
    """True for a figure that replaces the one approved at first: "modificado", "reprogramado"."""
    return bool(_word_set("superseding_words") & set(fold(column.printed).split()))


def _shift_name(columns: list[Column], shapes: Sequence[Profile]) -> list[Column]:
    """ "Indicador de resultado" over two columns: the first holds unit labels, the second the names."""
    out = list(columns)
    for c in columns[:-1]:
        following = columns[c.index + 1]
        own, next_to = shapes[c.index], shapes[following.index]
        if c.role == "name" and not following.printed and not following.role and next_to.shape is Shape.TEXT and next_to.fill > own.fill:
            out[c.index] = Column(c.index, "")
            out[following.index] = Column(following.index, c.printed, "name", c.kind, c.period, c.basis, c.score)
    return out


def _by_content(column: Column, profile: Profile, texts: Sequence[Sequence[str]]) -> Column:
    """Takes a role back where the cells cannot hold it: a text column is no target, a column of figures no name."""
    if column.role in _TEXT_ROLES and profile.shape in NUMERIC and column.score < 100:
        column = Column(column.index, column.printed, period=column.period)
    if column.role in FIGURE_ROLES and profile.shape is Shape.TEXT and profile.fill > 0.3:
        column = Column(column.index, column.printed, period=column.period)
    words = _column_words(texts, column.index) if not column.role and column.printed and profile.shape is Shape.TEXT else []
    return Column(column.index, column.printed, "class", score=80.0) if words and all(is_class_word(w) for w in words) else column


def _shares(columns: list[Column], texts: Sequence[Sequence[str]]) -> list[Column]:
    """ "Avance" beside "Meta" and "Realizado" whose cells are percentages, and theirs are not, is the percentage."""

    def percentages(column: Column) -> float:
        cells = [t[column.index] for t in texts if column.index < len(t) and any(c.isdigit() for c in t[column.index])]
        return sum(c.rstrip().endswith("%") for c in cells) / len(cells) if cells else 0.0

    actuals = [c for c in columns if c.role == "actual"]
    if len(actuals) < 2 or any(c.role == "percent" and c.period in {a.period for a in actuals} for c in columns):
        return columns
    plain = {c.period for c in actuals if percentages(c) < _FEW_PERCENTAGES}
    shares = [c for c in actuals if percentages(c) >= _MOST_PERCENTAGES and (c.period in plain or (c.period is None and len(plain) == 1))]
    return [replace(c, role="percent", score=80.0) if c in shares else c for c in columns]


def _told_by_rows(columns: list[Column], texts: Sequence[Sequence[str]]) -> list[Column]:
    """A column that says row by row whether it is the programmed or the executed one, of goods or of money, whatever its header says."""
    for role in ("row_measure", "row_kind"):
        told = next((c for c in columns if c.role != role and _says_both(role, _column_words(texts, c.index))), None)
        columns = [replace(c, role=role, kind="", basis="", score=80.0) if c is told else c for c in columns]
    return columns


def _unit_measured(columns: list[Column], texts: Sequence[Sequence[str]]) -> list[Column]:
    """A column headed "Unidad" whose cells are units of measure: beside a column of areas, or by nearly all of its cells."""
    found = next((c for c in columns if c.role == "lead_unit" and fold(c.printed.split(" / ")[-1]) in ("unidad", "unidades")), None)
    if found is None or any(c.role == "unit_of_measure" for c in columns):
        return columns
    cells = [t[found.index].strip() for t in texts if found.index < len(t) and t[found.index].strip()]
    units = [unit_of(cell) if len(cell.split()) <= _UNIT_WORDS and not is_unit(cell) else None for cell in cells]
    known = sum(1 for u in units if u is not None)
    measured = any(u is not None and not u.indivisible for u in units)
    beside = any(c.role in ("lead_unit", "responsible_unit") and c is not found for c in columns)
    enough = (_SOME_UNITS if beside and measured else _MOST_UNITS) * len(cells)
    named = any(is_unit(cell) for cell in cells)
    alone = not beside and (not measured or len({u.code for u in units if u is not None}) < _UNITS_ALONE)
    if not cells or named or known < max(enough, 1) or alone:
        return columns
    return [replace(c, role="unit_of_measure", kind="", basis="", score=80.0) if c is found else c for c in columns]


def _says_both(role: str, words: list[str]) -> bool:
    """True where every word of a column is one of the kinds of ``role``, and the first two of them occur."""
    kinds = row_words(role)
    return set(list(dict.fromkeys(kinds.values()))[:2]) <= {kinds[w] for w in words if w in kinds} and all(w in kinds for w in words)


def _column_words(texts: Sequence[Sequence[str]], column: int) -> list[str]:
    return [fold(t[column]) for t in texts if column < len(t) and t[column]]


@cache
def row_words(role: str) -> dict[str, str]:
    """Folded words of a column that tells rows apart and what they mean: "row_measure" target or actual, "row_kind" physical or money."""
    found = load("headers").get(f"{role}s", {})
    return {fold(str(w)): kind for kind, words in found.items() if kind != "source" for w in words}


def of_year(columns: Sequence[Column], year: int | None) -> list[Column]:
    """The columns without the figures of another year, where the plan's own year stands beside them."""
    own = {c.role for c in columns if c.year == year is not None}
    return [replace(c, role="double") if c.role in FIGURE_ROLES and c.role in own and c.year not in (None, year) else c for c in columns]


def is_project_table(columns: Sequence[Column]) -> bool:
    """True where the header names projects with their dates or expected results; actions with targets are no projects for their dates."""
    roles = {c.role for c in columns}
    if "project_name" not in roles and roles & {"target", "actual", "percent"}:
        return False
    return len(roles & _PROJECT_ROLES) >= 2 and bool(roles & {"project_name", "name"})
