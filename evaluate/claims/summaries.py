"""The figures of summary tables against the rows that they sum up, and against each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ...normalize.folding import unaccented
from ...schema.finding import ClaimOutcome, Severity
from ...schema.language import Text, number
from ...schema.plan import Indicator
from ...schema.printed_tables import Summary
from ...schema.quantity import Quantity
from ..wordings import load
from . import reasons
from .counts import Counting
from .draft import DraftClaim
from .mentions import Names
from .summary_ratios import of_total, own_ratios, products, ratio_hits, ratio_of
from .summary_table import Line, Reading, Table
from .tables import TOTAL, Meaning, of_header, of_label, of_limit_header
from .words import Words

C = ClaimOutcome
_MIN_HITS, _MOST, _MIN_LINES = 2, 0.6, 2
# Once the number of rows of each line is proved, or a class is printed by every row, fewer cells that agree prove what a column is.
_SOME, _FEW = 0.5, 0.3
_LARGE = 20
_SAME, _TWICE = 1e-6, 2.0


def summaries(counting: Counting, words: Words, names: Names) -> Iterator[DraftClaim]:
    """A claim per cell that can be counted again, where the table as a whole shows what its figures are."""
    for summary in counting.subject.plan.summaries:
        table = _understood(summary, counting, words, names)
        _count(table, counting)
        _shares_and_means(table, counting)
        _add_up(table, {c for t in counting.subject.plan.money if t.place == summary.place for c in t.columns})
        yield from (table.drafts[key] for key in sorted(table.drafts))


def _understood(summary: Summary, counting: Counting, words: Words, names: Names) -> Table:
    lines = [Line(row, of_label(row.label, words, names)) for row in summary.rows]
    table = Table(summary, lines, [_of_column(summary, n, words, names) for n in range(len(summary.columns))])
    for line in lines:
        if line.meaning.scopes and line.meaning.scopes != (TOTAL,):
            line.rows = _rows(line.meaning.scopes, line.meaning.row_kind, counting)
        elif line.meaning.row_kind:
            line.rows = counting.scopes.rows_of("document", line.meaning.row_kind)
    here = _surrounding(summary, counting)
    named = [line for line in lines if line.rows is not None]
    for line in lines:
        if line.meaning.scopes == (TOTAL,):
            told = [r for n in named for r in n.rows or ()]
            every = len(named) == len(lines) - 1 and named
            line.rows = list({r.sequence: r for r in told}.values()) if every else here
        elif line.rows is None and line.meaning.status:
            line.rows = here
    return table


def _of_column(summary: Summary, column: int, words: Words, names: Names) -> Meaning:
    """The meaning of a column by its header; one headed by a percentage that prints whole figures alone counts what lies beyond it."""
    header = summary.columns[column]
    found, limit = of_header(header, words, names), of_limit_header(header, words, names)
    cells = [r.cells[column] for r in summary.rows if r.cells[column].value is not None]
    whole = all(not q.decimals and "%" not in q.printed for q in cells)
    return limit if limit is not None and whole and found.kind in ("share", "") else found


def _rows(scopes: Sequence[str], row_kind: str, counting: Counting) -> list[Indicator] | None:
    """The rows of a unit that several scopes bear the name of: of the first that has any."""
    return next((rows for s in scopes if (rows := counting.scopes.rows_of(s, row_kind))), None)


def _surrounding(summary: Summary, counting: Counting) -> list[Indicator]:
    """The rows that a table without units sums up: those of the chapter that it stands in, else all of them."""
    inside = counting.chapters.at(summary.place.order)
    return counting.chapters.rows[inside[0]] if inside else list(counting.subject.own_rows)


def _count(table: Table, counting: Counting) -> None:
    """Columns of counts by class or status, or sums of targets and results, as most of the cells show."""
    found: list[tuple[int, Reading]] = []
    for n, column in enumerate(table.columns):
        if column.kind not in ("count", ""):
            continue
        readings = _readings(table, n, counting)
        best = max(readings, key=lambda r: _hits(table, n, r)[0], default=None)
        if best is not None and _hits(table, n, best)[0]:
            found.append((n, best))
    # Classes of one table prove each other: a column of a class that hardly occurs says little by itself.
    hits = [(n, r, *_hits(table, n, r)) for n, r in found]
    classes = [h for h in hits if h[1].name.startswith("class:")]
    joint = sum(h[2] for h in classes), sum(h[3] for h in classes)
    proved = any(hit >= _MIN_HITS and hit >= _MOST * of for _, r, hit, of in hits if r.name in ("", "evaluated"))
    enough = _FEW if proved else _SOME if all(r.printed for _, r, _, _ in classes) else _MOST
    for n, reading, hit, of in hits:
        right, all_of, share = (*joint, enough) if reading.name.startswith("class:") else (hit, of, _MOST)
        if right >= _MIN_HITS and right >= share * all_of:
            _judge(table, n, reading, "planned" if reading.name in ("", "planned", "evaluated", "due") else "count")


def _readings(table: Table, column: int, counting: Counting) -> list[Reading]:
    recount, meaning = counting.recount, table.columns[column]
    statuses = dict.fromkeys(line.meaning.status for line in table.lines)
    found: list[Reading] = []
    if meaning.scopes or any(s for s in statuses):
        found.append(_by_label(table, meaning, counting))
        if any(s.startswith("class:") for s in statuses):
            return found
    wanted = {"": ("", "planned", "evaluated"), "planned": ("planned", ""), "due": ("due", "planned"), "evaluated": ("evaluated", "")}
    for status in wanted.get(meaning.status, (meaning.status,)):
        ways = dict.fromkeys(t.way for line in table.lines if line.rows for t in recount.tallies(line.rows, status))
        for way in ways:
            values: list[tuple[float, str] | None] = []
            printed, open_ = status.startswith("class:"), {}
            for n, line in enumerate(table.lines):
                tallies = recount.tallies(_of_kind(line.rows, meaning.row_kind), status) if line.rows is not None else []
                tally = next((t for t in tallies if t.way == way), None)
                values.append((float(tally.plain), number(tally.plain)) if tally is not None else None)
                printed &= tally is None or tally.printed
                if tally is not None and tally.low != tally.high:
                    open_[n] = (tally.low, tally.high)
            found.append(Reading(status, values, open_, printed))
    if not meaning.status.startswith("class:"):
        for name in ("annual", "period", "actual"):
            values = [_summed(line, name, counting) for line in table.lines]
            found.append(Reading(f"sum {name}", values))
    return found


def _by_label(table: Table, meaning: Meaning, counting: Counting) -> Reading:
    """Lines that are classes, in columns that are units or the whole document."""
    values: list[tuple[float, str] | None] = []
    printed = True
    for line in table.lines:
        rows = _rows(meaning.scopes, meaning.row_kind, counting) if meaning.scopes else _of_kind(line.rows, meaning.row_kind)
        status = line.meaning.status or meaning.status
        tallies = counting.recount.tallies(rows, status) if rows is not None and (line.meaning.status or line.meaning.scopes) else []
        exact = [t for t in tallies if t.low == t.high]
        values.append((float(exact[0].plain), number(exact[0].plain)) if exact else None)
        printed &= not exact or exact[0].printed
    return Reading("class: by line", values, printed=printed)


def _of_kind(rows: list[Indicator] | None, row_kind: str) -> list[Indicator]:
    return [r for r in rows or () if row_kind in ("", r.kind)]


def _summed(line: Line, name: str, counting: Counting) -> tuple[float, str] | None:
    value = dict(counting.recount.sums(line.rows)).get(name) if line.rows else None
    return (value, number(value)) if value is not None else None


def _hits(table: Table, column: int, reading: Reading) -> tuple[int, int]:
    """(cells that a reading gives, cells that it could give); a blank line, or 0 for 0, shows nothing."""
    pairs = [(table.cell(n, column), v) for n, v in enumerate(reading.values)]
    told = [(q, v) for q, v in pairs if q is not None and v is not None and (q.value or v[0])]
    return sum(1 for q, v in told if _fits(q, v[0])), len(told)


def _fits(cell: Quantity, value: float) -> bool:
    return cell.value is not None and abs(cell.value - value) <= 0.5 * 10.0**-cell.decimals + _SAME


def _judge(table: Table, column: int, reading: Reading, kind: str) -> None:
    for n, value in enumerate(reading.values):
        cell = table.cell(n, column)
        if cell is None or value is None:
            continue
        draft = table.draft(n, column, kind, _label(table.lines[n]))
        low, high = reading.open.get(n, (value[0], value[0]))
        if _fits(cell, value[0]):
            draft.decide(C.CONFIRMED, value[1], reasons.COUNTED)
        elif cell.value is not None and low <= cell.value <= high:
            continue
        else:
            weight = Severity.ERROR if reading.printed else Severity.WARNING
            draft.decide(C.CONTRADICTED, value[1], reasons.AS_THE_OTHERS, weight)
        table.drafts[n, column] = draft


def _label(line: Line) -> Text:
    return Text(line.row.label[:80], line.row.label[:80])


def _shares_and_means(table: Table, counting: Counting) -> None:
    """Columns of percentages: of two figures of their own line, of the whole of a column, or means of the rows."""
    for n, column in enumerate(table.columns):
        percents = column.kind != "mean" and _percents(table, n)
        contribution = re.search(load("claims")["tables"]["contribution"], unaccented(table.summary.columns[n])) is not None
        if column.kind not in ("share", "mean") and not percents and not contribution:
            continue
        readings = [*own_ratios(table, n), *of_total(table, n)] if column.kind == "share" or percents else []
        readings += _means(table, counting)
        readings += products(table, n) if contribution else []
        scored = [(r, *ratio_hits(table, n, r)) for r in readings]
        best = max(scored, key=lambda s: s[1], default=None)
        alone = _two_lines(table, n) if column.kind != "mean" else None
        if alone is not None:
            best = (alone, _MIN_HITS, _MIN_HITS)
        if best is None or best[1] < _MIN_HITS or best[1] < _MOST * best[2]:
            if column.kind == "mean":
                _digits_turned(table, n, counting)
            continue
        for line, value in enumerate(best[0].values):
            cell = table.cell(line, n)
            if cell is None or value is None or cell.value is None:
                continue
            draft = table.draft(line, n, "share", _label(table.lines[line]))
            if abs(cell.value - value[0]) <= 0.5 * 10.0**-cell.decimals + _SAME:
                draft.decide(C.CONFIRMED, value[1], reasons.MEAN if best[0].name == "mean" else reasons.OWN_LINE)
            elif best[0].name == "ratio" and (told := _mended(table, line, cell)) is not None:
                draft.decide(C.CONFIRMED, told[1], reasons.OWN_LINE)
            elif best[0].name == "product" and abs(cell.value - value[0]) <= best[0].reach.get(line, 0.0) + 10.0**-cell.decimals:
                continue  # its factors are rounded
            else:
                draft.decide(C.CONTRADICTED, value[1], reasons.AS_THE_OTHERS, Severity.WARNING)
            table.drafts[line, n] = draft


def _percents(table: Table, column: int) -> bool:
    """True where every line prints a percentage, whatever the header says: "Criterio Bueno" over 79 % and 59 %."""
    cells = [table.cell(n, column) for n in range(len(table.lines))]
    return all(c is not None and "%" in c.printed for c in cells)


def _two_lines(table: Table, column: int) -> Reading | None:
    """Of a table of two lines, two counts and their share ("Medidos, Alcanzó meta, %"): the ratio that just one line proves."""
    counts = [n for n, c in enumerate(table.columns) if n != column and c.kind not in ("share", "mean", "money")]
    if len(table.lines) != _MIN_LINES or len(counts) != _MIN_LINES or len(table.columns) != _MIN_LINES + 1:
        return None
    proved = []
    for reading in own_ratios(table, column):
        pairs = [(table.cell(n, column), v) for n, v in enumerate(reading.values)]
        if any(q is None or q.value is None or v is None or not 0 < v[0] < 100 for q, v in pairs):
            continue
        fits = [abs((q.value or 0.0) - v[0]) <= 0.5 * 10.0**-q.decimals + _SAME for q, v in pairs if q is not None and v is not None]
        if sum(fits) == 1:
            proved.append(reading)
    # Small counts give round shares by chance.
    large = all(max(c.value or 0.0 for n in counts if (c := table.cell(i, n))) >= _LARGE for i in range(_MIN_LINES))
    return proved[0] if len(proved) == 1 and large else None


def _mended(table: Table, line: int, cell: Quantity) -> tuple[float, str] | None:
    """The share that a line gives with what the rows put in the place of its wrong figures; None where it does not give it."""
    wrong = [n for (at, n), d in table.drafts.items() if at == line and d.outcome is C.CONTRADICTED and d.recomputed]
    values: dict[int, Quantity] = {}
    for n, column in enumerate(table.columns):
        if column.kind in ("share", "mean") or (own := table.cell(line, n)) is None:
            continue
        told = table.drafts[line, n].recomputed.replace(",", "") if n in wrong else ""
        values[n] = replace(own, value=float(told)) if told.replace(".", "", 1).isdigit() else own
    ratios = (ratio_of(a, b) for n, a in values.items() for m, b in values.items() if n != m and (n in wrong or m in wrong))
    return next((r for r in ratios if r and cell.value is not None and abs(cell.value - r[0]) <= 0.5 * 10.0**-cell.decimals + _SAME), None)


def _digits_turned(table: Table, column: int, counting: Counting) -> None:
    """Means that no reading explains as a whole: one whose digits are those of the plain mean in another order is a slip."""
    for n, line in enumerate(table.lines):
        cell, means = table.cell(n, column), counting.recount.means(line.rows) if line.rows else []
        if cell is None or cell.value is None or not means:
            continue
        mean = round(means[0], cell.decimals)
        turned = cell.value != mean and sorted(f"{cell.value:.{cell.decimals}f}") == sorted(f"{mean:.{cell.decimals}f}")
        if turned and not any(abs(cell.value - m) <= 0.5 * 10.0**-cell.decimals + _SAME for m in means):
            draft = table.draft(n, column, "share", _label(line))
            table.drafts[n, column] = draft.decide(C.CONTRADICTED, f"{number(round(means[0], 2))} %", reasons.MEAN, Severity.WARNING)


def _means(table: Table, counting: Counting) -> Iterator[Reading]:
    ways = [counting.recount.means(line.rows) if line.rows else [] for line in table.lines]
    for way in range(max(map(len, ways), default=0)):
        values = [(w[way], f"{number(round(w[way], 2))} %") if way < len(w) and len(w) == max(map(len, ways)) else None for w in ways]
        yield Reading("mean", values)


def _add_up(table: Table, money: set[str]) -> None:
    """The line of totals against the lines above it, where the rows themselves decided nothing of it; ``money`` is added up elsewhere."""
    totals = [n for n, line in enumerate(table.lines) if line.meaning.scopes == (TOTAL,)]
    if len(totals) != 1 or totals[0] != len(table.lines) - 1 or totals[0] < _MIN_LINES:
        return
    last = totals[0]
    for n, column in enumerate(table.columns):
        if column.kind in ("share", "mean", "money") or table.summary.columns[n] in money or (last, n) in table.drafts:
            continue
        above = [table.lines[i].row.cells[n] for i in range(last)]
        # An index, a mean, or lines that are sums themselves give no total near the printed one.
        ways = [w for w in _readings_of(above, table.lines[last].row.cells[n]) if len(w[0]) >= _MIN_LINES]
        near = [w for w in ways if sum(w[0]) and 1 / _TWICE < w[1] / sum(w[0]) < _TWICE]
        if not near:
            continue
        fits = [w for w in near if abs(round(sum(w[0]), 6) - w[1]) <= len(w[0]) * 0.5 * 10.0 ** -w[2] * (w[2] > 0) + _SAME]
        if not fits and len(near) > 1:
            continue
        values, _, _ = (fits or near)[0]
        draft = table.draft(last, n, "parts", _label(table.lines[last]))
        shown = f"{' + '.join(number(v) for v in values)} = {number(round(sum(values), 6))}"
        if fits:
            table.drafts[last, n] = draft.decide(C.CONFIRMED, shown, reasons.ADD_UP)
        elif column.kind:
            table.drafts[last, n] = draft.decide(C.CONTRADICTED, shown, reasons.DO_NOT_ADD_UP, Severity.WARNING)


def _readings_of(above: Sequence[Quantity], total: Quantity) -> Iterator[tuple[list[float], float, int]]:
    """The lines, their total and its decimals as they are read; and, where some are in doubt ("41,055"), by their other reading."""
    doubtful = [q for q in (*above, total) if not q.known and q.value is not None]
    if total.value is None or any(q.alternative is None for q in doubtful):
        return
    decimals = total.decimals if not doubtful else 0
    yield [q.value for q in above if q.value is not None], total.value, decimals
    if doubtful:
        other = [q.alternative if q in doubtful else q.value for q in above]
        yield [v for v in other if v is not None], (total.alternative if total in doubtful else total.value) or 0.0, decimals
