"""Columns of money beside the physical ones of a table: which they are, and what they print of it (programmed, executed, percent)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ..extract.shape import NUMERIC, shape
from ..schema.place import Place
from .currencies import stated
from .header_roles import Column, header_words, word_set
from .lexicon import load
from .numbers import Convention, conventions, parse
from .periods import find_period

_FIGURES = ("target", "actual", "percent")
_MOST, _SOME = 0.9, 0.5
"""Shares of the cells of a column that are percentages; that print a currency, or are what two others give."""
_LEAST_ROWS = 2
_ROUNDED = 0.51
"""Units of the last printed decimal by which a percentage may differ from its quotient: half of one, and what the machine rounds."""
_SCORE = 80.0
Texts = Sequence[Sequence[str]]


def money_columns(columns: Sequence[Column], texts: Texts) -> list[Column]:
    """The columns, those of money with role ``budget``, and ``money`` what they are of it; "" where it is not told, and they stay unread.

    A header or cells with a currency make a column one of money only beside physical figures: a table
    that prints nothing else has goals of money.
    """
    found = _percentages(_by_currency(list(columns), texts), texts)
    physical = any(c.role == "actual" for c in found)
    told = [_measured(c, texts, physical) if c.role == "budget" else c for c in found]
    return _one_of_each([replace(c, basis="annual") if _of_year(c) else c for c in told])


def _by_currency(columns: list[Column], texts: Texts) -> list[Column]:
    """Figures whose header prints a currency, or whose cells do, while those of other columns do not."""
    marked = {c.index for c in columns if c.role in ("", "target", "actual") and c.printed and _prints_currency(c, texts)}
    if not any(c.role in ("target", "actual") and c.index not in marked for c in columns):
        return columns
    return [replace(c, role="budget", kind="", basis="", score=_SCORE) if c.index in marked else c for c in columns]


def _prints_currency(column: Column, texts: Texts) -> bool:
    told = stated(column.printed)
    cells = [t for t in _cells(column, texts) if any(ch.isdigit() for ch in t)]
    figures = [t for t in cells if shape(t) in NUMERIC]
    if not figures or len(figures) < _MOST * len(cells):
        return False
    return (told is not None and bool(told.codes)) or sum(has_sign(t) for t in figures) > _SOME * len(figures)


def has_sign(text: str) -> bool:
    """True for an amount with its currency."""
    told = stated(text)
    return told is not None and bool(told.codes)


def _cells(column: Column, texts: Texts) -> list[str]:
    return [t for row in texts if column.index < len(row) and (t := row[column.index].strip())]


def _percentages(columns: list[Column], texts: Texts) -> list[Column]:
    """A percentage right behind columns of money is theirs where the amounts give it, or where the physical figures have their own."""
    money = {c.index for c in columns if c.role == "budget"}
    out = list(columns)
    for before, c in pairwise(columns):
        if c.role != "percent" or before.index not in money:
            continue
        run = _run(columns, before.index, money)
        of_money = _gives(c, [o for o in run if not _is_percent(o, texts)], texts)
        of_goods = _gives(c, [o for o in columns if o.role in ("target", "actual")], texts)
        own = any(o.role == "percent" and o.index < run[0].index and o.period == c.period for o in columns)
        if of_money > of_goods or (own and of_money == of_goods):
            out[c.index] = replace(c, role="budget", kind="", score=_SCORE)
    return out


def _run(columns: Sequence[Column], last: int, money: set[int]) -> list[Column]:
    """The columns of money that stand side by side up to one of them."""
    first = last
    while first - 1 in money:
        first -= 1
    return [c for c in columns if first <= c.index <= last]


def _gives(percent: Column, figures: Sequence[Column], texts: Texts) -> int:
    """How many rows print the percentage that some two of the figures give, where most of the rows do; else 0."""
    convention = conventions(t for row in texts for t in row if shape(t) in NUMERIC)
    best = 0
    for actual in figures:
        for target in figures:
            rows = [r for row in texts if actual is not target and (r := _three(row, (percent, actual, target), convention)) is not None]
            fits = sum(abs(100 * a / t - p) <= step for p, a, t, step in rows)
            best = max(best, fits if fits >= _LEAST_ROWS and fits > _SOME * len(rows) else 0)
    return best


def _three(row: Sequence[str], columns: Sequence[Column], convention: Convention) -> tuple[float, float, float, float] | None:
    """Percentage, actual, target and the tolerance of a row; None where one of them is missing, or the target is nought."""
    read = [parse(row[c.index], Place(), convention) if c.index < len(row) else None for c in columns]
    values = [q.value if q is not None else None for q in read]
    if values[0] is None or values[1] is None or not values[2] or read[0] is None:
        return None
    return values[0], values[1], values[2], _ROUNDED * 10.0 ** -read[0].decimals


def _levels(column: Column) -> list[list[str]]:
    """The words of the levels of a header, the innermost first, without periods."""
    return [header_words(find_period(part)[1]).split() for part in reversed(column.levels)]


def _measured(column: Column, texts: Texts, reported: bool) -> Column:
    """The column with what it is of the money. "Costo" beside results is taken for what they cost, in a plan for what is to be spent."""
    found = _measure(column, texts)
    if found != "spent":
        return replace(column, money=found)
    return replace(column, money="actual", doubt="cost") if reported else replace(column, money="target")


def _measure(column: Column, texts: Texts) -> str:
    """target, actual, spent or percent, as the words of the header say, the innermost level first; "" where they say none of it."""
    cells = _cells(column, texts)
    figures = [t for t in cells if shape(t) in NUMERIC]
    numbered = sum(t[0] == "0" and t[1:2].isdigit() for t in figures)
    if not figures or len(figures) <= _SOME * sum(any(ch.isdigit() for ch in t) for t in cells) or numbered > _SOME * len(figures):
        return ""  # "0045" is the number of an item of the budget
    if any(set(words) & word_set("money_neither") for words in _levels(column)):
        return ""
    if _is_percent(column, texts):
        return "percent"
    for words in _levels(column):
        for kind in ("actual", "target", "spent"):
            if set(words) & word_set(f"money_{kind}"):
                return kind
    return ""


def _is_percent(column: Column, texts: Texts) -> bool:
    words = _levels(column)
    if any("%" in w for w in words[0]) or "porcentaje" in words[0]:
        return True
    cells = [t for t in _cells(column, texts) if any(ch.isdigit() for ch in t)]
    return bool(cells) and sum(t.endswith("%") for t in cells) >= _MOST * len(cells)


def _of_year(column: Column) -> bool:
    """True for what was approved for the year; what was programmed may be so for the part of it that is reported."""
    words = {w for level in _levels(column) for w in level}
    return column.money == "target" and column.period is None and not words & word_set("money_of_period")


def _one_of_each(columns: list[Column]) -> list[Column]:
    """Of several columns of one measure and period the one in force: the modified budget, what was accrued before what was paid."""
    rank = {w: n for n, w in enumerate(load("headers").get("money_rank", ()))}

    def order(column: Column) -> int:
        return min((rank[w] for level in _levels(column) for w in level if w in rank), default=len(rank))

    kept: dict[tuple[object, ...], Column] = {}
    for c in columns:
        key = (c.money, c.period, c.year)
        if c.money and (key not in kept or order(c) < order(kept[key])):
            kept[key] = c
    return [replace(c, money="") if c.money and c not in kept.values() else c for c in columns]
