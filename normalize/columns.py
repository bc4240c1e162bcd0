"""Headers to roles: what each column of a table holds, from the lexicon, tolerant and with a stated score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from ..extract.raw import Table
from ..extract.shape import NUMERIC, Profile, Shape, is_code, profiles, shape
from .beside_others import beside_others
from .codes import split_code
from .column_cells import by_cells, column_words, parts_by_sums
from .folding import fold
from .header_roles import FIGURE_ROLES, SURE, Column, header_words, look_up, match_header, word_set
from .letter_rows import without_letters
from .lexicon import load
from .measure_units import is_countable, unit_of
from .money_columns import money_columns
from .ordinal_headers import named
from .organisations import is_unit
from .periods import Period, find_period, length_of_parts
from .same_figures import told_apart
from .torn_spans import under_one_name

# Words that a unit of measure has at most, and shares of the cells of a column "Unidad" that must be known ones.
_UNIT_WORDS, _SOME_UNITS, _MOST_UNITS = 4, 0.3, 0.8
# Different units that a column prints which no column of areas stands beside.
_UNITS_ALONE = 3
# The share of cells that a lexicon of things or the row's own name tells, the letters that tell a word, and those of the longest sigla.
_MOST_THINGS, _STEM, _UNIT_LETTERS = 0.6, 5, 6
# Of the rows, the most that texts of a merged column begin at; the score of a role that the cells gave.
_MOST_MERGED, _SUPPOSED = 0.6, 80.0
_MOST_PERCENTAGES, _FEW_PERCENTAGES = 0.9, 0.5
_FEW_RATES = 0.2
"""The share of rows that may measure a rate."""
_PROJECT_ROLES = frozenset({"project_start", "project_end", "project_results", "project_objectives"})


@cache
def _summaries() -> frozenset[str]:
    return frozenset(fold(w) for w in load("headers").get("summaries", {}).get("wordings", ()))


def is_summary(table: Table, columns: Sequence[Column]) -> bool:
    """True for a table that counts the rows of others; told by its header, where that does not surely head rows of its own."""
    sure = {c.role for c in columns if c.score >= SURE}
    if "name" in sure and sure & {"target", "actual", "percent"}:
        return False
    return any(fold(find_period(part)[1]) in _summaries() for path in table.columns for part in path)


def map_columns(table: Table) -> list[Column]:
    """The columns of a table with their roles; unlabelled label columns left of the names become units.

    Where a header spans a label column and the column of names, the names are the one filled in most
    rows. Of columns of the same role and period one is read, or all of them with doubt.
    """
    unlettered = without_letters(table.columns)
    paths = named(unlettered, [_heads_figures(path[:-1]) for path in unlettered])
    told = [replace(match_header(path, i), printed=" / ".join(table.columns[i]), path=unlettered[i]) for i, path in enumerate(paths)]
    columns = beside_others(_periods_alone(told, paths))
    texts = [[c.text if c else "" for c in r.cells] for r in table.rows]
    shapes = profiles(texts, len(columns))
    columns = _merged_names(_coded_objectives(_strategic_names(columns), texts), texts)
    columns = _unnamed_parts(_shift_name(_told_by_rows(columns, texts), shapes), shapes)
    columns = _unit_measured(columns, texts)
    columns = under_one_name(_shares(by_cells(columns, paths, shapes, texts), texts), texts)
    columns = told_apart(parts_by_sums(money_columns(columns, texts), texts), texts)
    columns = _heads_of_records(table, columns)
    name = next((c.index for c in columns if c.role == "name"), None)
    if name is None or table.records:
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


def _heads_of_records(table: Table, columns: list[Column]) -> list[Column]:
    """The line above each block of labelled lines names the action, unless one of the lines does; then it may still be its code."""
    if not table.records or not columns or columns[0].printed:
        return columns
    named = any(c.role == "name" for c in columns)
    coded = any(c.role == "code" for c in columns)
    codes = [is_code(r.text(0)) for r in table.rows if r.text(0)]
    role = ("code" if codes and all(codes) and not coded else "") if named else "name"
    return [replace(columns[0], role=role, kind="action" if role == "name" else "", score=100.0 if role else 0.0), *columns[1:]]


def _heads_figures(parents: tuple[str, ...]) -> bool:
    """True where the parents of a header name figures of the plan by themselves: "Programado", "Metas físicas"."""
    found = [w for text in parents if (w := look_up(header_words(find_period(text)[1]))[0])]
    return bool(found) and found[-1].role in ("target", "actual")


def _strategic_names(columns: list[Column]) -> list[Column]:
    """ "Acción estratégica" before "Actividad operativa": what the actions serve, and no second name of theirs."""
    names = [c for c in columns if c.role == "name"]
    if len(names) < 2 or any(c.role == "objective" for c in columns):
        return columns
    found = [c for c in names if word_set("objective_words") & set(fold(c.printed).split())]
    if len(found) != 1 or found[0] is names[-1]:
        return columns
    return [replace(c, role="objective", kind="", basis="", score=80.0) if c is found[0] else c for c in columns]


def _merged_names(columns: list[Column], texts: Sequence[Sequence[str]]) -> list[Column]:
    """ "Acción de corto plazo" over several rows, before "Operación" in each of them: what the rows serve, and not their name."""
    names = [c for c in columns if c.role == "name"]
    if len(names) < 2:
        return columns
    first, rows = names[0], [t for t in texts if len(t) == len(columns) and t[names[1].index]]
    own = {t[first.index] for t in rows if t[first.index]}
    figures = [c.index for c in columns if c.role in FIGURE_ROLES]
    # What is printed once for several rows, its figures too, is their name and not what they serve.
    bare = [t for t in rows if not t[first.index] and figures and not any(t[n] for n in figures)]
    if not own or bare or len(own) > _MOST_MERGED * len(rows) or len({t[names[1].index] for t in rows}) < _MOST_THINGS * len(rows):
        return columns
    role = "double" if any(c.role == "objective" for c in columns) else "objective"
    return [replace(c, role=role, kind="", basis="", score=_SUPPOSED) if c is first else c for c in columns]


def _coded_objectives(columns: list[Column], texts: Sequence[Sequence[str]]) -> list[Column]:
    """ "Código PEI" before the column of the action's own code, where its cells print the objective's text with the code."""
    codes = [c.index for c in columns if c.role == "code"]
    if len(codes) < 2 or any(c.role == "objective" for c in columns):
        return columns
    found = next((c for c in columns if c.index in codes[:-1] and word_set("objective_words") & set(fold(c.printed).split())), None)
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
        length = length_of_parts(c.printed) if c.role in ("target", "actual") and c.period is None else 0
        count = 12 // length if length else 0
        run = columns[c.index : c.index + count]
        after = columns[c.index + count] if c.index + count < len(columns) else None
        bare = all(not r.printed for r in run[1:]) and (after is None or bool(after.printed))
        if count and len(run) == count and bare and all(shapes[r.index].shape in NUMERIC for r in run):
            for n, r in enumerate(run):
                out[r.index] = replace(c, index=r.index, period=Period(n * length + 1, (n + 1) * length), basis="", score=65.0)
    return out


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


def _shares(columns: list[Column], texts: Sequence[Sequence[str]]) -> list[Column]:
    """ "Avance" beside "Meta" and "Realizado" whose cells are percentages, and theirs are not, is the percentage."""

    def percentages(column: Column) -> float:
        cells = [t[column.index] for t in texts if column.index < len(t) and any(c.isdigit() for c in t[column.index])]
        return sum(c.rstrip().endswith("%") for c in cells) / len(cells) if cells else 0.0

    def figured(column: Column) -> bool:
        return any(shape(t[column.index]) in NUMERIC for t in texts if column.index < len(t))

    actuals = [c for c in columns if c.role == "actual"]
    if actuals and not any(c.role == "percent" for c in columns) and all(percentages(c) >= _MOST_PERCENTAGES for c in actuals):
        # "Logro" over percentages, beside goals that are none, is no figure of the same thing, unless it is a rate that is measured.
        goals = [c for c in columns if c.role == "target" and figured(c)]
        rates = sum(any(fold(cell).split()[:1] and fold(cell).split()[0] in word_set("rate_words") for cell in row) for row in texts)
        alone = goals and all(percentages(c) < _FEW_PERCENTAGES for c in goals) and rates <= _FEW_RATES * len(texts)
        return [replace(c, role="percent", score=80.0) if alone and c in actuals else c for c in columns]
    if len(actuals) < 2 or any(c.role == "percent" and c.period in {a.period for a in actuals} for c in columns):
        return columns
    plain = {c.period for c in actuals if percentages(c) < _FEW_PERCENTAGES}
    shares = [c for c in actuals if percentages(c) >= _MOST_PERCENTAGES and (c.period in plain or (c.period is None and len(plain) == 1))]
    return [replace(c, role="percent", score=80.0) if c in shares else c for c in columns]


def _told_by_rows(columns: list[Column], texts: Sequence[Sequence[str]]) -> list[Column]:
    """A column that says row by row whether it is the programmed or the executed one, of goods or of money, whatever its header says."""
    for role in ("row_measure", "row_kind"):
        told = next((c for c in columns if c.role != role and _says_both(role, column_words(texts, c.index))), None)
        columns = [replace(c, role=role, kind="", basis="", score=80.0) if c is told else c for c in columns]
    return columns


def _unit_measured(columns: list[Column], texts: Sequence[Sequence[str]]) -> list[Column]:
    """A column headed "Unidad" whose cells are units of measure: beside a column of areas, or by nearly all of its cells."""
    if any(c.role == "unit_of_measure" for c in columns):
        return columns
    found = next((c for c in columns if c.role == "lead_unit" and fold(c.levels[-1]) in ("unidad", "unidades")), None)
    if found is None:
        # "Bien o servicio que genera": what is counted, told by its cells alone.
        found = next((c for c in columns if not c.role and c.printed and _are_things(c, columns, texts)), None)
        return [replace(c, role="unit_of_measure", score=_SUPPOSED) if c is found else c for c in columns]
    if not load("units_of_measure") or not load("organisations"):
        # Without the lists of both, nothing tells an area from a unit of measure.
        return [replace(c, role="", kind="", basis="", score=0.0) if c is found else c for c in columns]
    cells = [t[found.index].strip() for t in texts if found.index < len(t) and t[found.index].strip()]
    units = [unit_of(cell) if len(cell.split()) <= _UNIT_WORDS and not is_unit(cell) else None for cell in cells]
    known = sum(1 for u in units if u is not None)
    measured = any(u is not None and not u.indivisible for u in units)
    beside = any(c.role in ("lead_unit", "responsible_unit") and c is not found for c in columns)
    named = any(is_unit(cell) for cell in cells)
    symbol = any(cell and not any(ch.isalpha() for ch in cell) for cell in cells)  # "%" is no area
    enough = (_SOME_UNITS if symbol or (beside and measured) else _MOST_UNITS) * len(cells)
    alone = not beside and not symbol and (not measured or len({u.code for u in units if u is not None}) < _UNITS_ALONE)
    of_measure = cells and not named and known >= max(enough, 1) and not alone
    if not of_measure and not _are_things(found, columns, texts):
        return columns
    return [replace(c, role="unit_of_measure", kind="", basis="", score=80.0) if c is found else c for c in columns]


def _are_things(column: Column, columns: Sequence[Column], texts: Sequence[Sequence[str]]) -> bool:
    """True where the cells between names and figures are things that are counted ("Consulta", "Acta"), many named in their own rows."""
    name = next((c.index for c in columns if c.role == "name"), None)
    behind = next((c for c in columns if c.index > column.index), None)
    if name is None or name > column.index or behind is None or behind.role not in (*FIGURE_ROLES, "row_measure", "row_kind"):
        return False
    pairs = [(t[column.index].strip(), fold(t[name])) for t in texts if column.index < len(t) and t[name] and t[column.index].strip()]
    # Letters alone ("DAF") name areas, and so do names of several words that begin with a noun of areas.
    if any((is_unit(cell) and len(cell.split()) > 1) or (cell.isupper() and len(cell) < _UNIT_LETTERS) for cell, _ in pairs):
        return False
    things = {cell for cell, _ in pairs if len(cell.split()) <= _UNIT_WORDS and (unit_of(cell) is not None or is_countable(cell))}
    named = {cell for cell, text in pairs if f" {fold(cell)[:_STEM]}" in f" {text}"}
    known = sum(1 for cell, _ in pairs if cell in things or cell in named)
    return len(things) >= _UNITS_ALONE and len(named) >= _UNITS_ALONE and known >= _MOST_THINGS * len(pairs)


def _says_both(role: str, words: list[str]) -> bool:
    """True where every word of a column is one of the kinds of ``role``, and the first two of them occur."""
    kinds = row_words(role)
    return set(list(dict.fromkeys(kinds.values()))[:2]) <= {kinds[w] for w in words if w in kinds} and all(w in kinds for w in words)


@cache
def row_words(role: str) -> dict[str, str]:
    """Folded words of a column that tells rows apart and what they mean: "row_measure" target or actual, "row_kind" physical or money."""
    found = load("headers").get(f"{role}s", {})
    return {fold(str(w)): kind for kind, words in found.items() if kind != "source" for w in words}


def of_year(columns: Sequence[Column], year: int | None) -> list[Column]:
    """The columns without the figures of another year, where the plan's own year stands beside them."""
    own = {c.role for c in columns if c.year == year is not None}
    out = [replace(c, money="") if c.money and c.year not in (None, year) else c for c in columns]
    return [replace(c, role="double") if c.role in FIGURE_ROLES and c.role in own and c.year not in (None, year) else c for c in out]


def is_project_table(columns: Sequence[Column]) -> bool:
    """True where the header names projects with their dates or expected results; actions with targets are no projects for their dates."""
    roles = {c.role for c in columns}
    if "project_name" not in roles and roles & {"target", "actual", "percent"}:
        return False
    return len(roles & _PROJECT_ROLES) >= 2 and bool(roles & {"project_name", "name"})
