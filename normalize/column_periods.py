"""Which period each column of figures speaks of: as its header, else its neighbours, its rows or the document say; or that none does."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from itertools import combinations

from ..schema.plan import Diagnostic, Level
from .columns import Column
from .draft import TAUGHT_BY_TEMPLATE, diagnostic
from .pairs import Pairs
from .periods import YEAR, Period, length_of_parts, says_its_end
from .table_view import TableView

_MOST_EQUAL = 0.5
"""Of the rows of two columns that print one figure twice, the share that may differ by slips and sums that fail."""
_RESULTS = ("actual", "percent")


@dataclass(frozen=True, slots=True)
class _Known:
    """What a table says of periods, beside the header of each single column."""

    targets: frozenset[Period]
    """Those that headers of targets print."""
    parts_of_targets: tuple[Period, ...]
    of_year: frozenset[int]
    """Columns of targets that say to be of the year."""
    reported: Period | None
    """What its results cover."""
    union: Period | None
    """From the first month to the last of the parts of the year that targets and results print."""
    results: Period | None
    """The same of the results alone."""
    stated: Period | None
    """What the document reports."""
    whole_year: bool
    has_actual: bool
    parts_of_results: int
    """Different periods of its results: beside several a bare target is that of the year."""


def column_periods(
    view: TableView, stated: Period | None, whole_year: bool, plan_year: int | None, pairs: Pairs, diagnostics: list[Diagnostic]
) -> dict[int, Period | None]:
    """The period of each figure column by its index; None where nothing tells it, and then the column is in doubt.

    ``stated``: the period that the document reports; ``whole_year``: nothing in it speaks of a part of the year.
    """
    known = _known(view, stated, whole_year, pairs)
    out = {c.index: _period(c, known) for c in (*view.figures, *(replace(m, role=m.money) for m in view.money))}
    years: dict[str, set[int]] = {}
    several: dict[str, list[Column]] = {}
    for c in view.figures:
        years.setdefault(c.role, set()).update({c.year} if c.year is not None else ())
    for c in view.figures:
        # A plan of several years prints a column for each ("Meta 2024 | Meta 2025"), and a result of last year is not of this one.
        if c.year in (None, plan_year) or (period := out[c.index]) is None:
            continue
        out[c.index] = replace(period, year=c.year)
        if len(years[c.role]) > 1:
            several.setdefault(c.role, []).append(c)
    for columns in several.values():
        diagnostics.append(_said(view, Level.NOTE, _SEVERAL_YEARS, name="», «".join(map(_name, columns))))
    _doubt_rivals(view, out, diagnostics)
    unknown = [c for c in view.figures if c.role in ("target", *_RESULTS) and out[c.index] is None]
    view.doubted |= {c.index for c in unknown}
    for c in unknown:
        diagnostics.append(_said(view, Level.WARNING, _NO_PERIOD, name=_name(c)))
    supposed = [c for c in view.figures if c.role in _RESULTS and c.period is None and not c.basis and c.year is None]
    if supposed and whole_year and known.reported in (None, YEAR) and stated is None:
        diagnostics.append(_said(view, Level.NOTE, _WHOLE_YEAR, name="», «".join(map(_name, supposed))))
    for c in view.figures:
        bare = c.role == "target" and c.period is None and not c.basis and c.year is None
        if bare and out[c.index] not in (None, YEAR):
            diagnostics.append(_said(view, Level.NOTE, _OF_RESULTS, name=_name(c)))
    return out


def _known(view: TableView, stated: Period | None, whole_year: bool, pairs: Pairs) -> _Known:
    targets = frozenset(c.period for c in view.figures if c.role == "target" and c.period and c.basis != "annual")
    of_year = frozenset(
        c.index for c in view.figures if c.role == "target" and (c.period == YEAR or c.basis == "annual" or c.year is not None)
    )
    actuals = {c.period for c in view.figures if c.role == "actual" and c.period}
    # "% anual" is measured against the year, whatever part of it is reported.
    percents = {c.period for c in view.figures if c.role == "percent" and c.period and c.period.months < YEAR.months}
    has_actual = any(c.role == "actual" for c in view.figures)
    parts_of_targets = tuple(p for p in targets if p.months < YEAR.months)
    # A total beside the actuals of several periods covers them all.
    reported = _span(actuals) or _span(percents)
    if pairs.any and reported is None:
        # What the executed rows bring up to the last month of which they say something.
        until = stated.last if stated else pairs.executed_until()
        view.executed = reported = Period(1, until) if until else None
    if has_actual and reported is None:
        several = stated if stated and stated.months > 1 else None  # a month alone mostly dates the document
        # "Meta anual" says nothing of what the results beside it cover; the document does.
        own = parts_of_targets[0] if len(parts_of_targets) == 1 else None
        # "Efectivo 2023" is of that year, unless the document reports a part of it.
        of_years = all(c.year is not None for c in view.figures if c.role == "actual" and c.period is None)
        reported = own or several or (YEAR if of_years or (YEAR in targets and whole_year) else stated)
    union = _span([*parts_of_targets, *(p for p in actuals if p.months < YEAR.months)])
    results = _span({p for p in (*actuals, *percents) if p.months < YEAR.months})
    return _Known(targets, parts_of_targets, of_year, reported, union, results, stated, whole_year, has_actual, len(actuals))


def _period(c: Column, known: _Known) -> Period | None:
    """The period of one column."""
    reported, stated, union = known.reported, known.stated, known.union
    if c.period is not None:
        under_way = c.period.months == YEAR.months and c.role in _RESULTS and not any(map(says_its_end, c.levels))
        # "Avance anual" in a report of the third quarter is what the year has brought so far.
        until = (union or stated) if under_way else None
        return replace(c.period, last=until.last) if until else c.period
    if c.basis == "annual" or c.role in ("weight", "weighted"):
        return YEAR if c.role != "actual" else reported or YEAR
    if c.basis == "to_date":
        # What has been achieved so far ends where the results or the document do, however far the year was programmed.
        until = (known.results or reported or stated or union) if c.role in _RESULTS else (union or reported or stated)
        return Period(1, until.last, until.year) if until else None
    if c.basis == "part":
        return _part(c, known)
    if c.role in _RESULTS:
        return reported or stated or (YEAR if c.year is not None or known.whole_year else None)
    if c.role != "target":
        return None
    # Beside targets of parts of the year, a target without a period is that of the year, and "Meta 2023" is anywhere; beside that
    # of the year it is the one that the results are measured against.
    beside = bool(known.of_year) and c.index not in known.of_year and not known.parts_of_targets
    single = known.parts_of_results < 2
    of_results = known.has_actual and single and reported is not None and c.year is None and (beside or not known.targets)
    return reported if of_results else YEAR


def _part(c: Column, known: _Known) -> Period | None:
    """The part of the year that a header speaks of without naming it.

    "% de avance semestral" is of the part that the actual beside it reports, not of all the parts programmed.
    """
    length = length_of_parts(c.printed)
    order = (known.reported, known.stated, known.union) if c.role in _RESULTS else (known.union, known.reported, known.stated)
    # A part beside the year is not the year.
    found = [p for p in order if p is not None and (p != YEAR or not (length or known.of_year))]
    # "TOTAL SEM." is of a half year, even where a slip among the names of the months makes them reach further.
    whole = next((p for p in found if p.months == length), found[0] if found else None)
    # A column that says no part of its own is not the target to date where another one prints just that.
    return None if c.role == "target" and whole in known.targets else whole


def _span(periods: Collection[Period]) -> Period | None:
    """From the first month of some periods to the last; of a single one itself."""
    if len(periods) < 2:
        return next(iter(periods), None)
    return Period(min(p.first for p in periods), max(p.last for p in periods))


def _doubt_rivals(view: TableView, periods: dict[int, Period | None], diagnostics: list[Diagnostic]) -> None:
    """Doubts two columns of one role that turn out to be of the same months, where most of their rows print different figures.

    "Meta anual" and the "Total" of the quarters are one figure twice, even if a row or two of them do not agree.
    """
    for a, b in combinations([c for c in view.figures if c.role in ("target", "actual")], 2):
        same = a.role == b.role and periods[a.index] is not None and periods[a.index] == periods[b.index] and a.year == b.year
        if not same or {a.index, b.index} <= view.doubted:
            continue
        pairs = [(x, y) for r in view.table.rows if (x := r.text(a.index)) and (y := r.text(b.index))]
        if sum(x != y for x, y in pairs) > _MOST_EQUAL * len(pairs):
            view.doubted |= {a.index, b.index}
            diagnostics.append(_said(view, Level.WARNING, _RIVALS, a=_name(a), b=_name(b)))


def _name(column: Column) -> str:
    return column.printed or str(column.index + 1)


def _said(view: TableView, level: Level, text: tuple[str, str], **names: str) -> Diagnostic:
    es, en = (t.format(**names) for t in text)
    if level is Level.WARNING:
        es, en = (t + remedy for t, remedy in zip((es, en), TAUGHT_BY_TEMPLATE, strict=True))
    return diagnostic("LEC-period", level, es, en, view.table.place)


_RIVALS = (
    "Las columnas «{a}» y «{b}» resultan del mismo papel y período con cifras distintas; las de ambas se marcan ambiguas.",
    "Columns “{a}” and “{b}” turn out to be of one role and period with different figures; those of both are marked ambiguous.",
)
_SEVERAL_YEARS = (
    "Las columnas «{name}» son de varios años y nada dice cuál es el del plan: cada cifra lleva su año en measures.csv; en "
    "indicators.csv quedan vacías.",
    "Columns “{name}” are of several years and nothing says which is the plan's: each figure has its year in measures.csv; in "
    "indicators.csv they are empty.",
)
_WHOLE_YEAR = (
    "Nada dice de qué parte del año son los resultados («{name}»); se supone que son del año.",
    "Nothing says of which part of the year the results are (“{name}”); they are taken to be of the year.",
)
_OF_RESULTS = (
    "La columna «{name}» no dice de qué período es; se supone el de los resultados de al lado.",
    "Column “{name}” says no period; that of the results beside it is supposed.",
)
_NO_PERIOD = (
    "Nada dice de qué período es la columna «{name}»; sus cifras se dejan sin fechas y se marcan ambiguas.",
    "Nothing tells the period of column “{name}”; its figures have no dates and are marked ambiguous.",
)
