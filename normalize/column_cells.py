"""What the cells of a column say of its role, where its header alone would be mistaken: texts, classes, and parts that add up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..extract.shape import NUMERIC, Profile, Shape, shape
from ..schema.place import Place
from .classes import class_words, is_class_word, is_sign, split_class
from .folding import fold
from .header_roles import FIGURE_ROLES, SURE, Column, match_header, word_set
from .numbering import coded_by_cells
from .numbers import Convention, Hint, conventions, parse

TEXT_ROLES = frozenset({"name", "lead_unit", "responsible_unit", "observation", "objective", "evidence"})
_OF_TEXTS = TEXT_ROLES | {"unit_of_measure", "frequency", "direction", "formula"}
_ALONE = 60.0
"""The score of a column that is headed by a period and nothing else."""
_MOST_CLASSES, _CLASS_WORDS, _LEAST_CELLS, _MOST_CELLS = 7, 3, 4, 0.9
_NAME_WORDS, _DISTINCT = 3.0, 0.8
_LEAST_ROWS, _MOST_ROWS = 2, 0.5
_SAME = 1e-6
_ROUNDED = 1.0
"""Of a percentage printed without decimals: half a point when rounded, a whole one when cut."""
_NOWHERE = Place()
Texts = Sequence[Sequence[str]]


def by_cells(columns: list[Column], paths: Sequence[tuple[str, ...]], shapes: Sequence[Profile], texts: Texts) -> list[Column]:
    """The columns with the roles that their cells cannot hold taken back, and those given that they do hold.

    "Actividad programada" over texts is no target: its header is looked up again among the roles of texts.
    """
    told = _with_classes(columns, texts)
    out = [c if c.classed or _of_marks(c, texts) else _of_its_kind(c, paths[c.index], shapes[c.index]) for c in told]
    if any(c.role == "name" for c in out):
        out = [_counted(c, paths[c.index], shapes[c.index], columns[c.index]) for c in out]
    out = _classes(out, shapes, texts)
    return _named_by_cells(coded_by_cells(out, texts), shapes, texts)


def _with_classes(columns: Sequence[Column], texts: Texts) -> list[Column]:
    """The columns, one of percentages with their class beside them ("95,1% Bueno") marked; a column of classes may be one too."""
    percent = any(c.role == "percent" for c in columns)
    both = [c for c in columns if c.role == "percent" or (c.role == "class" and not percent)]
    found = next((c for c in both if _prints_class(c, texts)), None)
    if found is None or any(c.role == "class" and c is not found for c in columns):
        return list(columns)
    return [replace(c, role="percent", basis="", classed=True) if c is found else c for c in columns]


def _prints_class(column: Column, texts: Texts) -> bool:
    """True where nearly all cells with figures print a class too: a known word, a sign, or below a header of classes words that return."""
    cells = [t[column.index] for t in texts if column.index < len(t) and any(ch.isdigit() for ch in t[column.index])]
    words = [w for t in cells if (w := split_class(t)[1])]
    if len(words) < max(_LEAST_ROWS, _MOST_CELLS * len(cells)):
        return False
    known = sum(is_sign(w) or fold(w) in class_words() for w in words)
    announced = set(fold(column.printed).split()) & word_set("class_header_words")
    return known >= _MOST_ROWS * len(words) or (bool(announced) and len(set(words)) > 1 and _returns([fold(w) for w in words]))


def _of_marks(column: Column, texts: Texts) -> bool:
    """True for a period whose cells print marks ("✓", "X") of what is due then, beside figures or not."""
    cells = [t[column.index].strip() for t in texts if column.index < len(t) and t[column.index].strip()]
    return column.role == "target" and column.period is not None and all(len(t) == 1 or shape(t) in NUMERIC for t in cells)


def _of_its_kind(column: Column, path: tuple[str, ...], profile: Profile) -> Column:
    """Takes a role back where the cells cannot hold it: a text column is no target, a column of figures no name."""
    if column.role == "row_measure" and profile.shape in NUMERIC:
        return Column(column.index, column.printed, period=column.period)  # "Programado - Ejecutado" over figures is their difference
    if column.role in TEXT_ROLES and profile.shape in NUMERIC and column.score < 100:
        return Column(column.index, column.printed, period=column.period)
    if column.role in FIGURE_ROLES and profile.shape is Shape.TEXT and profile.fill > 0.3:
        found = match_header(path, column.index, _OF_TEXTS)
        if found.role:
            return replace(found, printed=column.printed, period=None, basis="", year=None, score=min(found.score, 75.0))
        return Column(column.index, column.printed, period=column.period)
    return column


def _counted(column: Column, path: tuple[str, ...], profile: Profile, before: Column) -> Column:
    """ "Actividades programadas" over figures, beside the names: the header is looked up again among the roles of figures."""
    if column.role or before.role not in TEXT_ROLES or profile.shape not in NUMERIC:
        return column
    found = match_header(path, column.index, FIGURE_ROLES)
    return replace(found, printed=column.printed, score=min(found.score, 75.0)) if found.role else column


def _classes(columns: list[Column], shapes: Sequence[Profile], texts: Texts) -> list[Column]:
    """A column of class words whatever its header, or of a few words that return below one that announces classes ("Condición")."""
    if any(c.role == "class" or c.classed for c in columns):
        return columns
    for c in columns:
        if c.role or not c.printed or shapes[c.index].shape is not Shape.TEXT:
            continue
        words = column_words(texts, c.index)
        due = [w for w in words if w not in word_set("not_due_words")]
        if due and sum(map(is_class_word, due)) >= _MOST_CELLS * len(due):
            return _with(columns, Column(c.index, c.printed, "class", score=80.0))
        announced = set(fold(c.printed).split()) & word_set("class_header_words")
        if announced and _returns(due):
            return _with(columns, Column(c.index, c.printed, "class", score=80.0))
    return columns


def _returns(words: Sequence[str]) -> bool:
    """True for a few short words that come back from row to row; a cell in ten may be spoilt."""
    short = [w for w in words if len(w.split()) <= _CLASS_WORDS and not any(ch.isdigit() for ch in w)]
    enough = len(words) >= _LEAST_CELLS and len(short) >= _MOST_CELLS * len(words)
    return enough and len(set(short)) <= min(_MOST_CLASSES, len(short) / 2)


def _named_by_cells(columns: list[Column], shapes: Sequence[Profile], texts: Texts) -> list[Column]:
    """Rows with codes or units and figures, but no column of names: the first column of different texts before the figures is it."""
    roles = {c.role for c in columns}
    if roles & {"name", "project_name"} or not roles & {"code", "unit_of_measure"} or not roles & {"target", "actual", "percent"}:
        return columns
    first = min(c.index for c in columns if c.role in ("target", "actual", "percent"))
    for c in columns:
        if c.index > first or c.role or not c.printed or shapes[c.index].shape is not Shape.TEXT:
            continue
        cells = column_words([t for t in texts if sum(1 for cell in t if cell) > 1], c.index)
        different = len(cells) >= _LEAST_CELLS and len(set(cells)) >= _DISTINCT * len(cells)
        if different and sum(len(t.split()) for t in cells) >= _NAME_WORDS * len(cells):
            return _with(columns, Column(c.index, c.printed, "name", "product", score=70.0))
    return columns


def _with(columns: list[Column], column: Column) -> list[Column]:
    return [column if c.index == column.index else c for c in columns]


def column_words(texts: Texts, column: int) -> list[str]:
    """The folded texts of a column, row by row, without the blanks."""
    return [fold(t[column]) for t in texts if column < len(t) and t[column]]


def parts_by_sums(columns: list[Column], texts: Texts) -> list[Column]:
    """Columns headed by parts of the year alone, beside results: they belong to the column that they add up to.

    "Meta | T1 | T2 | T3 | T4 | Logro" may print what was programmed or what was achieved. Where the rows that
    tell the two apart agree with neither, the parts are not understood, and stay without a role.
    """
    bare = [c for c in columns if c.role == "target" and c.score == _ALONE and c.period and c.period.months < 12]
    actuals = [c for c in columns if c.role == "actual" and _is_whole(c, bare)]
    targets = [c for c in columns if c.role == "target" and c not in bare and _is_whole(c, bare)]
    if len(bare) >= 2 and not any(c.role in ("actual", "row_measure") for c in columns):
        return _beside_percentages(columns, bare, targets, texts)
    if len(bare) < 2 or any(c.role == "row_measure" for c in columns):
        return columns
    if actuals and not targets:
        return [replace(c, doubt="role") if c in bare else c for c in columns]  # nothing tells what the results are measured against
    if not actuals or not targets:
        return columns
    convention = conventions(cell for row in texts for cell in row if shape(cell) in NUMERIC)
    out = list(columns)
    for run in _runs(bare):
        if len(run) < 2:
            continue
        role = _role_of(run, targets[0], actuals[0], texts, convention)
        for c in run:
            out[c.index] = Column(c.index, c.printed, period=c.period) if not role else replace(c, role=role, score=SURE)
    return out


def _beside_percentages(columns: list[Column], bare: list[Column], targets: list[Column], texts: Texts) -> list[Column]:
    """Bare parts of a year in a table with percentages behind them but no results: they may be what was programmed or the results.

    The percentage tells, where the parts' sum, or the last of them, is that share of the year's target. Else they stay
    in doubt, as does the total behind them.
    """
    percent = next((c for c in columns if c.role == "percent" and c.index > bare[0].index), None)
    if percent is None:
        return columns
    behind = [t for t in targets if t.index > bare[0].index]
    before = next((t for t in targets if t.index < bare[0].index), None)
    convention = conventions(cell for row in texts for cell in row if shape(cell) in NUMERIC)
    fits = asked = 0
    for row in texts if before is not None else ():
        parts = [v for c in bare if (v := _value(row, c.index, convention)) is not None]
        whole, share = (_value(row, c.index, convention) for c in (before, percent) if c)
        if not parts or not whole or share is None:
            continue
        asked += 1
        fits += any(abs(100 * made / whole - share) <= _ROUNDED for made in (sum(parts), parts[-1])) and abs(sum(parts) - whole) > _SAME
    actual = asked >= _LEAST_ROWS and fits >= _MOST_ROWS * asked
    changed = {c.index for c in (*bare, *behind)}
    sure = [replace(c, role="actual", basis="", score=SURE) if actual else replace(c, doubt="role") for c in columns if c.index in changed]
    of = {c.index: c for c in sure}
    return [of.get(c.index, c) for c in columns]


def doubtful_parts(columns: Sequence[Column], texts: Texts) -> list[Column]:
    """The columns of a table that reports: bare parts of the year that do not make up the goal beside them may be results."""
    bare = [c for c in columns if c.role == "target" and c.score == _ALONE and c.period and c.period.months < 12]
    if len(bare) < 2 or any(c.role in ("actual", "percent", "row_measure") for c in columns):
        return list(columns)
    targets = [c for c in columns if c.role == "target" and c not in bare and _is_whole(c, bare)]
    doubt = not _are_programmed(bare, targets, texts)
    return [replace(c, doubt="role") if doubt and c in bare else c for c in columns]


def _are_programmed(bare: Sequence[Column], targets: Sequence[Column], texts: Texts) -> bool:
    """True where nothing speaks against the parts being programmed: they add up to the target of the year, or reach it, in most rows."""
    convention = conventions(cell for row in texts for cell in row if shape(cell) in NUMERIC)
    fits = asked = 0
    for row in texts if targets else ():
        parts = [v for c in bare if (v := _value(row, c.index, convention)) is not None]
        whole = _value(row, targets[0].index, convention)
        if parts and whole is not None:
            asked += 1
            fits += any(abs(made - whole) <= _SAME for made in (sum(parts), parts[-1], max(parts), sum(parts) / len(parts)))
    return asked < _LEAST_ROWS or fits >= _MOST_ROWS * asked


def _is_whole(column: Column, parts: Sequence[Column]) -> bool:
    """True for a figure of the year, of the year so far, or of no period of its own."""
    return column.period is None or column.period.months > max((p.period.months for p in parts if p.period), default=12)


def _runs(parts: Sequence[Column]) -> list[list[Column]]:
    """The columns in runs, each from its first part on: a second January begins another."""
    runs: list[list[Column]] = []
    for c in parts:
        last = runs[-1][-1] if runs else None
        if last is None or last.period is None or c.period is None or c.period.first <= last.period.first:
            runs.append([])
        runs[-1].append(c)
    return runs


def _role_of(run: Sequence[Column], target: Column, actual: Column, texts: Texts, convention: Convention) -> str:
    """ "target" or "actual", whichever whole the parts give on the rows that tell the two apart; "" where they give neither."""
    later = [c for c in run if c.period and c.period.last > _until(actual)]
    ahead = sum(any(_value(row, c.index, convention) is not None for c in later) for row in texts)
    if later and ahead >= _LEAST_ROWS:
        return "target"  # figures of parts that lie behind what is reported can only be programmed
    rows = [found for row in texts if (found := _figures(run, target, actual, row, convention)) is not None]
    apart = [r for r in rows if abs(r.target - r.actual) > _SAME]
    if not apart:
        return "target"  # where every goal was met to the dot, either is right
    if len(apart) < _LEAST_ROWS:
        return ""  # a single row may be a slip
    # The parts add up; or they are figures of the year so far, of which the last is the whole.
    for whole in (lambda r: (sum(r.of_target), sum(r.of_actual)), lambda r: (r.of_target[-1], r.of_actual[-1])):
        fits = [(abs(whole(r)[0] - r.target) <= _SAME, abs(whole(r)[1] - r.actual) <= _SAME) for r in apart]
        of_target, of_actual = (sum(f[k] for f in fits) for k in (0, 1))
        # Of a part of the year both may fit, where what was programmed to date was met.
        only_target, only_actual = (sum(f[k] and not f[1 - k] for f in fits) for k in (0, 1))
        if of_target >= _MOST_ROWS * len(apart) and of_target >= _LEAST_ROWS and only_target >= 2 * only_actual:
            return "target"
        if of_actual >= _MOST_ROWS * len(apart) and of_actual >= _LEAST_ROWS and only_actual > 2 * only_target:
            return "actual"
    return ""


@dataclass(frozen=True, slots=True)
class _Row:
    """The two wholes of a row, and of its parts those that each of them covers."""

    target: float
    actual: float
    of_target: list[float]
    of_actual: list[float]


def _figures(run: Sequence[Column], target: Column, actual: Column, row: Sequence[str], convention: Convention) -> _Row | None:
    wholes = [_value(row, c.index, convention) for c in (target, actual)]
    parts = [
        [v for c in run if c.period and c.period.last <= _until(whole) and (v := _value(row, c.index, convention)) is not None]
        for whole in (target, actual)
    ]
    if wholes[0] is None or wholes[1] is None or not all(parts):
        return None
    return _Row(wholes[0], wholes[1], parts[0], parts[1])


def _until(whole: Column) -> int:
    return whole.period.last if whole.period else 12


def _value(row: Sequence[str], column: int, convention: Convention) -> float | None:
    return parse(row[column], _NOWHERE, convention, Hint()).value if column < len(row) and row[column] else None
