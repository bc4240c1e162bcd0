"""The lines of a comparison: for each institution and year the report that reaches furthest, with its measures, from the store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, func, select

from ..store.documents import is_read
from ..store.listing import Selection, condition
from ..store.tables import DOCUMENTS, READINGS, ROWS

Basis = Literal["cumulative", "annual", "period"]
BASES: tuple[Basis, ...] = ("cumulative", "annual", "period")
"""Against which target a result is held, the one that says most of a year first: what was due up to then, the whole year, the period."""


@dataclass(frozen=True, slots=True)
class Line:
    """One report. Percentages are in percent; None where nothing gives them.

    ``execution_*`` are means of actual / target over the rows where both are known, recomputed by veedor in the same way for every
    document, in ``*_capped`` no row counting for more than 100; ``mean_percent`` is the mean of what the document itself prints.
    ``met`` to ``not_evaluable`` count rows by their own target, whatever classes the document has.
    """

    document: str
    institution: str
    name: str
    year: int | None
    period_start: date | None
    period_end: date | None
    state: str
    recognised: str
    rows: int | None = None
    with_target: int | None = None
    with_actual: int | None = None
    met: int | None = None
    partly: int | None = None
    not_met: int | None = None
    not_due: int | None = None
    not_evaluable: int | None = None
    share_with_observation: float | None = None
    mean_percent: float | None = None
    execution_cumulative: float | None = None
    execution_cumulative_capped: float | None = None
    execution_annual: float | None = None
    execution_annual_capped: float | None = None
    execution_period: float | None = None
    execution_period_capped: float | None = None
    formula_basis: str = ""
    formula_rounding: str = ""
    formula_quotient: str = ""
    formula_cap: float | None = None
    formula_matched: int | None = None
    formula_evaluable: int | None = None
    percent_cap: float | None = None
    limits: str = ""
    limits_source: str = ""
    errors: int = 0
    warnings: int = 0
    doubtful: int = 0
    """Rows with figures that are ambiguous or illegible."""
    twice: int = 0
    """Rows that the document prints in several sections under one code and name."""
    beside: tuple[str, ...] = ()
    """Other documents of the same institution and year that reach to the same day and are no versions of this one: parts of it, mostly."""
    kinds: Mapping[str, int] = field(default_factory=dict)
    classes: Mapping[str, int] = field(default_factory=dict)
    """Rows by the class that the document prints; these as all others without headings, totals and rows that repeat others."""

    @property
    def share_evaluable(self) -> float | None:
        """Of the rows where something was due, those that can be evaluated, in percent."""
        evaluable = (self.met or 0) + (self.partly or 0) + (self.not_met or 0)
        due = evaluable + (self.not_evaluable or 0)
        return 100 * evaluable / due if due else None

    @property
    def months(self) -> tuple[int, int] | None:
        """First and last month of what it reports."""
        return (self.period_start.month, self.period_end.month) if self.period_start and self.period_end else None

    def execution(self, basis: Basis, capped: bool) -> float | None:
        return getattr(self, f"execution_{basis}{'_capped' if capped else ''}")


_D, _S = DOCUMENTS.c, ROWS["scorecard"].c
_OWN = [f.name for f in fields(Line)]


def lines(connection: Connection, selection: Selection, every: bool = False) -> list[Line]:
    """The reports of a selection in the order of institution, year and period: the latest of each year, or ``every`` one.

    Plans, which report nothing, and versions that were replaced are left out.
    """
    wanted = and_(condition(selection), is_read(), _D.reports, _D.replaced_by.is_(None))
    own = [_D[n] for n in _OWN if n in _D and n != "state"]
    columns = [_D.id, READINGS.c.state, *own, *(_S[n] for n in _OWN if n in _S and n not in _D)]
    # The first line of a scorecard is that of the whole document.
    whole = and_(_S.document_id == _D.id, _S.position == 1, _S.scope == "document")
    query = select(_D.institution_printed, *columns).join_from(DOCUMENTS, READINGS).join(ROWS["scorecard"], whole, isouter=True)
    found = sorted(connection.execute(query.where(wanted)).mappings().all(), key=_order)
    beside = {} if every else _beside(found)
    if not every:
        found = list({_year(r): r for r in found}.values())
    ids = [r["id"] for r in found]
    counts = _counts(connection, ids)
    return [
        Line(
            **{n: r[n] for n in _OWN if n in r},
            name=r["institution_printed"] or r["institution"],
            beside=tuple(n for n in beside.get((_year(r), r["period_end"]), ()) if n != r["document"]),
            **counts[r["id"]],
        )
        for r in found
    ]


def _order(r: RowMapping) -> tuple[Any, ...]:
    """Institution, year, last day, and of two that reach as far first the one that begins later: the other tells of more of the year.

    Not left to the database: some put what has no period first and others last.
    """
    begins = r["period_start"] or date.max
    return r["institution"] or "", r["year"] or 0, r["period_end"] or date.min, -begins.toordinal(), r["id"]


def _year(r: RowMapping) -> Any:
    """Of which institution and year a report is. What names no institution or no year stands for itself."""
    return (r["institution"], r["year"]) if r["institution"] and r["year"] else r["id"]


def _beside(found: Iterable[RowMapping]) -> dict[Any, list[str]]:
    """The documents of each year and last day."""
    names: dict[Any, list[str]] = {}
    for r in found:
        names.setdefault((_year(r), r["period_end"]), []).append(r["document"])
    return names


def _counts(connection: Connection, ids: list[int]) -> dict[int, dict[str, Any]]:
    """What is counted in the rows and findings of each document."""
    out: dict[int, dict[str, Any]] = {
        i: {"kinds": Counter(), "classes": Counter(), "doubtful": 0, "twice": 0, "errors": 0, "warnings": 0} for i in ids
    }
    rows, marks = ROWS["indicators"].c, ROWS["findings"].c
    grouped = (rows.document_id, rows.kind, rows.class_published, rows.confidence)
    own = and_(rows.document_id.in_(ids), rows.kind.not_in(["heading", "total"]), rows.restated.is_(False))  # as the scorecard counts
    for document, kind, name, confidence, count in _grouped(connection, grouped, own):
        out[document]["kinds"][kind] += count
        if name:
            out[document]["classes"][name] += count
        if confidence in ("ambiguous", "illegible"):
            out[document]["doubtful"] += count
    for document, count in _printed_twice(connection, own):
        out[document]["twice"] = count
    of_findings = and_(marks.document_id.in_(ids), marks.outcome == "fails", marks.severity.in_(["error", "warning"]))
    for document, severity, count in _grouped(connection, (marks.document_id, marks.severity), of_findings):
        out[document][f"{severity}s"] += count
    return out


def _printed_twice(connection: Connection, own: ColumnElement[bool]) -> Iterable[tuple[int, int]]:
    """How many rows of each document stand in several of its sections under one code and name."""
    rows = ROWS["indicators"].c
    same = (rows.document_id, rows.code, rows.name)
    groups = select(rows.document_id, func.count().label("rows")).where(own, rows.code != "").group_by(*same)
    several = groups.having(func.min(rows.section) < func.max(rows.section)).subquery()
    query = select(several.c.document_id, func.sum(several.c.rows)).group_by(several.c.document_id)
    return ((document, int(count)) for document, count in connection.execute(query))


def _grouped(connection: Connection, by: tuple[ColumnElement, ...], where: ColumnElement[bool]) -> Iterable[tuple[Any, ...]]:
    return (tuple(r) for r in connection.execute(select(*by, func.count()).where(where).group_by(*by).order_by(*by)))
